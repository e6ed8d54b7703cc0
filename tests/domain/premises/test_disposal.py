"""Disposal: opened, approved, completed in one of six modes, abandoned."""

from decimal import Decimal

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing
from domain.premises import disposal as refused
from domain.premises.allocation_rules import DisposalExcludesUse
from domain.premises.events import disposal as happened
from domain.premises.facets import BUILDING_STATUS, DISPOSAL, DISPOSAL_MODE, LET_TO, OWNER, PURPOSE
from domain.premises.premise import LaterFactsStand, PeriodBackwards
from domain.premises.standing import BuildingNotStanding
from domain.premises.terms import BuildingStatus, DisposalMode, DisposalStage, Purpose
from domain.premises.title import TitleNotRegistered
from tests.domain.premises import builders as b
from tests.domain.scenario import day, given, mandate


def completed(
    since: str = "2023-01-01",
    counterparty: str | None = "宁夏公共资源交易中心买受人甲",
    purpose: Purpose | None = None,
    until: str | None = None,
) -> b.Told:
    return lambda it: it.complete_disposal(
        mandate(since),
        counterparty=counterparty,
        income=Decimal("3200000.00"),
        purpose=purpose,
        until=day(until) if until else None,
    )


def abandoned(since: str = "2022-09-01") -> b.Told:
    return lambda it: it.abandon_disposal(mandate(since))


ENDINGS = {
    DisposalMode.SWAP: BuildingStatus.SWAPPED,
    DisposalMode.AUCTION: BuildingStatus.AUCTIONED,
    DisposalMode.DEMOLISH: BuildingStatus.DEMOLISHED,
}


@pytest.mark.parametrize(("mode", "status"), ENDINGS.items(), ids=ENDINGS)
def test_swap_auction_and_demolition_end_a_building(mode: DisposalMode, status: BuildingStatus) -> None:
    scenario = given(b.a_titled_building(b.disposal_opened(mode), b.disposal_approved())).when(completed())
    scenario.then((happened.DisposalCompleted, {"mode": mode, "income": Decimal("3200000.00")}))
    building = scenario.aggregate
    assert building.at(BUILDING_STATUS, day("2023-01-01")) is status
    assert building.at(OWNER, day("2023-01-01")) is None
    assert building.emptied_from == day("2023-01-01")
    assert building.holders() == {b.BUREAU.id: day("2023-01-01")}


LASTING = (DisposalMode.REALLOCATE, DisposalMode.CONVERT, DisposalMode.LET)


@pytest.mark.parametrize("mode", LASTING, ids=LASTING)
def test_the_other_modes_leave_it_standing(mode: DisposalMode) -> None:
    building = b.a_titled_building(b.disposal_opened(mode), b.disposal_approved())
    given(building).when(completed(purpose=Purpose.COMMUNITY)).then(happened.DisposalCompleted)
    building.require_standing(day("2024-01-01"))
    assert building.emptied_from is None
    assert building.at(PURPOSE, day("2024-01-01")) is Purpose.COMMUNITY


def test_a_disposal_goes_through_its_stages() -> None:
    scenario = given(b.a_titled_building()).when(b.disposal_opened(DisposalMode.LET))
    scenario.when(b.disposal_approved()).when(completed(until="2026-01-01"))
    scenario.then(
        (happened.DisposalOpened, {"mode": DisposalMode.LET}),
        happened.DisposalApproved,
        (happened.DisposalCompleted, {"until": day("2026-01-01")}),
    )
    building = scenario.aggregate
    assert building.at(DISPOSAL, day("2022-02-01")) is DisposalStage.OPENED
    assert building.at(DISPOSAL, day("2022-07-01")) is DisposalStage.APPROVED
    assert building.at(DISPOSAL_MODE, day("2023-07-01")) is DisposalMode.LET
    assert building.at(LET_TO, day("2025-01-01")) == "宁夏公共资源交易中心买受人甲"
    assert building.at(LET_TO, day("2026-01-01")) is None


def test_all_stages_may_be_told_for_one_day() -> None:
    b.a_titled_building(
        b.disposal_opened(since="2022-01-01"), b.disposal_approved("2022-01-01"), b.demolished("2022-01-01")
    )


def test_a_disposal_stands_on_documents() -> None:
    bare = mandate(documents=())
    scenario = given(b.a_titled_building())
    scenario.refused(DocumentMissing, lambda it: it.open_disposal(bare, mode=DisposalMode.LET))
    scenario.refused(DocumentMissing, lambda it: it.approve_disposal(bare))
    scenario.refused(DocumentMissing, lambda it: it.complete_disposal(bare))


