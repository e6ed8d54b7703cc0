"""Identities that another house vouches for (OpenID Connect), linked beforehand by the system administrator: none makes itself an account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg.rows import class_row

from infra.access.calling import Connection, call


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    issuer: str
    subject: str
    linked_at: datetime


def link(connection: Connection, proof: bytes, account: UUID, *, issuer: str, subject: str) -> None:
    """What the account was granted rests until the security administrator confirms it. Never of an administrator."""
    call(connection, "link", proof, account, issuer, subject)


def unlink(connection: Connection, proof: bytes, *, issuer: str, subject: str) -> None:
    """Ends the sessions that were opened by one."""
    call(connection, "unlink", proof, issuer, subject)


def of(connection: Connection, account: UUID) -> list[Identity]:
    with connection.cursor(row_factory=class_row(Identity)) as cursor:
        return cursor.execute(
            "SELECT issuer, subject, linked_at FROM access.identities WHERE account = %s ORDER BY linked_at", [account]
        ).fetchall()
