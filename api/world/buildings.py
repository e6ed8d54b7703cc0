"""Buildings: registered with a footprint, titled, allocated, inspected, repaired, valued; a few disposed of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from api.world.directory import KnownUnit
from api.world.places import Box, outline
from api.world.rooms import Floorplan, room
from api.world.stream import Stream
from api.world.titles import title
from api.world.world import Life, World
from domain.premises.events import allocation, disposal, upkeep
from domain.premises.events import building as happened
from domain.premises.terms import AllocationMode, Condition, DisposalMode, Purpose, Structure

_CONDITIONS = (Condition.SOUND, Condition.SOUND, Condition.FAIRLY_SOUND, Condition.WORN)
_WORK = ("屋面防水修补", "给水管更换", "照明线路维修", "外墙砖加固", "门窗维修", "暖气片更换", "电梯门机维修")
_PURPOSES = (Purpose.OFFICE,) * 6 + (Purpose.SERVICE_HALL, Purpose.ARCHIVE, Purpose.GARAGE)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a building is put up."""

    compound: UUID
    seat: KnownUnit
    address: str
    number: str
    box: Box
    rooms: int


@dataclass(slots=True)
class _Built:
    stream: Stream
    born: datetime
    area: Decimal
    value: Decimal
    # When each thing was last said, for what is told late.
    last: dict[str, datetime] = field(default_factory=dict)


def building(world: World, site: Site) -> Life:
    yield world.now
    built = _register(world, site)
    if world.chance(0.04):
        yield from _given_up(world, built, site)
        return
    world.begin(title(world, built.stream, site.seat.id), world.in_days(10, 90))
    _furnish(world, built, site)
    world.begin(_allocated(world, built), world.in_days(60, 200))
    while True:
        yield world.in_days(60, 330)
        match world.whole(0, 19):
            case 0 | 1 | 2 | 3 | 4 | 5 | 6:
                _inspected(world, built)
            case 7 | 8 | 9 | 10 | 11 | 12:
                _repaired(world, built)
            case 13 | 14 | 15 | 16:
                _valued(world, built)
            case 17:
                _surveyed(world, built)
            case 18:
                stamp = built.stream.next(world.now)
                world.tell(happened.BuildingRenamed(**stamp, name=f"{site.seat.name}{world.now.year}号楼"), "楼名调整")
            case _:
                yield from _major_repair(world, built)


def _register(world: World, site: Site) -> _Built:
    stream, area, value = world.stream("building"), world.money(900, 12000), world.money(2_000_000, 60_000_000)
    number = f"NX-{site.seat.division}-{site.number}"
    event = happened.BuildingRegistered(
        **stream.next(world.now), compound=site.compound, number=number, name=f"{site.seat.name}{site.number}号楼",
        address=site.address, division=site.seat.division, owner=site.seat.id, floors_above=world.whole(3, 18),
        floors_below=world.whole(0, 2), gross_area=area, structure=world.pick(list(Structure)),
        purpose=world.pick(_PURPOSES), year_built=world.whole(1975, 2015), value=value, footprint=outline(site.box),
    )  # fmt: skip
    world.tell(event, "资产清查登记")
    world.claim("building-number", number, stream)
    world.hold(stream, "compound", site.compound)
    world.hold(stream, "owner", site.seat.id)
    return _Built(stream, world.now, area, value)


