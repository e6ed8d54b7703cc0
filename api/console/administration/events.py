"""Every kind of event in words, in the groups of the menu: to choose those from that somebody else's system is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from projections.queries.words.events import EVENT_WORDS

_GROUPS: Final[Mapping[str, tuple[str, str]]] = {
    "premises": ("房产", "Premises"),
    "vehicles": ("公务用车", "Official vehicles"),
    "warehouse": ("公物仓", "Warehouse"),
    "organisations": ("单位与人员", "Organisation"),
    "approvals": ("审批", "Approvals"),
    "registry": ("更正", "Corrections"),
}


@cache
def events() -> Sequence[Mapping[str, Any]]:
    """The groups, each with its events as (topic, 中文, English)."""
    return [
        {
            "name": name,
            "zh": zh,
            "en": en,
            "events": [(topic, *words) for topic, words in EVENT_WORDS.items() if topic.startswith(f"{name}.")],
        }
        for name, (zh, en) in _GROUPS.items()
    ]
