"""Records of access: who came in or was refused, who changed what, who used a right that leaves a record. Nobody changes them."""

from __future__ import annotations

import getpass
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from domain.access.principal import Principal
from domain.access.rights import Right
from infra.access.calling import Connection, call


def note(
    connection: Connection,
    principal: Principal,
    right: Right,
    *,
    operation: str,
    subject: UUID | None = None,
    address: str | None = None,
    **detail: Any,
) -> None:
    """That a right is used. Committed before the answer goes out; where this raises there is no answer."""
    told = {"right": right, "operation": operation, **detail}
    call(connection, "note", "used", principal.account, principal.login, principal.via, subject, Jsonb(told), address)


def used_at_console(connection: Connection, right: Right, *, operation: str) -> None:
    """That the owner of the machine used one, at the command line."""
    told = Jsonb({"right": right, "operation": operation})
    call(connection, "note", "used", None, getpass.getuser(), "command line", None, told, None)


def refused(
    connection: Connection, principal: Principal, *, operation: str, address: str | None = None, **detail: Any
) -> None:
    """That somebody asked for what they may not."""
    told = {"operation": operation, **detail}
    call(connection, "note", "refused", principal.account, principal.login, principal.via, None, Jsonb(told), address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`account`, `login` and `via` are who did it; `subject` the account or thing that it was done to."""

    number: int
    at: datetime
    what: str
    account: UUID | None
    login: str | None
    via: str | None
    address: str | None
    subject: UUID | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which records. What is None does not narrow."""

    what: str | None = None
    account: UUID | None = None
    subject: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


def page(connection: Connection, wanted: Wanted, limit: int) -> list[Record]:
    """The latest first; `before` the number of the last one of a page asks for the next."""
    with connection.cursor(row_factory=class_row(Record)) as cursor:
        return cursor.execute(
            "SELECT number, at, what, account, login, via, address, subject, detail FROM access.records"
            " WHERE (%(what)s::text IS NULL OR what = %(what)s)"
            " AND (%(account)s::uuid IS NULL OR account = %(account)s)"
            " AND (%(subject)s::uuid IS NULL OR subject = %(subject)s)"
            " AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)"
            " AND (%(until)s::timestamptz IS NULL OR at < %(until)s)"
            " AND (%(before)s::bigint IS NULL OR number < %(before)s)"
            " ORDER BY number DESC LIMIT %(limit)s",
            {**asdict(wanted), "limit": limit},
        ).fetchall()


def review(connection: Connection, proof: bytes, *, up_to: int, remark: str) -> None:
    """That the audit administrator has looked at everything up to a number: a record itself."""
    call(connection, "review", proof, up_to, remark)


def reviewed(connection: Connection) -> int:
    """The number up to which somebody has looked; 0 when nobody has."""
    row = connection.execute(
        "SELECT coalesce(max((detail ->> 'up_to')::bigint), 0) FROM access.records WHERE what = 'reviewed'"
    ).fetchone()
    return 0 if row is None else int(row[0])
