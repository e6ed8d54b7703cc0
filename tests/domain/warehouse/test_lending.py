"""Items that are lent: asked for, approved, handed over, extended, returned."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from domain.kernel.errors import Refusal
from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.organisations.person import PersonNotEmployed
from domain.organisations.unit import UnitNotActive
from domain.warehouse import loan_events as happened
from domain.warehouse.facets import CUSTODIAN, GRADE, LOAN_DUE, LOAN_UNIT, LOCATION, SHELF, USING_UNIT, WAREHOUSE
from domain.warehouse.item_life import DamageNotDescribed, StatesOutOfOrder, StepNotAllowed
from domain.warehouse.lending import (
    DueBeforeLoan,
    NotAnExtension,
    NotFitToLend,
    OwnerBorrowsOwn,
    ReceiverOfAnotherUnit,
    ReturnedBeforeLent,
)
from domain.warehouse.terms import Grade, ItemStatus
from domain.warehouse.warehouse import ShelfUnknown, WarehouseClosesLater
from tests.domain.scenario import day, given, mandate
from tests.domain.warehouse.situations import (
    IN_STORE,
    ON_LOAN,
    Done,
    a_closed_warehouse,
    a_person,
    a_unit,
    a_warehouse,
    an_item,
    contradicts,
    lent,
    loan_approved,
    loan_requested,
    registered,
    returned,
)

REQUESTED = (*IN_STORE, loan_requested("2025-02-01"))
APPROVED = (*REQUESTED, loan_approved("2025-02-03"))


def loan_refused(when: str) -> Done:
    return lambda it: it.refuse_loan(mandate(when), note="已有其他安排")


def extended(when: str, due: date) -> Done:
    return lambda it: it.extend_loan(mandate(when), due=due)


def past_loan(
    since: str,
    until: str | datetime,
    *,
    due: date = date(2024, 12, 31),
    grade: Grade = Grade.B,
    damage: str | None = None,
) -> Done:
    return lambda it: it.record_past_loan(
        mandate(since),
        borrower=a_unit("信访局"),
        receiver=a_person("李建"),
        due=due,
        returned=day(until) if isinstance(until, str) else until,
        grade=grade,
        damage=damage,
        location="政府楼 201",
    )


def test_a_unit_asks_to_borrow_what_is_in_a_warehouse() -> None:
    borrower = a_unit("信访局")
    scenario = given(an_item(*IN_STORE)).when(loan_requested("2025-02-01"))
    scenario.then((happened.LoanRequested, {"borrower": borrower.id, "wanted_until": date(2026, 12, 31)}))
    assert scenario.aggregate.at(LOAN_UNIT, day("2025-02-01")) == borrower.id
    assert scenario.aggregate.at(USING_UNIT, day("2025-02-01")) is None


def test_who_borrows_is_another_unit_and_exists() -> None:
    ended = a_unit("旧局")
    ended.abolish(mandate("2016-01-01"))
    scenario = given(an_item(*IN_STORE))
    scenario.refused(UnitNotActive, loan_requested("2025-02-01", ended))
    scenario.refused(OwnerBorrowsOwn, loan_requested("2025-02-01", a_unit()))


@pytest.mark.parametrize("grade", [Grade.C, Grade.D])
def test_what_is_to_be_repaired_or_scrapped_is_not_lent(grade: Grade) -> None:
    item = an_item(*IN_STORE)
    item.regrade(mandate("2025-01-01"), grade=grade, note="受潮")
    item.collect_events()
    given(item).refused(NotFitToLend, loan_requested("2025-02-01"))


def test_nothing_is_wanted_or_due_back_before_it_is_lent() -> None:
    given(an_item(*IN_STORE)).refused(DueBeforeLoan, loan_requested_until(date(2025, 1, 31)))
    given(an_item(*APPROVED)).refused(DueBeforeLoan, lent("2025-02-05", date(2025, 2, 4)))


def loan_requested_until(wanted: date) -> Done:
    return lambda it: it.request_loan(
        mandate("2025-02-01"), borrower=a_unit("信访局"), purpose="会议", wanted_until=wanted
    )


def test_a_loan_is_approved_on_a_document() -> None:
    given(an_item(*REQUESTED)).refused(DocumentMissing, lambda i: i.approve_loan(mandate(documents=())))
    given(an_item(*REQUESTED)).when(loan_approved("2025-02-03")).then(happened.LoanApproved)


@pytest.mark.parametrize("past", [REQUESTED, APPROVED], ids=["requested", "approved"])
def test_a_loan_that_comes_to_nothing_leaves_the_item_in_store(past: tuple[Done, ...]) -> None:
    item = given(an_item(*past)).when(loan_refused("2025-02-04")).then(happened.LoanRefused).aggregate
    assert item.status_at(day("2025-02-04")) is ItemStatus.STORED
    assert item.at(LOAN_UNIT, day("2025-02-04")) is None
    assert item.holders()[a_unit("信访局").id] == day("2025-02-04")


def test_what_is_lent_is_used_by_the_borrower_and_still_belongs_to_the_warehouse() -> None:
    scenario = given(an_item(*APPROVED)).when(lent("2025-02-05"))
    scenario.then((happened.ItemLent, {"borrower": a_unit("信访局").id, "due": date(2026, 6, 30)}))
    item, then = scenario.aggregate, day("2025-02-05")
    assert (item.at(USING_UNIT, then), item.at(CUSTODIAN, then)) == (a_unit("信访局").id, a_person("李建").id)
    assert (item.at(WAREHOUSE, then), item.at(SHELF, then)) == (a_warehouse().id, None)
    assert item.idle_since(then) is None
    assert item.holders() == {a_unit().id: None, a_unit("信访局").id: None, a_warehouse().id: None}


def test_a_receiver_is_in_a_post_and_one_of_another_unit_is_worth_a_look() -> None:
    gone = a_person("赵六")
    gone.leave(mandate("2021-01-01"))
    item = an_item(*APPROVED)
    given(item).refused(
        PersonNotEmployed, lambda i: i.lend(mandate("2025-02-05"), receiver=gone, due=date(2025, 12, 31))
    )
    item.lend(mandate("2025-02-05"), receiver=a_person("马文", a_unit()), due=date(2025, 12, 31))
    assert [type(notice) for notice in item.notices] == [ReceiverOfAnotherUnit]
    assert an_item(*ON_LOAN).notices == []


def test_a_loan_is_overdue_from_the_day_after_it_was_due() -> None:
    item = an_item(*ON_LOAN)
    assert not item.is_overdue(day("2026-06-30"))
    assert not item.is_overdue(day("2026-06-30").replace(hour=15, minute=59))
    assert item.is_overdue(day("2026-06-30").replace(hour=16))
    returned("2026-07-02")(item)
    assert item.is_overdue(day("2026-07-01"))
    assert not item.is_overdue(day("2026-07-02"))


def test_a_loan_is_extended_on_a_document_to_a_later_day() -> None:
    scenario = given(an_item(*ON_LOAN))
    scenario.refused(NotAnExtension, extended("2026-06-01", date(2026, 6, 30)))
    scenario.refused(
        DocumentMissing, lambda i: i.extend_loan(mandate("2026-06-01", documents=()), due=date(2026, 9, 30))
    )
    scenario.when(extended("2026-06-01", date(2026, 9, 30))).then((happened.LoanExtended, {"due": date(2026, 9, 30)}))
    assert scenario.aggregate.at(LOAN_DUE, day("2026-05-31")) == date(2026, 6, 30)
    assert not scenario.aggregate.is_overdue(day("2026-07-15"))


def test_a_wrong_extension_is_corrected() -> None:
    scenario = given(an_item(*ON_LOAN, extended("2026-06-01", date(2027, 9, 30))))
    scenario.correcting(8, extended("2026-06-01", date(2026, 9, 30))).then((FactCorrected, {"of": 8}))
    assert scenario.aggregate.at(LOAN_DUE, day("2026-06-02")) == date(2026, 9, 30)


def test_what_comes_back_is_looked_at_and_put_away() -> None:
    scenario = given(an_item(*ON_LOAN)).when(returned("2026-05-01", Grade.C, "屏幕有裂纹"))
    scenario.then((happened.ItemReturned, {"grade": Grade.C, "damage": "屏幕有裂纹"}))
    item, then = scenario.aggregate, day("2026-05-01")
    assert item.status_at(then) is ItemStatus.STORED
    assert (item.at(USING_UNIT, then), item.at(LOAN_DUE, then), item.at(SHELF, then)) == (None, None, "A-01")
    assert item.idle_since(then) == then
    assert item.holders()[a_unit("信访局").id] == then


@pytest.mark.parametrize("damage", [None, "  "])
def test_who_gives_back_a_thing_worse_than_it_was_says_what_happened(damage: str | None) -> None:
    given(an_item(*ON_LOAN)).refused(DamageNotDescribed, returned("2026-05-01", Grade.C, damage))


def test_what_comes_back_goes_to_a_warehouse_that_stays_open_onto_a_shelf_that_is_there() -> None:
    scenario = given(an_item(*ON_LOAN))
    closed, when = a_closed_warehouse("2026-06-01"), mandate("2026-05-01")
    scenario.refused(WarehouseClosesLater, lambda i: i.take_back(when, warehouse=closed, grade=Grade.B))
    scenario.refused(ShelfUnknown, lambda i: i.take_back(when, warehouse=a_warehouse(), grade=Grade.B, shelf="Z-9"))


@pytest.mark.parametrize(
    ("past", "step"),
    [
        ((registered(),), loan_requested("2025-02-01")),
        (REQUESTED, loan_requested("2025-02-02")),
        (IN_STORE, loan_approved("2025-02-01")),
        (REQUESTED, lent("2025-02-02")),
        (IN_STORE, loan_refused("2025-02-02")),
        (ON_LOAN, loan_refused("2025-03-02")),
        (IN_STORE, extended("2025-02-02", date(2026, 1, 1))),
        (IN_STORE, returned("2025-02-02")),
        (ON_LOAN, past_loan("2025-03-01", "2025-03-02")),
    ],
)
def test_each_step_has_the_states_in_which_it_is_taken(past: tuple[Done, ...], step: Done) -> None:
    given(an_item(*past)).refused(StepNotAllowed, step)


def test_a_return_is_not_told_before_it_happens() -> None:
    given(an_item(*ON_LOAN)).refused(EffectiveInFuture, returned("2027-01-01"))


def test_a_wrong_handover_is_corrected_under_the_return_that_followed() -> None:
    scenario = given(an_item(*ON_LOAN, returned("2026-05-01")))
    scenario.correcting(7, lent("2025-02-06", date(2025, 12, 31))).then((FactCorrected, {"of": 7}))
    item = scenario.aggregate
    assert item.status_at(day("2025-02-05")) is ItemStatus.LOAN_APPROVED
    assert item.at(LOAN_DUE, day("2025-03-01")) == date(2025, 12, 31)
    assert item.status_at(day("2026-05-02")) is ItemStatus.STORED


def test_a_handover_is_not_withdrawn_from_under_its_return() -> None:
    item = an_item(*ON_LOAN, returned("2026-05-01"))
    contradicts(item, StatesOutOfOrder, lambda: item.withdraw(mandate(), of=7))


def test_a_loan_of_former_times_is_told_when_it_is_over_and_slides_under_what_followed() -> None:
    scenario = given(an_item(*ON_LOAN)).when(past_loan("2024-03-01", "2024-05-01"))
    scenario.then((happened.PastLoanRecorded, {"returned": day("2024-05-01")}))
    item = scenario.aggregate
    states = [item.status_at(day(when)) for when in ("2024-02-01", "2024-04-01", "2024-05-01", "2025-02-10")]
    assert states == [ItemStatus.STORED, ItemStatus.LENT, ItemStatus.STORED, ItemStatus.LENT]
    assert item.at(LOCATION, day("2024-04-01")) == "政府楼 201"
    assert (item.at(SHELF, day("2024-04-01")), item.at(SHELF, day("2024-05-01"))) == (None, "A-01")
    assert item.at(USING_UNIT, day("2024-05-01")) is None
    assert item.idle_since(day("2025-01-01")) == day("2024-05-01")


def test_a_loan_of_former_times_leaves_the_grade_that_came_back() -> None:
    item = given(an_item(*IN_STORE)).when(past_loan("2024-03-01", "2024-05-01", grade=Grade.C, damage="裂")).aggregate
    assert item.at(GRADE, day("2024-04-01")) is Grade.B
    assert item.at(GRADE, day("2024-05-01")) is Grade.C


@pytest.mark.parametrize(
    ("refusal", "step"),
    [
        (ReturnedBeforeLent, past_loan("2024-03-01", "2024-03-01")),
        (EffectiveInFuture, past_loan("2024-03-01", "2027-03-01")),
        (DueBeforeLoan, past_loan("2024-03-01", "2024-05-01", due=date(2024, 2, 1))),
        (DamageNotDescribed, past_loan("2024-03-01", "2024-05-01", grade=Grade.D)),
    ],
)
def test_a_loan_of_former_times_has_an_order_of_its_own(refusal: type[Refusal], step: Done) -> None:
    given(an_item(*IN_STORE)).refused(refusal, step)


def test_a_loan_of_former_times_does_not_run_into_what_is_recorded() -> None:
    item = an_item(*ON_LOAN)
    contradicts(item, StatesOutOfOrder, lambda: past_loan("2024-03-01", "2025-02-02")(item))


def test_nothing_happens_between_the_beginning_and_the_end_of_a_loan_of_former_times() -> None:
    item = an_item(*IN_STORE, past_loan("2024-03-01", "2024-05-01"))
    contradicts(item, StatesOutOfOrder, lambda: returned("2024-04-01")(item))
