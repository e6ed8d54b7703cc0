"""What is lent comes back: looked at, put away, each step in its state, and corrected."""

from __future__ import annotations

from datetime import date

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.mandate import EffectiveInFuture
from domain.warehouse import loan_events as happened
from domain.warehouse.facets import LOAN_DUE, SHELF, USING_UNIT
from domain.warehouse.item_life import DamageNotDescribed, StatesOutOfOrder, StepNotAllowed
from domain.warehouse.terms import Grade, ItemStatus
from domain.warehouse.warehouse import ShelfUnknown, WarehouseClosesLater
from tests.domain.scenario import day, given, mandate
from tests.domain.warehouse.lending import REQUESTED, extended, loan_refused, past_loan
from tests.domain.warehouse.situations import (
    IN_STORE,
    ON_LOAN,
    Done,
    a_closed_warehouse,
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
