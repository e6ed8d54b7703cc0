"""What happens to lots of consumables, and which facts each event states.

A quantity is not stated but follows: what was counted last, and all that moved since. So a late issue lowers every later
quantity by itself, and a later count, which saw what was there, is not changed by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.warehouse.facets import (
    ASSET_CLASS,
    BATCH,
    COUNTED,
    EXPIRY,
    ISSUED,
    LINEAGE,
    LOT_STATUS,
    MEASURE,
    MOVED,
    NAME,
    SHELF,
    UNIT_PRICE,
    WAREHOUSE,
)
from domain.warehouse.terms import LotStatus, WriteOffGround


class _LotBegins(Event, frozen=True):
    """What is said of a lot when it comes into being, whether from a supplier or out of another lot."""

    warehouse: UUID
    shelf: str | None
    asset_class: str
    name: str
    measure: str
    quantity: Decimal
    unit_price: Decimal
    batch: str | None
    expiry: date | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield LOT_STATUS.fact(LotStatus.OPEN, since=self.effective)
        yield WAREHOUSE.fact(self.warehouse, since=self.effective)
        yield SHELF.fact(self.shelf, since=self.effective)
        yield ASSET_CLASS.fact(self.asset_class, since=self.effective)
        yield NAME.fact(self.name, since=self.effective)
        yield MEASURE.fact(self.measure, since=self.effective)
        yield UNIT_PRICE.fact(self.unit_price, since=self.effective)
        yield BATCH.fact(self.batch, since=self.effective)
        yield EXPIRY.fact(self.expiry, since=self.effective)
        yield MOVED.fact(self.quantity, since=self.effective, member=self.originator_version)


@recorded_as("warehouse.LotReceived", correctable=True)
class LotReceived(_LotBegins, frozen=True):
    supplier: str | None


@recorded_as("warehouse.LotMovedIn")
class LotMovedIn(_LotBegins, frozen=True):
    from_lot: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield from super().facts()
        yield LINEAGE.fact(self.from_lot, since=self.effective)


@recorded_as("warehouse.LotMovedOut")
class LotMovedOut(Event, frozen=True):
    """Part of the lot, or all of it, became a lot of its own elsewhere."""

    to_lot: UUID
    warehouse: UUID
    quantity: Decimal

    def facts(self) -> Iterator[Fact[Any]]:
        yield MOVED.fact(-self.quantity, since=self.effective, member=self.originator_version)


@recorded_as("warehouse.LotIssued", correctable=True)
class LotIssued(Event, frozen=True):
    unit: UUID
    quantity: Decimal
    receiver: UUID | None
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield MOVED.fact(-self.quantity, since=self.effective, member=self.originator_version)
        yield ISSUED.fact(self.quantity, since=self.effective, member=f"{self.unit}/{self.originator_version}")


@recorded_as("warehouse.LotReturned", correctable=True)
class LotReturned(Event, frozen=True):
    unit: UUID
    quantity: Decimal
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield MOVED.fact(self.quantity, since=self.effective, member=self.originator_version)
        yield ISSUED.fact(-self.quantity, since=self.effective, member=f"{self.unit}/{self.originator_version}")


@recorded_as("warehouse.LotCounted", correctable=True)
class LotCounted(Event, frozen=True):
    """The approved result of a stocktake; `expected` is what the books said when it was recorded."""

    found: Decimal
    expected: Decimal
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield COUNTED.fact(self.found, since=self.effective)


@recorded_as("warehouse.LotWrittenOff", correctable=True)
class LotWrittenOff(Event, frozen=True):
    ground: WriteOffGround
    quantity: Decimal
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield MOVED.fact(-self.quantity, since=self.effective, member=self.originator_version)


@recorded_as("warehouse.LotShelved", correctable=True)
class LotShelved(Event, frozen=True):
    shelf: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield SHELF.fact(self.shelf, since=self.effective)


@recorded_as("warehouse.LotClosed", correctable=True)
class LotClosed(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield LOT_STATUS.fact(LotStatus.CLOSED, since=self.effective)
        yield WAREHOUSE.fact(None, since=self.effective)
        yield SHELF.fact(None, since=self.effective)
