"""Loans of former times: told when they are over, sliding under what followed."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.errors import Refusal
from domain.kernel.mandate import EffectiveInFuture
from domain.warehouse import loan_events as happened
from domain.warehouse.facets import GRADE, LOCATION, SHELF, USING_UNIT
from domain.warehouse.item_life import DamageNotDescribed, StatesOutOfOrder
from domain.warehouse.lending import DueBeforeLoan, ReturnedBeforeLent
from domain.warehouse.terms import Grade, ItemStatus
from tests.domain.scenario import day, given
from tests.domain.warehouse.lending import past_loan
from tests.domain.warehouse.situations import IN_STORE, ON_LOAN, Done, an_item, contradicts, returned


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
