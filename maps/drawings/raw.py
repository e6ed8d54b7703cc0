"""What every reader makes of its file: lines and writing, as they were drawn, with where each came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]

MOST_RUNS: Final = 200_000
MOST_POINTS: Final = 2_000_000
MOST_LABELS: Final = 50_000
"""More is no plan of a building, or a trap: a block in a block in a block."""


@dataclass(frozen=True, slots=True)
class Run:
    """Points in the order in which they were drawn. `block`: the outermost block that it came in."""

    points: Sequence[Point]
    layer: str = ""
    block: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: float
    y: float
    layer: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something wrong at a place of the drawing, in words for whoever has to mend it there."""

    code: str
    zh: str
    en: str
    x: float
    y: float


@dataclass(slots=True)
class Raw:
    """`metres`: how long a unit of the drawing is, by what the file says; None where it says nothing.

    `system`: of which coordinates they are, where the file says so. `floors`: by layer, where the file tells a floor as a figure.
    """

    runs: list[Run] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    metres: float | None = None
    system: str | None = None
    floors: Mapping[str, int] = field(default_factory=dict)
    points: int = 0

    def draw(self, run: Run) -> None:
        self.points += len(run.points)
        if len(self.runs) >= MOST_RUNS or self.points > MOST_POINTS:
            raise TooMuchDrawn
        self.runs.append(run)

    def write(self, label: Label) -> None:
        if len(self.labels) >= MOST_LABELS:
            raise TooMuchDrawn
        self.labels.append(label)


class Unreadable(Exception):
    """The file is not what it says it is."""


class TooMuchDrawn(Exception):
    """More than any building has."""
