"""What stands on a sheet, before it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import shapely

from maps.pictures.view import Frame


@dataclass(frozen=True, slots=True)
class Drawn:
    """An outline or a point, in web Mercator, with its colour and what it is called.

    `many`: it stands for so many. `is_faint`: others lie in it, and are to be seen. `edge`: another colour for its outline.
    `badge`: not the thing itself is drawn, but this is written at its place.
    """

    shape: shapely.Geometry
    colour: str
    label: str = ""
    many: int = 0
    is_faint: bool = False
    edge: str = ""
    is_dashed: bool = False
    badge: str = ""

    @property
    def area(self) -> float:
        return float(shapely.area(self.shape))

    @property
    def middle(self) -> tuple[float, float]:
        west, south, east, north = shapely.bounds(self.shape)
        return (west + east) / 2, (south + north) / 2

    @property
    def width(self) -> float:
        west, _, east, _ = shapely.bounds(self.shape)
        return float(east - west)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """A vehicle where it was heard of last, in web Mercator. `heading`: where it goes, None: it does not. `strength`: of its
    colour, less the longer ago. `note`: beneath what it is called.
    """

    at: tuple[float, float]
    colour: str
    label: str
    note: str
    heading: float | None = None
    strength: float = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend; `is_point`: it is of points and not of outlines. Without a colour it is a heading."""

    colour: str
    word: str
    many: int
    is_point: bool = False
    is_faint: bool = False
    edge: str = ""


class Beneath(Protocol):
    """What lies beneath all that is on the map. `missing`: how many of its tiles could not be had."""

    @property
    def missing(self) -> int: ...

    def drawn(self, frame: Frame) -> Iterator[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`facts`: the moment and what else must be said, one line each. `boundaries`: in web Mercator."""

    width: float
    height: float
    frame: Frame
    title: str
    legend_title: str
    legend: Sequence[Entry]
    things: Sequence[Drawn]
    fleet: Sequence[Moving] = ()
    boundaries: Sequence[shapely.Geometry]
    facts: Sequence[str]
    approval: str
    ground: Beneath | None = None
    is_exact: bool = True
    """Printed at its own size, so that its scale can be told as a fraction."""
