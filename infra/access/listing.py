"""The list of accounts: by state and words, page by page in the order of logins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from infra.access.accounts import ACCOUNTS, Account
from infra.access.calling import Connection

STATES: Final[Mapping[str, str]] = {
    "active": "disabled_at IS NULL",
    "resting": "resting_since IS NOT NULL AND password <> 'one-time' AND disabled_at IS NULL",
    "none": "disabled_at IS NULL AND NOT EXISTS (SELECT FROM access.grants g WHERE g.account = accounts.id)",
    "locked": "locked_until > clock_timestamp()",
    "service": "service AND disabled_at IS NULL",
    "closed": "disabled_at IS NOT NULL",
}
"""In use; to be confirmed (whoever still has a password from somebody else has not come in yet); without a role; and so on."""

_WORDS: Final = "(%(words)s = '' OR position(lower(%(words)s) IN lower(login || ' ' || name || ' ' || unit)) > 0)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`state`: one of `STATES`, or any; `words`: in the login, the name or the unit; `ids`: only these."""

    words: str = ""
    state: str | None = None
    ids: Sequence[UUID] | None = None
    people: bool = False
    """No service accounts."""

    @property
    def conditions(self) -> str:
        asked = (
            (self.state is not None, STATES.get(self.state or "", "false")),
            (self.ids is not None, "id = ANY(%(ids)s)"),
            (self.people, "NOT service"),
        )
        return " AND ".join([_WORDS, *(condition for given, condition in asked if given)])

    @property
    def parameters(self) -> dict[str, Any]:
        return {"words": self.words, "ids": list(self.ids or ())}


def page(connection: Connection, wanted: Wanted, after: str, limit: int) -> list[Account]:
    """Those whose logins come after this one."""
    statement = f"{ACCOUNTS} WHERE {wanted.conditions} AND login > %(after)s ORDER BY login LIMIT %(limit)s"
    with connection.cursor(row_factory=class_row(Account)) as cursor:
        return cursor.execute(statement.encode(), {**wanted.parameters, "after": after, "limit": limit}).fetchall()


def counts(connection: Connection, wanted: Wanted) -> dict[str, int]:
    """How many there are in each state, whatever state is asked for."""
    told = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in STATES.values())
    statement = f"SELECT {told} FROM access.accounts WHERE {_WORDS}"  # noqa: S608 -- texts of the code
    [row] = connection.execute(statement.encode(), wanted.parameters).fetchall()
    return dict(zip(STATES, row, strict=True))
