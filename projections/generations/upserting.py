"""Rows into a generation that can be read: by key, each in the place of what it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from projections import models
from projections.tables import Column, Table


def upsert(connection: psycopg.Connection[TupleRow], schema: str, rows: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """One statement a table: every column travels as an array of texts, as COPY would read them, and is cast there."""
    for name, values in rows.items():
        if values:
            connection.execute(_statement(schema, models.table(name)), _columns(values))


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
    composed = sql.SQL(
        "INSERT INTO {} ({}) SELECT {} FROM unnest({}) row({}) ON CONFLICT ({}) DO UPDATE SET {}"
    ).format(
        sql.Identifier(schema, table.name),
        sql.SQL(", ").join(names),
        sql.SQL(", ").join(map(_cast, table.columns)),
        sql.SQL(", ").join([sql.SQL("%s::text[]")] * len(names)),
        sql.SQL(", ").join(names),
        sql.SQL(", ").join(map(sql.Identifier, table.key)),
        sql.SQL(", ").join(sql.SQL("{} = excluded.{}").format(name, name) for name in changed),
    )
    return composed.as_bytes(None)


def _cast(column: Column) -> sql.Composed:
    type = column.type.removesuffix(" NOT NULL").encode()
    return sql.SQL("CAST(row.{} AS {})").format(sql.Identifier(column.name), _Raw(type))


class _Raw(sql.Composable):
    """A type as a read model writes it: text of ours, not a value."""

    def __init__(self, text: bytes) -> None:
        super().__init__(text)

    def as_bytes(self, context: Any = None) -> bytes:  # noqa: ARG002 -- the library's signature
        return bytes(self._obj)

    def as_string(self, context: Any = None) -> str:  # noqa: ARG002 -- the library's signature
        return self.as_bytes().decode()
