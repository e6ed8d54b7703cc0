"""Records of access: who came in or was refused, who changed what, who used a right that leaves a record. Nobody changes them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

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


def refused(
    connection: Connection, principal: Principal, *, operation: str, address: str | None = None, **detail: Any
) -> None:
    """That somebody asked for what they may not."""
    told = {"operation": operation, **detail}
    call(connection, "note", "refused", principal.account, principal.login, principal.via, None, Jsonb(told), address)
