"""What a comparison answers, for the documentation and for clients made from it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.angles.answers import Change, Next, ThingNamed, ValueTold
from api.answers import Answered
from api.answers_reading import Seen


class SideSeen(Seen):
    """One side of a comparison: its moment, and what it knows."""


class SideValue(ValueTold):
    stated_by: Annotated[int, Field(description="Position of the event that states it")]


class FacetDifference(Answered):
    facet: str
    zh: str
    en: str
    member: str
    member_zh: str
    member_en: str
    a: Annotated[SideValue | None, Field(description="null: nothing was said of it on this side")]
    b: SideValue | None
    caused_by: Annotated[list[int], Field(description="Positions of the last events that made the difference")]
    causes: Annotated[int, Field(description="How many there are in all")]


class Difference(Answered):
    """`in_a`, `in_b`: whether it is there on that side, and belongs to what is compared."""

    thing: ThingNamed
    in_a: bool
    in_b: bool
    changes: list[FacetDifference]


class KindCompared(Answered):
    kind: str
    only_a: int
    only_b: int
    otherwise: int
    same: int


class Comparison(Answered):
    a: SideSeen
    b: SideSeen
    summary: Annotated[list[KindCompared] | None, Field(description="On the first page of a unit or an area")]
    different: list[Difference]
    events: Annotated[list[Change], Field(description="The events that are cited, oldest first; the last 200")]
    things: list[ThingNamed]
    next: Next
