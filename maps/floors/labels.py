"""What can be written into a room: its number, who uses it and how many sit there, as far as it fits at a size that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, cast
from unicodedata import east_asian_width

import shapely
from shapely.geometry.base import BaseGeometry

Role: TypeAlias = Literal["number", "unit", "people"]

_LEADING: Final = 1.28
"""From line to line, of the size of the writing."""
_SIZES: Final[dict[Role, float]] = {"number": 1.0, "unit": 0.78, "people": 0.78}
_SMALLEST: Final = 0.62
"""Of the full size; smaller is not read but guessed."""
_NARROW: Final = 0.58
"""Ems of a Latin letter or a figure, near enough; a Chinese character is one."""
_ASIDE: Final = re.compile(r"[（(][^（）()]*[）)]$")


@dataclass(frozen=True, slots=True)
class Said:
    """What there is to say of a room. Of `people` the number stands here; the word for them is the page's."""

    number: str
    unit: str = ""
    people: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    role: Role
    text: str
    x: float
    y: float
    size: float


def fitted(shape: BaseGeometry, said: Said, full: float) -> list[Line]:
    """The lines that fit, around the middle of the room. `full`: the size at which writing is read with ease, in metres."""
    x, y, width, height = _room_in(shape)
    for wanted in _ways(said):
        size = min(full, *(width / _ems(text) / _SIZES[role] for role, text in wanted), height / _high(wanted))
        if size >= full * _SMALLEST:
            return list(_placed(wanted, x, y, size))
    return []


def _ways(said: Said) -> Iterator[list[tuple[Role, str]]]:
    """From all of it to the number alone; a long name on two lines before it is left out."""
    number: list[tuple[Role, str]] = [("number", said.number)]
    people: list[tuple[Role, str]] = [("people", f"{said.people} 人")] if said.people else []
    unit = _ASIDE.sub("", said.unit)
    if unit:
        yield [*number, ("unit", unit), *people]
        yield [*number, *(("unit", part) for part in _halves(unit)), *people]
        yield [*number, *(("unit", part) for part in _thirds(unit)), *people]
    if people:
        yield [*number, *people]
    if said.number:
        yield number


def _halves(text: str) -> Sequence[str]:
    middle = (len(text) + 1) // 2
    return text[:middle], text[middle:] or text[:1]


def _thirds(text: str) -> Sequence[str]:
    step = max((len(text) + 2) // 3, 1)
    return [text[at : at + step] for at in range(0, len(text), step)]


def _ems(text: str) -> float:
    return max(sum(1.0 if east_asian_width(sign) in "WF" else _NARROW for sign in text), 1.0)


def _high(lines: Sequence[tuple[Role, str]]) -> float:
    return sum(_SIZES[role] for role, _ in lines) * _LEADING


def _placed(lines: Sequence[tuple[Role, str]], x: float, y: float, size: float) -> Iterator[Line]:
    top = y - _high(lines) * size / 2
    for role, text in lines:
        own = size * _SIZES[role]
        yield Line(role, text, round(x, 2), round(top + own * _LEADING / 2, 2), round(own, 3))
        top += own * _LEADING


def _room_in(shape: BaseGeometry) -> tuple[float, float, float, float]:
    """A place well inside, and how much room there is about it to both sides: a rectangle that lies in the shape."""
    inner = shape.centroid
    if not shape.buffer(-0.2).contains(inner):
        circle = shapely.maximum_inscribed_circle(cast("shapely.Polygon", shape), tolerance=0.05)
        inner = shapely.Point(circle.coords[0])
    width, height = _chord(shape, inner, across=True), _chord(shape, inner, across=False)
    for _ in range(6):
        held = shapely.box(inner.x - width / 2, inner.y - height / 2, inner.x + width / 2, inner.y + height / 2)
        if shape.buffer(0.05).contains(held):
            break
        width, height = width * 0.85, height * 0.85
    return inner.x, inner.y, width * 0.92, height * 0.92


def _chord(shape: BaseGeometry, middle: shapely.Point, *, across: bool) -> float:
    """Twice the way from the middle to the nearer wall."""
    west, south, east, north = shape.bounds
    ends = [(west - 1, middle.y), (east + 1, middle.y)] if across else [(middle.x, south - 1), (middle.x, north + 1)]
    cut = shape.intersection(shapely.LineString(ends))
    parts = cast("Sequence[BaseGeometry]", getattr(cut, "geoms", [cut]))
    held = min(parts, key=lambda part: part.distance(middle))
    low, high = (held.bounds[0], held.bounds[2]) if across else (held.bounds[1], held.bounds[3])
    at = middle.x if across else middle.y
    return float(2 * min(at - low, high - at))
