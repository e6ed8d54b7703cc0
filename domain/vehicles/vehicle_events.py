"""What happens to a vehicle as property: bought, held, posted, parked, sealed, disposed of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.kernel.places import Point
from domain.vehicles.facets import (
    BODY,
    CATEGORY,
    CONDITION,
    DISPOSAL_MODE,
    ENERGY,
    FIRST_USED,
    FUEL_CARD,
    KEY_KEEPER,
    LITRES,
    MODEL,
    ODOMETER,
    OWNER,
    PARKING,
    PARKING_NAME,
    PLATE,
    POSTED_TO,
    SEALED,
    SEATS,
    UNMARKED,
    USING_UNIT,
    VALUE,
    VEHICLE_STATUS,
    VIN,
)
from domain.vehicles.terms import (
    Acquisition,
    Body,
    Condition,
    DisposalMode,
    Energy,
    SealReason,
    VehicleCategory,
    VehicleStatus,
)


@recorded_as("vehicles.VehicleRegistered", correctable=True)
class VehicleRegistered(Event, frozen=True):
    plate: str
    vin: str
    model: str
    category: VehicleCategory
    body: Body
    energy: Energy
    litres: Decimal | None
    seats: int
    acquisition: Acquisition
    price: Decimal
    special_need: bool
    owner: UUID
    using_unit: UUID
    parking: Point | None
    parking_name: str | None
    odometer: int
    first_used: datetime
    unmarked: bool

    def facts(self) -> Iterator[Fact[Any]]:
        since = self.effective
        yield from self._description()
        yield VALUE.fact(self.price, since=since)
        yield OWNER.fact(self.owner, since=since)
        yield USING_UNIT.fact(self.using_unit, since=since)
        yield PARKING.fact(self.parking, since=since)
        yield PARKING_NAME.fact(self.parking_name, since=since)
        yield ODOMETER.fact(self.odometer, since=since)
        yield CONDITION.fact(Condition.ROADWORTHY, since=since)
        yield VEHICLE_STATUS.fact(VehicleStatus.IN_SERVICE, since=since)

    def _description(self) -> Iterator[Fact[Any]]:
        since = self.effective
        yield PLATE.fact(self.plate, since=since)
        yield VIN.fact(self.vin, since=since)
        yield MODEL.fact(self.model, since=since)
        yield CATEGORY.fact(self.category, since=since)
        yield BODY.fact(self.body, since=since)
        yield ENERGY.fact(self.energy, since=since)
        yield LITRES.fact(self.litres, since=since)
        yield SEATS.fact(self.seats, since=since)
        yield UNMARKED.fact(self.unmarked, since=since)
        yield FIRST_USED.fact(self.first_used, since=since)


@recorded_as("vehicles.PlateChanged", correctable=True)
class PlateChanged(Event, frozen=True):
    plate: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield PLATE.fact(self.plate, since=self.effective)


@recorded_as("vehicles.CategoryChanged", correctable=True)
class CategoryChanged(Event, frozen=True):
    category: VehicleCategory

    def facts(self) -> Iterator[Fact[Any]]:
        yield CATEGORY.fact(self.category, since=self.effective)


@recorded_as("vehicles.VehicleTransferred", correctable=True)
class VehicleTransferred(Event, frozen=True):
    """The new owner also uses it, until it says otherwise."""

    owner: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield OWNER.fact(self.owner, since=self.effective)
        yield USING_UNIT.fact(self.owner, since=self.effective)


@recorded_as("vehicles.VehicleAssigned", correctable=True)
class VehicleAssigned(Event, frozen=True):
    using_unit: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield USING_UNIT.fact(self.using_unit, since=self.effective)


@recorded_as("vehicles.VehiclePosted", correctable=True)
class VehiclePosted(Event, frozen=True):
    to: UUID
    until: datetime

    def facts(self) -> Iterator[Fact[Any]]:
        yield POSTED_TO.fact(self.to, since=self.effective, until=self.until)


@recorded_as("vehicles.PostingRecalled", correctable=True)
class PostingRecalled(Event, frozen=True):
    """The posting that would have gone on until `posted_until` ends."""

    posted_until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield POSTED_TO.fact(None, since=self.effective, until=self.posted_until)


@recorded_as("vehicles.ParkingPlaceFixed", correctable=True)
class ParkingPlaceFixed(Event, frozen=True):
    name: str
    place: Point | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield PARKING.fact(self.place, since=self.effective)
        yield PARKING_NAME.fact(self.name, since=self.effective)


@recorded_as("vehicles.VehicleRevalued", correctable=True)
class VehicleRevalued(Event, frozen=True):
    value: Decimal

    def facts(self) -> Iterator[Fact[Any]]:
        yield VALUE.fact(self.value, since=self.effective)


@recorded_as("vehicles.VehicleTakenOutOfService", correctable=True)
class VehicleTakenOutOfService(Event, frozen=True):
    cause: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield CONDITION.fact(Condition.OUT_OF_SERVICE, since=self.effective)


@recorded_as("vehicles.VehiclePutBackIntoService", correctable=True)
class VehiclePutBackIntoService(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield CONDITION.fact(Condition.ROADWORTHY, since=self.effective)


@recorded_as("vehicles.VehicleSealed", correctable=True)
class VehicleSealed(Event, frozen=True):
    why: SealReason
    key_keeper: UUID
    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield SEALED.fact(self.why, since=self.effective, until=self.until)
        yield KEY_KEEPER.fact(self.key_keeper, since=self.effective, until=self.until)


@recorded_as("vehicles.VehicleUnsealed", correctable=True)
class VehicleUnsealed(Event, frozen=True):
    """The seal that would have gone on until `sealed_until` ends."""

    sealed_until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield SEALED.fact(None, since=self.effective, until=self.sealed_until)
        yield KEY_KEEPER.fact(None, since=self.effective, until=self.sealed_until)


@recorded_as("vehicles.DisposalRequested", correctable=True)
class DisposalRequested(Event, frozen=True):
    mode: DisposalMode
    early_because: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield VEHICLE_STATUS.fact(VehicleStatus.DISPOSAL_REQUESTED, since=self.effective)
        yield DISPOSAL_MODE.fact(self.mode, since=self.effective)


@recorded_as("vehicles.DisposalApproved", correctable=True)
class DisposalApproved(Event, frozen=True):
    mode: DisposalMode

    def facts(self) -> Iterator[Fact[Any]]:
        yield VEHICLE_STATUS.fact(VehicleStatus.DISPOSAL_APPROVED, since=self.effective)
        yield DISPOSAL_MODE.fact(self.mode, since=self.effective)


@recorded_as("vehicles.DisposalRefused", correctable=True)
class DisposalRefused(Event, frozen=True):
    """The vehicle stays in service."""

    def facts(self) -> Iterator[Fact[Any]]:
        yield VEHICLE_STATUS.fact(VehicleStatus.IN_SERVICE, since=self.effective)


@recorded_as("vehicles.VehicleDisposed", correctable=True)
class VehicleDisposed(Event, frozen=True):
    """Income is non-tax revenue. Nobody holds it any more and its plate is free; its VIN stays its own for ever."""

    income: Decimal
    taken_by: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        since = self.effective
        yield VEHICLE_STATUS.fact(VehicleStatus.DISPOSED, since=since)
        yield PLATE.fact(None, since=since)
        yield OWNER.fact(None, since=since)
        yield USING_UNIT.fact(None, since=since)
        yield POSTED_TO.fact(None, since=since)
        yield PARKING.fact(None, since=since)
        yield PARKING_NAME.fact(None, since=since)
        yield SEALED.fact(None, since=since)
        yield KEY_KEEPER.fact(None, since=since)
        yield FUEL_CARD.fact(None, since=since)
