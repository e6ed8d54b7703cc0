"""A generation written down: the same log gives the same bytes, whichever way it was built."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from psycopg import sql

from projections import models
from projections.generations.connecting import Connection
from projections.tables import Table


def digest(connection: Connection, schema: str) -> str:
    """Of all its tables. The catalogue's own columns (when it was built, in which schema) are no part of it."""
    whole = hashlib.sha256()
    for name, of_table in digests(connection, schema):
        whole.update(f"{name} {of_table}\n".encode())
    return whole.hexdigest()


def digests(connection: Connection, schema: str) -> Iterator[tuple[str, str]]:
    for table in sorted(models.tables(), key=lambda one: one.name):
        yield table.name, table_digest(connection, schema, table)


def table_digest(connection: Connection, schema: str, table: Table) -> str:
    """SHA-256 over its rows as text, in the order of their keys; any number of rows in little memory."""
    found = hashlib.sha256()
    with connection.cursor().copy(_rows(schema, table)) as rows:
        for block in rows:
            found.update(block)
    return found.hexdigest()


def _rows(schema: str, table: Table) -> sql.Composed:
    """Names in order, so that it does not matter in which order the table has its columns."""
    return sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns),
        sql.Identifier(schema, table.name),
        sql.SQL(", ").join(map(sql.Identifier, table.key)),
    )
