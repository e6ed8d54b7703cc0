"""The features of a collection at a moment: those that were asked for, by their ids, from one of them on.

What is shown of a feature and what a filter compares are the same expressions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import DictRow

from maps.features.collections import NAMED, Collection, Property
from maps.features.filters import Columns, Filter
from maps.features.systems import CRS84, SYSTEMS, Box, System, shown
from projections.queries import whereabouts
from projections.queries.bound import Bound
from projections.queries.view import View

_ROW, _PLACE = "r", "m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of a collection: in a box, by a filter (as `parsed`), after a feature; with shapes in a system."""

    collection: Collection
    box: Box | None = None
    filter: Any = None
    filter_system: System = SYSTEMS[CRS84]
    id: UUID | None = None
    after: UUID | None = None
    past: bool = False
    known_at: datetime | None = None
    """Of what is live: not the latest that there is; by what was received by then."""
    system: System = SYSTEMS[CRS84]


def page(view: View, wanted: Wanted, limit: int) -> list[DictRow]:
    """`id`, `shape` as GeoJSON, and the properties as `p0`, `p1`, … in their order."""
    bound = Bound()
    # First the rows, then what is looked up for each of them: names of thousands would be read for a page of ten.
    rows = (
        f"SELECT {_ROW}.*, {_PLACE}.shape AS shape FROM {_from(view, wanted, bound)}"  # noqa: S608 -- names of the code; values are bound
        f" ORDER BY {_ROW}.asset LIMIT {bound(limit, 'bigint')}"
    )
    said = [f"{_said(view, one, bound)} AS p{place}" for place, one in enumerate(wanted.collection.properties.values())]
    shape = f"ST_AsGeoJSON({shown(wanted.system, f'{_ROW}.shape')}, 9) AS shape"
    statement = f"SELECT {', '.join((f'{_ROW}.asset AS id', shape, *said))} FROM ({rows}) {_ROW} ORDER BY {_ROW}.asset"  # noqa: S608 -- likewise
    return view.rows(statement, _parameters(wanted, bound))


def count(view: View, wanted: Wanted) -> int:
    bound = Bound()
    row = view.one(f"SELECT count(*) AS n FROM {_from(view, wanted, bound)}", _parameters(wanted, bound))  # noqa: S608 -- likewise
    return 0 if row is None else int(row["n"])


def extent(view: View, wanted: Wanted) -> tuple[float, float, float, float] | None:
    """The box around all that is there: west, south, east, north."""
    bound = Bound()
    statement = f"SELECT ST_Extent({_PLACE}.shape) AS box FROM {_from(view, wanted, bound)}"  # noqa: S608 -- likewise
    row = view.one(
        f"SELECT ST_XMin(box) w, ST_YMin(box) s, ST_XMax(box) e, ST_YMax(box) n FROM ({statement}) AS whole",  # noqa: S608 -- likewise
        _parameters(wanted, bound),
    )
    return None if row is None or row["w"] is None else (row["w"], row["s"], row["e"], row["n"])


def properties_of(collection: Collection, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[f"p{place}"] for place, name in enumerate(collection.properties)}


def _parameters(wanted: Wanted, bound: Bound) -> dict[str, Any]:
    return {**bound.values, "known_at": wanted.known_at}


def _from(view: View, wanted: Wanted, bound: Bound) -> str:
    if wanted.collection.is_live:
        place = f"SELECT {_ROW}.point AS shape, ST_Transform({_ROW}.point, 3857) AS drawn"
        return (
            f"({whereabouts.with_places(view, past=wanted.past)}) {_ROW} CROSS JOIN LATERAL ({place}) {_PLACE}"
            f" WHERE {_conditions(view, wanted, bound)}"
        )
    kind = wanted.collection.kind
    known, at = bound(view.position if view.known is None else view.known, "bigint"), bound(view.at, "timestamptz")
    return (
        f"{view.of(kind, _ROW)} LEFT JOIN {view.of('map', _PLACE, kind)} ON {_PLACE}.asset = {_ROW}.asset"
        f" AND {_PLACE}.valid @> {at} AND {_PLACE}.known @> {known} WHERE {_conditions(view, wanted, bound)}"
    )


def _conditions(view: View, wanted: Wanted, bound: Bound) -> str:
    found = [view.held(_ROW)]
    if wanted.id is not None:
        found.append(f"{_ROW}.asset = {bound(wanted.id, 'uuid')}")
    if wanted.after is not None:
        found.append(f"{_ROW}.asset > {bound(wanted.after, 'uuid')}")
    if wanted.box is not None:
        found.append(_in_box(wanted.box, bound))
    if wanted.filter is not None:
        columns = Columns(lambda one: _said(view, one, bound), f"{_PLACE}.shape", f"{_PLACE}.drawn")
        filter = Filter(wanted.collection, columns, bound, wanted.filter_system)
        found.append(filter.condition(wanted.filter))
    return " AND ".join(found)


def _in_box(box: Box, bound: Bound) -> str:
    """By the index of what is drawn, in its own system: the constant is transformed, not the column."""
    parts = []
    for corners in box.parts:
        envelope = f"ST_MakeEnvelope({', '.join(bound(one, 'float8') for one in corners)}, 4490)"
        parts.append(
            f"({_PLACE}.drawn && ST_Transform({envelope}, 3857) AND ST_Intersects({_PLACE}.shape, {envelope}))"
        )
    return f"({' OR '.join(parts)})"


_TEXT: Final = "text"


def _said(view: View, one: Property, bound: Bound) -> str:
    """SQL: a property as it is shown: codes in words where they stand for codes, and names of what ids name."""
    column = f"{_ROW}.{one.column.name}"
    if one.column.party is not None:
        name = NAMED[one.column.party]
        named = f"{view.called(one.column.party, 'n')} WHERE n.asset = {column} AND {view.held('n')}"
        return f"(SELECT n.{name} FROM {named} LIMIT 1)"  # noqa: S608 -- names of the code
    words = one.words
    if not words:
        return column
    cases = " ".join(f"WHEN {bound(code, _TEXT)} THEN {bound(word, _TEXT)}" for code, word in words.items())
    return f"(CASE {column} {cases} ELSE {column} END)"
