"""Spreadsheets that somebody sent to be recorded, each its sender's alone: what became of them, and who works on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Json

from infra.access.calling import Connection

BEATS_SECONDS: Final = 2.0
_CUT_OFF: Final = "20 seconds"
"""An attempt that has not shown for so long that it lives does not: its process ended."""
_KEPT: Final = "180 days"


class State(StrEnum):
    CHECKING = "checking"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    id: UUID
    account: UUID
    command: str
    file: str
    name: str
    mandate: Any
    state: State
    step: str
    done: int
    total: int
    is_cut_off: bool
    outcome: Any
    undoing: Any
    problem: Any
    made_at: datetime
    ended_at: datetime | None


_WORKING: Final = "state IN ('checking', 'applying', 'undoing')"
_IS_CUT_OFF: Final = f"({_WORKING} AND beat < clock_timestamp() - interval '{_CUT_OFF}')"
_COLUMNS: Final = (
    "id, account, command, file, name, mandate, state, step, done, total,"
    f" {_IS_CUT_OFF} AS is_cut_off, outcome, undoing, problem, made_at, ended_at"
)


def make(
    connection: Connection, *, id: UUID, account: UUID, command: str, file: str, name: str, mandate: Any, run: UUID
) -> bool:
    """One more, being checked by this attempt; whether there was none of this id. Those that are long over are forgotten."""
    connection.execute(
        f"DELETE FROM desk.imports WHERE NOT {_WORKING} AND made_at < clock_timestamp() - interval '{_KEPT}'".encode()  # noqa: S608 -- constants
    )
    made = connection.execute(
        "INSERT INTO desk.imports (id, account, command, file, name, mandate, run) VALUES (%s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT DO NOTHING",
        [id, account, command, file, name, Json(mandate), run],
    )
    return made.rowcount == 1


def find(connection: Connection, account: UUID, id: UUID) -> Import | None:
    return next(iter(_found(connection, "account = %s AND id = %s", account, id)), None)


def of(connection: Connection, account: UUID, limit: int) -> list[Import]:
    """The latest first."""
    return _found(connection, "account = %s ORDER BY made_at DESC LIMIT %s", account, limit)


def begin(connection: Connection, id: UUID, run: UUID, state: State, after: Collection[State]) -> bool:
    """Whether this attempt may go on: nobody else works on it, or whoever did was cut off."""
    statement = (
        "UPDATE desk.imports SET state = %s, run = %s, beat = clock_timestamp(), step = '', done = 0, total = 0,"  # noqa: S608 -- a constant
        f" problem = NULL, ended_at = NULL WHERE id = %s AND (state = ANY(%s) OR {_IS_CUT_OFF})"
    )
    begun = connection.execute(statement.encode(), [state, run, id, [str(one) for one in after]])
    return begun.rowcount == 1


def beat(connection: Connection, id: UUID, run: UUID, step: str, done: int, total: int) -> None:
    """How far it is."""
    connection.execute(
        "UPDATE desk.imports SET beat = clock_timestamp(), step = %s, done = %s, total = %s WHERE id = %s AND run = %s",
        [step, done, total, id, run],
    )


def end(connection: Connection, id: UUID, run: UUID, state: State, **found: Any) -> tuple[UUID, int] | None:
    """What became of this attempt; `found` are columns with what it found.

    Whose import it is and how many rows it has, unless another attempt has taken over.
    """
    told = {name: None if value is None else Json(value) for name, value in found.items()}
    columns = "".join(f", {name} = %({name})s" for name in told)
    row = connection.execute(
        f"UPDATE desk.imports SET state = %(state)s, ended_at = clock_timestamp(){columns}"  # noqa: S608 -- columns are named by the code
        " WHERE id = %(id)s AND run = %(run)s RETURNING account, coalesce((outcome ->> 'rows')::integer, 0)".encode(),
        {"state": state, "id": id, "run": run, **told},
    ).fetchone()
    return None if row is None else (row[0], row[1])


def _found(connection: Connection, where: str, *parameters: Any) -> list[Import]:
    with connection.cursor(row_factory=class_row(Import)) as cursor:
        statement = f"SELECT {_COLUMNS} FROM desk.imports WHERE {where}"  # noqa: S608 -- constants; values are bound
        return cursor.execute(statement.encode(), parameters).fetchall()
