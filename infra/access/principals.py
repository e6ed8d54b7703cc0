"""Whom a secret lets in, in the terms of the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from domain.access.principal import Grant, Narrowed, Principal
from domain.access.rights import NEVER_BY_TOKEN, Right
from domain.access.roles import BY_NAME
from infra.access import secrets
from infra.access.calling import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person at work. While `must_change`, their password is one that somebody else knows: the principal has no grants."""

    id: UUID
    how: str
    must_change: bool
    opened_at: datetime
    seen_at: datetime
    ends_at: datetime


def of_token(connection: Connection, secret: str) -> Principal | None:
    """None: no such token, or it was revoked, has expired, or its account is closed."""
    row = _opened(connection, secret, session=False)
    return None if row is None else _principal(row, _narrowed(row))


def of_session(connection: Connection, secret: str) -> tuple[Principal, Session] | None:
    """None: no such session, or it has ended, by itself too; the caller's transaction notes that it was used."""
    row = _opened(connection, secret, session=True)
    if row is None:
        return None
    names = ("how", "must_change", "opened_at", "seen_at", "ends_at")
    return _principal(row, Narrowed()), Session(id=row["session"], **{name: row[name] for name in names})


def of_login(connection: Connection, login: str) -> Principal | None:
    """The account of this login with all that it is granted now, for what others decide on. None: closed, or no such one.

    What rests holds nothing, as if its holder asked.
    """
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(_OF_LOGIN, [login]).fetchone()
    return None if row is None else _principal(row | {"via": "proposal"}, Narrowed())


_OF_LOGIN = """
SELECT a.id AS account, a.login, a.unit, coalesce(
           (SELECT jsonb_agg(jsonb_build_object('role', g.role, 'division', g.division, 'unit', g.unit) ORDER BY g.number)
              FROM access.grants g WHERE g.account = a.id AND a.resting_since IS NULL), '[]') AS grants
  FROM access.accounts a WHERE a.login = %s AND a.disabled_at IS NULL"""


def _opened(connection: Connection, secret: str, *, session: bool) -> dict[str, Any] | None:
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute("SELECT * FROM access.principal(%s, %s)", [secrets.digest(secret), session]).fetchone()


def _principal(row: dict[str, Any], narrowed: Narrowed) -> Principal:
    return Principal(
        account=row["account"],
        login=row["login"],
        unit=row["unit"],
        grants=tuple(_grants(row["grants"])),
        narrowed=narrowed,
        via=row["via"],
    )


def _grants(given: Iterable[dict[str, Any]]) -> Iterator[Grant]:
    """A role that this program does not know, of an older or a newer one, allows nothing."""
    for one in given:
        if one["role"] in BY_NAME:
            unit = None if one["unit"] is None else UUID(one["unit"])
            yield Grant(role=BY_NAME[one["role"]], division=one["division"], unit=unit)


def _narrowed(row: dict[str, Any]) -> Narrowed:
    rights = Right if row["rights"] is None else (right for right in Right if right in row["rights"])
    return Narrowed(
        kinds=None if row["kinds"] is None else frozenset(row["kinds"]),
        rights=frozenset(rights) - NEVER_BY_TOKEN,
        commands=None if row["commands"] is None else frozenset(row["commands"]),
    )


def people(connection: Connection) -> list[Principal]:
    """Everybody who may come in, with what they were granted, as `of_session` would tell of them. Other systems are not people."""
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(_GRANTED + " AND NOT a.service GROUP BY a.id").fetchall()
    return [_principal(row, Narrowed()) for row in rows]


def of_account(connection: Connection, account: UUID) -> Principal | None:
    """None: the account is closed."""
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(_GRANTED + " AND a.id = %s GROUP BY a.id", [account]).fetchone()
    return None if row is None else _principal(row, Narrowed())


# As access.principal() has it: what rests is not granted.
_GRANTED = (
    "SELECT a.id AS account, a.login, a.unit, 'notices' AS via,"
    " coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'division', g.division, 'unit', g.unit) ORDER BY g.number)"
    "          FILTER (WHERE g.id IS NOT NULL), '[]') AS grants"
    "  FROM access.accounts a LEFT JOIN access.grants g ON g.account = a.id AND a.resting_since IS NULL"
    " WHERE a.disabled_at IS NULL"
)
