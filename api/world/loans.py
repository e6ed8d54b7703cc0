"""Loans of items: asked for, approved, handed over, extended, returned; some told only when they were over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from api.world.world import Life, World
from domain.warehouse import loan_events as happened
from domain.warehouse.life import day_of
from domain.warehouse.terms import Grade

if TYPE_CHECKING:
    from api.world.items import Thing

_LONG_AGO = timedelta(days=90)


def loan(world: World, thing: Thing) -> Life:
    """Some borrowers keep it beyond the day on which it was due."""
    stream, unit, store = thing.stream, world.pick(world.directory.units).id, thing.store
    if store is None or unit == thing.owner:
        return
    wanted = day_of(world.in_days(60, 300))
    asked = happened.LoanRequested(**stream.next(world.now), borrower=unit, purpose="大型活动借用", wanted_until=wanted)
    world.tell(asked, "申请借用", "unit-clerk")
    world.hold(stream, "loan", unit)
    yield world.in_days(1, 8)
    if world.chance(0.08):
        world.tell(happened.LoanRefused(**stream.next(world.now), note="已另有安排"), "不予借用", "warehouse-keeper")
        world.hold(stream, "loan", None)
        thing.stored = world.now
        return
    world.tell(happened.LoanApproved(**stream.next(world.now), note=""), "批准借用", "warehouse-keeper", document=True)
    yield world.in_days(1, 5)
    receiver = world.pick(world.directory.people)
    lent = happened.ItemLent(**stream.next(world.now), borrower=unit, receiver=receiver, due=wanted, location=None)
    world.tell(lent, "交付借用", "warehouse-keeper")
    world.hold(stream, "using", unit)
    yield world.in_days(40, 300)
    if world.chance(0.2):
        extended = happened.LoanExtended(**stream.next(world.now), due=day_of(world.in_days(310, 400)))
        world.tell(extended, "借用延期", "warehouse-keeper", document=True)
        yield world.in_days(40, 400)
    returned = happened.ItemReturned(
        **stream.next(world.now), warehouse=store.id, shelf=world.pick(store.shelves) if store.shelves else None,
        location=None, grade=Grade.B, damage=None, photos=(),
    )  # fmt: skip
    world.tell(returned, "归还验收", "warehouse-keeper")
    world.hold(stream, "loan", None)
    world.hold(stream, "using", None)
    thing.stored = world.now


def past_loan(world: World, thing: Thing) -> bool:
    """Told as a whole, where nothing else happened meanwhile."""
    unit = world.pick(world.directory.units).id
    if unit == thing.owner or world.now - thing.stored < _LONG_AGO:
        return False
    since, until = thing.stored + timedelta(days=20), world.now - timedelta(days=20)
    event = happened.PastLoanRecorded(
        **thing.stream.next(since), borrower=unit, receiver=world.pick(world.directory.people), due=day_of(until),
        returned=until, grade=Grade.B, damage=None, location=None,
    )  # fmt: skip
    world.tell(event, "补登已结束的借用", "warehouse-keeper", document=True)
    for facet in ("loan", "using"):
        world.hold(thing.stream, facet, unit, since, until)
    thing.stored = world.now
    return True
