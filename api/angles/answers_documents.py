"""What documents decided, for the documentation and for clients made from it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.angles.answers import Change, Next, ThingNamed
from api.answers import Answered
from api.answers_reading import Seen


class ThingChanged(Answered):
    asset: ThingNamed
    kind: str
    events: int
    first: int
    last: int


class DocumentPage(Seen):
    number: str
    digests: Annotated[list[str], Field(description="Of the files attached under this number: GET /v1/files/{digest}")]
    changed: list[ThingChanged]
    events: list[Change]
    things: list[ThingNamed]
    next: Next


class DocumentOfThing(Answered):
    number: str
    events: Annotated[int, Field(description="How many events of the thing cite it")]
    first: int
    last: int
    digests: Annotated[list[str], Field(description="Of the files attached under this number: GET /v1/files/{digest}")]


class PhotoShown(Answered):
    digest: str
    position: int


class DocumentsOfThing(Seen):
    id: UUID
    documents: list[DocumentOfThing]
    photos: Annotated[list[PhotoShown], Field(description="Files that its events show besides")]


DOCUMENTS: tuple[type[Answered], ...] = (DocumentPage, DocumentsOfThing)
