"""Rooms that nobody has drawn: a tidy grid in the order of their numbers, two rows along each corridor."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

import shapely

from maps.floors.frame import Box

WIDTH, HEIGHT, CORRIDOR = 6.0, 5.0, 2.0
"""Metres of a cell, and between two rows: an ordinary office, so that labels have the size that they have on a plan."""
_ACROSS: Final = 10
"""Cells in a row at most: more would be too narrow for a name."""


def cells(count: int, above: Box | None) -> list[shapely.Polygon]:
    """As many cells as rooms; below what is drawn, where something is, and as wide as that."""
    if not count:
        return []
    across = _across(count, above)
    side = WIDTH if above is None else max(above[2] / across, WIDTH * 0.6)
    left, top = (0.0, 0.0) if above is None else (above[0], above[1] + above[3] + CORRIDOR * 2)
    return [_cell(number, across, side, left, top) for number in range(count)]


def _across(count: int, above: Box | None) -> int:
    rows = max(2, ceil(count / _ACROSS)) if above is None and count > 3 else ceil(count / _ACROSS)  # noqa: PLR2004 -- so few stand in one row
    across = ceil(count / rows)
    return across if above is None else max(across, round(above[2] / WIDTH / 1.2), 1)


def _cell(number: int, across: int, side: float, left: float, top: float) -> shapely.Polygon:
    row, column = divmod(number, across)
    high = side * HEIGHT / WIDTH
    x = left + column * side
    y = top + row * high + (row + 1) // 2 * CORRIDOR
    return shapely.box(x, y, x + side, y + high)


def in_order(numbers: Sequence[str | None]) -> list[int]:
    """The places of rooms by their numbers, 9 before 10; those without one last."""
    return sorted(range(len(numbers)), key=lambda place: (numbers[place] is None, _parts(numbers[place] or "")))


def _parts(number: str) -> list[tuple[bool, int, str]]:
    found, digits = [], ""
    for sign in f"{number}\0":
        if sign.isascii() and sign.isdigit():
            digits += sign
            continue
        if digits:
            found.append((False, int(digits), ""))
            digits = ""
        found.append((True, 0, sign))
    return found
