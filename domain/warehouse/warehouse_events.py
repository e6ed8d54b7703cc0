"""What happens to warehouses, and which facts each event states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.kernel.places import Point
from domain.warehouse.facets import (
    ADDRESS,
    DIVISION,
    KEEPER,
    MANAGING_UNIT,
    NAME,
    PLACE,
    SHELVES,
    WAREHOUSE_FORM,
    WAREHOUSE_STATUS,
)
from domain.warehouse.terms import WarehouseForm, WarehouseStatus


@recorded_as("warehouse.WarehouseOpened", correctable=True)
class WarehouseOpened(Event, frozen=True):
    name: str
    form: WarehouseForm
    managing_unit: UUID
    division: str
    address: str | None
    place: Point | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield WAREHOUSE_STATUS.fact(WarehouseStatus.OPEN, since=self.effective)
        yield NAME.fact(self.name, since=self.effective)
        yield WAREHOUSE_FORM.fact(self.form, since=self.effective)
        yield MANAGING_UNIT.fact(self.managing_unit, since=self.effective)
        yield DIVISION.fact(self.division, since=self.effective)
        yield ADDRESS.fact(self.address, since=self.effective)
        yield PLACE.fact(self.place, since=self.effective)


@recorded_as("warehouse.WarehouseRenamed", correctable=True)
class WarehouseRenamed(Event, frozen=True):
    name: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield NAME.fact(self.name, since=self.effective)


@recorded_as("warehouse.WarehouseMoved", correctable=True)
class WarehouseMoved(Event, frozen=True):
    division: str
    address: str | None
    place: Point | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield DIVISION.fact(self.division, since=self.effective)
        yield ADDRESS.fact(self.address, since=self.effective)
        yield PLACE.fact(self.place, since=self.effective)


@recorded_as("warehouse.WarehouseHandedOver", correctable=True)
class WarehouseHandedOver(Event, frozen=True):
    """Another unit manages the warehouse from now on."""

    managing_unit: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield MANAGING_UNIT.fact(self.managing_unit, since=self.effective)


@recorded_as("warehouse.ShelfAdded", correctable=True)
class ShelfAdded(Event, frozen=True):
    shelf: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield SHELVES.fact(value=True, since=self.effective, member=self.shelf)


@recorded_as("warehouse.ShelfRemoved", correctable=True)
class ShelfRemoved(Event, frozen=True):
    shelf: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield SHELVES.fact(None, since=self.effective, member=self.shelf)


@recorded_as("warehouse.KeeperAppointed", correctable=True)
class KeeperAppointed(Event, frozen=True):
    keeper: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield KEEPER.fact(self.keeper, since=self.effective)


@recorded_as("warehouse.WarehouseClosed", correctable=True)
class WarehouseClosed(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield WAREHOUSE_STATUS.fact(WarehouseStatus.CLOSED, since=self.effective)
        yield MANAGING_UNIT.fact(None, since=self.effective)
        yield KEEPER.fact(None, since=self.effective)
