"""An event of the log as a CloudEvent 1.0, for those outside: what is stored goes out as it is stored, sealed fields sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from pydantic import Field

from api.angles.states import record
from api.answers import Answered, EventRecord
from infra.eventstore import RecordedEvent

BATCH = "application/cloudevents-batch+json"
SOURCE = "/v1/events"

SEQUENCE_DIGITS = 19
"""As many as the largest position has: a sequence must sort as text."""


class CloudEvent(Answered):
    """CloudEvents 1.0, structured. `source` and `id` together are unique; `id` is what a consumer goes on from."""

    specversion: Literal["1.0"]
    id: Annotated[str, Field(pattern="^[0-9]+$", description="日志位置 · Position in the log")]
    source: Literal["/v1/events"]
    type: Annotated[str, Field(description="事件类型 · Topic of the event")]
    subject: Annotated[str, Field(description="对象的地址 · Address of the thing it happened to")]
    time: Annotated[datetime, Field(description="入册时间 · When it was recorded")]
    datacontenttype: Literal["application/json"]
    position: Annotated[str, Field(description="= id")]
    sequence: Annotated[str, Field(pattern="^[0-9]{19}$", description="位置，补零以便按文本排序 · Position, padded")]
    streamversion: Annotated[int, Field(ge=1, description="对象的版本 · Version of the thing after it")]
    correlationid: UUID | None = None
    causationid: UUID | None = None
    data: EventRecord


class FeedPage(Answered):
    """A page with its envelope, for who asks for application/json."""

    events: list[CloudEvent]
    next: Annotated[int, Field(description="下次从此位置继续 · Go on from here: after=next")]
    more: Annotated[bool, Field(description="后面还有 · There is more now")]


class _Related(msgspec.Struct):
    correlation: str | None = None
    causation: str | None = None


_related = msgspec.json.Decoder(_Related).decode


def cloud_event(event: RecordedEvent, kind: str) -> dict[str, Any]:
    related = _related(event.mandate)
    # An attribute without a value is left out, as the specification prefers.
    ids = {"correlationid": related.correlation, "causationid": related.causation}
    return {
        "specversion": "1.0",
        "id": str(event.position),
        "source": SOURCE,
        "type": event.topic,
        "subject": f"/v1/{kind}/{event.originator_id}",
        "time": event.recorded_at,
        "datacontenttype": "application/json",
        # A string: an Integer of CloudEvents ends at 2³¹.
        "position": str(event.position),
        "sequence": str(event.position).zfill(SEQUENCE_DIGITS),
        "streamversion": event.originator_version,
        **{name: id for name, id in ids.items() if id is not None},
        "data": record(event),
    }
