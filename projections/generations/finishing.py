"""Keys, indexes and statistics of a generation that is filled: table by table, several at a time."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor

from psycopg import sql

from projections import models
from projections.generations import ddl
from projections.generations.catalogue import Generation
from projections.generations.connecting import Connection, connect
from projections.tables import Table

SORTING = {"maintenance_work_mem": "128MB", "max_parallel_maintenance_workers": "0"}
"""Every core has a table of its own already. Who filled the tables has given his memory back by now."""


def finish(url: str, generation: Generation, at_once: int) -> None:
    """Whatever a killed builder left undone; what it had done stays."""
    with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="finish") as threads:
        largest_first = deque(_by_size(url, generation))
        for done in [threads.submit(_finish_some, url, generation, largest_first) for _ in range(at_once)]:
            done.result()


def _by_size(url: str, generation: Generation) -> list[Table]:
    with connect(url) as connection:
        rows = connection.execute(
            "SELECT relname::text, pg_relation_size(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE nspname = %s AND relkind = 'r'",
            [generation.schema],
        ).fetchall()
    sizes: dict[str, int] = dict(rows)
    return sorted(models.tables(), key=lambda table: -sizes.get(table.name, 0))


def _finish_some(url: str, generation: Generation, waiting: deque[Table]) -> None:
    """One table after the other in one session: to open one takes longer than to finish a small table."""
    session = {"search_path": f"{generation.schema},public", "synchronous_commit": "off", **SORTING}
    with connect(url, **session) as connection:
        while (table := _next(waiting)) is not None:
            _finish(connection, generation, table)


def _next(waiting: deque[Table]) -> Table | None:
    try:
        return waiting.popleft()
    except IndexError:  # others took the last
        return None


def _finish(connection: Connection, generation: Generation, table: Table) -> None:
    with connection.transaction():
        # A killed builder's session may still be at it in the server: this waits for it.
        lock = sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE")
        connection.execute(lock.format(sql.Identifier(generation.schema, table.name)))
        if not _has_key(connection, generation, table):
            for statement in ddl.completing(table):
                connection.execute(statement.encode())
        for statement in ddl.indexes(table).values():
            connection.execute(statement.encode())
        connection.execute(ddl.kept_clean(table).encode())
    connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(generation.schema, table.name)))


def _has_key(connection: Connection, generation: Generation, table: Table) -> bool:
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
        "  JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE k.contype = 'p' AND n.nspname = %s AND c.relname = %s)",
        [generation.schema, table.name],
    ).fetchone()
    return row == (True,)