TITLES: dict[str, b.Told] = {
    "unknown": lambda it: it.declare_title_unknown(mandate("2005-01-01")),
    "filed": lambda it: it.file_title(mandate("2005-01-01"), owner=b.BUREAU, missing="档案遗失"),
    "disputed": lambda it: it.dispute_title(mandate("2005-01-01"), disputed_with="某公司"),
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_only_what_is_registered_is_disposed_of(title: b.Told) -> None:
    given(b.a_building(title)).refused(TitleNotRegistered, b.disposal_opened())


def test_a_dispute_that_comes_up_stops_the_disposal() -> None:
    building = b.a_titled_building(
        b.disposal_opened(), lambda it: it.dispute_title(mandate("2022-03-01"), disputed_with="某公司")
    )
    given(building).refused(TitleNotRegistered, b.disposal_approved())
    given(building).when(abandoned()).then(happened.DisposalAbandoned)


def test_a_title_registered_later_does_not_help_a_disposal_before_it() -> None:
    given(b.a_building(b.title_registered("2023-01-01"))).refused(TitleNotRegistered, b.disposal_opened())


def test_what_is_in_use_is_not_disposed_of() -> None:
    given(b.a_titled_building(b.allocated())).refused(refused.BuildingInUse, b.disposal_opened())


def test_what_will_be_in_use_is_not_disposed_of() -> None:
    building = b.a_titled_building(b.allocated("2022-03-01"))
    b.breaks(DisposalExcludesUse, building, b.disposal_opened())


def test_after_a_reallocation_is_completed_the_building_is_allocated_again() -> None:
    building = b.a_titled_building(
        b.disposal_opened(DisposalMode.REALLOCATE), b.disposal_approved(), completed(), b.allocated("2023-01-01")
    )
    assert b.FINANCE.id in building.allocated_at(day("2023-01-01"))


def test_a_disposal_is_not_opened_twice() -> None:
    given(b.a_titled_building(b.disposal_opened())).refused(
        refused.DisposalOutOfOrder, b.disposal_opened(since="2022-02-01")
    )


def test_only_an_opened_disposal_is_approved_and_only_an_approved_one_completed() -> None:
    given(b.a_titled_building()).refused(refused.DisposalOutOfOrder, b.disposal_approved())
    given(b.a_titled_building(b.disposal_opened())).refused(refused.DisposalOutOfOrder, completed())


def test_only_a_disposal_under_way_is_abandoned() -> None:
    given(b.a_titled_building()).refused(refused.DisposalOutOfOrder, abandoned())


def test_an_abandoned_disposal_may_be_opened_again() -> None:
    scenario = given(b.a_titled_building(b.disposal_opened(), b.disposal_approved())).when(abandoned())
    scenario.when(b.disposal_opened(DisposalMode.AUCTION, "2022-10-01"))
    scenario.then(happened.DisposalAbandoned, happened.DisposalOpened)


def test_a_late_opening_does_not_contradict_the_stages_recorded_after_it() -> None:
    b.breaks(
        refused.DisposalOutOfOrder,
        b.a_titled_building(b.disposal_opened()),
        b.disposal_opened(DisposalMode.LET, "2021-01-01"),
    )


def test_an_approval_on_which_a_completion_rests_is_not_withdrawn() -> None:
    b.breaks(refused.DisposalOutOfOrder, b.a_demolished_building(), lambda it: it.withdraw(mandate(), of=4))


PARTIES = (DisposalMode.LET, DisposalMode.AUCTION, DisposalMode.SWAP)


@pytest.mark.parametrize("mode", PARTIES, ids=PARTIES)
def test_it_is_said_who_buys_rents_or_exchanges(mode: DisposalMode) -> None:
    building = b.a_titled_building(b.disposal_opened(mode), b.disposal_approved())
    given(building).refused(refused.CounterpartyMissing, completed(counterparty=None))


def test_a_converted_building_gets_a_purpose() -> None:
    building = b.a_titled_building(b.disposal_opened(DisposalMode.CONVERT), b.disposal_approved())
    given(building).refused(refused.NewPurposeMissing, completed())


def test_a_lease_does_not_end_before_it_begins() -> None:
    building = b.a_titled_building(b.disposal_opened(DisposalMode.LET), b.disposal_approved())
    given(building).refused(PeriodBackwards, completed(until="2022-12-31"))


def test_a_building_does_not_end_before_what_is_recorded_later() -> None:
    building = b.a_titled_building(
        b.disposal_opened(), b.disposal_approved(), lambda it: it.rename(mandate("2024-01-01"), name="新楼")
    )
    given(building).refused(LaterFactsStand, b.demolished())


AFTER_THE_END: dict[str, b.Told] = {
    "open": b.disposal_opened(since="2024-01-01"),
    "approve": b.disposal_approved("2024-01-01"),
    "complete": completed("2024-01-01"),
    "abandon": abandoned("2024-01-01"),
}


@pytest.mark.parametrize("change", AFTER_THE_END.values(), ids=AFTER_THE_END)
def test_a_building_is_disposed_of_once(change: b.Told) -> None:
    given(b.a_demolished_building()).refused(BuildingNotStanding, change)


def test_the_day_of_a_demolition_is_corrected() -> None:
    scenario = given(b.a_demolished_building()).correcting(5, b.demolished("2023-05-01"))
    scenario.then((FactCorrected, {"of": 5}))
    scenario.aggregate.require_standing(day("2023-04-30"))
    assert scenario.aggregate.emptied_from == day("2023-05-01")


def test_a_demolition_that_never_happened_is_withdrawn() -> None:
    building = b.a_demolished_building()
    building.withdraw(mandate(), of=5)
    building.require_standing(day("2024-01-01"))
    assert building.at(OWNER, day("2024-01-01")) == b.BUREAU.id
