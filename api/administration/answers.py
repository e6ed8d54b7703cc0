"""These answers, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from api.answers import Answered


class UnitNamed(Answered):
    id: UUID
    label: str
    division: str


class UnitsNamed(Answered):
    units: list[UnitNamed]


class StreamParked(Answered):
    """A stream of which a generation could not read on."""

    stream: UUID
    kind: str | None
    position: int
    topic: str
    error: str
    parked_at: datetime


class GenerationTold(Answered):
    id: int
    schema_name: Annotated[str, Field(alias="schema")]
    role: Literal["live", "shadow", "case", "former"]
    state: Literal["building", "ready", "failed"]
    name: str | None
    position: int
    lag: Annotated[
        int, Field(description="落后日志多少事件；调查停在其时点 · Events behind the log, or behind its moment")
    ]
    created_at: datetime
    ready_at: datetime | None
    error: str | None
    parked: list[StreamParked]


class Generations(Answered):
    position: Annotated[int, Field(description="日志最后一个事件 · Of the last event in the log")]
    generations: list[GenerationTold]


ADMINISTRATION: tuple[type[Answered], ...] = (UnitsNamed, Generations)
