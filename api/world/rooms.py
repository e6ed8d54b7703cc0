"""Rooms: registered, assigned, lived in, measured again, vacated, split and retired."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from api.world.places import Box, outline, within
from api.world.stream import FOREVER, Stream
from api.world.world import Life, World
from domain.premises.events import room as happened
from domain.premises.terms import RoomCategory

_CATEGORIES = (RoomCategory.OFFICE,) * 7 + (RoomCategory.SERVICE, RoomCategory.EQUIPMENT, RoomCategory.TECHNICAL)


@dataclass(frozen=True, slots=True)
class Floorplan:
    building: UUID
    box: Box


@dataclass(slots=True)
class _Kept:
    stream: Stream
    plan: Floorplan
    floor: int
    number: str
    born: datetime
    area: Decimal
    measured: datetime


def room(world: World, plan: Floorplan, floor: int, number: str, made_from: tuple[UUID, ...] = ()) -> Life:
    yield world.now
    kept = _register(world, plan, floor, number, world.money(12, 80), made_from)
    yield from _history(world, kept)


def _history(world: World, kept: _Kept) -> Life:
    """Empty, then a unit has it for years, then it is empty again; a few end."""
    while True:
        yield world.in_days(10, 400)
        if world.chance(0.03):
            yield from _ends(world, kept)
            return
        if world.chance(0.85):
            yield from _used(world, kept)
        else:
            _measured(world, kept)


def _register(
    world: World, plan: Floorplan, floor: int, number: str, area: Decimal, made_from: tuple[UUID, ...] = ()
) -> _Kept:
    stream = world.stream("room")
    drawn = outline(within(world, plan.box, 0.15)) if world.chance(0.3) else None
    event = happened.RoomRegistered(
        **stream.next(world.now), building=plan.building, floor=floor, number=number,
        category=world.pick(_CATEGORIES), net_area=area, outline=drawn, made_from=made_from,
    )  # fmt: skip
    world.tell(event, "资产清查登记")
    world.claim(f"room:{plan.building}", number, stream)
    world.hold(stream, "building", plan.building)
    return _Kept(stream, plan, floor, number, world.now, area, world.now)


def _used(world: World, kept: _Kept) -> Life:
    """A few are lent to a unit for a fixed time; some are assigned weeks ahead."""
    stream, unit = kept.stream, world.pick(world.directory.units).id
    effective = world.in_days(10, 60) if world.chance(0.12) else world.now
    until = effective + (world.in_days(200, 700) - world.now) if world.chance(0.08) else None
    event = happened.RoomAssigned(**stream.next(effective), unit=unit, until=until)
    world.tell(event, "办公用房分配", document=True)
    world.hold(stream, "using", unit, effective, until or FOREVER)
    yield world.in_days(61, 90)
    last = until or world.in_days(500, 3500)
    inside: list[UUID] = []
    while world.now < last:
        _something(world, kept, unit, inside)
        yield world.in_days(60, 800)
    for person in inside:
        _moves_out(world, stream, person)
        yield world.in_days(0.1, 10)
    if until is None:
        yield from _given_back(world, stream, unit)


def _something(world: World, kept: _Kept, unit: UUID, inside: list[UUID]) -> None:
    if inside and world.chance(0.3):
        _moves_out(world, kept.stream, inside.pop())
    elif len(inside) < 2 and world.chance(0.6):  # noqa: PLR2004 -- two desks
        _moves_in(world, kept.stream, unit, inside)
    elif world.chance(0.85):
        _measured(world, kept)
    else:
        stamp = kept.stream.next(world.now)
        event = happened.RoomCategoryChanged(**stamp, category=world.pick(_CATEGORIES))
        world.tell(event, "用途调整", document=True)


def _moves_in(world: World, stream: Stream, unit: UUID, inside: list[UUID]) -> None:
    colleagues = world.directory.people_of.get(unit) or world.directory.people
    person = world.pick(colleagues) if colleagues else None
    if person is None or person in inside:
        return
    event = happened.OccupantMovedIn(**stream.next(world.now), person=person, second_office_approved=False, until=None)
    world.tell(event, "安排办公室", "unit-clerk")
    inside.append(person)


def _moves_out(world: World, stream: Stream, person: UUID) -> None:
    world.tell(happened.OccupantMovedOut(**stream.next(world.now), person=person), "调整办公室", "unit-clerk")


def _measured(world: World, kept: _Kept) -> None:
    at = world.late(kept.born, kept.measured)
    area = kept.area + world.money(0, 1) - Decimal("0.50")
    event = happened.RoomMeasured(**kept.stream.next(at or world.now), net_area=area, outline=None)
    world.tell_or_err(kept.stream, event, "重新测量" if at is None else "补录实测结果", net_area=area + 100)
    if at is None:
        kept.measured, kept.area = world.now, area


def _given_back(world: World, stream: Stream, unit: UUID) -> Life:
    if world.chance(0.25):
        ordered = happened.VacatingOrdered(**stream.next(world.now), deadline=world.in_days(30, 31))
        world.tell(ordered, "责令腾退", document=True)
        yield world.in_days(10, 80)
        world.tell(happened.RoomVacated(**stream.next(world.now)), "腾退完成")
    else:
        world.tell(happened.RoomReleased(**stream.next(world.now), unit=unit), "单位交回")
    world.hold(stream, "using", None)


def _ends(world: World, kept: _Kept) -> Life:
    """Retired, or split into two; nobody is in it."""
    if world.chance(0.4):
        world.tell(happened.RoomRetired(**kept.stream.next(world.now)), "房间注销", document=True)
    else:
        half = (kept.area / 2).quantize(Decimal("0.01"))
        parts = [
            _register(world, kept.plan, kept.floor, f"{kept.number}{side}", half, (kept.stream.id,)) for side in "AB"
        ]
        into = tuple(part.stream.id for part in parts)
        world.tell(happened.RoomSplit(**kept.stream.next(world.now), into=into), "房间拆分")
        for part in parts:
            world.begin(_history(world, part), world.in_days(5, 100))
    world.release(f"room:{kept.plan.building}", kept.number, kept.stream)
    world.hold(kept.stream, "building", None)
    yield from ()
