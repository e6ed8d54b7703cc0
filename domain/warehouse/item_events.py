"""What happens to an item while it is kept: registered, described, looked after, published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.warehouse.facets import (
    ASSET_CLASS,
    ASSET_NUMBER,
    BOUGHT,
    CUSTODIAN,
    GRADE,
    IDLE,
    ITEM_STATUS,
    LOCATION,
    MINIMUM_LIFE,
    MODEL,
    NAME,
    OWNER,
    PHOTOS,
    PUBLISHED_FOR,
    SERIAL,
    SHELF,
    USING_UNIT,
    VALUE,
    WAREHOUSE,
)
from domain.warehouse.terms import Grade, ItemStatus, PublishedFor


@recorded_as("warehouse.ItemRegistered", correctable=True)
class ItemRegistered(Event, frozen=True):
    asset_number: str
    asset_class: str
    name: str
    model: str | None
    serial: str | None
    value: Decimal
    bought: date
    minimum_life: int | None
    life_source: str | None
    """Where the minimum life is from: a published standard, or None when it was given (or there is none)."""
    grade: Grade
    owner: UUID
    custodian: UUID | None
    location: str | None
    photos: tuple[str, ...]

    def facts(self) -> Iterator[Fact[Any]]:
        yield ITEM_STATUS.fact(ItemStatus.WITH_UNIT, since=self.effective)
        yield ASSET_NUMBER.fact(self.asset_number, since=self.effective)
        yield ASSET_CLASS.fact(self.asset_class, since=self.effective)
        yield NAME.fact(self.name, since=self.effective)
        yield MODEL.fact(self.model, since=self.effective)
        yield SERIAL.fact(self.serial, since=self.effective)
        yield VALUE.fact(self.value, since=self.effective)
        yield BOUGHT.fact(self.bought, since=self.effective)
        yield MINIMUM_LIFE.fact(self.minimum_life, since=self.effective)
        yield GRADE.fact(self.grade, since=self.effective)
        yield OWNER.fact(self.owner, since=self.effective)
        yield USING_UNIT.fact(self.owner, since=self.effective)
        yield CUSTODIAN.fact(self.custodian, since=self.effective)
        yield LOCATION.fact(self.location, since=self.effective)
        yield PHOTOS.fact(self.photos, since=self.effective)
        yield IDLE.fact(value=False, since=self.effective)


@recorded_as("warehouse.ItemRenumbered", correctable=True)
class ItemRenumbered(Event, frozen=True):
    asset_number: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ASSET_NUMBER.fact(self.asset_number, since=self.effective)


@recorded_as("warehouse.ItemReclassified", correctable=True)
class ItemReclassified(Event, frozen=True):
    asset_class: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ASSET_CLASS.fact(self.asset_class, since=self.effective)


@recorded_as("warehouse.ItemRevalued", correctable=True)
class ItemRevalued(Event, frozen=True):
    value: Decimal
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield VALUE.fact(self.value, since=self.effective)


@recorded_as("warehouse.ItemRegraded", correctable=True)
class ItemRegraded(Event, frozen=True):
    grade: Grade
    note: str
    photos: tuple[str, ...]

    def facts(self) -> Iterator[Fact[Any]]:
        yield GRADE.fact(self.grade, since=self.effective)
        if self.photos:
            yield PHOTOS.fact(self.photos, since=self.effective)


@recorded_as("warehouse.ItemRepaired", correctable=True)
class ItemRepaired(Event, frozen=True):
    work: str
    cost: Decimal
    grade: Grade

    def facts(self) -> Iterator[Fact[Any]]:
        yield GRADE.fact(self.grade, since=self.effective)


@recorded_as("warehouse.CustodianChanged", correctable=True)
class CustodianChanged(Event, frozen=True):
    custodian: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield CUSTODIAN.fact(self.custodian, since=self.effective)


@recorded_as("warehouse.ItemRelocated", correctable=True)
class ItemRelocated(Event, frozen=True):
    location: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield LOCATION.fact(self.location, since=self.effective)


@recorded_as("warehouse.ItemShelved", correctable=True)
class ItemShelved(Event, frozen=True):
    """Put elsewhere in the same warehouse, or into another one."""

    warehouse: UUID
    shelf: str | None
    location: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield WAREHOUSE.fact(self.warehouse, since=self.effective)
        yield SHELF.fact(self.shelf, since=self.effective)
        yield LOCATION.fact(self.location, since=self.effective)


@recorded_as("warehouse.ItemDeclaredIdle", correctable=True)
class ItemDeclaredIdle(Event, frozen=True):
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield IDLE.fact(value=True, since=self.effective)


@recorded_as("warehouse.ItemPutToUse", correctable=True)
class ItemPutToUse(Event, frozen=True):
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield IDLE.fact(value=False, since=self.effective)
        yield PUBLISHED_FOR.fact(None, since=self.effective)


@recorded_as("warehouse.ItemPublished", correctable=True)
class ItemPublished(Event, frozen=True):
    purpose: PublishedFor
    until: datetime
    note: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield PUBLISHED_FOR.fact(self.purpose, since=self.effective, until=self.until)


@recorded_as("warehouse.PublicationEnded", correctable=True)
class PublicationEnded(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield PUBLISHED_FOR.fact(None, since=self.effective)
