"""Notices as they are kept: for whom, why, and where to read what of it may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from infra.access.calling import Connection
from infra.notices import mails

Why: TypeAlias = Literal["waits", "decided", "watched", "due", "told"]

EVENT = "event"
MOST_COUNTED = 100
"""Nobody needs to know how many more there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """`position`, `command` and `more`: of an event, and of so many others of its command."""

    account: UUID
    why: Why
    matter: str = EVENT
    position: int | None = None
    command: UUID | None = None
    more: int = 0
    things: Sequence[UUID] = ()
    link: str | None = None
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Notice):
    id: int
    made_at: datetime
    read_at: datetime | None


_COLUMNS = "account, why, matter, position, command, more, things, link, figures"
_ADD = (
    f"INSERT INTO notices.notices AS n ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608 -- constants
    " ON CONFLICT (account, command, why) DO UPDATE SET more = n.more + 1 + excluded.more"
    # A row that was there has been locked by this transaction, a new one by none.
    " RETURNING id, xmax = 0"
)


def add(connection: Connection, notices: Iterable[Notice]) -> list[int]:
    """The ids of those that are new, with a mail of them to whom wishes to be told so. A command that was told of already is told of more, by the notice that there is."""
    made = []
    for one in notices:
        said = (one.account, one.why, one.matter, one.position, one.command, one.more, list(one.things), one.link)
        row = connection.execute(_ADD.encode(), [*said, Jsonb(one.figures)]).fetchone()
        if row is not None and row[1]:
            made.append(int(row[0]))
    if made:
        mails.queue(connection, made)
    return made


def page(connection: Connection, account: UUID, *, before: int | None, limit: int, unread: bool = False) -> list[Kept]:
    """The latest first; `before`: those made before this one."""
    conditions = ["account = %(account)s", *(["id < %(before)s"] if before is not None else [])]
    conditions += ["read_at IS NULL"] if unread else []
    with connection.cursor(row_factory=class_row(Kept)) as cursor:
        statement = (
            f"SELECT id, made_at, read_at, {_COLUMNS} FROM notices.notices WHERE {' AND '.join(conditions)}"  # noqa: S608 -- constants of this file
            " ORDER BY id DESC LIMIT %(limit)s"
        )
        return cursor.execute(statement.encode(), {"account": account, "before": before, "limit": limit}).fetchall()


def these(connection: Connection, ids: Sequence[int]) -> list[Kept]:
    with connection.cursor(row_factory=class_row(Kept)) as cursor:
        statement = f"SELECT id, made_at, read_at, {_COLUMNS} FROM notices.notices WHERE id = ANY(%s) ORDER BY id"  # noqa: S608 -- constants of this file
        return cursor.execute(statement.encode(), [list(ids)]).fetchall()


def unread(connection: Connection, account: UUID) -> int:
    """How many, up to `MOST_COUNTED`."""
    row = connection.execute(
        "SELECT count(*) FROM (SELECT FROM notices.notices WHERE account = %s AND read_at IS NULL LIMIT %s) n",
        [account, MOST_COUNTED],
    ).fetchone()
    return int((row or (0,))[0])


def mark_read(connection: Connection, account: UUID, ids: Sequence[int]) -> int:
    """How many of these were the account's and unread."""
    return connection.execute(
        "UPDATE notices.notices SET read_at = clock_timestamp() WHERE account = %s AND id = ANY(%s) AND read_at IS NULL",
        [account, list(ids)],
    ).rowcount


def mark_all_read(connection: Connection, account: UUID, up_to: int) -> int:
    """All that were made up to this one: what came since nobody has seen yet."""
    return connection.execute(
        "UPDATE notices.notices SET read_at = clock_timestamp() WHERE account = %s AND id <= %s AND read_at IS NULL",
        [account, up_to],
    ).rowcount
