"""What can be written into a room: its number, who uses it and how many sit there, as far as it fits at a size that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias
from unicodedata import east_asian_width

from shapely.geometry.base import BaseGeometry

from maps.floors import places

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


def fitted(shapes: Sequence[BaseGeometry], said: Sequence[Said], full: float) -> list[list[Line]]:
    """The lines that fit, around the middle of each room. `full`: the size at which writing is read with ease, in metres.

    Where a room lets no number in, whatever its shape, nothing is tried: so a floor of thousands of rooms is drawn at once.
    """
    lines: list[list[Line]] = [[] for _ in shapes]
    worth = [place for place, shape in enumerate(shapes) if _may_hold(shape.bounds, said[place], full * _SMALLEST)]
    for place, room in zip(worth, places.within([shapes[place] for place in worth]), strict=True):
        lines[place] = _fitted(room, said[place], full)
    return lines


def _may_hold(bounds: tuple[float, ...], said: Said, smallest: float) -> bool:
    """The number is the least that is written; without one what is written is no shorter than a character."""
    west, south, east, north = bounds
    return east - west >= smallest * _ems(said.number) and north - south >= smallest * _LEADING


def _fitted(room: places.Place, said: Said, full: float) -> list[Line]:
    x, y, width, height = room
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


@lru_cache(maxsize=4096)
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
