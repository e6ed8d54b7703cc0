"""Items: on the books of a unit, idle, into a warehouse and out of it, looked after, and disposed of in the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from api.world.directory import KnownWarehouse
from api.world.loans import loan, past_loan
from api.world.stream import Stream
from api.world.world import START, Life, World
from domain.warehouse import entry_events as entry
from domain.warehouse import item_events as happened
from domain.warehouse import leaving_events as leaving
from domain.warehouse.life import day_of
from domain.warehouse.standards import standard
from domain.warehouse.terms import (
    DisposalGround,
    DisposalMode,
    EntryRefusalGround,
    Grade,
    ItemStatus,
    PublishedFor,
    WithdrawalReason,
)

_GOODS = (
    ("台式计算机", "A02010105", 3000, 5000), ("便携式计算机", "A02010108", 4000, 7000), ("打印机", "A02021000", 900, 6000),
    ("办公椅", "A05010301", 200, 800), ("文件柜", "A05010502", 500, 1500), ("空调机", "A02061804", 1800, 9000),
    ("会议桌", "A05010200", 900, 12000), ("服务器", "A02010104", 20000, 90000),
)  # fmt: skip


@dataclass(slots=True)
class Thing:
    stream: Stream
    owner: UUID
    born: datetime
    price: tuple[int, int]
    store: KnownWarehouse | None = None
    idle: bool = False
    # Since when it has been where it is in the warehouse, with nothing told of it.
    stored: datetime = START
    # When each thing was last said, for what is told late.
    last: dict[str, datetime] = field(default_factory=dict)


def items(world: World, count: int) -> None:
    for number in range(count):
        early = world.chance(0.5)
        since = START + timedelta(days=60)
        until = START + timedelta(days=300 if early else 3300)
        world.begin(_item(world, number), world.between(since, until))


def _item(world: World, number: int) -> Life:
    yield world.now
    thing = _register(world, number)
    while True:
        yield world.in_days(30, 600)
        for _ in range(world.whole(0, 2)):
            _looked_after(world, thing)
            yield world.in_days(10, 400)
        draw = world.random.random()
        if draw < 0.06:  # noqa: PLR2004 -- shares of what happens next
            yield from _disposed(world, thing)
            return
        if draw < 0.16:  # noqa: PLR2004 -- shares of what happens to an item
            yield from _transferred(world, thing)
        elif thing.store is None:
            yield from _enters(world, thing)
        elif draw < 0.24:  # noqa: PLR2004 -- shares of what happens to an item
            _taken_out(world, thing)
        elif draw < 0.28 and past_loan(world, thing):  # noqa: PLR2004 -- shares of what happens to an item
            continue
        else:
            yield from loan(world, thing)


def _register(world: World, number: int) -> Thing:
    stream, unit = world.stream("item"), world.pick(world.directory.units)
    name, code, least, most = world.pick(_GOODS)
    bought = day_of(world.now - timedelta(days=world.whole(0, 900)))
    known = standard(code, bought)
    asset_number = f"ZC-{world.now.year}-{number:07d}"
    event = happened.ItemRegistered(
        **stream.next(world.now), asset_number=asset_number, asset_class=code, name=name, model=None, serial=None,
        value=world.money(least, most), bought=bought, minimum_life=known.years if known else None,
        life_source=known.source if known else None, grade=Grade.A, owner=unit.id,
        custodian=world.pick(world.directory.people) if world.directory.people else None, location=f"{unit.name}办公楼",
        photos=(),
    )  # fmt: skip
    world.tell(event, "资产入账", "unit-clerk")
    world.claim("asset-number", asset_number, stream)
    world.hold(stream, "owner", unit.id)
    world.hold(stream, "using", unit.id)
    return Thing(stream, unit.id, world.now, (least, most))


def photo(thing: Thing) -> tuple[str, ...]:
    return (f"{thing.stream.id.hex}{thing.stream.version:032x}",)


def _late(world: World, thing: Thing, what: str) -> datetime | None:
    since = thing.last.get(what)
    at = None if since is None else world.late(thing.born, since)
    if at is None:
        thing.last[what] = world.now
    return at


def _looked_after(world: World, thing: Thing) -> None:
    stream = thing.stream
    match world.whole(0, 6):
        case 0 | 1 | 2 | 3:
            stamp = stream.next(_late(world, thing, "value") or world.now)
            event = happened.ItemRevalued(**stamp, value=world.money(*thing.price), note="折旧调整")
            world.tell_or_err(stream, event, "调整账面价值", "unit-clerk", value=event.value * 10)
        case 4:
            stamp = stream.next(_late(world, thing, "grade") or world.now)
            graded = happened.ItemRegraded(**stamp, grade=world.pick((Grade.A, Grade.B)), note="现场查看", photos=())
            world.tell_or_err(stream, graded, "调整成色", "warehouse-keeper", grade=Grade.C)
        case 5 if thing.store is None:
            moved = happened.ItemRelocated(**stream.next(world.now), location=f"{world.whole(1, 9)}楼库房")
            world.tell(moved, "变更存放位置", "unit-clerk")
        case 5 if thing.store is not None and thing.store.shelves:
            shelf = world.pick(thing.store.shelves)
            shelved = happened.ItemShelved(
                **stream.next(world.now), warehouse=thing.store.id, shelf=shelf, location=None
            )
            world.tell(shelved, "移架", "warehouse-keeper")
            thing.stored = world.now
        case _:
            stamp = stream.next(world.now)
            repaired = happened.ItemRepaired(**stamp, work="更换配件", cost=world.money(50, 900), grade=Grade.B)
            world.tell(repaired, "登记维修", "unit-clerk")


def _enters(world: World, thing: Thing) -> Life:
    stream = thing.stream
    if not world.directory.warehouses:
        return
    if not thing.idle:
        world.tell(happened.ItemDeclaredIdle(**stream.next(world.now), note=""), "登记闲置", "unit-clerk")
        yield world.in_days(5, 90)
    if world.chance(0.3):
        published = happened.ItemPublished(
            **stream.next(world.now), purpose=PublishedFor.TRANSFER, until=world.in_days(30, 90), note=""
        )
        world.tell(published, "信息发布", "unit-clerk")
        yield world.in_days(1, 20)
    store = world.pick(world.directory.warehouses)
    asked = entry.EntryRequested(
        **stream.next(world.now),
        warehouse=store.id,
        reason="机构合并后闲置",
        grade_claimed=Grade.B,
        photos=photo(thing),
    )
    world.tell(asked, "申请入仓", "unit-clerk")
    world.hold(stream, "entering", store.id)
    thing.idle = True
    yield world.in_days(2, 20)
    inspected = entry.EntryInspected(
        **stream.next(world.now), grade=world.pick((Grade.A, Grade.B)), photos=photo(thing), note="外观完好"
    )
    world.tell(inspected, "入仓查验", "warehouse-keeper")
    yield world.in_days(0.5, 5)
    if world.chance(0.1):
        refused = entry.EntryRefused(**stream.next(world.now), ground=EntryRefusalGround.NO_USE, note="")
        world.tell(refused, "拒绝入仓", "warehouse-keeper")
    else:
        shelf = world.pick(store.shelves) if store.shelves else None
        accepted = entry.EntryAccepted(**stream.next(world.now), warehouse=store.id, shelf=shelf, location=None)
        world.tell(accepted, "接收入仓", "warehouse-keeper")
        thing.store, thing.stored = store, world.now
        world.hold(stream, "using", None)
        world.hold(stream, "warehouse", store.id)
    world.hold(stream, "entering", None)


def _taken_out(world: World, thing: Thing) -> None:
    event = entry.ItemTakenOut(
        **thing.stream.next(world.now), reason=WithdrawalReason.NEEDED_BY_OWNER, owner=thing.owner, custodian=None,
        location=None,
    )  # fmt: skip
    world.tell(event, "退仓", "warehouse-keeper", document=True)
    world.hold(thing.stream, "warehouse", None)
    world.hold(thing.stream, "using", thing.owner)
    thing.store, thing.idle = None, False


def _transferred(world: World, thing: Thing) -> Life:
    stream, to = thing.stream, world.pick(world.directory.units).id
    if to == thing.owner:
        return
    decided = leaving.TransferDecided(**stream.next(world.now), to=to, note="")
    world.tell(decided, "调拨", "warehouse-keeper", document=True)
    world.hold(stream, "receiving", to)
    yield world.in_days(3, 30)
    if world.chance(0.1):
        back = ItemStatus.WITH_UNIT if thing.store is None else ItemStatus.STORED
        world.tell(
            leaving.TransferFailed(**stream.next(world.now), back_to=back, note="规格不符"), "拒收", "unit-clerk"
        )
        world.hold(stream, "receiving", None)
        thing.stored = world.now
        return
    custodian = world.pick(world.directory.people)
    received = leaving.TransferReceived(**stream.next(world.now), owner=to, custodian=custodian, location=None)
    world.tell(received, "确认接收", "unit-clerk")
    world.hold(stream, "receiving", None)
    world.hold(stream, "warehouse", None)
    world.hold(stream, "owner", to)
    world.hold(stream, "using", to)
    thing.owner, thing.store, thing.idle = to, None, False


def _disposed(world: World, thing: Thing) -> Life:
    stream, ground = thing.stream, DisposalGround.NOT_WORTH_REPAIR
    asked = leaving.DisposalRequested(**stream.next(world.now), ground=ground, note="维修费用过高", photos=())
    world.tell(asked, "申请处置", "unit-clerk")
    yield world.in_days(10, 60)
    minutes = f"〔{world.now.year}〕{world.whole(1, 40)}号会议纪要"
    decided = leaving.DisposalDecided(
        **stream.next(world.now), ground=ground, mode=DisposalMode.RECYCLE, minutes=minutes
    )
    world.tell(decided, "集体决策批准处置", document=True)
    yield world.in_days(5, 40)
    gone = leaving.ItemDisposedOf(**stream.next(world.now), income=world.money(0, 300), recipient="回收企业")
    world.tell(gone, "处置完成", document=True)
    for facet in ("owner", "using", "warehouse"):
        world.hold(stream, facet, None)
