"""Vehicles, drivers and journeys in the situations that the tests need, in the words of a vehicle platform."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.kernel.aggregate import Aggregate
from domain.kernel.mandate import Mandate
from domain.organisations.person import Person
from domain.organisations.terms import Level, StaffType, UnitKind
from domain.organisations.unit import NewUnit, Unit
from domain.vehicles.driver import Driver
from domain.vehicles.journey import Journey
from domain.vehicles.terms import (
    Body,
    DisposalMode,
    Energy,
    Insurance,
    LicenceClass,
    Purpose,
    SealReason,
    VehicleCategory,
)
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import an_id, day, mandate

VIN = "1M8GDM9AXKP042788"
LONG_AFTER = day("2036-01-01")


def a_unit(name: str = "青铜峡市机关事务服务中心", since: str = "2010-01-01") -> Unit:
    unit = Unit(an_id(name))
    unit.establish(
        mandate(since),
        unit=NewUnit(name=name, unit_kind=UnitKind.INSTITUTION, level=Level.COUNTY, division="640381"),
    )
    unit.collect_events()
    return unit


def an_ended_unit(name: str = "原外事办") -> Unit:
    unit = a_unit(name)
    unit.abolish(mandate("2019-01-01"))
    unit.collect_events()
    return unit


CENTRE = a_unit()
EDUCATION = a_unit("青铜峡市教育局")
WATER = a_unit("青铜峡市水务局")


def a_person(name: str = "王师傅") -> Person:
    person = Person(an_id(name))
    person.join(mandate("2010-01-01"), unit=CENTRE, name=name, staff_type=StaffType.ESTABLISHED)
    person.collect_events()
    return person


def registered(since: str = "2020-01-01", **changes: Any) -> Callable[[Vehicle], None]:
    said: dict[str, Any] = {
        "plate": "宁C·12345",
        "vin": VIN,
        "model": "大众帕萨特",
        "category": VehicleCategory.OTHER,
        "body": Body.CAR,
        "energy": Energy.PETROL,
        "displacement": Decimal("1.8"),
        "price": Decimal("175000.00"),
        "owner": CENTRE,
        "odometer": 10,
    }
    return lambda vehicle: vehicle.register(mandate(since), **(said | changes))


def insured(since: str = "2020-01-01", until: str = "2036-01-01") -> Callable[[Vehicle], None]:
    return lambda vehicle: vehicle.insure(
        mandate(since),
        insurance=Insurance.COMPULSORY,
        policy="PDZA20206403",
        insurer="人保财险",
        until=day(until),
        premium=Decimal("950.00"),
    )


def inspected(since: str = "2020-01-01", until: str = "2036-01-01") -> Callable[[Vehicle], None]:
    return lambda vehicle: vehicle.inspect(
        mandate(since), valid_until=day(until), station="青铜峡检测站", cost=Decimal("200.00")
    )


def a_vehicle(name: str = "宁C12345", *preparations: Callable[[Vehicle], object], **changes: Any) -> Vehicle:
    """In use by the centre since 2020."""
    vehicle = Vehicle(an_id(name))
    for prepare in (registered(**changes), *preparations):
        prepare(vehicle)
    vehicle.collect_events()
    vehicle.notices.clear()
    return vehicle


def a_fit_vehicle(name: str = "宁C12345", *preparations: Callable[[Vehicle], object], **changes: Any) -> Vehicle:
    """It may be dispatched: insured and inspected too."""
    return a_vehicle(name, insured(), inspected(), *preparations, **changes)


def a_vehicle_awaiting_disposal(since: str = "2026-02-01") -> Vehicle:
    vehicle = a_fit_vehicle()
    vehicle.request_disposal(mandate("2026-01-01"), mode=DisposalMode.SCRAP, early_because="水淹报损")
    vehicle.approve_disposal(mandate(since), mode=DisposalMode.AUCTION)
    vehicle.collect_events()
    return vehicle


def a_disposed_vehicle(since: str = "2026-03-01") -> Vehicle:
    vehicle = a_vehicle_awaiting_disposal()
    vehicle.dispose(mandate(since), income=Decimal("21000.00"))
    vehicle.collect_events()
    return vehicle


def a_driver(
    name: str = "王师傅", *preparations: Callable[[Driver], object], licence: LicenceClass = LicenceClass.B1
) -> Driver:
    driver = Driver(an_id(f"驾驶员{name}"))
    driver.enrol(mandate("2020-01-01"), person=a_person(name), licence=licence, valid_until=LONG_AFTER)
    for prepare in preparations:
        prepare(driver)
    driver.collect_events()
    return driver


@dataclass(kw_only=True)
class Trip:
    """A journey with the vehicle and driver that the registry would open for it."""

    journey: Journey
    vehicle: Vehicle
    driver: Driver

    def request(self, when: Mandate, **changes: Any) -> None:
        said: dict[str, Any] = {
            "unit": EDUCATION,
            "purpose": Purpose.SURVEY,
            "purpose_text": "乡镇学校校舍安全调研",
            "destination": "同心县预旺镇",
            "outside_city": True,
            "passengers": 3,
            "planned_from": day("2026-11-10T08:00"),
            "planned_until": day("2026-11-10T18:00"),
        }
        self.journey.request(when, **(said | changes))

    def approve(self, when: str = "2026-11-09T10:00") -> None:
        self.journey.approve(mandate(when, user="zhang"))

    def dispatch(self, when: str = "2026-11-09T11:00") -> None:
        self.journey.dispatch(mandate(when), vehicle=self.vehicle, driver=self.driver)

    def depart(self, when: str = "2026-11-10T08:00", odometer: int = 50_000) -> None:
        self.journey.depart(mandate(when), odometer=odometer, vehicle=self.vehicle, driver=self.driver)

    def come_back(self, when: str = "2026-11-10T17:00", odometer: int = 50_260) -> None:
        self.journey.come_back(mandate(when), odometer=odometer, vehicle=self.vehicle, driver=self.driver)

    def cancel(self, when: str = "2026-11-09T20:00") -> None:
        self.journey.cancel(mandate(when), vehicle=self.vehicle, driver=self.driver)

    def swap(self, to: Vehicle, when: str = "2026-11-09T12:00") -> None:
        self.journey.swap_vehicle(mandate(when), vehicle=to, before=self.vehicle, driver=self.driver)

    def saved(self) -> Trip:
        for aggregate in (self.journey, self.vehicle, self.driver):
            aggregate.collect_events()
        return self


def a_requested_trip(
    name: str = "行程", vehicle: Vehicle | None = None, driver: Driver | None = None, **changes: Any
) -> Trip:
    """Asked for on 9 November 2026, for the working day of the 10th."""
    trip = Trip(journey=Journey(an_id(name)), vehicle=vehicle or a_fit_vehicle(), driver=driver or a_driver())
    trip.request(mandate("2026-11-09T09:00"), **changes)
    return trip.saved()


def an_approved_trip(
    name: str = "行程", vehicle: Vehicle | None = None, driver: Driver | None = None, **changes: Any
) -> Trip:
    trip = a_requested_trip(name, vehicle, driver, **changes)
    trip.approve()
    return trip.saved()


def a_dispatched_trip(
    name: str = "行程", vehicle: Vehicle | None = None, driver: Driver | None = None, **changes: Any
) -> Trip:
    trip = an_approved_trip(name, vehicle, driver, **changes)
    trip.dispatch()
    return trip.saved()


def a_departed_trip(name: str = "行程", **changes: Any) -> Trip:
    trip = a_dispatched_trip(name, **changes)
    trip.depart()
    return trip.saved()


def a_returned_trip(name: str = "行程", **changes: Any) -> Trip:
    trip = a_departed_trip(name, **changes)
    trip.come_back()
    return trip.saved()


def state(aggregate: Aggregate) -> dict[str, Any]:
    """All that an aggregate knows: its standing facts and its attributes, but not what was just done to it.

    What was taken back is left out: live it carries the version corrected, replayed the version of the correction.
    """
    passing = {"_facts", "_pending", "notices", "correcting", "emptied_from"}
    known = {name: value for name, value in vars(aggregate).items() if name not in passing}
    standing = {key: [fact for fact in facts if fact.withdrawn is None] for key, facts in aggregate._facts.items()}
    return known | {"facts": {key: facts for key, facts in standing.items() if facts}}


def after(moment: str, hours: int) -> str:
    return (day(moment) + timedelta(hours=hours)).isoformat()[:19]


def called(decide: Callable[..., object]) -> str:
    """The command inside a lambda, to name its test."""
    return next(name for name in decide.__code__.co_names if hasattr(Vehicle, name))


def read(when: str, odometer: int) -> Callable[[Vehicle], None]:
    return lambda vehicle: vehicle.note_odometer(mandate(when), odometer=odometer)


def sealed_at_noon(vehicle: Vehicle) -> None:
    vehicle.seal(
        mandate("2026-11-10T12:00"), why=SealReason.OTHER, key_keeper=a_person("马主任"), until=day("2026-11-11")
    )
