"""What became of deliveries: each attempt with what the receiver answered, for a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from infra.access.calling import Connection

KEPT = "30 days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """`status`: what the receiver answered, if anything; `error` in words where it did not take it."""

    position: int
    attempt: int
    status: int | None
    milliseconds: int
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Attempt):
    number: int
    at: datetime


def note(connection: Connection, webhook: UUID, one: Attempt) -> None:
    connection.execute(
        "INSERT INTO webhooks.deliveries (webhook, position, attempt, status, milliseconds, error) VALUES (%s, %s, %s, %s, %s, %s)",
        [webhook, one.position, one.attempt, one.status, one.milliseconds, one.error],
    )


def page(connection: Connection, webhook: UUID, *, before: int | None, limit: int) -> list[Delivery]:
    """The latest first."""
    with connection.cursor(row_factory=class_row(Delivery)) as cursor:
        return cursor.execute(
            "SELECT number, position, attempt, at, status, milliseconds, error FROM webhooks.deliveries"
            " WHERE webhook = %(webhook)s AND number < coalesce(%(before)s, 9223372036854775807)"
            " ORDER BY number DESC LIMIT %(limit)s",
            {"webhook": webhook, "before": before, "limit": limit},
        ).fetchall()


def forget(connection: Connection) -> int:
    """Those of more than a month ago."""
    statement = f"DELETE FROM webhooks.deliveries WHERE at < clock_timestamp() - interval '{KEPT}'"  # noqa: S608 -- a constant
    return connection.execute(statement.encode()).rowcount
