"""What happens when a building is disposed of, in one of six modes."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.premises.facets import (
    BUILDING_STATUS,
    COMPOUND,
    DISPOSAL,
    DISPOSAL_MODE,
    LET_TO,
    OWNER,
    PURPOSE,
)
from domain.premises.terms import DisposalMode, DisposalStage, Purpose


@recorded_as("premises.DisposalOpened", correctable=True)
class DisposalOpened(Event, frozen=True):
    mode: DisposalMode
    plan: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield DISPOSAL.fact(DisposalStage.OPENED, since=self.effective)
        yield DISPOSAL_MODE.fact(self.mode, since=self.effective)


@recorded_as("premises.DisposalApproved", correctable=True)
class DisposalApproved(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield DISPOSAL.fact(DisposalStage.APPROVED, since=self.effective)


@recorded_as("premises.DisposalAbandoned", correctable=True)
class DisposalAbandoned(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield DISPOSAL.fact(DisposalStage.ABANDONED, since=self.effective)


@recorded_as("premises.DisposalCompleted", correctable=True)
class DisposalCompleted(Event, frozen=True):
    """A building that is swapped, auctioned or demolished has no owner and no compound any more."""

    mode: DisposalMode
    counterparty: str | None
    income: Decimal | None
    purpose: Purpose | None
    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield DISPOSAL.fact(DisposalStage.COMPLETED, since=self.effective)
        ending = self.mode.ending()
        if ending is not None:
            yield BUILDING_STATUS.fact(ending, since=self.effective)
            yield OWNER.fact(None, since=self.effective)
            yield COMPOUND.fact(None, since=self.effective)
        if self.purpose is not None:
            yield PURPOSE.fact(self.purpose, since=self.effective)
        if self.mode is DisposalMode.LET:
            yield LET_TO.fact(self.counterparty, since=self.effective, until=self.until)
