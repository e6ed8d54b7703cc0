"""The things of one kind at a moment: those that were asked for, in the order that was asked for, from a place in it on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final, TypeAlias
from uuid import UUID

from psycopg.rows import DictRow

from projections.queries import filters, search
from projections.queries.bound import Bound
from projections.queries.filters import ROW, Filter
from projections.queries.listed import LISTS, Listed
from projections.queries.question import Question
from projections.queries.sources import source
from projections.queries.view import View

Place: TypeAlias = tuple[tuple[str | None, ...], UUID]
"""A place in an order: the last row's keys as the database writes them, and its id."""


@dataclass(frozen=True, slots=True)
class Order:
    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show. `divisions` are prefixes; `words` are looked for in all that a thing is called."""

    kind: str
    filters: tuple[Filter, ...] = ()
    ids: tuple[UUID, ...] = ()
    divisions: tuple[str, ...] = ()
    words: str = ""
    order: tuple[Order, ...] = ()
    start: Place | None = None
    shape: bool = False
    """Also where it lies, as GeoJSON."""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything of the kind may be left out."""
        return bool(self.filters or self.ids or self.divisions or self.words)


@dataclass(frozen=True, slots=True)
class Key:
    """What rows are ordered by. A column of ids is ordered by what these things are called, where the view knows it."""

    expression: str
    type: str
    join: str
    descending: bool


_NAMED: Final = {"units": "name", "compounds": "name", "buildings": "name", "warehouses": "name", "vehicles": "plate"}


def _key(view: View, wanted: Wanted, order: Order, number: int) -> Key:
    column = LISTS[wanted.kind][order.column]
    label = _NAMED.get(column.party or "")
    if label is None or column.is_array:
        return Key(f"{ROW}.{column.name}", column.type, "", order.descending)
    alias = f"k{number}"
    return Key(f"{alias}.{label}", "text", _named(view, wanted, column, label, alias), order.descending)


def _named(view: View, wanted: Wanted, column: Listed, label: str, alias: str) -> str:
    """SQL: what a column of ids names.

    Of many rows all names are read at once (OFFSET keeps them so): one lookup after the other takes several times as long.
    """
    if wanted.ids:
        return f" LEFT JOIN {view.called(column.party or '', alias)} ON {alias}.asset = {ROW}.{column.name} AND {view.held(alias)}"
    names = f"SELECT n.asset, n.{label} FROM {view.called(column.party or '', 'n')} WHERE {view.held('n')} OFFSET 0"  # noqa: S608 -- names of the code
    return f" LEFT JOIN ({names}) {alias} ON {alias}.asset = {ROW}.{column.name}"


def page(view: View, wanted: Wanted, limit: int) -> list[DictRow]:
    return question(view, wanted, limit).rows()


def everything(view: View, wanted: Wanted, limit: int | None = None) -> AbstractContextManager[Iterator[list[DictRow]]]:
    """All rows, some at a time."""
    return question(view, wanted, limit).stream()


def question(view: View, wanted: Wanted, limit: int | None) -> Question:
    bound = Bound()
    statement = f"{_select(view, wanted, bound)} LIMIT {bound(limit, 'bigint')}"
    return Question(view, statement, bound.values)


def counts(view: View, kind: str, each: Sequence[Sequence[Filter]]) -> list[int]:
    """How many things of a kind meet all of these filters, and all of those: counted in one look at what there is."""
    bound = Bound()
    met = [" AND ".join(filters.condition(view, kind, one, bound) for one in of) or "true" for of in each]
    columns = ", ".join(f"count(*) FILTER (WHERE {one}) AS n{number}" for number, one in enumerate(met))
    row = view.one(f"SELECT {columns} FROM {view.of(kind, ROW)} WHERE {view.held(ROW)}", bound.values)  # noqa: S608 -- names of the code; values are bound
    return [] if row is None else list(row.values())


def count(view: View, wanted: Wanted) -> int:
    bound = Bound()
    where = conditions(view, wanted, bound)
    row = view.one(f"SELECT count(*) AS n FROM {source(view, wanted.kind)} WHERE {where}", bound.values)  # noqa: S608 -- names of the code; values are bound
    return 0 if row is None else int(row["n"])


def place_of(row: DictRow, wanted: Wanted) -> Place:
    return tuple(row[f"key{number}"] for number in range(len(wanted.order))), row["asset"]


def _select(view: View, wanted: Wanted, bound: Bound) -> str:
    """Names are those of declared columns; whatever was asked for is bound."""
    keys = [_key(view, wanted, order, number) for number, order in enumerate(wanted.order)]
    shown = [f"{ROW}.asset", *(f"{ROW}.{name}" for name in LISTS[wanted.kind])]
    shown += [f"({key.expression})::text AS key{number}" for number, key in enumerate(keys)]
    joins = "".join(key.join for key in keys)
    if wanted.shape:
        shown.append("ST_AsGeoJSON(m.shape) AS shape")
        joins += _where_it_lies(view, wanted.kind, bound)
    where = conditions(view, wanted, bound)
    if wanted.start is not None:
        where += f" AND ({_after(keys, wanted.start, bound)})"
    order = "".join(f"{key.expression} {'DESC' if key.descending else 'ASC'} NULLS LAST, " for key in keys)
    return (
        f"SELECT {', '.join(shown)} FROM {source(view, wanted.kind)}{joins} WHERE {where} ORDER BY {order}{ROW}.asset"  # noqa: S608 -- see above
    )


def _where_it_lies(view: View, kind: str, bound: Bound) -> str:
    known = bound(view.position if view.known is None else view.known, "bigint")
    at = bound(view.at, "timestamptz")
    return f" LEFT JOIN {view.of('map', 'm', kind)} ON m.asset = {ROW}.asset AND m.valid @> {at} AND m.known @> {known}"


def conditions(view: View, wanted: Wanted, bound: Bound) -> str:
    """SQL: rows of the kind that were asked for, wherever in the order they stand."""
    found = [view.held(ROW)]
    found += [filters.condition(view, wanted.kind, filter, bound) for filter in wanted.filters]
    if wanted.ids:
        found.append(filters.ids(list(wanted.ids), bound))
    if wanted.divisions:
        found.append(filters.within_division(view, wanted.kind, list(wanted.divisions), bound))
    if wanted.words:
        found.append(search.found(view, wanted.kind, search.terms(wanted.words), bound))
    return " AND ".join(found)


def _after(keys: list[Key], start: Place, bound: Bound) -> str:
    """What comes after a place: equal in the first keys and after it in the next. Nothing comes after NULL but other ids."""
    values, id = start
    equal: list[str] = []
    ways: list[str] = []
    for key, value in zip(keys, values, strict=True):
        if value is None:
            equal.append(f"{key.expression} IS NULL")
            continue
        given = bound(value, key.type)
        further = "<" if key.descending else ">"
        ways.append(" AND ".join([*equal, f"({key.expression} {further} {given} OR {key.expression} IS NULL)"]))
        equal.append(f"{key.expression} = {given}")
    ways.append(" AND ".join([*equal, f"{ROW}.asset > {bound(id, 'uuid')}"]))
    return " OR ".join(f"({way})" for way in ways)
