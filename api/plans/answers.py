"""What is told of plans, for the documentation and for clients made from it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from api.angles.answers import ThingNamed
from api.answers import Answered, NoticeTold, Problem
from api.batches.answers import ChangeForetold

StateTold = Literal["draft", "submitted", "applied", "dropped"]
PartTold = Literal["owner", "editor", "reader"]


class PlanHead(Answered):
    id: UUID
    title: str
    note: str
    mandate: dict[str, Any]
    state: StateTold
    state_zh: str
    state_en: str
    version: Annotated[int, Field(description="即 ETag，任何改动都会增加 · Its ETag; every change counts")]
    made_at: datetime
    changed_at: datetime
    proposal: Annotated[str | None, Field(description="送审后的审批编号 · Of the proposal that it was sent as")]
    first_position: Annotated[
        int | None, Field(description="办理后第一条事件的位置 · Of its first event, when applied")
    ]
    last_position: int | None
    part: PartTold
    part_zh: str
    part_en: str
    lines: int


class PlansTold(Answered):
    plans: list[PlanHead]


class MemberTold(Answered):
    login: str
    name: str
    part: PartTold
    part_zh: str
    part_en: str


class Particular(Answered):
    zh: str
    en: str
    value_zh: str
    value_en: str


class LineWords(Answered):
    """What is to be done, in words."""

    zh: str
    en: str
    asset: ThingNamed | None
    particulars: list[Particular]


class PlanLineTold(LineWords):
    id: UUID
    number: int
    in_sight: Annotated[bool, Field(description="False：超出本人可见范围 · It is about what the caller may not see")]
    said: Annotated[dict[str, Any] | None, Field(description="与批次中的一行相同 · As a batch has it")]
    version: int
    written_by: str
    changed_by: str
    changed_at: datetime


class PlanTold(PlanHead):
    members: list[MemberTold]
    content: list[PlanLineTold]


class DeedTold(Answered):
    number: int
    login: str
    at: datetime
    deed: str
    line: UUID | None
    words: str
    zh: str
    en: str
    before: Annotated[LineWords | None, Field(description="改动前的这一行 · The line as it was")]


class PlanDeeds(Answered):
    deeds: list[DeedTold]


class ConflictTold(Answered):
    code: Literal["contradicts", "repeats", "two-offices", "changed-since"]
    zh: str
    en: str
    lines: list[int]


class PlanLineChecked(Answered):
    line: UUID
    number: int
    problem: Annotated[Problem | None, Field(description="为什么不能办理 · Why it could not be carried out")]
    not_yours: Annotated[
        Problem | None, Field(description="可以办理，但不在本人权限内 · It could, but not by the caller")
    ]
    conflicts: list[ConflictTold]
    notices: list[NoticeTold]
    events: list[ChangeForetold]


class FigureNamed(Answered):
    name: str
    zh: str
    en: str


class FigureChange(Answered):
    before: str | None
    after: str | None
    difference: str | None


class OfficesChange(FigureChange):
    rank: str
    zh: str
    en: str


class EffectTold(Answered):
    unit: ThingNamed
    figures: dict[str, FigureChange]
    offices: Annotated[list[OfficesChange], Field(description="超标办公室，按职级 · Over the standard, by rank")]


class Effects(Answered):
    day: datetime | None
    figures: list[FigureNamed]
    units: Annotated[list[EffectTold], Field(description="有变化的单位 · The units that something changes for")]


class PlanChecked(Answered):
    version: int
    accepted: int
    refused: int
    results: list[PlanLineChecked]
    effects: Effects


PLANS: tuple[type[Answered], ...] = (PlansTold, PlanHead, PlanLineTold, PlanTold, PlanDeeds, PlanChecked)
