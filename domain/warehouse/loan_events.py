"""What happens to an item that is lent: asked for, approved, handed over, extended, returned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.warehouse.facets import (
    CUSTODIAN,
    GRADE,
    IDLE,
    ITEM_STATUS,
    LOAN_DUE,
    LOAN_UNIT,
    LOCATION,
    PHOTOS,
    PUBLISHED_FOR,
    SHELF,
    USING_UNIT,
    WAREHOUSE,
)
from domain.warehouse.terms import Grade, ItemStatus


@recorded_as("warehouse.LoanRequested", correctable=True)
class LoanRequested(Event, frozen=True):
    borrower: UUID
    purpose: str
    wanted_until: date

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.LOAN_REQUESTED, since=self.effective)
        yield LOAN_UNIT.fact(self.borrower, since=self.effective)


@recorded_as("warehouse.LoanApproved", correctable=True)
class LoanApproved(Event, frozen=True):
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.LOAN_APPROVED, since=self.effective)


@recorded_as("warehouse.LoanRefused", correctable=True)
class LoanRefused(Event, frozen=True):
    """Refused, called off by the borrower, or revoked before hand-over; the note says which."""

    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.STORED, since=self.effective)
        yield LOAN_UNIT.fact(None, since=self.effective)


@recorded_as("warehouse.ItemLent", correctable=True)
class ItemLent(Event, frozen=True):
    borrower: UUID
    receiver: UUID
    due: date
    location: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.LENT, since=self.effective)
        yield LOAN_DUE.fact(self.due, since=self.effective)
        yield USING_UNIT.fact(self.borrower, since=self.effective)
        yield CUSTODIAN.fact(self.receiver, since=self.effective)
        yield LOCATION.fact(self.location, since=self.effective)
        yield SHELF.fact(None, since=self.effective)
        yield PUBLISHED_FOR.fact(None, since=self.effective)
        yield IDLE.fact(value=False, since=self.effective)


@recorded_as("warehouse.LoanExtended", correctable=True)
class LoanExtended(Event, frozen=True):
    due: date

    def facts(self) -> Iterator[Fact[Any]]:
        yield LOAN_DUE.fact(self.due, since=self.effective)


@recorded_as("warehouse.ItemReturned", correctable=True)
class ItemReturned(Event, frozen=True):
    warehouse: UUID
    shelf: str | None
    location: str | None
    grade: Grade
    damage: str | None
    photos: tuple[str, ...]

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.STORED, since=self.effective)
        yield LOAN_UNIT.fact(None, since=self.effective)
        yield LOAN_DUE.fact(None, since=self.effective)
        yield USING_UNIT.fact(None, since=self.effective)
        yield CUSTODIAN.fact(None, since=self.effective)
        yield WAREHOUSE.fact(self.warehouse, since=self.effective)
        yield SHELF.fact(self.shelf, since=self.effective)
        yield LOCATION.fact(self.location, since=self.effective)
        yield IDLE.fact(value=True, since=self.effective)
        yield GRADE.fact(self.grade, since=self.effective)
        if self.photos:
            yield PHOTOS.fact(self.photos, since=self.effective)


@recorded_as("warehouse.PastLoanRecorded", correctable=True)
class PastLoanRecorded(Event, frozen=True):
    """A loan told when it was over: from `effective` until `returned`; afterwards all is as it was before, but the grade."""

    borrower: UUID
    receiver: UUID
    due: date
    returned: datetime
    grade: Grade
    damage: str | None
    location: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.LENT, since=self.effective)
        yield ITEM_STATUS.fact(ItemStatus.STORED, since=self.returned)
        yield LOAN_UNIT.fact(self.borrower, since=self.effective, until=self.returned)
        yield LOAN_DUE.fact(self.due, since=self.effective, until=self.returned)
        yield USING_UNIT.fact(self.borrower, since=self.effective, until=self.returned)
        yield CUSTODIAN.fact(self.receiver, since=self.effective, until=self.returned)
        yield LOCATION.fact(self.location, since=self.effective, until=self.returned)
        yield SHELF.fact(None, since=self.effective, until=self.returned)
        yield PUBLISHED_FOR.fact(None, since=self.effective, until=self.returned)
        yield IDLE.fact(value=False, since=self.effective, until=self.returned)
        yield GRADE.fact(self.grade, since=self.returned)
