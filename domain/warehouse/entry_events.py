"""What happens to an item on its way into a warehouse, and out of it back to its owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.warehouse.facets import (
    CUSTODIAN,
    ENTERING,
    GRADE,
    IDLE,
    ITEM_STATUS,
    LOCATION,
    PHOTOS,
    PUBLISHED_FOR,
    SHELF,
    USING_UNIT,
    WAREHOUSE,
)
from domain.warehouse.terms import EntryRefusalGround, Grade, ItemStatus, WithdrawalReason


@recorded_as("warehouse.EntryRequested", correctable=True)
class EntryRequested(Event, frozen=True):
    """The grade that the unit claims stays in this event: what the inspection finds is another matter."""

    warehouse: UUID
    reason: str
    grade_claimed: Grade
    photos: tuple[str, ...]

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.ENTRY_REQUESTED, since=self.effective)
        yield ENTERING.fact(self.warehouse, since=self.effective)
        yield PHOTOS.fact(self.photos, since=self.effective)


@recorded_as("warehouse.EntryCancelled", correctable=True)
class EntryCancelled(Event, frozen=True):
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.WITH_UNIT, since=self.effective)
        yield ENTERING.fact(None, since=self.effective)


@recorded_as("warehouse.EntryInspected", correctable=True)
class EntryInspected(Event, frozen=True):
    grade: Grade
    photos: tuple[str, ...]
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.INSPECTED, since=self.effective)
        yield GRADE.fact(self.grade, since=self.effective)
        yield PHOTOS.fact(self.photos, since=self.effective)


@recorded_as("warehouse.EntryAccepted", correctable=True)
class EntryAccepted(Event, frozen=True):
    warehouse: UUID
    shelf: str | None
    location: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.STORED, since=self.effective)
        yield ENTERING.fact(None, since=self.effective)
        yield WAREHOUSE.fact(self.warehouse, since=self.effective)
        yield SHELF.fact(self.shelf, since=self.effective)
        yield LOCATION.fact(self.location, since=self.effective)
        yield USING_UNIT.fact(None, since=self.effective)
        yield CUSTODIAN.fact(None, since=self.effective)
        yield IDLE.fact(value=True, since=self.effective)


@recorded_as("warehouse.EntryRefused", correctable=True)
class EntryRefused(Event, frozen=True):
    ground: EntryRefusalGround
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.WITH_UNIT, since=self.effective)
        yield ENTERING.fact(None, since=self.effective)


@recorded_as("warehouse.ItemTakenOut", correctable=True)
class ItemTakenOut(Event, frozen=True):
    """退仓: back with its owner; one that is handed back stays idle there."""

    reason: WithdrawalReason
    owner: UUID
    custodian: UUID | None
    location: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.WITH_UNIT, since=self.effective)
        yield WAREHOUSE.fact(None, since=self.effective)
        yield SHELF.fact(None, since=self.effective)
        yield USING_UNIT.fact(self.owner, since=self.effective)
        yield CUSTODIAN.fact(self.custodian, since=self.effective)
        yield LOCATION.fact(self.location, since=self.effective)
        yield PUBLISHED_FOR.fact(None, since=self.effective)
        yield IDLE.fact(self.reason is WithdrawalReason.HANDED_BACK, since=self.effective)
