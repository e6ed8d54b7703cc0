"""A loan from the request to the handover and its extension: by whom, of what, on which document."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing
from domain.organisations.person import PersonNotEmployed
from domain.organisations.unit import UnitNotActive
from domain.warehouse import loan_events as happened
from domain.warehouse.facets import CUSTODIAN, LOAN_DUE, LOAN_UNIT, SHELF, USING_UNIT, WAREHOUSE
from domain.warehouse.lending import DueBeforeLoan, NotAnExtension, NotFitToLend, OwnerBorrowsOwn, ReceiverOfAnotherUnit
from domain.warehouse.terms import Grade, ItemStatus
from tests.domain.scenario import day, given, mandate
from tests.domain.warehouse.lending import REQUESTED, extended, loan_refused
from tests.domain.warehouse.situations import (
    IN_STORE,
    ON_LOAN,
    Done,
    a_person,
    a_unit,
    a_warehouse,
    an_item,
    lent,
    loan_approved,
    loan_requested,
    returned,
)

APPROVED = (*REQUESTED, loan_approved("2025-02-03"))


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
