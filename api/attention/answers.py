"""What waits and what looks wrong, for the documentation and for clients made from it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.answers import Answered
from api.answers_reading import Seen


class Found(Answered):
    name: str
    zh: str
    en: str
    kind: Annotated[str, Field(description="Of what kind the things are")]
    command: Annotated[str | None, Field(description="What settles it")]
    count: int
    rows: Annotated[str, Field(description="Address of what was counted, to be asked at the same moment")]


class MapFinding(Answered):
    value: Annotated[str, Field(description="Its name, as features have it in `finding`")]
    zh: str
    en: str
    listed: int
    placed: Annotated[int, Field(description="Of these, those that lie somewhere on the map")]
    in_view: Annotated[int, Field(description="Of these, those in the box that was asked for")]


class FindingTotals(Answered):
    listed: int
    placed: int
    in_view: int


class MapFindings(Seen):
    values: list[MapFinding]
    totals: FindingTotals


class Attention(Seen):
    waits: list[Found]
    wrong: list[Found]
