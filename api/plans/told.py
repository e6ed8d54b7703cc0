"""Plans, lines and deeds as they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.access.asking import fields
from api.plans.sight import Seen
from api.plans.words import about
from infra.plans.lines import Line
from infra.plans.store import Deed, Member, Plan
from infra.plans.terms import PARTS, STATES


def plan(one: Plan) -> dict[str, Any]:
    """Its head."""
    state, part = STATES[one.state], PARTS[one.part]
    return {
        **fields(one),
        "state_zh": state.zh,
        "state_en": state.en,
        "part_zh": part.zh,
        "part_en": part.en,
    }


def line(one: Line, number: int, seen: Seen) -> dict[str, Any]:
    """What the reader may not see of it is left out; that there is such a line is told."""
    shows = seen.shows(one)
    said = about(one.said, seen.names) if shows else {**about(one.said, {}), "asset": None, "particulars": []}
    return {
        "id": one.id,
        "number": number,
        "in_sight": shows,
        "said": one.said if shows else None,
        **said,
        "version": one.version,
        "written_by": one.written_by,
        "changed_by": one.changed_by,
        "changed_at": one.changed_at,
    }


def lines(found: Sequence[Line], seen: Seen) -> list[dict[str, Any]]:
    return [line(one, index + 1, seen) for index, one in enumerate(found)]


def members(found: Sequence[Member]) -> list[dict[str, Any]]:
    return [fields(one) | {"part_zh": PARTS[one.part].zh, "part_en": PARTS[one.part].en} for one in found]


_DEEDS = {
    "made": ("建立方案", "Made the plan"),
    "described": ("修改标题或依据", "Changed title or mandate"),
    "added": ("添加一行", "Added a line"),
    "changed": ("修改一行", "Changed a line"),
    "removed": ("删除一行", "Removed a line"),
    "moved": ("调整顺序", "Moved a line"),
    "joined": ("加入或调整成员", "Added a member, or changed their part"),
    "left": ("移出成员", "Removed a member"),
    "remarked": ("留言", "Remarked"),
    "submitted": ("送审", "Sent for approval"),
    "applied": ("办理", "Applied"),
    "dropped": ("放弃方案", "Dropped the plan"),
}


def deed(one: Deed, seen: Seen) -> dict[str, Any]:
    """A line as it was is told to whoever would see such a line."""
    zh, en = _DEEDS.get(one.deed, (one.deed, one.deed))
    shown = one.before is not None and seen.shows_things(one.before)
    before = about(one.before, seen.names) if shown else None
    return {**fields(one, without="before"), "zh": zh, "en": en, "before": before}
