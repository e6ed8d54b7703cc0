"""Situations of the warehouse, in its own words: who and what is there, and what has been done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.events import Event
from domain.organisations.person import Person
from domain.organisations.terms import Level, StaffType, UnitKind
from domain.organisations.unit import NewUnit, Unit
from domain.warehouse.item import Item
from domain.warehouse.lot import Lot
from domain.warehouse.terms import (
    DisposalGround,
    DisposalMode,
    Grade,
    WarehouseForm,
    WithdrawalReason,
)
from domain.warehouse.warehouse import Warehouse
from tests.domain.scenario import an_id, mandate, replayed

PHOTO = "3b" * 32
OTHER_PHOTO = "c4" * 32
PHOTOS = (PHOTO,)
DESKTOP = "A02010105"
PAPER = "A07000000"

Done = Callable[[Item], None]


def a_unit(name: str = "自治区财政厅") -> Unit:
    unit = Unit(an_id(name))
    new = NewUnit(name=name, unit_kind=UnitKind.GOVERNMENT, level=Level.PROVINCE, division="640000")
    unit.establish(mandate("2010-01-01"), unit=new)
    unit.collect_events()
    return unit


def a_person(name: str = "马文", unit: Unit | None = None) -> Person:
    person = Person(an_id(name))
    staff = StaffType.ESTABLISHED
    person.join(mandate("2012-01-01"), unit=unit or a_unit(), name=name, staff_type=staff)
    person.collect_events()
    return person


def a_warehouse(name: str = "区直机关公物仓", form: WarehouseForm = WarehouseForm.PHYSICAL) -> Warehouse:
    warehouse = Warehouse(an_id(name))
    open_warehouse(name, form)(warehouse)
    if form is WarehouseForm.PHYSICAL:
        warehouse.add_shelf(mandate("2018-01-02"), shelf="A-01")
    warehouse.collect_events()
    return warehouse


def open_warehouse(
    name: str = "区直机关公物仓", form: WarehouseForm = WarehouseForm.PHYSICAL, since: str = "2018-01-01"
) -> Callable[[Warehouse], None]:
    address = "银川市金凤区正源街 1 号" if form is WarehouseForm.PHYSICAL else None
    return lambda it: it.open(
        mandate(since),
        name=name,
        form=form,
        managing_unit=a_unit("机关事务管理局"),
        division="640106",
        address=address,
    )


def a_closed_warehouse(closed: str) -> Warehouse:
    warehouse = a_warehouse("旧公物仓")
    warehouse.close(mandate(closed))
    warehouse.collect_events()
    return warehouse


def registered(
    since: str = "2020-03-01", *, value: int = 4800, asset_class: str = DESKTOP, minimum_life: int | None = None
) -> Done:
    return lambda it: it.register(
        mandate(since),
        asset_number="CZT-A02010105-2020-0017",
        asset_class=asset_class,
        name="台式计算机",
        model="启天 M428",
        serial="PF2K9X01",
        value=Decimal(value),
        bought=date(2020, 2, 20),
        owner=a_unit(),
        minimum_life=minimum_life,
        custodian=a_person(),
        location="办公楼 3 层 305",
    )


def entry_requested(when: str, into: Warehouse | None = None, grade: Grade = Grade.B) -> Done:
    return lambda it: it.request_entry(
        mandate(when), warehouse=into or a_warehouse(), reason="人员精简后闲置", grade_claimed=grade, photos=PHOTOS
    )


def inspected(when: str, grade: Grade = Grade.B) -> Done:
    return lambda it: it.inspect(mandate(when), grade=grade, photos=(OTHER_PHOTO,), note="开机正常，外壳有划痕")


def accepted(when: str, into: Warehouse | None = None, shelf: str | None = "A-01") -> Done:
    return lambda it: it.accept(mandate(when), warehouse=into or a_warehouse(), shelf=shelf)


def taken_out(when: str, reason: WithdrawalReason = WithdrawalReason.NEEDED_BY_OWNER) -> Done:
    return lambda it: it.take_out(mandate(when), reason=reason, custodian=a_person(), location="305")


def loan_requested(when: str, by: Unit | None = None) -> Done:
    borrower = by or a_unit("信访局")
    return lambda it: it.request_loan(
        mandate(when), borrower=borrower, purpose="换届选举临时机构用", wanted_until=date(2026, 12, 31)
    )


def loan_approved(when: str) -> Done:
    return lambda it: it.approve_loan(mandate(when))


def lent(when: str, due: date = date(2026, 6, 30)) -> Done:
    return lambda it: it.lend(
        mandate(when), receiver=a_person("李建", a_unit("信访局")), due=due, location="政府楼 201"
    )


def returned(when: str, grade: Grade = Grade.B, damage: str | None = None) -> Done:
    return lambda it: it.take_back(
        mandate(when), warehouse=a_warehouse(), shelf="A-01", grade=grade, damage=damage, photos=PHOTOS
    )


def disposal_requested(when: str, ground: DisposalGround = DisposalGround.NOT_WORTH_REPAIR) -> Done:
    return lambda it: it.request_disposal(mandate(when), ground=ground, note="主板烧毁", photos=PHOTOS)


def disposal_decided(
    when: str,
    ground: DisposalGround = DisposalGround.NOT_WORTH_REPAIR,
    mode: DisposalMode = DisposalMode.RECYCLE,
) -> Done:
    return lambda it: it.decide_disposal(mandate(when), ground=ground, mode=mode, minutes="党组会纪要〔2025〕12号")


def disposed(when: str, income: int = 60, recipient: str | None = "宁夏再生资源公司") -> Done:
    return lambda it: it.complete_disposal(mandate(when), income=Decimal(income), recipient=recipient)


IN_STORE: tuple[Done, ...] = (
    registered(),
    entry_requested("2024-01-10"),
    inspected("2024-01-12"),
    accepted("2024-01-15"),
)
"""Stored from 2024-01-15."""

ON_LOAN: tuple[Done, ...] = (*IN_STORE, loan_requested("2025-02-01"), loan_approved("2025-02-03"), lent("2025-02-05"))
"""Lent from 2025-02-05, due on 2026-06-30."""

DISPOSED: tuple[Done, ...] = (
    registered(),
    disposal_requested("2025-05-01"),
    disposal_decided("2025-05-20"),
    disposed("2025-06-15"),
)
"""Disposed of on 2025-06-15."""


def an_item(*done: Done) -> Item:
    item = Item(an_id("item"))
    for command in done or (registered(),):
        command(item)
    item.collect_events()
    return item


def a_lot(quantity: int = 100, since: str = "2024-01-01", expiry: date | None = None) -> Lot:
    lot = Lot(an_id("lot"))
    received(quantity, since, expiry)(lot)
    lot.collect_events()
    return lot


def received(
    quantity: int = 100,
    since: str = "2024-01-01",
    expiry: date | None = None,
    into: Warehouse | None = None,
    shelf: str | None = "A-01",
) -> Callable[[Lot], None]:
    return lambda it: it.receive(
        mandate(since),
        warehouse=into or a_warehouse(),
        asset_class=PAPER,
        name="A4 复印纸",
        measure="包",
        quantity=Decimal(quantity),
        unit_price=Decimal("18.50"),
        shelf=shelf,
        batch="2024-01",
        expiry=expiry,
        supplier="宁夏文具供应站",
    )


def contradicts(aggregate: Aggregate, refusal: type[Refusal], decide: Callable[[], object]) -> Refusal:
    """Refused because of what is recorded of other times; the aggregate is not to be used any more after it."""
    with pytest.raises(refusal) as caught:
        decide()
    for message in (caught.value.message_zh, caught.value.message_en):
        assert message
        assert "<" not in message, f"a message lacks data: {message}"
    assert aggregate.version
    return caught.value


def same_facts(one: Aggregate, other: Aggregate) -> bool:
    """What both hold to be true, whatever happened to get there."""
    return _in_force(one) == _in_force(other) and (one.version, one.born) == (other.version, other.born)


def replay_agrees(aggregate: Aggregate, events: list[Event]) -> None:
    assert same_facts(aggregate, replayed(aggregate, events))


def _in_force(aggregate: Aggregate) -> set[tuple[object, ...]]:
    return {
        (facet, member, fact.value, fact.start, fact.end, fact.order)
        for (facet, member), facts in aggregate._facts.items()
        for fact in facts
        if fact.withdrawn is None
    }