def _furnish(world: World, built: _Built, site: Site) -> None:
    floors = Floorplan(built.stream.id, site.box)
    for index in range(world.whole(site.rooms // 2, site.rooms * 3 // 2)):
        at = world.in_days(1, 60) if world.chance(0.8) else world.in_days(100, 2500)
        world.begin(room(world, floors, 1 + index % 3, f"{1 + index % 3}{index // 3 + 1:02d}"), at)


def _late(world: World, built: _Built, what: str) -> datetime | None:
    """Later than what is known of it, or well before."""
    since = built.last.get(what)
    at = None if since is None else world.late(built.born, since)
    if at is None:
        built.last[what] = world.now
    return at


def _inspected(world: World, built: _Built) -> None:
    stamp = built.stream.next(_late(world, built, "inspection") or world.now)
    condition = world.pick(_CONDITIONS)
    event = upkeep.BuildingInspected(**stamp, condition=condition, findings="外墙、屋面、管线逐项检查")
    world.tell_or_err(built.stream, event, "年度巡检", condition=Condition.BADLY_DAMAGED)


def _repaired(world: World, built: _Built) -> None:
    stamp = built.stream.next(_late(world, built, "repair") or world.now)
    event = upkeep.DailyRepairDone(**stamp, work=world.pick(_WORK), cost=world.money(200, 9000))
    world.tell_or_err(built.stream, event, "日常维修", cost=event.cost * 10)


def _valued(world: World, built: _Built) -> None:
    stamp = built.stream.next(_late(world, built, "value") or world.now)
    built.value += world.money(1000, 900_000)
    event = happened.BuildingValued(**stamp, value=built.value)
    world.tell_or_err(built.stream, event, "资产评估入账", value=built.value * 10)


def _surveyed(world: World, built: _Built) -> None:
    """Never smaller than before, so that what is allocated still fits."""
    built.area += world.money(1, 20)
    stamp = built.stream.next(world.now)
    event = happened.BuildingSurveyed(**stamp, gross_area=built.area, floors_above=18, floors_below=2, footprint=None)
    world.tell(event, "重新测绘")


def _major_repair(world: World, built: _Built) -> Life:
    budget = world.money(200_000, 3_000_000)
    stamp = built.stream.next(world.now)
    started = upkeep.MajorRepairStarted(**stamp, project="节能改造", extension_area=Decimal(0), budget=budget)
    world.tell(started, "大中修开工", document=True)
    yield world.in_days(60, 300)
    accepted = upkeep.MajorRepairAccepted(**built.stream.next(world.now), cost=budget - world.money(0, 150_000))
    world.tell(accepted, "大中修竣工验收")


def _allocated(world: World, built: _Built) -> Life:
    """Units have shares one after the other; most stay, some hand theirs back and another unit comes."""
    yield world.now
    holders: list[tuple[UUID, Decimal]] = []
    free = built.area
    while True:
        unit, share = (
            world.pick(world.directory.units).id,
            (built.area * world.whole(20, 60) / 100).quantize(Decimal("0.01")),
        )
        if share < free and unit not in {one for one, _ in holders}:
            free -= share
            holders.append((unit, share))
            yield from _shared(world, built, unit, share)
        elif holders and world.chance(0.5):
            unit, share = holders.pop(0)
            free += share
            stamp = built.stream.next(world.now)
            world.tell(allocation.BuildingHandedBack(**stamp, unit=unit), "腾退交回", document=True)
            world.hold(built.stream, f"allocated:{unit}", None)
        yield world.in_days(200, 2200)


def _shared(world: World, built: _Built, unit: UUID, share: Decimal) -> Life:
    """Often decided some weeks before the share is handed over."""
    stream = built.stream
    effective = world.in_days(10, 50) if world.chance(0.3) else world.now
    event = allocation.BuildingAllocated(
        **stream.next(effective), unit=unit, mode=AllocationMode.REALLOCATE, excluded=(), area=share, whole=False,
        agreement=None, certificate=None, until=None,
    )  # fmt: skip
    world.tell(event, "办公用房统一分配", document=True)
    world.hold(stream, f"allocated:{unit}", unit, effective)
    yield world.in_days(60, 90)
    number = f"使协{stream.id.hex[:6]}-{stream.version}"
    signed = allocation.UseAgreementSigned(**stream.next(world.now), unit=unit, agreement=number, until=None)
    world.tell(signed, "签订使用协议")
    yield world.in_days(5, 40)
    number = f"宁用凭{stream.id.hex[:8]}-{stream.version}"
    issued = allocation.UseCertificateIssued(**stream.next(world.now), unit=unit, certificate=number, until=None)
    world.tell(issued, "核发使用凭证")
    world.claim("use-certificate", number, stream)


def _given_up(world: World, built: _Built, site: Site) -> Life:
    """A small building that nobody uses: titled, inspected a few times, then auctioned or demolished."""
    yield from title(world, built.stream, site.seat.id, brief=True)
    for _ in range(world.whole(1, 4)):
        yield world.in_days(200, 500)
        _inspected(world, built)
    mode = world.pick((DisposalMode.AUCTION, DisposalMode.DEMOLISH))
    world.tell(
        disposal.DisposalOpened(**built.stream.next(world.now), mode=mode, plan="长期闲置"), "提出处置", document=True
    )
    yield world.in_days(20, 60)
    world.tell(disposal.DisposalApproved(**built.stream.next(world.now)), "批准处置", document=True)
    yield world.in_days(30, 120)
    event = disposal.DisposalCompleted(
        **built.stream.next(world.now), mode=mode, counterparty="公开竞得人" if mode is DisposalMode.AUCTION else None,
        income=world.money(100_000, 900_000), purpose=None, until=None,
    )  # fmt: skip
    world.tell(event, "处置完成", document=True)
    world.hold(built.stream, "owner", None)
    world.hold(built.stream, "compound", None)
    world.emptied(built.stream)
