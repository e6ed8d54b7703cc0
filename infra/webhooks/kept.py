"""Webhooks as they are kept. Whoever sends for one holds its row locked from before the sending until what came of it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from psycopg.rows import class_row

from infra.access.calling import Connection, call


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which events, as the feed is filtered; empty: all that the account sees."""

    kinds: Sequence[str] = ()
    topics: Sequence[str] = ()
    unit: UUID | None = None
    division: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    id: UUID
    account: UUID
    name: str
    url: str
    kinds: list[str]
    topics: list[str]
    unit: UUID | None
    division: str | None
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    position: int
    attempts: int
    failing_since: datetime | None
    next_at: datetime
    paused_at: datetime | None
    paused_why: str | None


_COLUMNS = (
    "id, account, name, url, kinds, topics, unit, division, made_at, made_by, ended_at, position, attempts, failing_since,"
    " next_at, paused_at, paused_why"
)
_WEBHOOKS = f"SELECT {_COLUMNS} FROM webhooks.webhooks"  # noqa: S608 -- a constant
_HELD = " WHERE account = %(id)s OR account IN (SELECT id FROM access.accounts WHERE holder = %(id)s)"


def make(
    connection: Connection,
    proof: bytes,
    *,
    id: UUID,
    account: UUID,
    name: str,
    url: str,
    wanted: Filter,
    sealed: bytes,
    position: int,
) -> None:
    filter = (list(wanted.kinds), list(wanted.topics), wanted.unit, wanted.division)
    call(connection, "make_webhook", proof, id, account, name, url, *filter, sealed, position)


def end(connection: Connection, proof: bytes, webhook: UUID) -> bool:
    """False when it was ended before."""
    return bool(call(connection, "end_webhook", proof, webhook))


def held_by(connection: Connection, account: UUID) -> list[Webhook]:
    """One's own, and those of the service accounts that one answers for."""
    with connection.cursor(row_factory=class_row(Webhook)) as cursor:
        return cursor.execute(f"{_WEBHOOKS}{_HELD} ORDER BY made_at, id".encode(), {"id": account}).fetchall()


def everyones(connection: Connection) -> list[Webhook]:
    with connection.cursor(row_factory=class_row(Webhook)) as cursor:
        return cursor.execute(f"{_WEBHOOKS} ORDER BY made_at, id".encode()).fetchall()


def to_send_for(connection: Connection) -> list[UUID]:
    """Those for which there may be something to send now."""
    statement = (
        "SELECT w.id FROM webhooks.webhooks w, reading.generations g"
        " WHERE w.ended_at IS NULL AND w.paused_at IS NULL AND w.next_at <= clock_timestamp()"
        " AND g.role = 'live' AND g.state = 'ready' AND g.position > w.position ORDER BY w.next_at"
    )
    return [row[0] for row in connection.execute(statement)]


def taken(connection: Connection, id: UUID) -> Webhook | None:
    """To the end of the transaction; None while another process sends for it, or where nothing is to be sent."""
    with connection.cursor(row_factory=class_row(Webhook)) as cursor:
        statement = (
            f"{_WEBHOOKS} WHERE id = %s AND ended_at IS NULL AND paused_at IS NULL AND next_at <= clock_timestamp()"
            " FOR UPDATE SKIP LOCKED"
        )
        return cursor.execute(statement.encode(), [id]).fetchone()


def sealed(connection: Connection, id: UUID) -> bytes:
    row = connection.execute("SELECT sealed FROM webhooks.webhooks WHERE id = %s", [id]).fetchone()
    return bytes((row or (b"",))[0])


def moved(connection: Connection, id: UUID, position: int) -> None:
    """Everything up to here was taken or not asked for."""
    connection.execute(
        "UPDATE webhooks.webhooks SET position = %s, attempts = 0, failing_since = NULL, next_at = clock_timestamp() WHERE id = %s",
        [position, id],
    )


def failed(connection: Connection, id: UUID, pause: timedelta) -> None:
    connection.execute(
        "UPDATE webhooks.webhooks SET attempts = attempts + 1, failing_since = coalesce(failing_since, clock_timestamp()),"
        " next_at = clock_timestamp() + %s WHERE id = %s",
        [pause, id],
    )


def pause(connection: Connection, id: UUID, why: str) -> None:
    connection.execute(
        "UPDATE webhooks.webhooks SET paused_at = coalesce(paused_at, clock_timestamp()), paused_why = %s WHERE id = %s",
        [why, id],
    )


def resume(connection: Connection, id: UUID, position: int | None) -> None:
    """From where it stopped, or from another position."""
    connection.execute(
        "UPDATE webhooks.webhooks SET paused_at = NULL, paused_why = NULL, attempts = 0, failing_since = NULL,"
        " next_at = clock_timestamp(), position = coalesce(%s, position) WHERE id = %s",
        [position, id],
    )
