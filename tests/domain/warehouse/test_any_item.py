"""No sequence of accepted commands, corrections and withdrawals reaches an impossible state, and a replay tells the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from domain.kernel.mandate import Mandate
from domain.warehouse import facets, states
from domain.warehouse.item import Item
from domain.warehouse.states import Step
from domain.warehouse.terms import (
    DisposalGround,
    DisposalMode,
    EntryRefusalGround,
    Grade,
    ItemStatus,
    PublishedFor,
    WithdrawalReason,
)
from tests.domain.warehouse.sequences import BORROWER, BOUNDED, DAYS, FAIR, HOUSE, OTHER, OWNER, PERSON, AnySequence, on
from tests.domain.warehouse.situations import PHOTOS

PLACES = (facets.WAREHOUSE, facets.ENTERING)
PEOPLE = (facets.OWNER, facets.USING_UNIT, facets.LOAN_UNIT, facets.RECEIVING_UNIT)


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


TestAnyLifeOfAnItem = AnyLifeOfAnItem.TestCase
TestAnyLifeOfAnItem.settings = settings(BOUNDED, max_examples=25)
