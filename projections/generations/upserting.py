"""Rows into a generation that can be read: by key, each in the place of what it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, LiteralString, TypeAlias

import msgspec
import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from projections import models
from projections.generations.belonging import belong
from projections.tables import Column, Sum, Table

Connection: TypeAlias = psycopg.Connection[TupleRow]


def upsert(connection: Connection, schema: str, rows: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """One statement a table: every column travels as an array of texts, as COPY would read them, and is cast there."""
    for name, values in rows.items():
        if values:
            columns = _columns(values)
            for table in models.sums_of(name):
                _add_up(connection, schema, table, columns)
            connection.execute(_statement(schema, models.table(name)), columns)
    belong(connection, schema, rows)


def _add_up(connection: Connection, schema: str, table: Table, columns: list[list[str | None]]) -> None:
    """What these rows add to a sum, less what the rows add that they replace, which are there still."""
    if table.sum is not None and (nothing := connection.execute(_adding(schema, table, table.sum), columns).fetchall()):
        statement = sql.SQL("DELETE FROM {} WHERE ctid = ANY(%s::tid[])").format(sql.Identifier(schema, table.name))
        connection.execute(statement, [[row[0] for row in nothing]])


def _columns(rows: Sequence[Sequence[Any]]) -> list[list[str | None]]:
    # The same encoding as COPY is given (`projections/writing.py`): rebuilt and followed rows must not differ in a byte.
    plain = msgspec.to_builtins(rows, enc_hook=str)
    return [[_text(value) for value in column] for column in zip(*plain, strict=True)]


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def _statement(schema: str, table: Table) -> bytes:
    names = [sql.Identifier(column.name) for column in table.columns]
    changed = [sql.Identifier(column.name) for column in table.columns if column.name not in table.key]
    composed = sql.SQL("INSERT INTO {} ({}) {} ON CONFLICT ({}) DO UPDATE SET {}").format(
        sql.Identifier(schema, table.name),
        sql.SQL(", ").join(names),
        _given(table),
        _names(table.key),
        sql.SQL(", ").join(sql.SQL("{} = excluded.{}").format(name, name) for name in changed),
    )
    return composed.as_bytes(None)


def _given(table: Table) -> sql.Composed:
    """The rows that travel as arrays."""
    names = [sql.Identifier(column.name) for column in table.columns]
    casts = [sql.SQL("{} AS {}").format(_cast(column), name) for column, name in zip(table.columns, names, strict=True)]
    return sql.SQL("SELECT {} FROM unnest({}) row({})").format(
        sql.SQL(", ").join(casts),
        sql.SQL(", ").join([sql.SQL("%s::text[]")] * len(names)),
        sql.SQL(", ").join(names),
    )


_ADDING: LiteralString = """
    WITH given AS MATERIALIZED ({given}),
         moved AS (SELECT *, 1 AS times FROM given UNION ALL SELECT {replaced}, -1 FROM {summed} AS r JOIN given USING ({key})),
         added AS (INSERT INTO {into} AS s ({columns}) {select}
                       ON CONFLICT ({own_key}) DO UPDATE SET {amount} = s.{amount} + excluded.{amount}
                    RETURNING s.ctid::text AS place, s.{amount} AS amount)
    SELECT place FROM added WHERE amount = 0"""


@cache
def _adding(schema: str, table: Table, sum: Sum) -> bytes:
    """Answers with the rows in which nothing is left."""
    summed, amount = models.table(sum.of), sql.Identifier(sum.amount)
    composed = sql.SQL(_ADDING).format(
        given=_given(summed),
        replaced=sql.SQL(", ").join(sql.Identifier("r", column.name) for column in summed.columns),
        summed=sql.Identifier(schema, summed.name),
        key=_names(summed.key),
        into=sql.Identifier(schema, table.name),
        columns=_names(column.name for column in table.columns),
        select=_Raw(sum.select.format(rows="moved").encode()),
        own_key=_names(table.key),
        amount=amount,
    )
    return composed.as_bytes(None)


def _names(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _cast(column: Column) -> sql.Composed:
    type = column.type.removesuffix(" NOT NULL").encode()
    return sql.SQL("CAST(row.{} AS {})").format(sql.Identifier(column.name), _Raw(type))


class _Raw(sql.Composable):
    """SQL as a read model writes it: text of ours, not a value."""

    def __init__(self, text: bytes) -> None:
        super().__init__(text)

    def as_bytes(self, context: Any = None) -> bytes:  # noqa: ARG002 -- the library's signature
        return bytes(self._obj)

    def as_string(self, context: Any = None) -> str:  # noqa: ARG002 -- the library's signature
        return self.as_bytes().decode()
