"""How far what one may see reaches: the box around it, found by leaping from one occupied square of the grid to the next.

Looking at every thing would take as long as there are things. Squares are numbered along the index (`projections/cells.py`), so
the next occupied one is a single look; only as many looks are made as there are squares with something in them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from projections.cells import ZOOM
from projections.places import SHOWN
from projections.queries.seen import wholly
from projections.queries.view import View

Box: TypeAlias = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

_ZOOMS: Final = (8, 11, 14, 17, ZOOM)
"""Of the squares looked for, one after the other: the first are some 120 km wide, of which even a country fills few."""
_ENOUGH: Final = 12
"""Squares on the greater side from which on the box is good enough: it is too large by less than one of them on each side."""

_LEAPS: Final = """
    WITH RECURSIVE occupied(square) AS (
        (SELECT cell >> %(bits)s::integer FROM {cells}
          WHERE {held} AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s)) ORDER BY cell LIMIT 1)
        UNION ALL
        SELECT (SELECT cell >> %(bits)s::integer FROM {cells}
                 WHERE cell >= (square + 1) << %(bits)s::integer AND {held}
                   AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s)) ORDER BY cell LIMIT 1)
          FROM occupied WHERE square IS NOT NULL)
    SELECT square FROM occupied WHERE square IS NOT NULL"""


def extent(view: View, kinds: Sequence[str] = ()) -> Box | None:
    """The box around everything of these kinds, of all kinds if none are named; none where there is nothing."""
    box = None
    cells = None if all(wholly(view.sight, kind) for kind in kinds or SHOWN) else _cells(view, kinds)
    for zoom in _ZOOMS:
        squares = _occupied(view, kinds, zoom) if cells is None else _coarser(cells, zoom)
        if not squares:
            return None
        xs, ys = zip(*squares, strict=True)
        box = _box(xs, ys, zoom)
        if max(max(xs) - min(xs), max(ys) - min(ys)) >= _ENOUGH:
            break
    return box


def _occupied(view: View, kinds: Sequence[str], zoom: int) -> list[tuple[int, int]]:
    statement = _LEAPS.format(cells=view.of("cells", "", *kinds), held=view.held())
    found = view.rows(statement, {"bits": 2 * (ZOOM - zoom), "kinds": list(kinds) or None})
    return [(_even_bits(row["square"]), _even_bits(row["square"] >> 1)) for row in found]


def _cells(view: View, kinds: Sequence[str]) -> list[int]:
    """All that are occupied, in one go: where it must be found out of each thing whether it is in sight, leaps are no quicker."""
    statement = f"SELECT DISTINCT cell FROM {view.of('cells', '', *kinds)} WHERE {view.held()} AND (%(kinds)s::text[] IS NULL OR kind = ANY(%(kinds)s))"  # noqa: S608 -- names of the code; values are bound
    return [row["cell"] for row in view.rows(statement, {"kinds": list(kinds) or None})]


def _coarser(cells: Sequence[int], zoom: int) -> list[tuple[int, int]]:
    squares = {cell >> 2 * (ZOOM - zoom) for cell in cells}
    return [(_even_bits(square), _even_bits(square >> 1)) for square in squares]


def _even_bits(code: int) -> int:
    return sum((code >> 2 * bit & 1) << bit for bit in range(ZOOM))


def _box(xs: Sequence[int], ys: Sequence[int], zoom: int) -> Box:
    west, north = _longitude(min(xs), zoom), _latitude(min(ys), zoom)
    return west, _latitude(max(ys) + 1, zoom), _longitude(max(xs) + 1, zoom), north


def _longitude(x: int, zoom: int) -> float:
    return round(x / (1 << zoom) * 360 - 180, 6)


def _latitude(y: int, zoom: int) -> float:
    return round(math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / (1 << zoom))))), 6)


_OF_ONE: Final = """
    SELECT kind, floor, ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north
      FROM (SELECT kind, floor, ST_Extent(shape) AS box FROM {map}
             WHERE asset = %(asset)s AND valid @> %(at)s::timestamptz AND known @> %(known_at)s::bigint
             GROUP BY kind, floor) AS one"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where one thing is; `floor` of a room only."""

    kind: str
    floor: int | None
    box: Box


def place(view: View, asset: UUID) -> Placed | None:
    """Where it lies at the moment; none where it has no place, or none that may be seen."""
    known = view.position if view.known is None else view.known
    row = view.one(_OF_ONE.format(map=view.of("map")), {"asset": asset, "known_at": known})
    if row is None:
        return None
    return Placed(kind=row["kind"], floor=row["floor"], box=(row["west"], row["south"], row["east"], row["north"]))
