"""Proposals and deputies, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from api.angles.answers import ThingNamed, ValueTold
from api.answers import Answered, NoticeTold, Problem
from api.approvals.sent import DeputyNew
from api.batches.answers import ChangeForetold
from domain.approvals.terms import ProposalStatus


class DeputyTold(Answered):
    id: UUID
    login: str
    deputy: str
    from_day: date
    until_day: date
    made_at: datetime
    ended_at: datetime | None
    acts: Annotated[bool, Field(description="今天有效 · Today")]


class Deputies(Answered):
    made: list[DeputyTold]
    acting_for: list[DeputyTold]


class DeputyMade(Answered):
    id: UUID


class UnitNamed(Answered):
    id: UUID
    label: str


class ProposalListed(Answered):
    id: UUID
    title: str
    unit: UnitNamed | None
    submitter: str
    submitted: datetime
    lines: int
    status: ProposalStatus
    waits_at: UnitNamed | None
    handed_to: str | None
    since: Annotated[datetime, Field(description="何时起是这样 · Since when it stands like this")]
    on_behalf_of: Annotated[str | None, Field(description="代谁审批 · On whose behalf the caller would decide")]


class InboxCounts(Answered):
    waiting: int
    returned: int
    mine: int
    done: int


class Inbox(Answered):
    which: Literal["waiting", "returned", "mine", "done"]
    counts: InboxCounts
    proposals: list[ProposalListed]
    next: Annotated[str | None, Field(description="下一页的地址 · Address of the next page; null at the end")]


class StepTold(Answered):
    """Something that was done with it. `remark`: the reason that was given."""

    topic: str
    zh: str
    en: str
    level: int | None
    unit: UnitNamed | None
    by: str
    on_behalf_of: str | None
    to: str | None
    remark: str
    documents: list[str]
    at: datetime
    recorded_at: datetime


class LevelTold(Answered):
    level: int
    unit: UnitNamed
    waits: bool
    handed_to: str | None
    decided: StepTold | None


class MarkTold(Answered):
    """What is wrong; `field`: in which field of the line, none for the line as a whole."""

    line: int
    field: str
    what: str
    by: str
    at: datetime


class ArgumentTold(Answered):
    field: str
    zh: str
    en: str
    said: ValueTold


class ProposedLine(Answered):
    line: int
    command: str
    kind: str
    zh: str
    en: str
    thing: ThingNamed | None
    arguments: list[ArgumentTold]
    events: Annotated[list[ChangeForetold], Field(description="现在办理会有的变更 · What it would change now")]
    notices: list[NoticeTold]
    problem: Annotated[Problem | None, Field(description="为什么现在办不了 · Why it cannot be carried out now")]
    marks: list[MarkTold]
    as_given: Annotated[dict[str, Any], Field(description="原样，用于修改后重新呈报 · As sent, to be corrected")]


class MayDo(Answered):
    """What the caller may do now. A decision names `at` and `on_behalf_of` as they stand here; `last` carries it out."""

    decide: bool
    at: UUID | None
    on_behalf_of: str | None
    last: bool
    resubmit: bool
    take_back: bool


class Content(Answered):
    id: UUID
    version: int
    title: str
    status: ProposalStatus
    unit: UnitNamed
    submitter: str
    submitted: datetime
    kept: Annotated[bool, Field(description="内容是否还保存着 · Whether what it proposes is still kept")]
    levels: list[LevelTold]
    steps: list[StepTold]
    may: MayDo
    mandate: dict[str, Any] | None
    lines: list[ProposedLine]


APPROVALS: tuple[type[BaseModel], ...] = (Deputies, DeputyMade, DeputyNew, Inbox, Content)
