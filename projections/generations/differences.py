"""Two tables of the same definition compared row by row: every value that differs, every row that only one of them has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from psycopg import sql

from projections.generations.connecting import Connection
from projections.tables import Table

FETCHED = 500

TOUCHES = ("position", "since", "cut", "until", "touched", "corrects", "overtaken")
"""Columns that name an event that touched the row."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`column` is None where the whole row is `missing` in the live view or `surplus` there. Values are texts."""

    table: str
    key: dict[str, str]
    column: str | None
    live: str | None
    shadow: str | None
    kind: str
    """value, missing or surplus"""
    position: int | None = None
    topic: str | None = None


def of_table(connection: Connection, table: Table, live: str, shadow: str, upto: int) -> Iterator[Difference]:
    """Compared by primary key and by the exact text of every column; told with the last event that touched the row."""
    names = [column.name for column in table.columns]
    with connection.cursor("differences") as cursor:
        cursor.itersize = FETCHED
        cursor.execute(_statement(table, live, shadow))
        for row in cursor:
            left, right = row[: len(names)], row[len(names) :]
            yield from _of_row(connection, table, names, left, right, upto)


def _of_row(
    connection: Connection, table: Table, names: Sequence[str], left: Sequence[Any], right: Sequence[Any], upto: int
) -> Iterator[Difference]:
    mine, theirs = dict(zip(names, left, strict=True)), dict(zip(names, right, strict=True))
    is_missing, is_surplus = (side[table.key[0]] is None for side in (mine, theirs))
    key = {name: (theirs if is_missing else mine)[name] for name in table.key}
    event = _last_event(connection, [mine, theirs], upto)
    if is_missing or is_surplus:
        yield Difference(table.name, key, None, None, None, "missing" if is_missing else "surplus", *event)
        return
    for name in names:
        if mine[name] != theirs[name]:
            yield Difference(table.name, key, name, mine[name], theirs[name], "value", *event)


def _statement(table: Table, live: str, shadow: str) -> sql.Composed:
    """Texts, because equal is not the same: 1.0 equals 1.00, and two geometries may be equal in another order of points."""
    columns = [sql.Identifier(column.name) for column in table.columns]
    sides = [sql.SQL("{}.{}::text").format(sql.Identifier(side), name) for side in ("l", "s") for name in columns]
    form = "SELECT {} FROM {} l FULL JOIN {} s ON {} WHERE ({}) IS DISTINCT FROM ({}) ORDER BY {}"
    return sql.SQL(form).format(
        sql.SQL(", ").join(sides),
        sql.Identifier(live, table.name),
        sql.Identifier(shadow, table.name),
        _equal_keys(table),
        sql.SQL("ROW(") + sql.SQL(", ").join(sides[: len(columns)]) + sql.SQL(")"),
        sql.SQL("ROW(") + sql.SQL(", ").join(sides[len(columns) :]) + sql.SQL(")"),
        sql.SQL(", ").join(
            sql.SQL("coalesce(l.{}, s.{})").format(sql.Identifier(name), sql.Identifier(name)) for name in table.key
        ),
    )


def _equal_keys(table: Table) -> sql.Composed:
    equal = [sql.SQL("l.{} = s.{}").format(sql.Identifier(name), sql.Identifier(name)) for name in table.key]
    return sql.SQL(" AND ").join(equal)


_EVENT: LiteralString = "SELECT position, topic FROM log.events WHERE position = %s"
_LAST: LiteralString = (
    "SELECT position, topic FROM log.events WHERE originator_id = %s AND position <= %s"
    " ORDER BY originator_version DESC LIMIT 1"
)


def _last_event(connection: Connection, sides: Sequence[dict[str, Any]], upto: int) -> tuple[int | None, str | None]:
    """By the side that was built anew, which is right; where that says nothing, the last event of the row's stream."""
    for side in reversed(sides):
        touches = [int(side[name]) for name in TOUCHES if side.get(name) is not None]
        said = [position for position in touches if position <= upto]
        found = connection.execute(_EVENT, [max(said)]).fetchone() if said else None
        if found is not None:
            return found[0], found[1]
    stream = next((UUID(side[name]) for side in sides for name in ("stream", "asset") if side.get(name)), None)
    found = None if stream is None else connection.execute(_LAST, [stream, upto]).fetchone()
    return (None, None) if found is None else (found[0], found[1])
