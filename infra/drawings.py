"""Drawings that somebody brings in, each its sender's alone: which files, what was chosen, whether it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Json

from infra.access.calling import Connection

_KEPT: Final = "180 days"
_COLUMNS: Final = "id, account, building, files, choices, position, made_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """`files`: digest and name of each. `position`: where in the log it was recorded."""

    id: UUID
    account: UUID
    building: UUID
    files: Any
    choices: Any
    position: int | None
    made_at: datetime


def make(connection: Connection, *, id: UUID, account: UUID, building: UUID, files: Any) -> None:
    """One more, or the same again. Those that are long over are forgotten."""
    connection.execute(
        f"DELETE FROM desk.drawings WHERE made_at < clock_timestamp() - interval '{_KEPT}'".encode()  # noqa: S608 -- a constant
    )
    connection.execute(
        "INSERT INTO desk.drawings (id, account, building, files) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [id, account, building, Json(files)],
    )


def find(connection: Connection, account: UUID, id: UUID) -> Drawing | None:
    return next(iter(_found(connection, "account = %s AND id = %s", account, id)), None)


def of(connection: Connection, account: UUID, limit: int) -> list[Drawing]:
    """The latest first."""
    return _found(connection, "account = %s ORDER BY made_at DESC LIMIT %s", account, limit)


def choose(connection: Connection, account: UUID, id: UUID, choices: Any) -> bool:
    """Whether it can still be chosen: what is recorded stays as it was."""
    done = connection.execute(
        "UPDATE desk.drawings SET choices = %s WHERE account = %s AND id = %s AND position IS NULL",
        [Json(choices), account, id],
    )
    return done.rowcount == 1


def recorded(connection: Connection, account: UUID, id: UUID, position: int) -> None:
    connection.execute("UPDATE desk.drawings SET position = %s WHERE account = %s AND id = %s", [position, account, id])


def drop(connection: Connection, account: UUID, id: UUID) -> bool:
    done = connection.execute("DELETE FROM desk.drawings WHERE account = %s AND id = %s", [account, id])
    return done.rowcount == 1


def _found(connection: Connection, where: str, *parameters: Any) -> list[Drawing]:
    with connection.cursor(row_factory=class_row(Drawing)) as cursor:
        statement = f"SELECT {_COLUMNS} FROM desk.drawings WHERE {where}"  # noqa: S608 -- constants; values are bound
        return cursor.execute(statement.encode(), parameters).fetchall()
