"""What happens to a proposal. What it proposes is kept elsewhere and can be deleted; the digest binds it to the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.approvals.facets import (
    HANDED_TO,
    LEVEL,
    LINES,
    PROPOSAL_STATUS,
    PROPOSAL_TITLE,
    SUBMITTED,
    SUBMITTER,
    SUBMITTING_UNIT,
    WAITS_AT,
)
from domain.approvals.terms import ProposalStatus
from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.kernel.text import Count, Note, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is wrong, and where: the line of the proposal (from 1), and the field in it, or the line as a whole."""

    line: Count
    field: Note = ""
    what: Reason


@recorded_as("approvals.ProposalSubmitted")
class ProposalSubmitted(Event, frozen=True):
    """`submitter` is the account that proposes: others must decide, unit by unit, in the order of `levels`."""

    title: str
    unit: UUID
    submitter: str
    levels: tuple[UUID, ...]
    digest: str
    lines: int

    def facts(self) -> Iterator[Fact[Any]]:
        since = self.effective
        yield PROPOSAL_STATUS.fact(ProposalStatus.UNDER_WAY, since=since)
        yield PROPOSAL_TITLE.fact(self.title, since=since)
        yield SUBMITTING_UNIT.fact(self.unit, since=since)
        yield SUBMITTER.fact(self.submitter, since=since)
        yield SUBMITTED.fact(since, since=since)
        yield LINES.fact(self.lines, since=since)
        for number, unit in enumerate(self.levels, start=1):
            yield LEVEL.fact(unit, since=since, member=number)
        yield WAITS_AT.fact(self.levels[0] if self.levels else None, since=since)


class Decided(Event, frozen=True):
    """`on_behalf_of`: the account that handed this on to the one who decided, or whose deputy they are."""

    level: int
    unit: UUID
    on_behalf_of: str | None


@recorded_as("approvals.ProposalApproved")
class ProposalApproved(Decided, frozen=True):
    """One level agreed; `passes_to` is the unit of the next one, if there is one."""

    passes_to: UUID | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield WAITS_AT.fact(self.passes_to, since=self.effective)
        yield HANDED_TO.fact(None, since=self.effective)


@recorded_as("approvals.ProposalCarriedOut")
class ProposalCarriedOut(Event, frozen=True):
    """All levels agreed, and what was proposed was done in the same decision."""

    digest: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield PROPOSAL_STATUS.fact(ProposalStatus.CARRIED_OUT, since=self.effective)


@recorded_as("approvals.ProposalSentBack")
class ProposalSentBack(Decided, frozen=True):
    marks: tuple[Mark, ...]

    def facts(self) -> Iterator[Fact[Any]]:
        yield from _stopped(ProposalStatus.SENT_BACK, self)


@recorded_as("approvals.ProposalRefused")
class ProposalRefused(Decided, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield from _stopped(ProposalStatus.REFUSED, self)


@recorded_as("approvals.ProposalTakenBack")
class ProposalTakenBack(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield from _stopped(ProposalStatus.TAKEN_BACK, self)


@recorded_as("approvals.ProposalResubmitted")
class ProposalResubmitted(Event, frozen=True):
    """Corrected after it was sent back. It is another proposal now: every level decides anew, from the first."""

    digest: str
    lines: int
    passes_to: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield PROPOSAL_STATUS.fact(ProposalStatus.UNDER_WAY, since=self.effective)
        yield LINES.fact(self.lines, since=self.effective)
        yield WAITS_AT.fact(self.passes_to, since=self.effective)


@recorded_as("approvals.ProposalHandedOn", correctable=True)
class ProposalHandedOn(Decided, frozen=True):
    """The account `to` decides at this level, with the authority of `by`."""

    to: str
    by: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield HANDED_TO.fact(self.to, since=self.effective)


def _stopped(status: ProposalStatus, event: Event) -> Iterator[Fact[Any]]:
    """It waits for nobody at any level any more."""
    yield PROPOSAL_STATUS.fact(status, since=event.effective)
    yield WAITS_AT.fact(None, since=event.effective)
    yield HANDED_TO.fact(None, since=event.effective)
