"""Which generations there are: `reading.generations`, and the schemas that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, LiteralString, TypeAlias
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow, class_row

from projections.generations import ddl
from projections.generations.definition import Definition

Connection: TypeAlias = psycopg.Connection[TupleRow]
Role: TypeAlias = Literal["live", "shadow", "case", "former"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """A row of the catalogue. `position`: its rows show the log up to there, and nothing after."""

    id: int
    schema: str
    role: Role
    state: Literal["building", "ready", "failed"]
    name: str | None
    digest: str
    shape: str
    position: int
    goal: int
    at: datetime | None
    only_streams: list[UUID] | None
    created_at: datetime
    ready_at: datetime | None
    retired_at: datetime | None
    error: str | None

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"


def find(
    connection: Connection, where: LiteralString = "true", *values: object, lock: bool = False
) -> list[Generation]:
    """Those that a condition of ours holds for, oldest first. `lock` keeps others from moving them until the commit."""
    statement = f"SELECT * FROM reading.generations WHERE {where} ORDER BY id {'FOR NO KEY UPDATE' if lock else ''}"  # noqa: S608 -- `where` is a literal of ours; values are bound
    with connection.cursor(row_factory=class_row(Generation)) as cursor:
        return cursor.execute(statement.encode(), values).fetchall()


def get(connection: Connection, id: int) -> Generation | None:
    return next(iter(find(connection, "id = %s", id)), None)


def live(connection: Connection) -> Generation | None:
    return next(iter(find(connection, "role = 'live'")), None)


def case(connection: Connection, name: str) -> Generation | None:
    return next(iter(find(connection, "role = 'case' AND name = %s", name)), None)


def head(connection: Connection) -> int:
    """The position of the last event of the log."""
    row = connection.execute("SELECT coalesce(max(position), 0) FROM log.events").fetchone()
    return int(row[0]) if row else 0


def make(
    connection: Connection,
    definition: Definition,
    *,
    role: Role = "shadow",
    goal: int,
    name: str | None = None,
    at: datetime | None = None,
    only: Sequence[UUID] | None = None,
) -> Generation:
    """A new one with its empty tables, all in one transaction; nobody can read it before it is filled."""
    with connection.transaction(), connection.cursor(row_factory=class_row(Generation)) as cursor:
        made = cursor.execute(
            "INSERT INTO reading.generations (role, name, digest, shape, goal, at, only_streams)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING *",
            [role, name, definition.digest, definition.shape, goal, at, None if only is None else list(only)],
        ).fetchone()
        if made is None:
            raise LookupError("the catalogue did not answer with what it was given")
        ddl.create(connection, made.schema)
    return made


def mark_ready(connection: Connection, generation: Generation) -> None:
    """Filled to its goal and indexed: from now on it may be read."""
    with connection.transaction():
        ddl.open_to_readers(connection, generation.schema)
        connection.execute(
            "UPDATE reading.generations SET state = 'ready', position = goal, ready_at = clock_timestamp(), error = NULL"
            " WHERE id = %s AND state = 'building'",
            [generation.id],
        )


def mark_failed(connection: Connection, id: int, error: str) -> None:
    connection.execute("UPDATE reading.generations SET state = 'failed', error = %s WHERE id = %s", [error[:2000], id])


def drop(connection: Connection, generation: Generation) -> None:
    """Takes it out of the catalogue, and then away. A crash in between leaves a schema that `sweep` finds."""
    connection.execute("DELETE FROM reading.generations WHERE id = %s AND role <> 'live'", [generation.id])
    drop_schema(connection, generation.schema)


def drop_schema(connection: Connection, schema: str) -> None:
    connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))


def orphans(connection: Connection) -> list[str]:
    """Schemas of ours that no row speaks of. One that is being made has its row in the same transaction."""
    rows = connection.execute(
        "SELECT nspname::text FROM pg_namespace"
        " WHERE nspowner = current_user::regrole AND nspname ~ '^g[0-9]+$'"
        "   AND NOT EXISTS (SELECT FROM reading.generations WHERE schema = nspname) ORDER BY 1"
    ).fetchall()
    return [row[0] for row in rows]


def size(connection: Connection, generation: Generation) -> int:
    """In bytes, with its indexes."""
    row = connection.execute(
        "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c"
        "  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relkind = 'r'",
        [generation.schema],
    ).fetchone()
    return int(row[0]) if row else 0
