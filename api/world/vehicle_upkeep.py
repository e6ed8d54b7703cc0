"""What keeps a vehicle on the road: fuel, service, repairs, tolls; some of it is told late, between two readings."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from api.world.places import point, somewhere
from api.world.stream import Stream
from api.world.world import Life, World
from domain.vehicles import upkeep_events as upkeep
from domain.vehicles.terms import CostKind, Energy, Liability, ServiceKind


@dataclass(slots=True)
class Car:
    stream: Stream
    owner: UUID
    division: str
    plate: str
    card: str
    energy: Energy
    seats: int
    first_used: datetime
    odometer: int
    number: int
    insured: datetime
    inspected: datetime
    posted: datetime
    readings: list[tuple[datetime, int]] = field(default_factory=list)

    def drives(self, now: datetime, kilometres: int) -> int:
        """A reading now, so many kilometres on."""
        self.odometer += kilometres
        self.readings.append((now, self.odometer))
        return self.odometer


def _told_late(world: World, car: Car) -> tuple[datetime, int] | None:
    """A moment between two readings, and what the odometer showed then."""
    at = world.late(car.readings[0][0], car.readings[-1][0])
    if at is None:
        return None
    index = bisect_left(car.readings, (at, 0))
    before, after = car.readings[index - 1], car.readings[index]
    odometer = (before[1] + after[1]) // 2
    car.readings.insert(index, (at, odometer))
    return at, odometer


def refuel(world: World, car: Car) -> None:
    at, odometer = _told_late(world, car) or (world.now, car.drives(world.now, world.whole(60, 600)))
    litres = world.money(20, 60)
    stamp = car.stream.next(at)
    if car.energy is Energy.ELECTRIC:
        cost = (litres * Decimal("0.95")).quantize(Decimal("0.01"))
        charged = upkeep.VehicleCharged(**stamp, kilowatt_hours=litres, cost=cost, odometer=odometer)
        world.tell_or_err(car.stream, charged, "充电", "dispatcher", cost=cost * 10)
        return
    cost = (litres * Decimal("7.35")).quantize(Decimal("0.01"))
    event = upkeep.VehicleRefuelled(**stamp, card=car.card, litres=litres, cost=cost, odometer=odometer)
    world.tell_or_err(car.stream, event, "加油", "dispatcher", cost=cost * 10)


def cost(world: World, car: Car) -> None:
    stamp = car.stream.next(world.now)
    kind = world.pick((CostKind.TOLL, CostKind.PARKING, CostKind.WASHING))
    event = upkeep.CostPaid(**stamp, cost_kind=kind, cost=world.money(5, 300), note="")
    world.tell_or_err(car.stream, event, "登记费用", "dispatcher", cost=event.cost * 10)


def service(world: World, car: Car) -> None:
    at, odometer = _told_late(world, car) or (world.now, car.drives(world.now, world.whole(20, 200)))
    event = upkeep.VehicleServiced(
        **car.stream.next(at),
        service=ServiceKind.PERIODIC,
        odometer=odometer,
        cost=world.money(300, 1500),
        by="定点维修厂",
    )
    world.tell_or_err(car.stream, event, "定期保养", "dispatcher", cost=event.cost + 1000)


def read(world: World, car: Car) -> None:
    odometer = car.drives(world.now, world.whole(0, 50))
    world.tell(upkeep.OdometerRead(**car.stream.next(world.now), odometer=odometer), "月末抄表", "dispatcher")


def repair(world: World, car: Car) -> Life:
    stream, slip = car.stream, f"WX-{car.stream.id.hex[:6]}-{car.stream.version}"
    asked = upkeep.RepairRequested(**stream.next(world.now), slip=slip, fault="行驶中有异响", odometer=None)
    world.tell(asked, "申请维修", "dispatcher")
    yield world.in_days(0.2, 3)
    amount = world.money(300, 2900)
    judged = upkeep.RepairJudged(**stream.next(world.now), slip=slip, judgement="更换磨损件", estimate=amount)
    world.tell(judged, "维修鉴定", "dispatcher")
    yield world.in_days(0.2, 3)
    if world.chance(0.1):
        world.tell(upkeep.RepairRefused(**stream.next(world.now), slip=slip), "不予维修", "dispatcher")
        return
    approved = upkeep.RepairApproved(
        **stream.next(world.now), slip=slip, amount=amount, garage="定点维修厂", minutes=None
    )
    world.tell(approved, "批准维修", "dispatcher")
    yield world.in_days(1, 15)
    odometer = car.drives(world.now, world.whole(0, 40))
    done = upkeep.RepairDone(**stream.next(world.now), slip=slip, cost=amount - 100, odometer=odometer)
    world.tell(done, "维修完工", "dispatcher")


def accident(world: World, car: Car) -> None:
    event = upkeep.AccidentHappened(
        **car.stream.next(world.now), place=point(*somewhere(world, car.division)), place_name="国道109线",
        liability=world.pick(list(Liability)), loss=world.money(100, 9000), account="追尾，无人员受伤",
    )  # fmt: skip
    world.tell(event, "登记事故", "dispatcher")
