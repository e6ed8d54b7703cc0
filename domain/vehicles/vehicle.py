"""A vehicle: one file from the day it was bought to the day it was disposed of, put together from its aspects."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.aggregate import Claim
from domain.kernel.codes import plate as valid_plate
from domain.kernel.codes import vin as valid_vin
from domain.kernel.commands import command
from domain.kernel.mandate import Mandate
from domain.kernel.places import DeclaredPoint, Point
from domain.kernel.text import Kilometres, Money, Name, Token
from domain.organisations.unit import Unit
from domain.vehicles import booking_events as booked
from domain.vehicles import vehicle_events as happened
from domain.vehicles.base import Displacement, Seats
from domain.vehicles.booking import Slot
from domain.vehicles.custody import Custody
from domain.vehicles.disposal import STEPS as DISPOSAL_STEPS
from domain.vehicles.disposal import Disposal
from domain.vehicles.facets import FUEL_CARD, OWNER, PLATE, POSTED_TO, USING_UNIT, VEHICLE_STATUS, VIN
from domain.vehicles.fitness import Fitness
from domain.vehicles.refusals import FirstUsedLater, OverStandard
from domain.vehicles.repairs import Repairs
from domain.vehicles.standards import exceeded_cap
from domain.vehicles.terms import Acquisition, Body, Energy, VehicleCategory
from domain.vehicles.upkeep import Upkeep


class Vehicle(Custody, Fitness, Upkeep, Repairs, Disposal):
    kind = "vehicles"
    zh = "车辆"
    en = "vehicle"
    of_journeys = (
        booked.VehicleReserved,
        booked.VehicleReleased,
        booked.VehicleLeft,
        booked.VehicleCameBack,
    )

    @command("登记车辆", "Register a vehicle", creates=True, document=True)
    def register(
        self,
        mandate: Mandate,
        *,
        plate: Token,
        vin: Token,
        model: Name,
        category: VehicleCategory,
        body: Body,
        energy: Energy,
        displacement: Displacement | None = None,
        seats: Seats = 5,
        acquisition: Acquisition = Acquisition.PURCHASE,
        price: Money,
        special_need: bool = False,
        owner: Unit,
        using_unit: Unit | None = None,
        parking_name: Name | None = None,
        parking: DeclaredPoint | None = None,
        odometer: Kilometres = 0,
        first_used: datetime | None = None,
        unmarked: bool = False,
    ) -> None:
        """`first_used` is told of vehicles that come from elsewhere; `unmarked` ones do secret work."""
        self.require_nothing_earlier(mandate)
        owner.require_active(mandate.effective)
        if using_unit is not None:
            using_unit.require_active(mandate.effective)
        if first_used is not None and first_used > mandate.effective:
            raise FirstUsedLater(first_used=first_used.isoformat(), effective=mandate.effective.isoformat())
        self.read_odometer(mandate, odometer)
        event = happened.VehicleRegistered(
            **self.next(mandate),
            plate=valid_plate(plate),
            vin=valid_vin(vin),
            model=model,
            category=category,
            body=body,
            energy=energy,
            litres=displacement,
            seats=seats,
            acquisition=acquisition,
            price=price,
            special_need=special_need,
            owner=owner.id,
            using_unit=(using_unit or owner).id,
            parking=None if parking is None else Point.declared(parking),
            parking_name=parking_name,
            odometer=odometer,
            first_used=first_used or mandate.effective,
            unmarked=unmarked,
        )
        self._warn_of_price(event)
        self.record(event)

    # What journeys record ----------------------------------------------------------------------------------------------

    def reserve(self, mandate: Mandate, slot: Slot) -> None:
        self.require_free(slot.start, slot.until, mandate.received, but=slot.journey)
        self.record(
            booked.VehicleReserved(
                **self.next(mandate), journey=slot.journey, unit=slot.unit, start=slot.start, until=slot.until
            )
        )

    def release(self, mandate: Mandate, slot: Slot) -> None:
        since = max(slot.start, mandate.effective)
        self.record(booked.VehicleReleased(**self.next(mandate), journey=slot.journey, since=since))

    def leave(self, mandate: Mandate, slot: Slot, odometer: int) -> None:
        self.leaving(mandate, slot)
        self.read_odometer(mandate, odometer)
        self.record(
            booked.VehicleLeft(
                **self.next(mandate),
                journey=slot.journey,
                unit=slot.unit,
                planned_until=slot.until,
                odometer=odometer,
            )
        )

    def come_back(self, mandate: Mandate, slot: Slot, odometer: int) -> None:
        self.coming_back(mandate, slot)
        self.read_odometer(mandate, odometer)
        self.record(
            booked.VehicleCameBack(
                **self.next(mandate),
                journey=slot.journey,
                unit=slot.unit,
                planned_until=slot.until,
                odometer=odometer,
            )
        )

    # What it declares --------------------------------------------------------------------------------------------------

    def check(self) -> None:
        self.check_odometer()
        self.require_order(VEHICLE_STATUS, DISPOSAL_STEPS)
        self.check_repairs()

    def claims(self) -> frozenset[Claim]:
        """The plate and the fuel card while it has them; the VIN for ever."""
        scopes = {"plate": self.finally_(PLATE), "vin": self.finally_(VIN), "fuel-card": self.finally_(FUEL_CARD)}
        return frozenset((scope, value) for scope, value in scopes.items() if value is not None)

    def holders(self) -> dict[UUID, datetime | None]:
        return self.held_through(OWNER, USING_UNIT, POSTED_TO)

    def _warn_of_price(self, event: happened.VehicleRegistered) -> None:
        """A purchase above the standard is recorded with a warning; the finding comes from supervision."""
        cap = exceeded_cap(
            event.effective,
            category=event.category,
            body=event.body,
            energy=event.energy,
            price=event.price,
            litres=event.litres,
            special_need=event.special_need,
        )
        if cap is not None:
            self.warn(
                OverStandard(
                    price=event.price,
                    litres=_shown(event.litres),
                    category_zh=event.category.zh,
                    category_en=event.category.en,
                    cap=cap.price,
                    cap_litres=_shown(cap.litres),
                    document=cap.document,
                    clause=cap.clause,
                    grade_zh=cap.grade.zh,
                    grade_en=cap.grade.en,
                )
            )


def _shown(litres: Decimal | None) -> str:
    return "—" if litres is None else str(litres)
