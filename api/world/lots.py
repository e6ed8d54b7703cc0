"""Lots of consumables: received, issued, brought back, counted, moved, written off and closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from api.world.directory import KnownWarehouse
from api.world.stream import Stream
from api.world.world import START, Life, World
from domain.warehouse import lot_events as happened
from domain.warehouse.terms import WriteOffGround

_GOODS = (
    ("A4 复印纸", "箱"),
    ("硒鼓", "支"),
    ("防护口罩", "包"),
    ("应急帐篷", "顶"),
    ("折叠椅", "把"),
    ("瓶装水", "箱"),
)


@dataclass(slots=True)
class _Stock:
    stream: Stream
    store: KnownWarehouse
    quantity: int
    # Since when every movement counts towards what is there now, and the least there has been since.
    since: datetime
    least: int


def lots(world: World, count: int) -> None:
    for _ in range(count):
        world.begin(_lot(world), world.between(START + timedelta(days=50), START + timedelta(days=3200)))


def _lot(world: World) -> Life:
    yield world.now
    if not world.directory.warehouses:
        return
    stream, store = world.stream("lot"), world.pick(world.directory.warehouses)
    quantity, (name, measure) = world.whole(300, 3000), world.pick(_GOODS)
    event = happened.LotReceived(
        **stream.next(world.now), warehouse=store.id, shelf=world.pick(store.shelves) if store.shelves else None,
        asset_class="A07000000", name=name, measure=measure, quantity=Decimal(quantity), unit_price=world.money(5, 400),
        batch=None, expiry=None, supplier="集中采购供应商",
    )  # fmt: skip
    world.tell(event, "集中采购到货", "warehouse-keeper")
    world.hold(stream, "warehouse", store.id)
    yield from _history(world, _Stock(stream, store, quantity, world.now, quantity), event)


def _history(world: World, stock: _Stock, begun: happened.LotReceived) -> Life:
    while stock.quantity > 5:  # noqa: PLR2004 -- the rest is written off
        yield world.in_days(5, 90)
        match world.whole(0, 19):
            case 0 | 1:
                _counted(world, stock)
            case 2 if stock.quantity > 100:  # noqa: PLR2004 -- worth a lot of its own
                _moved(world, stock, begun)
            case 3:
                yield from _lent_out(world, stock)
            case _:
                _issued(world, stock)
    yield world.in_days(5, 60)
    gone = happened.LotWrittenOff(
        **stock.stream.next(world.now), ground=WriteOffGround.DAMAGED, quantity=Decimal(stock.quantity), note="受潮"
    )
    world.tell(gone, "核销", "warehouse-keeper", document=True)
    yield world.in_days(1, 20)
    world.tell(happened.LotClosed(**stock.stream.next(world.now)), "批次结清", "warehouse-keeper")
    world.hold(stock.stream, "warehouse", None)


def _issued(world: World, stock: _Stock) -> None:
    """What is told late must have been there then, and ever since."""
    quantity = min(stock.least - 1, world.whole(1, 60))
    at = world.late(stock.since, world.now - timedelta(days=10)) if quantity > 0 else None
    quantity = max(1, quantity)
    event = happened.LotIssued(
        **stock.stream.next(at or world.now), unit=world.pick(world.directory.units).id, quantity=Decimal(quantity),
        receiver=None, note="",
    )  # fmt: skip
    world.tell(event, "领用" if at is None else "补录领用", "warehouse-keeper")
    if at is not None:
        stock.least -= quantity
    _take(stock, quantity)


def _take(stock: _Stock, quantity: int) -> None:
    stock.quantity -= quantity
    stock.least = min(stock.least, stock.quantity)


def _lent_out(world: World, stock: _Stock) -> Life:
    """Issued, and most of it brought back."""
    unit, quantity = world.pick(world.directory.units).id, max(1, min(stock.quantity - 3, world.whole(2, 30)))
    issued = happened.LotIssued(
        **stock.stream.next(world.now), unit=unit, quantity=Decimal(quantity), receiver=None, note="活动用"
    )
    world.tell(issued, "领用", "warehouse-keeper")
    _take(stock, quantity)
    yield world.in_days(2, 20)
    back = max(1, quantity - 2)
    returned = happened.LotReturned(**stock.stream.next(world.now), unit=unit, quantity=Decimal(back), note="")
    world.tell(returned, "退库", "warehouse-keeper")
    stock.quantity += back


def _counted(world: World, stock: _Stock) -> None:
    found = max(0, stock.quantity - world.whole(0, 2))
    stamp = stock.stream.next(world.now)
    event = happened.LotCounted(**stamp, found=Decimal(found), expected=Decimal(stock.quantity), note="年度盘点")
    world.tell(event, "盘点结果", "warehouse-keeper", document=True)
    stock.quantity = stock.least = found
    stock.since = world.now


def _moved(world: World, stock: _Stock, begun: happened.LotReceived) -> None:
    part, store, to = world.stream("lot"), world.pick(world.directory.warehouses), stock.quantity // 3
    out = happened.LotMovedOut(**stock.stream.next(world.now), to_lot=part.id, warehouse=store.id, quantity=Decimal(to))
    world.tell(out, "移库", "warehouse-keeper")
    _take(stock, to)
    moved = happened.LotMovedIn(
        **part.next(world.now), warehouse=store.id, shelf=None, asset_class=begun.asset_class, name=begun.name,
        measure=begun.measure, quantity=Decimal(to), unit_price=begun.unit_price, batch=None, expiry=None,
        from_lot=stock.stream.id,
    )  # fmt: skip
    world.tell(moved, "移库", "warehouse-keeper")
    world.hold(part, "warehouse", store.id)
    world.begin(_history(world, _Stock(part, store, to, world.now, to), begun), world.in_days(5, 90))
