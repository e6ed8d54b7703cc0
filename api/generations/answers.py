"""What is told of investigations, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from api.answers import Answered


class CaseTold(Answered):
    """A case of a few things holds what was asked for only (`./dev investigate --only`)."""

    name: str
    state: Literal["building", "ready", "failed"]
    position: Annotated[int, Field(description="It shows the log up to here")]
    known: Annotated[datetime | None, Field(description="When that position was recorded; null of an empty log")]
    at: Annotated[datetime | None, Field(description="The moment that it is about unless a read names one")]
    things: Annotated[int | None, Field(description="How many things it holds; null: everything")]
    made_at: datetime


class Cases(Answered):
    cases: list[CaseTold]


CASES: tuple[type[Answered], ...] = (CaseTold, Cases)
