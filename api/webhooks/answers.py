"""Webhooks as the API tells and takes them, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from annotated_types import Ge, Le, Len
from pydantic import Field

from api import scalars
from api.access.sent import Name
from api.answers import Answered
from api.feed.wanted import Division, Kinds, Topics, Unit
from api.scalars import LARGEST_INTEGER
from api.schemas import Strictly
from domain.kernel.text import Pattern

Position: Any = scalars.integer((Ge(0), Le(LARGEST_INTEGER)))
Url: Any = Annotated[
    scalars.text([Len(1, 2000), Pattern(r"^https?://[\x21-\x7e]+$")]),
    Field(description="只能发往设置中允许的地址 · Only to an origin that the settings allow"),
]
Pause: Any = Literal["by-hand", "gone", "failed-for-days", "right-missing", "address-not-allowed", "position-unknown"]


class WebhookTold(Answered):
    id: UUID
    account: UUID
    name: str
    url: str
    kinds: list[str]
    topics: list[str]
    unit: UUID | None
    division: str | None
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    position: Annotated[
        int, Field(description="到这里为止都已送达或不需要 · Everything up to here was taken, or not asked for")
    ]
    attempts: Annotated[int, Field(description="下一事件已失败的次数 · How often the next event has failed")]
    failing_since: datetime | None
    next_at: datetime
    paused_at: datetime | None
    paused_why: Pause | None


class Webhooks(Answered):
    webhooks: list[WebhookTold]


class WebhookMade(Answered):
    """The secret is shown this once."""

    id: UUID
    secret: Annotated[str, Field(pattern="^whsec_")]


class WebhookAt(Answered):
    id: UUID
    position: int


class DeliveryTold(Answered):
    number: int
    position: int
    attempt: int
    at: datetime
    status: Annotated[
        int | None, Field(description="对方的答复；空：没有答复 · What the receiver answered; null: nothing")
    ]
    milliseconds: int
    error: str | None


class Deliveries(Answered):
    deliveries: list[DeliveryTold]
    next: Annotated[str | None, Field(description="下一页的地址 · Address of the next page; null at the end")]


class WebhookNew(Strictly):
    """Filters as of the feed. `after`: from which position on; by default from now on."""

    account: Annotated[scalars.ID | None, Field(description="默认本人 · By default one's own")] = None
    name: Name
    url: Url
    kinds: Kinds = Field(default_factory=list)
    topics: Topics = Field(default_factory=list)
    unit: Unit | None = None
    division: Division | None = None
    after: Position | None = None


class WebhookResume(Strictly):
    """From where it stopped, or from another position."""

    after: Position | None = None


WEBHOOKS: tuple[type[Answered | Strictly], ...] = (
    Webhooks, WebhookMade, WebhookAt, Deliveries, WebhookNew, WebhookResume,
)  # fmt: skip
