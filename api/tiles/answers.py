"""What a map is told besides its tiles, for the documentation and for clients made from it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.answers import Answered
from api.answers_reading import Seen


class Many(Answered):
    listed: Annotated[int, Field(description="As the list counts them, without what has ended")]
    placed: Annotated[int, Field(description="Of these, those that have a place")]
    in_view: Annotated[int, Field(description="Of these, those in the box that was asked for")]


class LegendColour(Answered):
    name: str
    zh: str
    en: str


class LegendValue(Many):
    value: Annotated[str | None, Field(description="As features have it in `colour`; null: not recorded")]
    zh: str
    en: str


class LegendOthers(Many):
    values: Annotated[int, Field(description="How many values these have")]


class Legend(Seen):
    layer: str
    colour: str | None
    colours: Annotated[list[LegendColour], Field(description="By what this layer can be coloured")]
    values: list[LegendValue]
    others: Annotated[LegendOthers, Field(description="What is not among the most frequent values")]
    totals: Many
