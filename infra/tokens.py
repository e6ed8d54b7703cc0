"""Tokens: a secret shown once, of which only the digest is kept, and the person, unit and role it speaks for."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg.rows import TupleRow, class_row

PREFIX = "zt_"
COLUMNS = "name, actor, unit, role, created_at, expires_at, revoked_at, left(encode(digest, 'hex'), 12) AS id"

Connection = psycopg.Connection[TupleRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What is known of a token. `id` is the start of its digest: enough to name it, useless to sign in with."""

    id: str
    name: str
    actor: str
    unit: str
    role: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """Secrets are long and random, so a plain hash is enough; a slow one would only slow every request."""
    return hashlib.sha256(secret.encode()).digest()


def create(
    owner: Connection,
    *,
    secret: str,
    name: str,
    actor: str,
    unit: str,
    role: str,
    expires_at: datetime | None = None,
) -> None:
    """Needs the owner's connection: the application cannot give itself rights."""
    owner.execute(
        "INSERT INTO access.tokens (digest, name, actor, unit, role, expires_at) VALUES (%s, %s, %s, %s, %s, %s)",
        [digest(secret), name, actor, unit, role, expires_at],
    )


def look_up(connection: Connection, secret: str) -> Token | None:
    """The token that this secret opens, unless it was revoked or has expired."""
    with connection.cursor(row_factory=class_row(Token)) as cursor:
        return cursor.execute(
            f"SELECT {COLUMNS} FROM access.tokens WHERE digest = %s AND revoked_at IS NULL"  # noqa: S608  a constant of this module
            " AND (expires_at IS NULL OR expires_at > clock_timestamp())",
            [digest(secret)],
        ).fetchone()


def everyone(connection: Connection) -> list[Token]:
    with connection.cursor(row_factory=class_row(Token)) as cursor:
        query = f"SELECT {COLUMNS} FROM access.tokens ORDER BY created_at"  # noqa: S608  a constant of this module
        return cursor.execute(query).fetchall()


def revoke(owner: Connection, token_id: str) -> bool:
    """False when no such token was open."""
    revoked = owner.execute(
        "UPDATE access.tokens SET revoked_at = clock_timestamp()"
        " WHERE left(encode(digest, 'hex'), 12) = %s AND revoked_at IS NULL",
        [token_id],
    )
    return revoked.rowcount > 0
