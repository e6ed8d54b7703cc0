"""Grants: which role an account has, and where. Given and taken by the security administrator, never to themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from domain.access.principal import Grant
from domain.access.roles import ADMINISTRATORS, Role
from infra.access.calling import Connection, call


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A grant as it is kept. `role` is a text: an older program may have known others."""

    id: UUID
    account: UUID
    role: str
    division: str | None
    unit: UUID | None
    given_at: datetime
    given_by: str


def give(connection: Connection, proof: bytes, account: UUID, grant: Grant) -> UUID:
    """The grant's id. What the account has already is given once."""
    given: UUID = call(connection, "give", proof, account, grant.role, grant.division, grant.unit)
    return given


def take(connection: Connection, proof: bytes, grant: UUID) -> None:
    call(connection, "take", proof, grant)


def confirm(connection: Connection, proof: bytes, account: UUID) -> None:
    """What rested since somebody was given the means to come in as this account holds again."""
    call(connection, "confirm_account", proof, account)


def of(connection: Connection, account: UUID) -> list[Given]:
    with connection.cursor(row_factory=class_row(Given)) as cursor:
        return cursor.execute(_GRANTS + " WHERE account = %s ORDER BY number", [account]).fetchall()


def of_all(connection: Connection, accounts: Iterable[UUID]) -> list[Given]:
    with connection.cursor(row_factory=class_row(Given)) as cursor:
        return cursor.execute(_GRANTS + " WHERE account = ANY(%s) ORDER BY number", [list(accounts)]).fetchall()


def everyones(connection: Connection) -> list[Given]:
    with connection.cursor(row_factory=class_row(Given)) as cursor:
        return cursor.execute(_GRANTS + " ORDER BY number").fetchall()


def everywhere(first: Iterable[Role] = ()) -> list[Grant]:
    """Every role of those who administer nothing, everywhere; `first` go first, so that work is done under them."""
    order = dict.fromkeys([*first, *Role])
    return [Grant(role=role) for role in order if role not in ADMINISTRATORS]


_GRANTS = "SELECT id, account, role, division, unit, given_at, given_by FROM access.grants"
