"""What endpoints about accounts and sessions ask for: the body, the person's proof, and where they sit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, TypeVar

import psycopg
from fastapi import Depends, Request
from psycopg.rows import TupleRow

from api import openapi
from api.access.callers import Entrant
from api.bodies import JSON, parsed, raw_body, validated
from api.composition import Services
from api.door_refusals import SessionNeeded
from api.schemas import Strictly
from infra.access import secrets

LARGEST_BODY = 64 * 1024

M = TypeVar("M", bound=Strictly)


def sent(model: type[M]) -> Any:
    """The body as this model; read after the door, like every body."""

    async def body(request: Request) -> M:
        raw = await raw_body(request, LARGEST_BODY, JSON)
        parsed(raw)
        return validated(model, raw)

    return Depends(body)


def takes(model: type[Strictly]) -> dict[str, Any]:
    """Documentation of such a body."""
    return {"openapi_extra": {"requestBody": {"required": True, "content": {JSON: {"schema": openapi.ref(model)}}}}}


async def entrant(request: Request) -> Entrant:
    found: Entrant = request.state.entrant
    return found


Entered = Annotated[Entrant, Depends(entrant)]


async def proof(entered: Entered) -> bytes:
    """What shows the database who changes something: the digest of the session's secret, which only this person's browser has."""
    if entered.session is None:
        raise SessionNeeded
    return secrets.digest(entered.secret)


Proof = Annotated[bytes, Depends(proof)]


@contextmanager
def changing(given: Services) -> Iterator[psycopg.Connection[TupleRow]]:
    """One change with its record: both are there after the block, or neither."""
    with given.pool.connection() as connection, connection.transaction():
        yield connection


def sits_at(request: Request) -> str | None:
    return None if request.client is None else request.client.host


def fields(one: Any, *, without: str = "") -> dict[str, Any]:
    """A row of what is kept about access, as it is told."""
    return {name: getattr(one, name) for name in one.__dataclass_fields__ if name != without}
