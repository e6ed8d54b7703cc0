"""Deputies: who decides on proposals in whose place, from one day to another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg.rows import class_row

from infra.access.calling import Connection, call


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """`login` made `deputy` theirs; both by their logins. `until_day` is the last day."""

    id: UUID
    login: str
    deputy: str
    from_day: date
    until_day: date
    made_at: datetime
    ended_at: datetime | None
    acts: bool
    """Today, as days are counted in China."""


def make(connection: Connection, proof: bytes, *, deputy: str, from_day: date, until_day: date) -> UUID:
    made: UUID = call(connection, "make_deputy", proof, deputy, from_day, until_day)
    return made


def end(connection: Connection, proof: bytes, id: UUID) -> bool:
    """False when it had ended before."""
    return bool(call(connection, "end_deputy", proof, id))


def of(connection: Connection, account: UUID) -> list[Deputy]:
    """Those that this account made, and those that made it theirs; the latest first, and of what is over the latest hundred."""
    with connection.cursor(row_factory=class_row(Deputy)) as cursor:
        statement = f"{_DEPUTIES} WHERE d.account = %(id)s OR d.deputy = %(id)s ORDER BY d.made_at DESC LIMIT 100"
        return cursor.execute(statement.encode(), {"id": account}).fetchall()


def absent(connection: Connection, account: UUID) -> list[str]:
    """The logins of those in whose place this account decides today."""
    rows = connection.execute(
        f"SELECT DISTINCT a.login FROM access.deputies d JOIN access.accounts a ON a.id = d.account"  # noqa: S608 -- constants
        f" WHERE d.deputy = %s AND {_ACTS} AND a.disabled_at IS NULL ORDER BY 1".encode(),
        [account],
    ).fetchall()
    return [login for (login,) in rows]


def deputy_of(connection: Connection, id: UUID) -> list[UUID]:
    """The account that was made a deputy so; nobody where there is nothing of this id."""
    rows = connection.execute("SELECT deputy FROM access.deputies WHERE id = %s", [id]).fetchall()
    return [account for (account,) in rows]


def in_place_of(connection: Connection, accounts: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Who decides today in the place of one of these: whose, and who."""
    rows = connection.execute(
        f"SELECT d.account, d.deputy FROM access.deputies d JOIN access.accounts b ON b.id = d.deputy"  # noqa: S608 -- constants
        f" WHERE d.account = ANY(%s) AND {_ACTS} AND b.disabled_at IS NULL".encode(),
        [list(accounts)],
    ).fetchall()
    return [(absent, deputy) for absent, deputy in rows]


_TODAY = "(clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date"
_ACTS = f"(d.ended_at IS NULL AND {_TODAY} BETWEEN d.from_day AND d.until_day)"
_DEPUTIES = (
    f"SELECT d.id, a.login, b.login AS deputy, d.from_day, d.until_day, d.made_at, d.ended_at, {_ACTS} AS acts"  # noqa: S608 -- constants
    " FROM access.deputies d JOIN access.accounts a ON a.id = d.account JOIN access.accounts b ON b.id = d.deputy"
)
