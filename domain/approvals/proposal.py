"""A proposal 呈批件: commands that are carried out together once every level has approved them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypedDict
from uuid import UUID

from annotated_types import Len

from domain.approvals import events as happened
from domain.approvals import refusals as refused
from domain.approvals.facets import HANDED_TO
from domain.approvals.terms import ProposalStatus
from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import command
from domain.kernel.events import Event
from domain.kernel.mandate import Mandate
from domain.kernel.text import Count, Digest, Name, Token
from domain.organisations.unit import Unit

MOST_LEVELS = 5
MOST_MARKS = 500

Levels = Annotated[tuple[Unit, ...], Len(1, MOST_LEVELS)]
Marks = Annotated[tuple[happened.Mark, ...], Len(0, MOST_MARKS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What is proposed, as far as the log knows it: the digest of its lines, and how many there are."""

    digest: Digest
    lines: Count


class _Level(TypedDict):
    """What every decision says of the level at which it is taken."""

    level: int
    unit: UUID
    on_behalf_of: str | None


class Proposal(Aggregate):
    kind = "proposals"
    zh = "呈批件"
    en = "proposal"

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.submitter = ""
        self.levels: tuple[UUID, ...] = ()
        self.papers = Papers(digest="", lines=0)
        self.status: ProposalStatus | None = None
        self.level = 0
        self._handed: dict[str, str] = {}

    # What it knows -----------------------------------------------------------------------------------------------------

    @property
    def waits_at(self) -> UUID | None:
        """The unit whose approvers decide now."""
        return self.levels[self.level] if self.status is ProposalStatus.UNDER_WAY else None

    @property
    def is_at_last_level(self) -> bool:
        return self.level + 1 == len(self.levels)

    @property
    def handed_to(self) -> str | None:
        return self.finally_(HANDED_TO)

    @property
    def handed_by(self) -> str | None:
        """With whose authority the one it was handed on to decides."""
        return None if self.handed_to is None else self._handed.get(self.handed_to)

    # What can be done --------------------------------------------------------------------------------------------------

    @command("呈报", "Submit a proposal", creates=True)
    def submit(self, mandate: Mandate, *, title: Name, unit: Unit, levels: Levels, commands: Papers) -> None:
        """Nothing of it is done before the last level approves; then all of it is, or nothing."""
        unit.require_active(mandate.effective)
        for level in levels:
            level.require_active(mandate.effective)
            self.require(sum(level is other for other in levels) == 1, refused.LevelTwice(unit=level.id))
        self.record(
            happened.ProposalSubmitted(
                **self.next(mandate),
                title=title,
                unit=unit.id,
                submitter=mandate.actor.user,
                levels=tuple(level.id for level in levels),
                digest=commands.digest,
                lines=commands.lines,
            )
        )

    @command("同意", "Approve at a level")
    def approve(self, mandate: Mandate, *, at: Unit, on_behalf_of: Token | None = None) -> None:
        """At the last level all that it proposes is carried out in the same decision, or the approval is refused too."""
        self._require_decision(mandate, at, on_behalf_of)
        passes_to = None if self.is_at_last_level else self.levels[self.level + 1]
        said = self._decided(at, on_behalf_of)
        self.record(happened.ProposalApproved(**self.next(mandate), **said, passes_to=passes_to))
        if passes_to is None:
            self.record(happened.ProposalCarriedOut(**self.next(mandate), digest=self.papers.digest))

    @command("退回修改", "Send back for correction")
    def send_back(self, mandate: Mandate, *, at: Unit, marks: Marks = (), on_behalf_of: Token | None = None) -> None:
        self._require_decision(mandate, at, on_behalf_of)
        for mark in marks:
            inside = mark.line <= self.papers.lines
            self.require(inside, refused.MarkOutside(line=mark.line, lines=self.papers.lines))
        said = self._decided(at, on_behalf_of)
        self.record(happened.ProposalSentBack(**self.next(mandate), **said, marks=marks))

    @command("不同意", "Refuse")
    def refuse(self, mandate: Mandate, *, at: Unit, on_behalf_of: Token | None = None) -> None:
        self._require_decision(mandate, at, on_behalf_of)
        said = self._decided(at, on_behalf_of)
        self.record(happened.ProposalRefused(**self.next(mandate), **said))

    @command("转办", "Hand on to somebody")
    def hand_on(self, mandate: Mandate, *, at: Unit, to: Token, on_behalf_of: Token | None = None) -> None:
        """They decide at this level with the authority of whoever hands it on; who could decide before still can."""
        self._require_decision(mandate, at, on_behalf_of)
        self.require(to not in (self.submitter, mandate.actor.user, on_behalf_of), refused.HandedInCircle(to=to))
        said = self._decided(at, on_behalf_of)
        by = on_behalf_of or mandate.actor.user
        self.record(happened.ProposalHandedOn(**self.next(mandate), **said, to=to, by=by))

    @command("重新呈报", "Submit again after correction")
    def resubmit(self, mandate: Mandate, *, commands: Papers) -> None:
        self._require_submitter(mandate)
        self.require(self.status is ProposalStatus.SENT_BACK, refused.NotSentBack(**self._status_words()))
        self.record(
            happened.ProposalResubmitted(
                **self.next(mandate), digest=commands.digest, lines=commands.lines, passes_to=self.levels[0]
            )
        )

    @command("撤回呈批件", "Take a proposal back")
    def take_back(self, mandate: Mandate) -> None:
        self._require_submitter(mandate)
        is_open = self.status in (ProposalStatus.UNDER_WAY, ProposalStatus.SENT_BACK)
        self.require(is_open, refused.Ended(**self._status_words()))
        self.record(happened.ProposalTakenBack(**self.next(mandate)))

    # How it goes on ----------------------------------------------------------------------------------------------------

    def evolve(self, event: Event) -> None:
        match event:
            case happened.ProposalSubmitted():
                self.submitter, self.levels = event.submitter, event.levels
                self._begin(event)
            case happened.ProposalResubmitted():
                self._begin(event)
            case happened.ProposalApproved(passes_to=UUID()):
                self.level += 1
            case happened.ProposalCarriedOut():
                self.status = ProposalStatus.CARRIED_OUT
            case happened.ProposalSentBack():
                self.status = ProposalStatus.SENT_BACK
            case happened.ProposalRefused():
                self.status = ProposalStatus.REFUSED
            case happened.ProposalTakenBack():
                self.status = ProposalStatus.TAKEN_BACK
            case happened.ProposalHandedOn():
                self._handed[event.to] = event.by

    def _begin(self, event: happened.ProposalSubmitted | happened.ProposalResubmitted) -> None:
        self.status, self.level = ProposalStatus.UNDER_WAY, 0
        self.papers = Papers(digest=event.digest, lines=event.lines)

    # Its rules ---------------------------------------------------------------------------------------------------------

    def _require_decision(self, mandate: Mandate, at: Unit, on_behalf_of: str | None) -> None:
        """Rule: it waits, and at this level; whoever submitted it does not decide, and nobody in their place."""
        self._require_order(mandate)
        self.require(self.status is ProposalStatus.UNDER_WAY, refused.NotUnderWay(**self._status_words()))
        self.require(self.waits_at == at.id, refused.WaitsElsewhere(unit=self.waits_at))
        another = self.submitter not in (mandate.actor.user, on_behalf_of)
        self.require(another, refused.OwnProposal(submitter=self.submitter))

    def _decided(self, at: Unit, on_behalf_of: str | None) -> _Level:
        return {"level": self.level + 1, "unit": at.id, "on_behalf_of": on_behalf_of}

    def _require_submitter(self, mandate: Mandate) -> None:
        self._require_order(mandate)
        self.require(mandate.actor.user == self.submitter, refused.NotTheSubmitter(submitter=self.submitter))

    def _require_order(self, mandate: Mandate) -> None:
        """Rule: steps are told in the order in which they are taken."""
        last = self.last_beginning()
        in_order = last is None or mandate.effective >= last
        self.require(in_order, refused.BeforeTheLastStep(effective=mandate.effective, last=last))

    def _status_words(self) -> dict[str, str]:
        status = self.status
        return {"status_zh": "" if status is None else status.zh, "status_en": "" if status is None else status.en}
