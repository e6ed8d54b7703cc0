"""Journeys: requested, approved, dispatched with a driver, gone, back, closed; some refused or cancelled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.world.directory import KnownDriver
from api.world.stream import Stream
from api.world.world import Life, World
from domain.vehicles import booking_events as booked
from domain.vehicles import journey_events as happened
from domain.vehicles.terms import CostKind, Purpose

if TYPE_CHECKING:
    from api.world.vehicle_upkeep import Car

_PURPOSES = list(Purpose)
_PLACES = ("银川市", "石嘴山市", "吴忠市", "固原市", "中卫市", "青铜峡市", "中宁县", "海原县", "盐池县")


def journey(world: World, car: Car) -> Life:
    """One from end to end; the vehicle does nothing else meanwhile."""
    driver = _free_driver(world)
    stream, unit = world.stream("journey"), world.pick(world.directory.units).id
    start = world.in_days(0.6, 3)
    until = start + timedelta(hours=world.whole(4, 34))
    _requested(world, stream, unit, start, until)
    yield world.in_days(0.05, 0.2)
    if driver is None or world.chance(0.05):
        world.tell(happened.JourneyRefused(**stream.next(world.now), because="当日车辆已满"), "不予用车", "dispatcher")
        return
    driver.busy = True
    world.tell(happened.JourneyApproved(**stream.next(world.now)), "批准用车", "dispatcher")
    yield world.in_days(0.05, 0.3)
    taken: dict[str, Any] = {"journey": stream.id, "unit": unit, "start": start, "until": until}
    world.tell(
        happened.JourneyDispatched(**stream.next(world.now), vehicle=car.stream.id, driver=driver.stream.id),
        "派车",
        "dispatcher",
    )
    world.tell(booked.VehicleReserved(**car.stream.next(world.now), **taken), "派车", "dispatcher")
    world.tell(booked.DriverReserved(**driver.stream.next(world.now), **taken), "派车", "dispatcher")
    if world.chance(0.06):
        yield world.in_days(0.02, 0.05)
        _cancelled(world, stream, car, driver, start)
    else:
        yield start + timedelta(minutes=world.whole(0, 40))
        yield from _driven(world, stream, unit, until, car, driver)
    yield world.in_days(1, 2)
    driver.busy = False


def _free_driver(world: World) -> KnownDriver | None:
    for _ in range(5):
        if world.directory.drivers:
            driver = world.pick(world.directory.drivers)
            if not driver.busy:
                return driver
    return None


def _requested(world: World, stream: Stream, unit: UUID, start: datetime, until: datetime) -> None:
    event = happened.JourneyRequested(
        **stream.next(world.now), requester=f"keyuan-{world.whole(1, 900)}", unit=unit, purpose=world.pick(_PURPOSES),
        purpose_text="实地调研", destination=world.pick(_PLACES), outside_city=True, passengers=world.whole(1, 4),
        planned_from=start, planned_until=until, urgent=world.chance(0.03),
    )  # fmt: skip
    world.tell(event, "申请用车", "unit-clerk")


def _driven(world: World, stream: Stream, unit: UUID, until: datetime, car: Car, driver: KnownDriver) -> Life:
    slot: dict[str, Any] = {"journey": stream.id, "unit": unit, "planned_until": until}
    start = car.drives(world.now, world.whole(0, 5))
    world.tell(happened.JourneyDeparted(**stream.next(world.now), odometer=start), "出车", "dispatcher")
    world.tell(booked.VehicleLeft(**car.stream.next(world.now), **slot, odometer=start), "出车", "dispatcher")
    world.tell(booked.DriverLeft(**driver.stream.next(world.now), **slot), "出车", "dispatcher")
    yield until + timedelta(minutes=world.whole(-120, 180))
    back = car.drives(world.now, world.whole(40, 420))
    world.tell(happened.JourneyReturned(**stream.next(world.now), odometer=back), "返回交车", "dispatcher")
    world.tell(booked.VehicleCameBack(**car.stream.next(world.now), **slot, odometer=back), "返回交车", "dispatcher")
    world.tell(booked.DriverCameBack(**driver.stream.next(world.now), **slot), "返回交车", "dispatcher")
    yield world.in_days(0.01, 0.9)
    costs = (happened.CostItem(kind=CostKind.TOLL, amount=world.money(10, 120)),) if world.chance(0.4) else ()
    closed = happened.JourneyClosed(
        **stream.next(world.now), in_order=world.chance(0.98), findings="", distance=back - start, costs=costs,
        track_metres=None, track_points=None, track_digest=None,
    )  # fmt: skip
    world.tell_or_err(stream, closed, "车况检查", "dispatcher", findings="记错车辆")


def _cancelled(world: World, stream: Stream, car: Car, driver: KnownDriver, start: datetime) -> None:
    world.tell(happened.JourneyCancelled(**stream.next(world.now)), "取消行程", "dispatcher")
    freed: dict[str, Any] = {"journey": stream.id, "since": start}
    world.tell(booked.VehicleReleased(**car.stream.next(world.now), **freed), "取消行程", "dispatcher")
    world.tell(booked.DriverReleased(**driver.stream.next(world.now), **freed), "取消行程", "dispatcher")
