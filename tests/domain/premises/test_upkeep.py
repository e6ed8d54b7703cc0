"""Upkeep: inspections, daily repairs, major repairs."""

from decimal import Decimal

import pytest

from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.premises import upkeep as refused
from domain.premises.events import upkeep as happened
from domain.premises.facets import CONDITION, REPAIR, REPAIR_COST
from domain.premises.standing import BuildingNotStanding
from domain.premises.terms import Condition, RepairStage
from tests.domain.premises.builders import Told, a_building, a_demolished_building, breaks
from tests.domain.scenario import day, given, mandate


def started(since: str = "2015-03-01", extension: str = "0") -> Told:
    return lambda b: b.start_major_repair(
        mandate(since), project="屋面及外墙改造", extension_area=Decimal(extension), budget=Decimal(1200000)
    )


def accepted(since: str = "2015-10-01") -> Told:
    return lambda b: b.accept_major_repair(mandate(since), cost=Decimal("1186000.00"))


def repaired(since: str = "2016-01-01") -> Told:
    return lambda b: b.record_daily_repair(mandate(since), work="更换三层走廊灯具", cost=Decimal("860.00"))


def inspected(since: str = "2016-01-01", condition: Condition = Condition.WORN) -> Told:
    return lambda b: b.inspect(mandate(since), condition=condition, findings="北侧外墙渗水")


def test_a_major_repair_is_started_and_accepted() -> None:
    scenario = given(a_building()).when(started()).when(accepted())
    scenario.then(
        (happened.MajorRepairStarted, {"project": "屋面及外墙改造"}),
        (happened.MajorRepairAccepted, {"cost": Decimal("1186000.00")}),
    )
    assert scenario.aggregate.at(REPAIR, day("2015-04-01")) is RepairStage.UNDER_WAY
    assert scenario.aggregate.at(REPAIR, day("2016-01-01")) is RepairStage.ACCEPTED
    assert scenario.aggregate.at(REPAIR_COST, day("2016-01-01")) == Decimal("1186000.00")


def test_a_major_repair_may_be_accepted_on_the_day_it_is_told_to_have_started() -> None:
    given(a_building(started())).when(accepted("2015-03-01")).then(happened.MajorRepairAccepted)


def test_a_major_repair_stands_on_a_document() -> None:
    given(a_building()).refused(
        DocumentMissing, lambda b: b.start_major_repair(mandate(documents=()), project="外墙改造")
    )


def test_a_repair_extends_a_building_by_at_most_fifteen_per_cent() -> None:
    given(a_building()).when(started(extension="150")).then(happened.MajorRepairStarted)
    refusal = given(a_building()).refused(refused.ExtensionTooLarge, started(extension="150.01"))
    assert refusal.field == "extension_area"


def test_the_area_at_the_start_of_the_repair_decides() -> None:
    building = a_building(lambda b: b.resurvey(mandate("2018-01-01"), gross_area=Decimal(2000), floors_above=6))
    given(building).refused(refused.ExtensionTooLarge, started(extension="200"))
    given(building).when(started("2019-01-01", extension="200")).then(happened.MajorRepairStarted)


def test_one_major_repair_at_a_time() -> None:
    given(a_building(started())).refused(refused.RepairUnderWay, started("2015-06-01"))


def test_only_a_repair_under_way_is_accepted() -> None:
    given(a_building()).refused(refused.NoRepairUnderWay, accepted())
    given(a_building(started(), accepted())).refused(refused.NoRepairUnderWay, accepted("2016-01-01"))


def test_a_late_start_does_not_reach_into_another_repair() -> None:
    breaks(refused.RepairUnderWay, a_building(started(), accepted()), started("2014-01-01"))


def test_a_start_that_was_accepted_is_not_withdrawn_alone() -> None:
    breaks(refused.NoRepairUnderWay, a_building(started(), accepted()), lambda b: b.withdraw(mandate(), of=2))


def test_a_repair_withdrawn_from_its_end_leaves_it_under_way() -> None:
    building = a_building(started(), accepted())
    building.withdraw(mandate(), of=3)
    assert building.at(REPAIR, day("2016-01-01")) is RepairStage.UNDER_WAY


def test_a_daily_repair_is_recorded() -> None:
    given(a_building()).when(repaired()).then((happened.DailyRepairDone, {"cost": Decimal("860.00")}))


def test_an_inspection_says_the_condition_and_a_late_one_slides_under() -> None:
    building = a_building(inspected("2020-01-01", Condition.BADLY_DAMAGED))
    given(building).when(inspected()).then((happened.BuildingInspected, {"findings": "北侧外墙渗水"}))
    assert building.at(CONDITION, day("2018-01-01")) is Condition.WORN
    assert building.at(CONDITION, day("2021-01-01")) is Condition.BADLY_DAMAGED


def test_an_inspection_is_not_told_before_it_is_made() -> None:
    given(a_building()).refused(EffectiveInFuture, inspected("2027-01-01"))


AFTER_THE_END: dict[str, Told] = {
    "start": started("2024-01-01"),
    "accept": accepted("2024-01-01"),
    "repair": repaired("2024-01-01"),
    "inspect": inspected("2024-01-01"),
}


@pytest.mark.parametrize("change", AFTER_THE_END.values(), ids=AFTER_THE_END)
def test_nothing_is_done_to_a_building_that_is_gone(change: Told) -> None:
    given(a_demolished_building()).refused(BuildingNotStanding, change)
