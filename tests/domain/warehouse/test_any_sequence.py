"""No sequence of accepted commands, corrections and withdrawals reaches an impossible state, and a replay tells the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.events import Event
from domain.kernel.mandate import Mandate
from domain.warehouse import facets, states
from domain.warehouse.item import Item
from domain.warehouse.lot import Lot
from domain.warehouse.states import Step
from domain.warehouse.terms import (
    DisposalGround,
    DisposalMode,
    EntryRefusalGround,
    Grade,
    ItemStatus,
    LotStatus,
    PublishedFor,
    WarehouseForm,
    WarehouseStatus,
    WithdrawalReason,
    WriteOffGround,
)
from domain.warehouse.warehouse import Warehouse
from tests.domain.scenario import an_id, day, mandate, replayed
from tests.domain.warehouse.situations import PHOTOS, a_person, a_unit, a_warehouse, same_facts

A = TypeVar("A", bound=Aggregate)

OWNER, BORROWER, OTHER = a_unit(), a_unit("信访局"), a_unit("档案局")
PERSON = a_person("李建", BORROWER)
HOUSE, FAIR = a_warehouse(), a_warehouse("会展公物仓")
FIRST = day("2021-01-01")
DAYS = st.integers(0, 40)

BOUNDED = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def on(index: int) -> Mandate:
    return mandate(FIRST + timedelta(days=index))


class AnySequence(RuleBasedStateMachine, Generic[A]):
    """Tries each command on a copy, as the registry does, and keeps what was accepted."""

    kind: ClassVar[type[Aggregate]]

    def __init__(self) -> None:
        super().__init__()
        self.stored: list[Event] = []
        self.live: A = self.fresh()
        self.clock = 0
        self.begin()

    def fresh(self) -> A:
        return replayed(self.kind(an_id("any")), self.stored)  # type: ignore[return-value]  # a subclass names its kind

    def begin(self) -> None:
        raise NotImplementedError

    def attempt(self, decide: Callable[[A], object], corrects: int | None = None) -> bool:
        copy = self.fresh()
        refusal = _refusal(copy, decide, corrects)
        if refusal is not None:
            assert "<" not in refusal.message_zh + refusal.message_en
            return False
        self.stored += copy.collect_events()
        self.live = copy
        return True

    @rule(at=st.integers(0, 1000))
    @precondition(lambda self: len(self.stored) > 1)
    def withdraw_something(self, at: int) -> None:
        self.attempt(lambda it: it.withdraw(on(self.clock), of=at % len(self.stored) + 1))

    @invariant()
    def a_replay_tells_the_same(self) -> None:
        assert same_facts(self.live, self.fresh())

    @invariant()
    def nothing_is_said_of_a_time_before_the_beginning(self) -> None:
        assert self.live.born is not None
        assert all(moment >= self.live.born for moment in self.moments())

    def moments(self) -> list[datetime]:
        said = [fact for facts in self.live._facts.values() for fact in facts if fact.withdrawn is None]
        return sorted({fact.start for fact in said} | {fact.end for fact in said if fact.end is not None})


def _refusal(copy: A, decide: Callable[[A], object], corrects: int | None) -> Refusal | None:
    try:
        if corrects is not None:
            copy.begin_correction(corrects)
        decide(copy)
    except Refusal as refusal:
        return refusal
    return None


def register(it: Item, when: Mandate, grade: Grade) -> None:
    it.register(
        when,
        asset_number="CZT-1",
        asset_class="A02010105",
        name="台式计算机",
        value=Decimal(4800),
        bought=date(2015, 1, 1),
        owner=OWNER,
        grade=grade,
    )


Act = Callable[[Item, Mandate, Grade], Any]

STEPS: tuple[tuple[Step, Act], ...] = (
    (states.REGISTER, register),
    (states.ACCOUNT, lambda it, at, _: it.renumber(at, asset_number=f"N-{at.effective:%Y%m%d}")),
    (states.ACCOUNT, lambda it, at, _: it.reclassify(at, asset_class="A02010108")),
    (states.ACCOUNT, lambda it, at, _: it.revalue(at, value=Decimal(100), note="评估")),
    (states.REGRADE, lambda it, at, grade: it.regrade(at, grade=grade, note="盘点")),
    (states.REGRADE, lambda it, at, grade: it.repair(at, work="更换电源", cost=Decimal(9), grade=grade)),
    (states.CHANGE_CUSTODIAN, lambda it, at, _: it.change_custodian(at, custodian=PERSON)),
    (states.RELOCATE, lambda it, at, _: it.relocate(at, location="412")),
    (states.SHELVE, lambda it, at, _: it.shelve(at, warehouse=FAIR, shelf="A-01")),
    (states.DECLARE_IDLE, lambda it, at, _: it.declare_idle(at)),
    (states.DECLARE_IDLE, lambda it, at, _: it.put_to_use(at)),
    (
        states.PUBLISH,
        lambda it, at, _: it.publish(at, purpose=PublishedFor.TRANSFER, until=at.effective + timedelta(days=9)),
    ),
    (states.PUBLISH, lambda it, at, _: it.end_publication(at)),
    (
        states.REQUEST_ENTRY,
        lambda it, at, grade: it.request_entry(at, warehouse=HOUSE, reason="闲置", grade_claimed=grade, photos=PHOTOS),
    ),
    (states.CANCEL_ENTRY, lambda it, at, _: it.cancel_entry(at)),
    (states.INSPECT, lambda it, at, grade: it.inspect(at, grade=grade, photos=PHOTOS, note="查验")),
    (states.ACCEPT, lambda it, at, _: it.accept(at, warehouse=HOUSE, shelf="A-01")),
    (states.ACCEPT, lambda it, at, _: it.accept(at, warehouse=FAIR)),
    (states.REFUSE_ENTRY, lambda it, at, _: it.refuse_entry(at, ground=EntryRefusalGround.UNSAFE)),
    (states.TAKE_OUT, lambda it, at, _: it.take_out(at, reason=WithdrawalReason.HANDED_BACK)),
    (
        states.REQUEST_LOAN,
        lambda it, at, _: it.request_loan(at, borrower=BORROWER, purpose="会议", wanted_until=date(2027, 1, 1)),
    ),
    (states.APPROVE_LOAN, lambda it, at, _: it.approve_loan(at)),
    (states.REFUSE_LOAN, lambda it, at, _: it.refuse_loan(at, note="另有安排")),
    (states.LEND, lambda it, at, _: it.lend(at, receiver=PERSON, due=date(2021, 1, 20))),
    (states.EXTEND_LOAN, lambda it, at, _: it.extend_loan(at, due=date(2021, 3, 1))),
    (states.RETURN, lambda it, at, grade: it.take_back(at, warehouse=HOUSE, grade=grade, damage="裂")),
    (
        states.PAST_LOAN,
        lambda it, at, grade: it.record_past_loan(
            at,
            borrower=OTHER,
            receiver=PERSON,
            due=date(2022, 1, 1),
            returned=at.effective + timedelta(days=3),
            grade=grade,
            damage="裂",
        ),
    ),
    (states.TRANSFER, lambda it, at, _: it.transfer(at, to=OTHER)),
    (states.TRANSFER, lambda it, at, _: it.transfer(at, to=OWNER)),
    (states.RECEIVE, lambda it, at, _: it.confirm_receipt(at, custodian=PERSON)),
    (states.FAIL_TRANSFER, lambda it, at, _: it.fail_transfer(at, note="不符")),
    (
        states.REQUEST_DISPOSAL,
        lambda it, at, _: it.request_disposal(at, ground=DisposalGround.FORCE_MAJEURE, note="水淹"),
    ),
    (states.REFUSE_DISPOSAL, lambda it, at, _: it.refuse_disposal(at, note="可用")),
    (
        states.DECIDE_DISPOSAL,
        lambda it, at, _: it.decide_disposal(
            at, ground=DisposalGround.FORCE_MAJEURE, mode=DisposalMode.SCRAP, minutes="纪要 1 号"
        ),
    ),
    (states.DISPOSE, lambda it, at, _: it.complete_disposal(at, income=Decimal(0))),
)


def _procedure(*names: Step) -> tuple[Act, ...]:
    return tuple(next(decide for step, decide in STEPS if step == name) for name in names)


_ENTRY = (states.REQUEST_ENTRY, states.INSPECT, states.ACCEPT)
LENDING = _procedure(*_ENTRY, states.REQUEST_LOAN, states.APPROVE_LOAN, states.LEND)
DISPOSAL = _procedure(*_ENTRY, states.REQUEST_DISPOSAL, states.DECIDE_DISPOSAL)
TRANSFER = _procedure(*_ENTRY, states.TRANSFER)


class AnyLifeOfAnItem(AnySequence[Item]):
    kind = Item

    def begin(self) -> None:
        self.acts: dict[int, tuple[Act, int]] = {}
        self.act(register, 0, Grade.A)

    @initialize(steps=st.sampled_from([(), LENDING, DISPOSAL, TRANSFER]), days=st.integers(0, 3))
    def something_has_happened(self, steps: tuple[Act, ...], days: int) -> None:
        for decide in steps:
            self.clock += days
            assert self.act(decide, self.clock, Grade.B)

    @rule(choice=st.integers(0, 1000), days=st.integers(0, 2), grade=st.sampled_from([Grade.A, Grade.B, Grade.D]))
    def go_on(self, choice: int, days: int, grade: Grade) -> None:
        """The next step of some procedure."""
        status = self.live.status_at(on(self.clock + days).effective)
        possible = [decide for step, decide in STEPS if status in step.from_ and step.to]
        if possible and self.act(possible[choice % len(possible)], self.clock + days, grade):
            self.clock += days

    @rule(choice=st.sampled_from(STEPS), when=DAYS, grade=st.sampled_from(Grade))
    def tell_anything_of_any_day(self, choice: tuple[Step, Act], when: int, grade: Grade) -> None:
        self.act(choice[1], when, grade)

    @rule(at=st.integers(0, 1000), when=DAYS | st.none(), grade=st.sampled_from(Grade))
    def correct_anything(self, at: int, when: int | None, grade: Grade) -> None:
        """The same command again, of another day, or of the day it was told of."""
        version = at % len(self.stored) + 1
        decide, then = self.acts.get(version, (register, 0))
        self.act(decide, then if when is None else when, grade, corrects=version)

    def act(self, decide: Act, when: int, grade: Grade, corrects: int | None = None) -> bool:
        accepted = self.attempt(lambda it: decide(it, on(when), grade), corrects)
        if accepted:
            self.acts[len(self.stored)] = decide, when
        return accepted

    @invariant()
    def every_state_has_what_it_needs(self) -> None:
        for moment in self.moments():
            status = self.live.status_at(moment)
            assert status is not None
            said = {facet: self.live.at(facet, moment) for facet in (*PLACES, *PEOPLE)}
            assert (said[facets.OWNER] is None) == (status is ItemStatus.DISPOSED)
            assert (said[facets.USING_UNIT] is None) or status is not ItemStatus.STORED
            if status in {ItemStatus.STORED, ItemStatus.LENT}:
                assert said[facets.WAREHOUSE] is not None
            if status in {ItemStatus.WITH_UNIT, ItemStatus.INSPECTED, ItemStatus.DISPOSED}:
                assert said[facets.WAREHOUSE] is None
            if status is ItemStatus.LENT:
                assert self.live.at(facets.LOAN_DUE, moment) is not None
                assert said[facets.LOAN_UNIT] is not None
                assert said[facets.USING_UNIT] is not None

    @invariant()
    def what_is_disposed_of_stays_so_and_is_held_by_nobody(self) -> None:
        ends = [moment for moment in self.moments() if self.live.status_at(moment) is ItemStatus.DISPOSED]
        assert ends in ([], self.moments()[-1:])
        if ends:
            assert all(until is not None and until <= ends[0] for until in self.live.holders().values())
        else:
            assert None in self.live.holders().values()

    @invariant()
    def the_asset_number_is_claimed(self) -> None:
        assert len(self.live.claims()) == 1


PLACES = (facets.WAREHOUSE, facets.ENTERING)
PEOPLE = (facets.OWNER, facets.USING_UNIT, facets.LOAN_UNIT, facets.RECEIVING_UNIT)


def receive(it: Lot, when: Mandate, quantity: int) -> None:
    it.receive(
        when,
        warehouse=HOUSE,
        asset_class="A07000000",
        name="A4 复印纸",
        measure="包",
        quantity=Decimal(quantity),
        unit_price=Decimal("18.50"),
    )


MOVEMENTS: tuple[Callable[[Lot, Mandate, int], Any], ...] = (
    receive,
    lambda it, at, quantity: it.issue(at, unit=BORROWER, quantity=Decimal(quantity)),
    lambda it, at, quantity: it.issue(at, unit=OTHER, quantity=Decimal(quantity)),
    lambda it, at, quantity: it.take_back(at, unit=BORROWER, quantity=Decimal(quantity)),
    lambda it, at, quantity: it.count(at, found=Decimal(quantity)),
    lambda it, at, quantity: it.move(at, to=FAIR, quantity=Decimal(quantity), lot=Lot(an_id("part"))),
    lambda it, at, quantity: it.write_off(at, ground=WriteOffGround.LOST, quantity=Decimal(quantity), note="丢失"),
    lambda it, at, _: it.shelve(at, warehouse=HOUSE, shelf="A-01"),
    lambda it, at, _: it.write_off(
        at, ground=WriteOffGround.LOST, quantity=it.quantity_at(at.effective) or Decimal(1), note="丢失"
    ),
    lambda it, at, _: it.close(at),
)


class AnyLifeOfALot(AnySequence[Lot]):
    kind = Lot

    def begin(self) -> None:
        self.attempt(lambda it: receive(it, on(0), 12))

    @rule(decide=st.sampled_from(MOVEMENTS), when=DAYS, quantity=st.integers(1, 9), at=st.integers(0, 1000) | st.none())
    def move_anything(
        self, decide: Callable[[Lot, Mandate, int], Any], when: int, quantity: int, at: int | None
    ) -> None:
        version = None if at is None else at % len(self.stored) + 1
        self.attempt(lambda it: decide(it, on(when), quantity), corrects=version)

    @invariant()
    def there_is_never_less_than_nothing(self) -> None:
        for moment in self.moments():
            assert self.live.quantity_at(moment) >= 0
            assert all(quantity >= 0 for quantity in self.live.issued_at(moment).values())

    @invariant()
    def without_a_count_all_that_came_is_here_or_went(self) -> None:
        end = self.moments()[-1]
        if not any(True for _ in self.live.stated(facets.COUNTED)):
            assert self.live.quantity_at(end) == sum(fact.value for fact in self.live.stated(facets.MOVED))

    @invariant()
    def what_is_closed_is_empty_and_stays_so(self) -> None:
        closed = [m for m in self.moments() if self.live.at(facets.LOT_STATUS, m) is LotStatus.CLOSED]
        assert closed in ([], self.moments()[-1:])
        assert all(self.live.quantity_at(moment) == 0 for moment in closed)
        assert (None in self.live.holders().values()) == (not closed)


def open_it(it: Warehouse, when: Mandate, name: str) -> None:
    it.open(
        when,
        name=name,
        form=WarehouseForm.PHYSICAL,
        managing_unit=OWNER,
        division="640106",
        address="正源北街 186 号",
    )


CHANGES: tuple[Callable[[Warehouse, Mandate, str], Any], ...] = (
    open_it,
    lambda it, at, name: it.rename(at, name=name),
    lambda it, at, name: it.move(at, division="640104", address=name),
    lambda it, at, _: it.move(at, division="640104"),
    lambda it, at, _: it.hand_over(at, to=OTHER),
    lambda it, at, name: it.add_shelf(at, shelf=name),
    lambda it, at, name: it.remove_shelf(at, shelf=name),
    lambda it, at, _: it.appoint_keeper(at, keeper=PERSON),
    lambda it, at, _: it.close(at),
)


class AnyLifeOfAWarehouse(AnySequence[Warehouse]):
    kind = Warehouse

    def begin(self) -> None:
        self.attempt(lambda it: open_it(it, on(0), "甲"))

    @rule(
        decide=st.sampled_from(CHANGES),
        when=DAYS,
        name=st.sampled_from(["甲", "乙", "丙"]),
        at=st.integers(0, 1000) | st.none(),
    )
    def change_anything(
        self, decide: Callable[[Warehouse, Mandate, str], Any], when: int, name: str, at: int | None
    ) -> None:
        version = None if at is None else at % len(self.stored) + 1
        self.attempt(lambda it: decide(it, on(when), name), corrects=version)

    @invariant()
    def what_is_open_is_managed_and_has_an_address_and_what_is_closed_stays_so(self) -> None:
        closed = []
        for moment in self.moments():
            is_open = self.live.at(facets.WAREHOUSE_STATUS, moment) is WarehouseStatus.OPEN
            assert is_open == (self.live.at(facets.MANAGING_UNIT, moment) is not None)
            assert self.live.at(facets.ADDRESS, moment)
            closed += [] if is_open else [moment]
        assert closed in ([], self.moments()[-1:])


TestAnyLifeOfAnItem = AnyLifeOfAnItem.TestCase
TestAnyLifeOfALot = AnyLifeOfALot.TestCase
TestAnyLifeOfAWarehouse = AnyLifeOfAWarehouse.TestCase
TestAnyLifeOfAnItem.settings = settings(BOUNDED, max_examples=25)
TestAnyLifeOfALot.settings = BOUNDED
TestAnyLifeOfAWarehouse.settings = BOUNDED
