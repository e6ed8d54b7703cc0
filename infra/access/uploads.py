"""Who uploaded which file."""

from __future__ import annotations

from uuid import UUID

from infra.access.calling import Connection


def note(connection: Connection, account: UUID, digest: str) -> None:
    """That this account sent a file with this content; it may have before."""
    statement = "INSERT INTO access.uploads (digest, account) VALUES (%s, %s) ON CONFLICT DO NOTHING"
    connection.execute(statement, [digest, account])


def is_by(connection: Connection, account: UUID, digest: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM access.uploads WHERE digest = %s AND account = %s", [digest, account]
    ).fetchone()
    return found is not None
