"""What a rehearsed batch answers, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from api.angles.answers import FacetChange, FieldSaid, ThingNamed
from api.answers import Answered, NoticeTold, Problem


class ChangeForetold(Answered):
    """One event that would be recorded, in plain words."""

    asset: ThingNamed
    topic: str
    stated: Annotated[str | None, Field(description="Of a correction: what it says instead")]
    zh: str
    en: str
    effective: datetime
    corrects: Annotated[int | None, Field(description="Position of the event that this one would correct")]
    changes: list[FacetChange]
    details: list[FieldSaid]
    in_sight: Annotated[
        bool, Field(description="False: of a thing that the caller may not see, and told without values")
    ]


class LineVerdict(Answered):
    line: int
    command: str
    id: UUID | None
    problem: Annotated[Problem | None, Field(description="Null: it would be carried out")]
    notices: list[NoticeTold]
    events: list[ChangeForetold]


class BatchVerdict(Answered):
    mode: Literal["all-or-nothing", "each"]
    accepted: int
    refused: int
    results: list[LineVerdict]


REHEARSAL: tuple[type[Answered], ...] = (BatchVerdict,)
