"""Notices, watches and wishes as the API tells and takes them, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from annotated_types import Ge, Le, Len
from pydantic import Field

from api import scalars
from api.access.answers import TermTold
from api.angles.asking import one_of
from api.answers import Answered
from api.schemas import Strictly
from domain.kernel.events import EVENTS
from domain.kernel.text import Pattern

MOST_AT_ONCE = 500
LONGEST_ADDRESS = 254


class NoticeThing(Answered):
    id: UUID
    kind: str
    label: str


class NoticeItem(Answered):
    id: int
    why: TermTold
    matter: Annotated[str, Field(description="“event”，或事项 · “event”, or what else it is about")]
    position: Annotated[int | None, Field(description="事件的日志位置 · Position of the event")]
    more: Annotated[int, Field(description="同一次办理中的其他事件数 · Other events of the same command")]
    made_at: datetime
    read_at: datetime | None
    zh: str
    en: str
    link: Annotated[str | None, Field(description="本系统的页面 · A page of ours")]
    things: list[NoticeThing]
    actor: str | None
    unit: str | None
    happened: datetime


class Notices(Answered):
    notices: list[NoticeItem]
    unread: Annotated[int, Field(description="未读数，最多数到 100 · How many are unread, up to 100")]
    next: Annotated[str | None, Field(description="下一页的地址 · Address of the next page; null at the end")]


class Unread(Answered):
    unread: int


class WatchTold(Answered):
    id: UUID
    thing: NoticeThing | None
    unit: NoticeThing | None
    topic: TermTold | None
    made_at: datetime


class Watches(Answered):
    watches: list[WatchTold]


class WatchMade(Answered):
    id: UUID


class WishTold(Answered):
    language: Literal["zh", "en"]
    mail: Literal["never", "at-once", "daily"]
    address: str | None
    mail_works: Annotated[bool, Field(description="已配置发信服务器 · Whether a mail server is set up")]


Address: Any = scalars.text(
    [Len(3, LONGEST_ADDRESS), Pattern(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$")]
)
NoticeNumber: Any = scalars.integer((Ge(1), Le(2**53 - 1)))


class NoticesRead(Strictly):
    """These, or all up to one."""

    ids: Annotated[tuple[NoticeNumber, ...], Field(min_length=1, max_length=MOST_AT_ONCE)] | None = None
    up_to: NoticeNumber | None = None


class WatchNew(Strictly):
    """A thing; or a unit with those under it and all that belongs to them; or everything in sight. `topic`: only this kind of event."""

    thing: scalars.ID | None = None
    unit: scalars.ID | None = None
    topic: one_of(*sorted(EVENTS)) | None = None  # type: ignore[valid-type]  # a list that the code makes


class WishSent(Strictly):
    language: Literal["zh", "en"]
    mail: Literal["never", "at-once", "daily"]
    address: Address | None = None


NOTICES: tuple[type[Answered | Strictly], ...] = (
    Notices, Unread, Watches, WatchMade, WishTold, NoticesRead, WatchNew, WishSent,
)  # fmt: skip
