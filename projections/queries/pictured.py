"""What a picture of the map shows: outlines and points where one can tell them apart, else how many there are in each square."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from psycopg.rows import DictRow

from domain.premises.room import Room
from projections.cells import GONE
from projections.queries.colours import COLOURS
from projections.queries.filters import ROW
from projections.queries.layers import ENVELOPE
from projections.queries.view import View

COUNTED_ABOVE: Final = 19.1
"""Metres of web Mercator in a unit of the paper: where tiles hold counts, pictures do, too."""
ROOMS_COUNTED_ABOVE: Final = 2.4
SQUARE: Final = 64
"""Units on a side, of what is counted together."""
MOST: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """`box` in web Mercator, `unit` its metres in a unit of the paper; `colour`: of which kind, and by what."""

    box: tuple[float, float, float, float]
    unit: float
    kinds: Sequence[str]
    floor: int | None = None
    colour: tuple[str, str] | None = None

    @property
    def is_counted(self) -> bool:
        return self.unit > COUNTED_ABOVE

    @property
    def drawn_kinds(self) -> list[str]:
        return [kind for kind in self.kinds if kind != Room.kind or self.unit <= ROOMS_COUNTED_ABOVE]


_HELD: Final = f"""
     m.drawn && {ENVELOPE} AND m.valid @> %(at)s::timestamptz AND m.known @> %(known_at)s::bigint
     AND m.status <> ALL(%(gone)s) AND m.kind = ANY(%(kinds)s::text[])
     AND (%(floor)s::integer IS NULL OR m.kind <> 'rooms' OR m.floor = %(floor)s)"""


def shapes(view: View, asked: Pictured) -> list[DictRow]:
    """`kind`, `label`, `colour` and `shape`; the largest first, and at most so many as anybody could tell apart."""
    coloured, joined = "NULL", ""
    if asked.colour is not None:
        kind, name = asked.colour
        held = f"{ROW}.asset = m.asset AND m.kind = '{kind}' AND {view.held(ROW)}"
        coloured = f"CASE WHEN {ROW}.asset IS NOT NULL THEN ({COLOURS[kind][name].sql(view)})::text END"
        joined = f" LEFT JOIN {view.of(kind, ROW)} ON {held}"
    rows = view.rows(
        f"SELECT m.kind, m.label, {coloured} AS colour, ST_AsBinary(m.drawn) AS shape"  # noqa: S608 -- texts of the code; values are bound
        f" FROM {view.of('map', 'm', *asked.kinds)}{joined}"
        f" WHERE {_HELD} AND (m.size = 0 OR m.size >= %(unit)s) ORDER BY m.size DESC, m.asset LIMIT {MOST}",
        {**_parameters(view, asked), "kinds": asked.drawn_kinds},
    )
    return [row | {"shape": shapely.from_wkb(bytes(row["shape"]))} for row in rows]


def counted(view: View, asked: Pictured) -> list[DictRow]:
    """`many` and `shape`, a point, of each square in which something is."""
    rows = view.rows(
        "SELECT count(*) AS many, avg(x) AS x, avg(y) AS y FROM (SELECT ST_X(p) AS x, ST_Y(p) AS y"  # noqa: S608 -- texts of the code; values are bound
        f" FROM {view.of('map', 'm', *asked.kinds)}, ST_Centroid(m.drawn) AS p WHERE {_HELD}) AS points"
        " GROUP BY floor(x / %(square)s::float8), floor(y / %(square)s::float8)",
        {**_parameters(view, asked), "kinds": list(asked.kinds), "square": SQUARE * asked.unit},
    )
    return [row | {"shape": shapely.Point(row["x"], row["y"])} for row in rows]


def _parameters(view: View, asked: Pictured) -> dict[str, Any]:
    sides = dict(zip(("west", "south", "east", "north"), asked.box, strict=True))
    known = view.position if view.known is None else view.known
    return {**sides, "known_at": known, "gone": sorted(GONE), "floor": asked.floor, "unit": asked.unit}


def boundaries(view: View, asked: Pictured) -> tuple[list[shapely.Geometry], bool]:
    """Their lines in the box, in web Mercator; and whether some are the demonstration's own."""
    rows = view.rows(
        f"SELECT ST_AsBinary(ST_ClipByBox2D(line, {ENVELOPE})) AS line, is_invented"  # noqa: S608 -- texts of the code
        " FROM (SELECT CASE WHEN ST_Dimension(drawn) = 2 THEN ST_Boundary(drawn) ELSE drawn END AS line, is_invented"
        " FROM (SELECT ST_SimplifyPreserveTopology(ST_Transform(shape, 3857), %(unit)s) AS drawn, is_invented"
        f" FROM ground.boundaries) AS b WHERE drawn && {ENVELOPE}) AS lines",
        {**_parameters(view, asked)},
    )
    # Neighbours share a line: drawn twice, its dashes would fill each other's gaps.
    found = shapely.line_merge(shapely.union_all([shapely.from_wkb(bytes(row["line"])) for row in rows]))
    if shapely.is_empty(found):
        return [], False
    return [found], any(row["is_invented"] for row in rows)
