"""The rules of allocation, and how each of them says no."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.errors import Refusal
from domain.premises.events.allocation import ModeExcluded
from domain.premises.terms import AllocationMode, DisposalStage


def require_preferred_excluded(mode: AllocationMode, excluded: Collection[ModeExcluded]) -> None:
    """Rule: a mode is used only where it is shown that every preferred one could not serve."""
    shown = {one.mode for one in excluded}
    missing = [preferred for preferred in mode.preferred() if preferred not in shown]
    if missing:
        raise PreferredModesOpen(
            zh_mode=mode.zh,
            en_mode=mode.en,
            zh_missing=[one.zh for one in missing],
            en_missing=[one.en for one in missing],
        )


def require_no_disposal(stage: DisposalStage | None, moment: datetime) -> None:
    """Rule: what is being disposed of is nobody's to use, and what is in use is not disposed of."""
    if stage is not None and stage.is_under_way:
        raise DisposalExcludesUse(at=moment.isoformat())


def require_room_for(shares: Mapping[UUID, Decimal], gross: Decimal, moment: datetime) -> None:
    """Rule: at no moment is more allocated than the building measures."""
    allocated = sum(shares.values(), Decimal(0))
    if allocated > gross:
        raise AllocatedBeyondArea(at=moment.isoformat(), allocated=allocated, gross=gross)


class PreferredModesOpen(Refusal):
    code = "preferred-modes-open"
    zh = "采用“{zh_mode}”前，须说明这些方式为何不能满足：{zh_missing}。请逐一填写理由和依据文号。"
    en = "Before the mode {en_mode}, show why these could not serve: {en_missing}. Give a reason and a document for each."
    field = "excluded"


class DisposalExcludesUse(Refusal):
    code = "disposal-excludes-use"
    zh = "该房屋在 {at} 处置与分配使用相冲突：处置期间不得分配使用，使用中不得处置。请先终止处置，或先交回。"
    en = (
        "At {at} disposal and use of the building exclude each other: nothing is allocated while it is being disposed of, "
        "and nothing in use is disposed of. Abandon the disposal, or hand the building back first."
    )


class AllocatedBeyondArea(Refusal):
    code = "allocated-beyond-area"
    zh = "该房屋在 {at} 的分配面积共 {allocated} 平方米，超过建筑面积 {gross} 平方米。请核对面积，或先交回一部分。"
    en = (
        "At {at}, {allocated} m² would be allocated of a building of {gross} m². Check the area, or have part of it "
        "handed back first."
    )
    field = "area"


class AllocatedPastEnd(Refusal):
    code = "allocated-past-end"
    zh = "该房屋在 {at} 已不在册，不能仍分配给单位 {units} 使用。请填写不晚于该日的使用期限。"
    en = "The building is gone from {at}, so {units} cannot have it then. Let the period end by that day."
    field = "until"


class AllocatedAlready(Refusal):
    code = "allocated-already"
    zh = "单位 {unit} 此时已分配使用该房屋 {area} 平方米。面积有变的，请先交回，再按新的总面积分配。"
    en = "Unit {unit} has {area} m² of the building then. To change that, hand it back and allocate the new total."
    field = "unit"


class NotAllocated(Refusal):
    code = "not-allocated"
    zh = "单位 {unit} 在 {at} 没有分配使用该房屋。请核对单位和日期，或先办理分配。"
    en = "Unit {unit} is not allocated any of the building at {at}. Check the unit and date, or allocate it first."
    field = "unit"


class HandedBackBeyondHeld(Refusal):
    code = "handed-back-beyond-held"
    zh = "交回 {area} 平方米，超过该单位使用的 {held} 平方米。请核对面积。"
    en = "{area} m² is more than the {held} m² that the unit has. Check the area."
    field = "area"
