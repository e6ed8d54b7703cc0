"""Commands as forms, for the documentation and for clients made from it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from api.answers import Answered
from api.forms.field import Sort


class ChoiceTold(Answered):
    value: str
    zh: str
    en: str


class FieldTold(Answered):
    name: str
    sort: Sort
    zh: str
    en: str
    required: bool
    default: Any
    facet: Annotated[str | None, Field(description="What of the thing it states anew")]
    kept: Annotated[bool, Field(description="What holds now is offered again")]
    hint: ChoiceTold | None
    reads: Annotated[str | None, Field(description="What a figure is in: area, money …")]
    kind: Annotated[str | None, Field(description="Of what kind the thing is that is picked")]
    choices: list[ChoiceTold]
    open: Annotated[bool, Field(description="Other values than the choices may be given, too")]
    least: str | None
    most: str | None
    places: Annotated[int | None, Field(description="How many decimal places there may be")]
    shortest: int | None
    longest: int | None
    listed: Annotated[list[int] | None, Field(description="A list, of so many at least and at most")]
    fields: list[FieldTold]


class FormTold(Answered):
    """A command as a form: its own fields, and those of the mandate."""

    key: str
    kind: str
    zh: str
    en: str
    help: ChoiceTold | None
    creates: bool
    future: bool
    document: Annotated[bool, Field(description="It stands on a document")]
    fields: list[FieldTold]
    mandate: list[FieldTold]


class RecordSaid(Answered):
    """What a record said, as the command that would say it again."""

    position: int
    command: Annotated[str | None, Field(description="The one that corrects it; null where nothing does")]
    arguments: dict[str, Any]
    mandate: dict[str, Any]


class ActionTold(Answered):
    command: str
    zh: str
    en: str
    plausible: Annotated[bool, Field(description="Its state seems to allow it")]
    step: Annotated[bool, Field(description="A step of a process, which comes up in some states only")]
    document: Annotated[bool, Field(description="It stands on a document")]


class ActionsTold(Answered):
    id: UUID
    kind: str
    version: int
    actions: list[ActionTold]


class SuggestionTold(Answered):
    field: Annotated[str, Field(description="The path of the field that it stands beside")]
    zh: str
    en: str
    source: Annotated[str, Field(description="The rule, or the record, that it comes from")]
    value: Annotated[str | None, Field(description="What may be taken over, if one wishes")]
    warns: Annotated[bool, Field(description="Think twice; the command decides")]


class SuggestionsTold(Answered):
    suggestions: list[SuggestionTold]


FORMS: tuple[type[Answered], ...] = (FormTold, RecordSaid, ActionsTold, SuggestionsTold)
