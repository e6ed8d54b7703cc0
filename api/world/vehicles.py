"""Vehicles: bought, insured, driven, refuelled, serviced, repaired, posted, sealed, and disposed of when they are old."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from api.world.journeys import journey
from api.world.places import point, somewhere
from api.world.vehicle_numbers import new_plate, new_vin
from api.world.vehicle_upkeep import Car, accident, cost, read, refuel, repair, service
from api.world.world import START, Life, World
from domain.vehicles import upkeep_events as upkeep
from domain.vehicles import vehicle_events as happened
from domain.vehicles.terms import (
    Acquisition,
    Body,
    DisposalMode,
    Energy,
    Insurance,
    SealReason,
    VehicleCategory,
)

_MODELS = (
    ("中型轿车", Body.CAR, 5),
    ("城市越野车", Body.SUV, 5),
    ("商务车", Body.BUSINESS, 7),
    ("越野车", Body.OFF_ROAD, 5),
)
_ENERGIES = (Energy.PETROL,) * 7 + (Energy.PLUG_IN, Energy.ELECTRIC, Energy.DIESEL)
_CATEGORIES = list(VehicleCategory)
_EIGHT_YEARS = timedelta(days=2930)
_FIRST_CHOICES = (0.28, 0.52, 0.72, 0.82, 0.90, 0.935, 0.955, 0.97, 0.98, 0.99)


def vehicles(world: World, count: int) -> None:
    for number in range(count):
        at = START + timedelta(days=40) if world.chance(0.75) else world.in_days(80, 2600)
        world.begin(_vehicle(world, number), world.between(at, at + timedelta(days=60)))


def _vehicle(world: World, number: int) -> Life:
    yield world.now
    car = _register(world, number)
    world.directory.fill = lambda world: cost(world, car)
    while True:
        _renew(world, car)
        yield world.in_days(1, 40)
        if world.now - car.first_used > _EIGHT_YEARS and world.chance(0.02):
            break
        draw = world.random.random()
        choice = sum(draw >= bound for bound in _FIRST_CHOICES)
        if choice == 0:
            yield from journey(world, car)
        elif choice == 4:  # noqa: PLR2004 -- a repair takes weeks
            yield from repair(world, car)
        else:
            _small(world, car, choice)
    yield from _disposed(world, car)
    world.begin(_vehicle(world, number), world.in_days(20, 200))


def _small(world: World, car: Car, choice: int) -> None:
    match choice:
        case 1:
            refuel(world, car)
        case 2:
            cost(world, car)
        case 3:
            service(world, car)
        case 5:
            read(world, car)
        case 6 if world.now > car.posted:
            _post(world, car)
        case 7:
            _seal(world, car)
        case 8:
            stamp = car.stream.next(world.now)
            event = happened.VehicleRevalued(**stamp, value=world.money(20_000, 150_000))
            world.tell(event, "年度折旧", document=True)
        case 9:
            accident(world, car)
        case _:
            place = point(*somewhere(world, car.division))
            event_ = happened.ParkingPlaceFixed(**car.stream.next(world.now), name="定点停放场", place=place)
            world.tell(event_, "确定停放地点", "dispatcher")


def _register(world: World, number: int) -> Car:
    stream, unit = world.stream("vehicle"), world.pick(world.directory.units)
    model, body, seats = world.pick(_MODELS)
    energy = world.pick(_ENERGIES)
    first_used = world.now - timedelta(days=world.whole(0, 2500 if world.now < START + timedelta(days=110) else 300))
    odometer = world.whole(10, 90_000)
    plate, vin = new_plate(unit.division, number, is_new=energy.is_new), new_vin(stream.id)
    event = happened.VehicleRegistered(
        **stream.next(world.now), plate=plate, vin=vin, model=model, category=world.pick(_CATEGORIES), body=body,
        energy=energy, litres=None if energy is Energy.ELECTRIC else Decimal("1.8"), seats=seats,
        acquisition=Acquisition.PURCHASE, price=world.money(90_000, 240_000), special_need=False, owner=unit.id,
        using_unit=unit.id, parking=point(*somewhere(world, unit.division)), parking_name="院内车库",
        odometer=odometer, first_used=first_used, unmarked=world.chance(0.1),
    )  # fmt: skip
    world.tell(event, "车辆清查登记", "dispatcher", document=True)
    world.claim("plate", plate, stream)
    world.claim("vin", vin, stream)
    for facet in ("owner", "using"):
        world.hold(stream, facet, unit.id)
    card = f"1000{stream.id.int % 10**12:012d}"
    now = world.now
    car = Car(stream, unit.id, unit.division, plate, card, energy, seats, first_used, odometer, number, now, now, now,
              [(now, odometer)])  # fmt: skip
    world.tell(upkeep.FuelCardIssued(**stream.next(now + timedelta(minutes=5)), card=card), "一车一卡", "dispatcher")
    world.claim("fuel-card", card, stream)
    return car


def _renew(world: World, car: Car) -> None:
    """Cover is bought some weeks before the last one ends, to begin when it ends."""
    soon = world.now + timedelta(days=50)
    if car.insured < soon:
        since, car.insured = car.insured, max(car.insured, world.now) + timedelta(days=365)
        for kind, premium in ((Insurance.COMPULSORY, 950), (Insurance.COMMERCIAL, 2600)):
            event = upkeep.VehicleInsured(
                **car.stream.next(since), insurance=kind, policy=f"PDZA{car.stream.id.hex[:10]}{car.stream.version}",
                insurer="某财产保险公司", until=car.insured, premium=Decimal(premium),
            )  # fmt: skip
            world.tell_or_err(car.stream, event, "投保", "dispatcher", premium=Decimal(premium * 10))
    if car.inspected < soon:
        car.inspected = world.now + timedelta(days=world.whole(400, 730))
        inspected = upkeep.VehicleInspected(
            **car.stream.next(world.now), valid_until=car.inspected, station="第一检测站", cost=world.money(150, 300)
        )
        world.tell(inspected, "年检", "dispatcher")


def _post(world: World, car: Car) -> None:
    """To a department for some months, from next week on."""
    unit, since = world.pick(world.directory.units).id, world.in_days(1, 14)
    car.posted = since + timedelta(days=world.whole(60, 400))
    event = happened.VehiclePosted(**car.stream.next(since), to=unit, until=car.posted)
    world.tell(event, "派驻", "dispatcher", document=True)
    world.hold(car.stream, "posted", unit, since, car.posted)


def _seal(world: World, car: Car) -> None:
    event = happened.VehicleSealed(
        **car.stream.next(world.now), why=SealReason.HOLIDAY, key_keeper=world.pick(world.directory.people),
        until=world.in_days(0.5, 0.9),
    )  # fmt: skip
    world.tell(event, "节假日封存", "dispatcher")


def _disposed(world: World, car: Car) -> Life:
    yield max(world.in_days(1, 5), car.posted)
    stream, mode = car.stream, world.pick(list(DisposalMode))
    asked = happened.DisposalRequested(**stream.next(world.now), mode=mode, early_because=None)
    world.tell(asked, "申请处置", "dispatcher")
    yield world.in_days(5, 30)
    world.tell(happened.DisposalApproved(**stream.next(world.now), mode=mode), "批准处置", document=True)
    yield world.in_days(60, 90)
    world.tell(
        happened.VehicleDisposed(**stream.next(world.now), income=world.money(500, 20_000), taken_by="回收企业"),
        "处置完成",
        document=True,
    )
    world.release("plate", car.plate, stream)
    world.release("fuel-card", car.card, stream)
    for facet in ("owner", "using", "posted"):
        world.hold(stream, facet, None)
