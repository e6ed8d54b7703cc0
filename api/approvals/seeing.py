"""Who sees a proposal: whose jurisdiction holds it; whoever submitted or decided it, or was handed it; and those in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from api.approvals import proposed
from api.approvals.standing import Standing, standing
from api.composition import Services
from api.reading import looking
from domain.access.principal import Principal
from domain.approvals.events import ProposalSubmitted
from domain.approvals.proposal import Proposal
from domain.kernel.errors import NotFound
from domain.kernel.events import EVENTS, Event
from infra.eventstore.rows import RecordedEvent
from projections.queries.reach import seen
from projections.queries.view import Asked


class _Actor(msgspec.Struct):
    user: str


class _Document(msgspec.Struct):
    number: str


class _Mandate(msgspec.Struct):
    actor: _Actor
    reason: str = ""
    documents: tuple[_Document, ...] = ()


_mandate = msgspec.json.Decoder(_Mandate).decode


@dataclass(frozen=True, slots=True)
class Step:
    """One event of a proposal, and in whose name and with which remark it was recorded."""

    event: Event
    by: str
    remark: str
    documents: Sequence[str]
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Looked:
    """A proposal, all that happened to it, and how the caller may decide on it now, if they may."""

    proposal: Proposal
    steps: Sequence[Step]
    standing: Standing | None

    @property
    def submitted(self) -> ProposalSubmitted:
        """What it began with."""
        return next(step.event for step in self.steps if isinstance(step.event, ProposalSubmitted))


def looked(given: Services, caller: Principal, id: UUID) -> Looked:
    """Or the words for what does not exist, where the caller has nothing to do with it."""
    proposal = proposed.opened(given, id)
    steps = [_step(event) for event in given.log.events_of(id, limit=None)]
    parties = {proposal.handed_to, *(step.by for step in steps)}
    found = standing(given, caller, proposal)
    if caller.login not in parties and found is None and not _in_sight(given, caller, id):
        raise NotFound(kind=Proposal.en, id=id, zh=Proposal.zh, field="id")
    return Looked(proposal, steps, found)


def _in_sight(given: Services, caller: Principal, id: UUID) -> bool:
    with looking(given, Asked(sight=caller.sight, after=given.log.last_position([id]))) as view:
        return bool(seen(view, [id]))


def _step(recorded: RecordedEvent) -> Step:
    mandate = _mandate(recorded.mandate)
    cls: Any = EVENTS[recorded.topic]
    return Step(
        event=msgspec.json.decode(recorded.state, type=cls),
        by=mandate.actor.user,
        remark=mandate.reason,
        documents=[one.number for one in mandate.documents],
        recorded_at=recorded.recorded_at,
    )
