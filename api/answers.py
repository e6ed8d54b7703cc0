"""What comes back, for the documentation and for clients made from it. Every field is always there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Pointer = Annotated[str, Field(description="JSON pointer into the request, or the name of a header")]


class Answered(BaseModel):
    """Base: what a client reads."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class FaultTold(Answered):
    field: Pointer
    code: str
    zh: str
    en: str


class Problem(Answered):
    """RFC 9457. `code` and `type` are stable; `detail` is Chinese, `detail_en` the same in English."""

    type: Annotated[str, Field(pattern="^urn:zhangtu:problem:")]
    title: str
    status: Annotated[int, Field(ge=400, le=599)]
    code: str
    detail: str
    detail_en: str
    field: Pointer = ""
    errors: list[FaultTold] = []
    data: dict[str, Any] = {}
    line: Annotated[int, Field(ge=1, description="In a batch: the line, counted from 1")] = 1


class EventPlace(Answered):
    position: int
    aggregate: UUID
    version: int
    topic: str


class NoticeTold(Answered):
    """The command went through, but a person should look."""

    code: str
    zh: str
    en: str
    field: str | None
    data: dict[str, Any]


class CommandAnswer(Answered):
    command_id: UUID
    position: Annotated[int, Field(description="Of the last event; reads may wait for it")]
    id: UUID
    version: int | None
    events: list[EventPlace]
    notices: list[NoticeTold]
    replayed: bool


class LineResult(Answered):
    line: int
    command: str
    command_id: UUID
    id: UUID | None
    answer: CommandAnswer | None
    problem: Problem | None


class BatchAnswer(Answered):
    mode: Literal["all-or-nothing", "each"]
    command_id: UUID
    position: int | None
    accepted: int
    refused: int
    events: list[EventPlace]
    notices: list[NoticeTold]
    replayed: bool
    results: list[LineResult]


class CommandEntry(Answered):
    key: str
    kind: str
    zh: str
    en: str
    creates: bool
    future: Annotated[bool, Field(description="May take effect later than now")]
    method: str
    path: str
    href: str


class CommandIndex(Answered):
    commands: list[CommandEntry]


class CommandDetail(CommandEntry):
    body: Annotated[dict[str, Any], Field(description="JSON Schema of the request body")]


class Stretch(Answered):
    """What prevailed from one moment to another."""

    model_config = ConfigDict(populate_by_name=True)

    value: Any
    since: Annotated[datetime, Field(alias="from")]
    until: Annotated[datetime | None, Field(alias="to")]
    version: Annotated[int, Field(description="Of the event that stated it")]


class FacetState(Answered):
    name: str
    member: Annotated[str, Field(description="Of a facet with many values; else empty")]
    value: Annotated[Any, Field(description="At the moment asked about")]
    stretches: list[Stretch]


class ClaimTold(Answered):
    scope: str
    value: str


class AssetState(Answered):
    id: UUID
    kind: str
    version: int
    born: datetime | None
    at: datetime
    facets: list[FacetState]
    claims: list[ClaimTold]
    details: dict[str, Any]


class EventRecord(Answered):
    position: int
    recorded_at: datetime
    aggregate: UUID
    version: int
    topic: str
    effective: datetime
    command_id: UUID
    line: int
    lines: int
    mandate: dict[str, Any]
    state: dict[str, Any]


class StoredDigests(Answered):
    """SHA-256, in hexadecimal, of the bytes that the log holds."""

    state: str
    mandate: str


class OneEvent(EventRecord):
    digests: Annotated[
        StoredDigests | None, Field(description="null where this reader is not shown the stored bytes themselves")
    ]


class EventPage(Answered):
    events: list[EventRecord]
    next: Annotated[str | None, Field(description="Address of the next page; null at the end")]


class FileKept(Answered):
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    size: int
    href: str


class ViewsHealth(Answered):
    state: Annotated[
        Literal["following", "building", "standing-still", "missing"], Field(description="Of the live view")
    ]
    position: Annotated[
        int | None, Field(description="The live view shows the log up to here; null when there is none")
    ]
    lag: Annotated[int | None, Field(description="Events that the live view does not show yet")]
    parked: Annotated[int, Field(description="Streams that could not be read on and wait for a fix")]
    leader: Annotated[bool, Field(description="Whether a process follows the log")]
    building: Annotated[float | None, Field(description="How much of a view that is being built is done, from 0 to 1")]


class MailsHealth(Answered):
    waiting: Annotated[int, Field(description="Mails that are to be sent, some of them again")]
    given_up: Annotated[int, Field(description="Mails of the last seven days that nobody would take")]


class NoticesHealth(Answered):
    position: Annotated[int, Field(description="Notices of events up to here are made")]
    lag: Annotated[int, Field(description="Events that nobody was told of yet")]
    mails: MailsHealth


class Health(Answered):
    status: Literal["ok"]
    position: Annotated[int, Field(description="Of the last event in the log; 0 when it is empty")]
    views: ViewsHealth
    notices: NoticesHealth


ANSWERS: tuple[type[Answered], ...] = (
    Problem,
    CommandAnswer,
    BatchAnswer,
    CommandIndex,
    CommandDetail,
    AssetState,
    EventRecord,
    OneEvent,
    EventPage,
    FileKept,
    Health,
)
