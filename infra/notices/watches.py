"""What accounts watch: a thing, all of a unit and those under it, or one kind of event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from infra.access.calling import Connection

MOST = 200
"""Of one account: each unit that is watched is looked for in whatever happens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """`thing` or `unit`, or neither: of everything that one may see. `topic`: one kind of event, or all."""

    id: UUID
    account: UUID
    thing: UUID | None
    unit: UUID | None
    topic: str | None
    made_at: datetime


_WATCHES = "SELECT id, account, thing, unit, topic, made_at FROM notices.watches"


def everyones(connection: Connection) -> list[Watch]:
    with connection.cursor(row_factory=class_row(Watch)) as cursor:
        return cursor.execute(_WATCHES).fetchall()


def of(connection: Connection, account: UUID) -> list[Watch]:
    with connection.cursor(row_factory=class_row(Watch)) as cursor:
        return cursor.execute(_WATCHES + " WHERE account = %s ORDER BY made_at, id", [account]).fetchall()


def make(connection: Connection, account: UUID, *, thing: UUID | None, unit: UUID | None, topic: str | None) -> UUID:
    """What is watched already stays watched once."""
    said = [account, thing, unit, topic]
    row = (
        connection.execute(
            "INSERT INTO notices.watches (account, thing, unit, topic) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING RETURNING id",
            said,
        ).fetchone()
        or connection.execute(
            "SELECT id FROM notices.watches WHERE account = %s AND thing IS NOT DISTINCT FROM %s"
            " AND unit IS NOT DISTINCT FROM %s AND topic IS NOT DISTINCT FROM %s",
            said,
        ).fetchone()
    )
    if row is None:  # another request ended it in between
        return make(connection, account, thing=thing, unit=unit, topic=topic)
    made: UUID = row[0]
    return made


def end(connection: Connection, account: UUID, watch: UUID) -> bool:
    """False where the account has no such watch."""
    statement = "DELETE FROM notices.watches WHERE account = %s AND id = %s"
    return connection.execute(statement, [account, watch]).rowcount > 0
