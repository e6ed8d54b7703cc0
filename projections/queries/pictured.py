"""What a picture of the map shows: outlines and points where one can tell them apart, else how many there are in each square."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import shapely
from psycopg.rows import DictRow

from domain.premises.room import Room
from projections.cells import GONE
from projections.queries import lists
from projections.queries.bound import Bound
from projections.queries.colours import COLOURS
from projections.queries.filters import ROW
from projections.queries.layers import ENVELOPE
from projections.queries.lists import Wanted
from projections.queries.tiles import Overlay
from projections.queries.view import View

COUNTED_ABOVE: Final = 19.1
"""Metres of web Mercator in a unit of the paper: where tiles hold counts, pictures do, too."""
ROOMS_COUNTED_ABOVE: Final = 2.4
SQUARE: Final = 64
"""Units on a side, of what is counted together."""
MOST: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """`box` in web Mercator, `unit` its metres in a unit of the paper; `colours`: by kind, by what its things are coloured.

    `wanted`: of one kind, what its list would show. `overlays`: what is told of places by other things.
    """

    box: tuple[float, float, float, float]
    unit: float
    kinds: Sequence[str]
    floor: int | None = None
    colours: Mapping[str, str] = field(default_factory=dict)
    wanted: Wanted | None = None
    overlays: Sequence[Overlay] = ()

    @property
    def is_counted(self) -> bool:
        return self.unit > COUNTED_ABOVE

    @property
    def drawn_kinds(self) -> list[str]:
        return [kind for kind in self.kinds if kind != Room.kind or self.unit <= ROOMS_COUNTED_ABOVE]

    def wanted_of(self, kind: str) -> Wanted | None:
        return self.wanted if self.wanted is not None and self.wanted.kind == kind else None


_HELD: Final = f"""
     m.drawn && {ENVELOPE} AND m.valid @> %(at)s::timestamptz AND m.known @> %(known_at)s::bigint
     AND m.status <> ALL(%(gone)s) AND (%(floor)s::integer IS NULL OR m.kind <> 'rooms' OR m.floor = %(floor)s)"""


def shapes(view: View, asked: Pictured) -> list[DictRow]:
    """`kind`, `label`, `status`, `category`, `colour` and `shape`: of a kind the largest, and at most so many as anybody could tell apart."""
    return [row for kind in asked.drawn_kinds for row in _of_kind(view, asked, kind)]


def _of_kind(view: View, asked: Pictured, kind: str) -> list[DictRow]:
    bound = Bound()
    listed, where = _listed(view, asked, kind, bound)
    colour = f"({COLOURS[kind][asked.colours[kind]].sql(view)})::text" if kind in asked.colours else "NULL"
    rows = view.rows(
        f"SELECT m.kind, m.label, m.status, m.category, {colour} AS colour, ST_AsBinary(m.drawn) AS shape"  # noqa: S608 -- texts of the code; values are bound
        f" FROM {view.of('map', 'm', kind)}{listed}"
        f" WHERE {_HELD} AND m.kind = %(kind)s AND (m.size = 0 OR m.size >= %(pixel)s){where}"
        f" ORDER BY m.size DESC, m.asset LIMIT {MOST}",
        {**bound.values, **_parameters(view, asked), "kind": kind},
    )
    return [row | {"shape": shapely.from_wkb(bytes(row["shape"]))} for row in rows]


def _listed(view: View, asked: Pictured, kind: str, bound: Bound) -> tuple[str, str]:
    """SQL: the row of the list, where something is asked of it, and what was asked."""
    wanted = asked.wanted_of(kind)
    if wanted is None and kind not in asked.colours:
        return "", ""
    conditions = lists.conditions(view, wanted or Wanted(kind), bound)
    return f" JOIN {view.of(kind, ROW)} ON {ROW}.asset = m.asset", f" AND {conditions}"


def told(view: View, asked: Pictured, overlay: Overlay) -> list[DictRow]:
    """`many` and `shape` of each place of which something is told."""
    bound = Bound()
    rows = view.rows(
        f"SELECT sum({overlay.many})::bigint AS many, ST_AsBinary(m.drawn) AS shape{_of_overlay(view, overlay, bound)}"
        f" GROUP BY m.asset, m.drawn ORDER BY m.asset LIMIT {MOST}",
        {**bound.values, **_parameters(view, asked)},
    )
    return [row | {"shape": shapely.from_wkb(bytes(row["shape"]))} for row in rows]


def _of_overlay(view: View, overlay: Overlay, bound: Bound) -> str:
    return f" FROM {view.of('map', 'm')} JOIN ({overlay.told(view, bound)}) AS h ON h.place = m.asset WHERE {_HELD}"


def counted(view: View, asked: Pictured) -> list[DictRow]:
    """`many` and `shape`, a point, of each square in which something is."""
    bound = Bound()
    parts = [_counted_kind(view, asked, kind, bound) for kind in asked.kinds]
    parts += [
        f"SELECT ST_Centroid(m.drawn) AS p, {overlay.many} AS many{_of_overlay(view, overlay, bound)}"
        for overlay in asked.overlays
    ]
    if not parts:
        return []
    rows = view.rows(
        "SELECT sum(many)::bigint AS many, avg(ST_X(p)) AS x, avg(ST_Y(p)) AS y"  # noqa: S608 -- texts of the code; values are bound
        f" FROM ({' UNION ALL '.join(parts)}) AS points"
        " GROUP BY floor(ST_X(p) / %(square)s::float8), floor(ST_Y(p) / %(square)s::float8)",
        {**bound.values, **_parameters(view, asked), "square": SQUARE * asked.unit},
    )
    return [row | {"shape": shapely.Point(row["x"], row["y"])} for row in rows]


def _counted_kind(view: View, asked: Pictured, kind: str, bound: Bound) -> str:
    wanted = asked.wanted_of(kind)
    listed = where = ""
    if wanted is not None:
        listed, where = _listed(view, asked, kind, bound)
    return (
        f"SELECT ST_Centroid(m.drawn) AS p, 1 AS many FROM {view.of('map', 'm', kind)}{listed}"  # noqa: S608 -- texts of the code; values are bound
        f" WHERE {_HELD} AND m.kind = '{kind}'{where}"
    )


def _parameters(view: View, asked: Pictured) -> dict[str, Any]:
    sides = dict(zip(("west", "south", "east", "north"), asked.box, strict=True))
    known = view.position if view.known is None else view.known
    return {**sides, "known_at": known, "gone": sorted(GONE), "floor": asked.floor, "pixel": asked.unit}


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Their lines in the box, in web Mercator; where they come from; and whether some are the demonstration's own."""

    lines: Sequence[shapely.Geometry] = ()
    sources: Sequence[str] = ()
    are_invented: bool = False


def boundaries(view: View, asked: Pictured) -> Boundaries:
    rows = view.rows(
        f"SELECT ST_AsBinary(ST_ClipByBox2D(line, {ENVELOPE})) AS line, source, is_invented"  # noqa: S608 -- texts of the code
        " FROM (SELECT CASE WHEN ST_Dimension(drawn) = 2 THEN ST_Boundary(drawn) ELSE drawn END AS line, source, is_invented"
        " FROM (SELECT ST_SimplifyPreserveTopology(ST_Transform(shape, 3857), %(pixel)s) AS drawn, source, is_invented"
        f" FROM ground.boundaries) AS b WHERE drawn && {ENVELOPE}) AS lines",
        {**_parameters(view, asked)},
    )
    # Neighbours share a line: drawn twice, its dashes would fill each other's gaps.
    found = shapely.line_merge(shapely.union_all([shapely.from_wkb(bytes(row["line"])) for row in rows]))
    if shapely.is_empty(found):
        return Boundaries()
    are_invented = any(row["is_invented"] for row in rows)
    return Boundaries([found], sorted({row["source"] for row in rows if not row["is_invented"]}), are_invented)
