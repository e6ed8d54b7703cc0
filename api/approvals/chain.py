"""The levels of a proposal and who decided there, its steps, and the marks of the last time that it was sent back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from api.approvals.seeing import Looked, Step
from domain.approvals import events as happened
from projections.queries.telling import event_words

_BEGINS = (happened.ProposalSubmitted, happened.ProposalResubmitted)
_DECIDES = (happened.ProposalApproved, happened.ProposalSentBack, happened.ProposalRefused)


def levels_told(look: Looked, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """In order, each with what was decided there since it was last submitted."""
    decided = {step.event.level: step for step in _round(look) if isinstance(step.event, _DECIDES)}
    proposal = look.proposal
    return [
        {
            "level": number,
            "unit": {"id": unit, "label": names[str(unit)]},
            "waits": proposal.waits_at == unit,
            "handed_to": proposal.handed_to if proposal.waits_at == unit else None,
            "decided": _told(decided[number], names) if number in decided else None,
        }
        for number, unit in enumerate(proposal.levels, start=1)
    ]


def steps_told(look: Looked, names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [_told(step, names) for step in look.steps]


def marks_of(look: Looked) -> list[dict[str, Any]]:
    """Of the last time, also after it was submitted again: whoever decides anew sees what was asked for."""
    for step in reversed(look.steps):
        if isinstance(event := step.event, happened.ProposalSentBack):
            return [{**msgspec.to_builtins(mark), "by": step.by, "at": event.effective} for mark in event.marks]
    return []


def _round(look: Looked) -> Iterator[Step]:
    """Since it was last submitted."""
    begins = [index for index, step in enumerate(look.steps) if isinstance(step.event, _BEGINS)]
    return iter(look.steps[begins[-1] :])


def _told(step: Step, names: Mapping[str, str]) -> dict[str, Any]:
    event = step.event
    zh, en = event_words(event.topic, None)
    unit = getattr(event, "unit", None) if isinstance(event, happened.Decided) else None
    return {
        "topic": event.topic,
        "zh": zh,
        "en": en,
        "level": getattr(event, "level", None),
        "unit": None if unit is None else {"id": unit, "label": names.get(str(unit), str(unit))},
        "by": step.by,
        "on_behalf_of": getattr(event, "on_behalf_of", None),
        "to": getattr(event, "to", None),
        "remark": step.remark,
        "documents": step.documents,
        "at": event.effective,
        "recorded_at": step.recorded_at,
    }
