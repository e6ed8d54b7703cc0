"""What happens to an item that leaves its owner: transferred to another unit, or disposed of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.warehouse.facets import (
    CUSTODIAN,
    DISPOSAL_GROUND,
    DISPOSAL_INCOME,
    DISPOSAL_MODE,
    IDLE,
    ITEM_STATUS,
    LOAN_DUE,
    LOAN_UNIT,
    LOCATION,
    OWNER,
    PUBLISHED_FOR,
    RECEIVING_UNIT,
    SHELF,
    USING_UNIT,
    WAREHOUSE,
)
from domain.warehouse.terms import DisposalGround, DisposalMode, ItemStatus


@recorded_as("warehouse.TransferDecided", correctable=True)
class TransferDecided(Event, frozen=True):
    to: UUID
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.IN_TRANSFER, since=self.effective)
        yield RECEIVING_UNIT.fact(self.to, since=self.effective)
        yield PUBLISHED_FOR.fact(None, since=self.effective)


@recorded_as("warehouse.TransferReceived", correctable=True)
class TransferReceived(Event, frozen=True):
    owner: UUID
    custodian: UUID
    location: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.WITH_UNIT, since=self.effective)
        yield RECEIVING_UNIT.fact(None, since=self.effective)
        yield OWNER.fact(self.owner, since=self.effective)
        yield USING_UNIT.fact(self.owner, since=self.effective)
        yield CUSTODIAN.fact(self.custodian, since=self.effective)
        yield LOCATION.fact(self.location, since=self.effective)
        yield WAREHOUSE.fact(None, since=self.effective)
        yield SHELF.fact(None, since=self.effective)
        yield IDLE.fact(value=False, since=self.effective)


@recorded_as("warehouse.TransferFailed", correctable=True)
class TransferFailed(Event, frozen=True):
    """The receiver did not take it, or the decision was revoked: it is again where it was."""

    back_to: ItemStatus
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(self.back_to, since=self.effective)
        yield RECEIVING_UNIT.fact(None, since=self.effective)


@recorded_as("warehouse.DisposalRequested", correctable=True)
class DisposalRequested(Event, frozen=True):
    ground: DisposalGround
    note: str
    photos: tuple[str, ...]

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.DISPOSAL_REQUESTED, since=self.effective)
        yield DISPOSAL_GROUND.fact(self.ground, since=self.effective)
        yield PUBLISHED_FOR.fact(None, since=self.effective)


@recorded_as("warehouse.DisposalRefused", correctable=True)
class DisposalRefused(Event, frozen=True):
    """Refused, or a decision revoked before it was carried out: the item is again what it was."""

    back_to: ItemStatus
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(self.back_to, since=self.effective)
        yield DISPOSAL_GROUND.fact(None, since=self.effective)
        yield DISPOSAL_MODE.fact(None, since=self.effective)


@recorded_as("warehouse.DisposalDecided", correctable=True)
class DisposalDecided(Event, frozen=True):
    ground: DisposalGround
    mode: DisposalMode
    minutes: str
    """The number of the minutes of the meeting that decided."""

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.DISPOSAL_DECIDED, since=self.effective)
        yield DISPOSAL_GROUND.fact(self.ground, since=self.effective)
        yield DISPOSAL_MODE.fact(self.mode, since=self.effective)


@recorded_as("warehouse.ItemDisposedOf", correctable=True)
class ItemDisposedOf(Event, frozen=True):
    income: Decimal
    recipient: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.DISPOSED, since=self.effective)
        yield DISPOSAL_INCOME.fact(self.income, since=self.effective)
        for gone in (OWNER, USING_UNIT, CUSTODIAN, WAREHOUSE, LOAN_UNIT):
            yield gone.fact(None, since=self.effective)
        yield SHELF.fact(None, since=self.effective)
        yield LOCATION.fact(None, since=self.effective)
        yield LOAN_DUE.fact(None, since=self.effective)
        yield PUBLISHED_FOR.fact(None, since=self.effective)
        yield IDLE.fact(value=False, since=self.effective)
