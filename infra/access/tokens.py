"""Tokens: what programs come in with. Of an account, carrying its rights on or fewer, for a year at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from psycopg.rows import class_row

from domain.access.principal import WHOLE, Narrowed
from infra.access import secrets
from infra.access.calling import Connection, call

LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What is known of a token: not its secret, which nobody has but whoever made it."""

    id: UUID
    account: UUID
    name: str
    kinds: list[str] | None
    rights: list[str] | None
    commands: list[str] | None
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


def create(
    connection: Connection,
    proof: bytes,
    *,
    account: UUID,
    name: str,
    expires: datetime | None = None,
    narrowed: Narrowed = WHOLE,
    secret: str | None = None,
) -> str:
    """The secret, which is shown this once. Made by whoever the account is, or by the holder of a service account."""
    secret = secret or secrets.new(secrets.TOKEN)
    call(
        connection,
        "make_token",
        proof,
        account,
        secrets.digest(secret),
        name,
        expires or datetime.now(UTC) + LONGEST - timedelta(minutes=5),
        *(_listed(each) for each in (narrowed.kinds, narrowed.rights, narrowed.commands)),
    )
    return secret


def revoke(connection: Connection, proof: bytes, token: UUID) -> bool:
    """False when it was revoked before."""
    return bool(call(connection, "revoke_token", proof, token))


def of(connection: Connection, account: UUID) -> list[Token]:
    with connection.cursor(row_factory=class_row(Token)) as cursor:
        return cursor.execute(_TOKENS + " WHERE account = %s ORDER BY made_at", [account]).fetchall()


def held_by(connection: Connection, account: UUID) -> list[Token]:
    """One's own, and those of the service accounts that one answers for."""
    held = " WHERE account = %(id)s OR account IN (SELECT id FROM access.accounts WHERE holder = %(id)s)"
    with connection.cursor(row_factory=class_row(Token)) as cursor:
        return cursor.execute(_TOKENS + held + " ORDER BY made_at", {"id": account}).fetchall()


def everyones(connection: Connection) -> list[Token]:
    with connection.cursor(row_factory=class_row(Token)) as cursor:
        return cursor.execute(_TOKENS + " ORDER BY made_at").fetchall()


def _listed(names: Iterable[str] | None) -> list[str] | None:
    return None if names is None else sorted(str(name) for name in names)


_TOKENS = "SELECT id, account, name, kinds, rights, commands, made_at, expires_at, revoked_at FROM access.tokens"
