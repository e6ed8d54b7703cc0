"""The statements that make a generation: its schema, tables, views and windows at first; keys and indexes once it is filled."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from infra.database import APPLICATION_ROLE, EVERYTHING_ROLE
from projections import jurisdiction, models, windows
from projections.tables import Table, View


def create(connection: psycopg.Connection[TupleRow], schema: str) -> None:
    """Tables without keys and indexes: they are quicker to make when the rows are there."""
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    # Names in the definitions are looked up in the generation itself, then where PostGIS is.
    connection.execute("SELECT set_config('search_path', %s, true)", [f"{schema},public"])
    connection.execute(_NAMED.format(sql.Literal(schema)))
    for statement in statements(schema):
        connection.execute(statement.encode())


def open_to_readers(connection: psycopg.Connection[TupleRow], schema: str) -> None:
    """To the application: as it is, it looks through windows; in its other role, for those who may see everything, at all there is."""
    looking = [*jurisdiction.HELPERS, *jurisdiction.views(), *windows.views()]
    for name in (APPLICATION_ROLE, EVERYTHING_ROLE):
        connection.execute(
            sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(sql.Identifier(schema), sql.Identifier(name))
        )
    seen = sql.SQL(", ").join(sql.Identifier(schema, view.name) for view in looking)
    connection.execute(sql.SQL("GRANT SELECT ON {} TO {}").format(seen, sql.Identifier(APPLICATION_ROLE)))
    everything = sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {}")
    connection.execute(everything.format(sql.Identifier(schema), sql.Identifier(EVERYTHING_ROLE)))


# What was declared of one generation is looked up by its name (`projections/jurisdiction.py`).
_NAMED = sql.SQL("CREATE FUNCTION this_generation() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN {}::text")


def statements(schema: str = "generation") -> Iterator[str]:
    """`schema` is part of functions only, which may be called whatever the search path is then."""
    for table in models.tables():
        yield create_table(table)
    for view in models.views():
        yield create_view(view, "WITH (security_invoker)")
    # A function is looked for where a view speaks of it, what it reads when it runs.
    yield from jurisdiction.functions(schema)
    yield from map(create_view, (*jurisdiction.HELPERS, *jurisdiction.views(), *windows.views()))
    for table in models.tables():
        yield from windows.closing(table, APPLICATION_ROLE, EVERYTHING_ROLE)


def create_table(table: Table) -> str:
    columns = [*(f"{_quoted(column.name)} {column.type}" for column in table.columns), *table.computed]
    return f"CREATE TABLE {_quoted(table.name)} ({', '.join(columns)}) WITH (autovacuum_enabled = false)"


def kept_clean(table: Table) -> str:
    """From when it is filled: before, the server would count and clean again and again what is just being written."""
    return f"ALTER TABLE {_quoted(table.name)} RESET (autovacuum_enabled)"


def create_view(view: View, options: str = "") -> str:
    """`security_invoker`: it shows of the tables what whoever asks may see, else all that is in them."""
    return f"CREATE VIEW {_quoted(view.name)} {options} AS {view.select}"


def primary_key(table: Table) -> str:
    return f"ALTER TABLE {_quoted(table.name)} ADD PRIMARY KEY ({', '.join(map(_quoted, table.key))})"


def filling(table: Table) -> tuple[str, ...]:
    """What makes the rows that no part makes, once those that parts make are there."""
    into = f"INSERT INTO {_quoted(table.name)} ({', '.join(_quoted(column.name) for column in table.columns)})"
    if table.sum is None:
        return tuple(f"{into} {select}" for select in table.filled)
    rows = f"(SELECT *, 1 AS times FROM {_quoted(table.sum.of)})"  # noqa: S608 -- names of the code
    return (f"{into} {table.sum.select.format(rows=rows)}",)


def completing(table: Table) -> tuple[str, ...]:
    """Its key, and the rows that no part makes: added up before there is a key, and those with which more are made after it."""
    steps = (primary_key(table), *filling(table))
    return steps if table.sum is None else steps[::-1]


def indexes(table: Table) -> dict[str, str]:
    """The statement for each index, by a name of its own: what a killed builder had made already is not made twice."""
    return {
        f"{table.name}_{number}": f"CREATE INDEX IF NOT EXISTS {_quoted(f'{table.name}_{number}')}"
        f" ON {_quoted(table.name)} {definition}"
        for number, definition in enumerate(table.indexes, 1)
    }


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
