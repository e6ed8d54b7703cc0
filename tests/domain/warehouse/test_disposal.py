"""Items that are disposed of: asked for, decided by a meeting, carried out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing
from domain.warehouse import leaving_events as happened
from domain.warehouse.disposal import (
    BelowMinimumLife,
    DonationWithIncome,
    DonationWithoutRecipient,
    LentComesBackFirst,
    LostCannotBeGiven,
)
from domain.warehouse.facets import (
    CUSTODIAN,
    DISPOSAL_GROUND,
    DISPOSAL_INCOME,
    DISPOSAL_MODE,
    OWNER,
    USING_UNIT,
    WAREHOUSE,
)
from domain.warehouse.item import Item
from domain.warehouse.item_life import StepNotAllowed
from domain.warehouse.life import EndsBeforeLaterFacts
from domain.warehouse.terms import DisposalGround, DisposalMode, Grade, ItemStatus
from tests.domain.scenario import day, given, mandate
from tests.domain.warehouse.situations import (
    DISPOSED,
    IN_STORE,
    ON_LOAN,
    Done,
    a_unit,
    an_item,
    contradicts,
    disposal_decided,
    disposal_requested,
    disposed,
    entry_requested,
    registered,
)

REQUESTED = (registered(), disposal_requested("2025-05-01"))
DECIDED = (*REQUESTED, disposal_decided("2025-05-20"))


def disposal_refused(when: str) -> Done:
    return lambda it: it.refuse_disposal(mandate(when), note="可维修后继续使用")


def test_disposal_is_asked_for_on_a_ground() -> None:
    scenario = given(an_item()).when(disposal_requested("2025-05-01"))
    scenario.then((happened.DisposalRequested, {"ground": DisposalGround.NOT_WORTH_REPAIR}))
    assert scenario.aggregate.at(DISPOSAL_GROUND, day("2025-05-01")) is DisposalGround.NOT_WORTH_REPAIR


@pytest.mark.parametrize("ground", [DisposalGround.OBSOLETE, DisposalGround.PAST_LIFE])
def test_the_minimum_life_is_lived_out(ground: DisposalGround) -> None:
    given(an_item()).refused(BelowMinimumLife, disposal_requested("2026-02-18", ground))
    given(an_item(*REQUESTED)).refused(BelowMinimumLife, disposal_decided("2025-05-20", ground))
    given(an_item()).when(disposal_requested("2026-02-20", ground)).then(happened.DisposalRequested)


@pytest.mark.parametrize("ground", [DisposalGround.NOT_WORTH_REPAIR, DisposalGround.LOSS, DisposalGround.FORCE_MAJEURE])
def test_what_is_beyond_repair_or_gone_is_disposed_of_at_any_age(ground: DisposalGround) -> None:
    given(an_item()).when(disposal_requested("2020-06-01", ground)).then(happened.DisposalRequested)


def test_what_has_no_minimum_life_is_disposed_of_on_any_ground() -> None:
    books = an_item(registered(asset_class="A04000000"))
    given(books).when(disposal_requested("2021-01-01", DisposalGround.OBSOLETE)).then(happened.DisposalRequested)


def test_a_life_that_begins_on_a_leap_day_ends_on_the_first_of_march() -> None:
    item = an_item()
    item.begin_correction(1)
    registered_on_a_leap_day(item)
    end = item.end_of_life(day("2024-01-01"))
    assert end is not None
    assert end.isoformat() == "2026-03-01"


def registered_on_a_leap_day(item: Item) -> None:
    item.register(
        mandate("2020-03-01"),
        asset_number="1",
        asset_class="A02010105",
        name="机",
        value=Decimal(1),
        bought=date(2020, 2, 29),
        owner=a_unit(),
    )


def test_what_is_lent_comes_back_before_it_is_disposed_of_unless_it_is_gone() -> None:
    given(an_item(*ON_LOAN)).refused(LentComesBackFirst, disposal_requested("2025-06-01"))
    lost = an_item(*ON_LOAN, disposal_requested("2025-06-01", DisposalGround.LOSS))
    given(lost).refused(LentComesBackFirst, disposal_decided("2025-06-10"))
    scenario = given(lost).when(disposal_refused("2025-06-20"))
    scenario.then((happened.DisposalRefused, {"back_to": ItemStatus.LENT}))


def test_a_meeting_decides_with_its_minutes_on_a_document() -> None:
    scenario = given(an_item(*REQUESTED)).when(disposal_decided("2025-05-20"))
    scenario.then((happened.DisposalDecided, {"mode": DisposalMode.RECYCLE, "minutes": "党组会纪要〔2025〕12号"}))
    assert scenario.aggregate.at(DISPOSAL_MODE, day("2025-05-20")) is DisposalMode.RECYCLE
    given(an_item(*REQUESTED)).refused(
        DocumentMissing,
        lambda i: i.decide_disposal(
            mandate("2025-05-20", documents=()),
            ground=DisposalGround.NOT_WORTH_REPAIR,
            mode=DisposalMode.SCRAP,
            minutes="1",
        ),
    )


@pytest.mark.parametrize("mode", [DisposalMode.AUCTION, DisposalMode.RECYCLE, DisposalMode.DONATE])
def test_what_is_lost_is_written_off_and_nothing_else(mode: DisposalMode) -> None:
    lost = an_item(registered(), disposal_requested("2025-05-01", DisposalGround.LOSS))
    given(lost).refused(LostCannotBeGiven, disposal_decided("2025-05-20", DisposalGround.LOSS, mode))
    given(lost).when(disposal_decided("2025-05-20", DisposalGround.LOSS, DisposalMode.SCRAP)).then(
        happened.DisposalDecided
    )


@pytest.mark.parametrize("past", [REQUESTED, DECIDED], ids=["requested", "decided"])
def test_a_disposal_that_comes_to_nothing_leaves_the_item_as_it_was(past: tuple[Done, ...]) -> None:
    item = given(an_item(*past)).when(disposal_refused("2025-06-01")).then(happened.DisposalRefused).aggregate
    assert item.status_at(day("2025-06-01")) is ItemStatus.WITH_UNIT
    assert item.at(DISPOSAL_GROUND, day("2025-06-01")) is None


def test_what_is_disposed_of_is_nobodys_from_then_on() -> None:
    past = (*IN_STORE, disposal_requested("2025-05-01"), disposal_decided("2025-05-20"))
    scenario = given(an_item(*past)).when(disposed("2025-06-15"))
    scenario.then((happened.ItemDisposedOf, {"income": Decimal(60)}))
    item, then = scenario.aggregate, day("2025-06-15")
    assert item.status_at(then) is ItemStatus.DISPOSED
    assert [item.at(facet, then) for facet in (OWNER, USING_UNIT, CUSTODIAN, WAREHOUSE)] == [None] * 4
    assert item.at(DISPOSAL_INCOME, then) == Decimal(60)
    assert set(item.holders().values()) == {then}


def test_what_a_borrower_lost_is_written_off_and_held_by_nobody() -> None:
    lost = (
        *ON_LOAN,
        disposal_requested("2025-06-01", DisposalGround.LOSS),
        disposal_decided("2025-06-10", DisposalGround.LOSS, DisposalMode.SCRAP),
    )
    item = given(an_item(*lost)).when(disposed("2025-06-15", 0, None)).then(happened.ItemDisposedOf).aggregate
    assert set(item.holders().values()) == {day("2025-06-15")}


def test_a_donation_brings_no_income_and_names_who_receives_it() -> None:
    donated = (*REQUESTED, disposal_decided("2025-05-20", mode=DisposalMode.DONATE))
    scenario = given(an_item(*donated))
    scenario.refused(DonationWithIncome, disposed("2025-06-15"))
    scenario.refused(DonationWithoutRecipient, disposed("2025-06-15", 0, None))
    scenario.when(disposed("2025-06-15", 0, "西吉县将台中学")).then(happened.ItemDisposedOf)


def test_completion_stands_on_a_document() -> None:
    given(an_item(*DECIDED)).refused(
        DocumentMissing, lambda i: i.complete_disposal(mandate("2025-06-15", documents=()), income=Decimal(0))
    )


@pytest.mark.parametrize(
    ("past", "step"),
    [
        ((registered(), entry_requested("2025-01-01")), disposal_requested("2025-02-01")),
        ((registered(),), disposal_decided("2025-05-20")),
        ((registered(),), disposal_refused("2025-05-20")),
        (REQUESTED, disposed("2025-06-15")),
        (DECIDED, disposal_decided("2025-06-15")),
        (DISPOSED, disposal_requested("2026-01-01")),
        (DISPOSED, disposed("2026-01-01")),
    ],
)
def test_each_step_has_the_states_in_which_it_is_taken(past: tuple[Done, ...], step: Done) -> None:
    given(an_item(*past)).refused(StepNotAllowed, step)


def test_a_late_disposal_does_not_cut_off_what_is_recorded_later() -> None:
    item = an_item(*DECIDED)
    item.revalue(mandate("2025-09-01"), value=Decimal(1), note="评估")
    contradicts(item, EndsBeforeLaterFacts, lambda: disposed("2025-06-15")(item))


def test_what_happened_before_the_disposal_can_still_be_told() -> None:
    item = an_item(*DISPOSED)
    item.regrade(mandate("2022-01-01"), grade=Grade.B, note="盘点")
    assert item.status_at(day("2026-01-01")) is ItemStatus.DISPOSED


def test_a_wrong_income_is_corrected() -> None:
    scenario = given(an_item(*DISPOSED)).correcting(4, disposed("2025-06-15", 80)).then((FactCorrected, {"of": 4}))
    assert scenario.aggregate.at(DISPOSAL_INCOME, day("2025-07-01")) == Decimal(80)
