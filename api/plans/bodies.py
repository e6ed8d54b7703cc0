"""What is sent about plans; kept as it was sent, once it is well formed."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from annotated_types import Ge, Len
from fastapi import Depends, Request
from pydantic import Field

from api import openapi, scalars
from api.access.asking import Entered
from api.batches.schema import BatchLine
from api.bodies import JSON, parsed, raw_body, validated
from api.dependencies import expected_version
from api.schemas import MANDATE, Strictly
from domain.kernel.text import Pattern

LARGEST = 128 * 1024

Title: Any = scalars.text((Len(1, 200), Pattern(r"\S")))
Words: Any = scalars.text((Len(1, 2000), Pattern(r"\S")))
Note: Any = scalars.text((Len(0, 2000),))
Version: Any = scalars.integer((Ge(1),))
Mandate: Any = MANDATE


class PlanSaid(Strictly):
    """`mandate`: for all lines that have none of their own; its day is the day of the plan."""

    title: Title
    note: Note = ""
    mandate: Mandate


class PartGiven(Strictly):
    part: Literal["owner", "editor", "reader"]


class LineMoved(Strictly):
    to: Literal["up", "down"]


class Remark(Strictly):
    words: Words
    line: Annotated[
        scalars.ID | None, Field(description="关于哪一行；不写则关于整个方案 · About this line, or the plan")
    ] = None


class Looked(Strictly):
    version: Annotated[Version, Field(description="核对过的方案版本 · The version of the plan that was checked")]


BODIES: tuple[type[Strictly], ...] = (PlanSaid, BatchLine, PartGiven, LineMoved, Remark, Looked)


def sent(model: type[Strictly]) -> Any:
    """The body as it was sent, if it is one of these; read after the door, like every body."""

    async def body(request: Request, _: Entered) -> dict[str, Any]:
        raw = await raw_body(request, LARGEST, JSON)
        found: dict[str, Any] = parsed(raw).data
        validated(model, raw)
        return found

    return Depends(body)


def takes(model: type[Strictly], *, versioned: bool = False) -> dict[str, Any]:
    """Documentation of such a body."""
    body = {"required": True, "content": {JSON: {"schema": openapi.ref(model)}}}
    return {"requestBody": body} | ({"parameters": [openapi.IF_MATCH]} if versioned else {})


async def _expected(request: Request) -> int | None:
    return expected_version(request)


Expected: TypeAlias = Annotated[int | None, Depends(_expected)]


def uuids(said: Any) -> set[UUID]:
    """Every id that stands anywhere in what was sent."""
    match said:
        case dict():
            return set[UUID]().union(*map(uuids, said.values()))
        case list():
            return set[UUID]().union(*map(uuids, said))
        case str() if len(said) == len(str(UUID(int=0))):
            try:
                return {UUID(said)}
            except ValueError:
                return set()
    return set()
