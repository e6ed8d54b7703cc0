"""The statements that make a generation: its schema, tables and views at first; keys and indexes once it is filled."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from projections import models
from projections.tables import Table, View


def create(connection: psycopg.Connection[TupleRow], schema: str) -> None:
    """Tables without keys and indexes: they are quicker to make when the rows are there."""
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    # Names in the definitions are looked up in the generation itself, then where PostGIS is.
    connection.execute("SELECT set_config('search_path', %s, true)", [f"{schema},public"])
    for statement in statements():
        connection.execute(statement.encode())


def statements() -> Iterator[str]:
    for table in models.tables():
        yield create_table(table)
    for view in models.views():
        yield create_view(view)


def create_table(table: Table) -> str:
    columns = [*(f"{_quoted(column.name)} {column.type}" for column in table.columns), *table.computed]
    return f"CREATE TABLE {_quoted(table.name)} ({', '.join(columns)})"


def create_view(view: View) -> str:
    return f"CREATE VIEW {_quoted(view.name)} AS {view.select}"


def primary_key(table: Table) -> str:
    return f"ALTER TABLE {_quoted(table.name)} ADD PRIMARY KEY ({', '.join(map(_quoted, table.key))})"


def indexes(table: Table) -> dict[str, str]:
    """The statement for each index, by a name of its own: what a killed builder had made already is not made twice."""
    return {
        f"{table.name}_{number}": f"CREATE INDEX IF NOT EXISTS {_quoted(f'{table.name}_{number}')}"
        f" ON {_quoted(table.name)} {definition}"
        for number, definition in enumerate(table.indexes, 1)
    }


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
