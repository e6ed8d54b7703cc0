"""What is asked of a picture of the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from maps.pictures.view import Box, Frame, framed
from maps.positions.states import State
from projections.queries.lists import Wanted
from projections.queries.tiles import Overlay

PAPERS: Final = {"a4": (1122.5, 793.7), "a3": (1587.4, 1122.5)}
"""Across, in units of 1/96 inch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What was asked for, as far as whoever asks may read it. `colours`: by kind, by what; `wanted`: what of one layer is left.

    `base`: the name of a base map. `fleet`: in which states the vehicles of the live fleet are drawn; none: it is not.
    """

    box: Box
    kinds: tuple[str, ...]
    colours: Mapping[str, str] = field(default_factory=dict)
    wanted: Wanted | None = None
    overlays: tuple[Overlay, ...] = ()
    base: str | None = None
    fleet: frozenset[State] = frozenset()
    storey: int | None
    heading: str
    lang: Literal["zh", "en"]
    paper: Literal["a4", "a3"]

    def say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    @property
    def frame(self) -> Frame:
        """Of the map on the paper; beside it stands the legend, below it what it says of itself."""
        width, height = PAPERS[self.paper]
        return framed(34, 58, width - 34 - 260, height - 58 - 138, self.box)
