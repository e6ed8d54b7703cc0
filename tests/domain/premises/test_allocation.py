"""Allocation: the prescribed order of modes, shares of a building, agreement and certificate, handing back."""

from decimal import Decimal

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.organisations.unit import UnitNotActive
from domain.premises import allocation_rules as refused
from domain.premises.events import allocation as happened
from domain.premises.facets import ALLOCATED_AREA, ALLOCATION_MODE, USE_AGREEMENT, USE_CERTIFICATE
from domain.premises.premise import PeriodBackwards
from domain.premises.standing import BuildingNotStanding
from domain.premises.terms import AllocationMode
from tests.domain.premises import builders as b
from tests.domain.scenario import day, given, mandate


def by_mode(mode: AllocationMode, *shown: AllocationMode) -> b.Told:
    return lambda it: it.allocate(mandate("2016-01-01"), unit=b.FINANCE, mode=mode, excluded=b.excluded(*shown))


def handed_back(since: str = "2018-01-01", area: str | None = None) -> b.Told:
    size = None if area is None else Decimal(area)
    return lambda it: it.hand_back(mandate(since), unit=b.FINANCE, area=size)


def agreed(since: str = "2010-02-01") -> b.Told:
    return lambda it: it.sign_use_agreement(mandate(since), unit=b.FINANCE, agreement="协〔2010〕3号")


def certified(since: str = "2010-03-01") -> b.Told:
    return lambda it: it.issue_use_certificate(mandate(since), unit=b.FINANCE, certificate="凭〔2010〕3号")


def test_part_of_a_building_is_allocated_to_a_unit() -> None:
    scenario = given(b.a_building()).when(b.allocated())
    scenario.then((happened.BuildingAllocated, {"unit": b.FINANCE.id, "area": Decimal(400), "whole": False}))
    assert scenario.aggregate.allocated_at(day("2011-01-01")) == {b.FINANCE.id: Decimal(400)}
    assert scenario.aggregate.at(ALLOCATION_MODE, day("2011-01-01"), b.FINANCE.id) is AllocationMode.REALLOCATE
    assert scenario.aggregate.holders()[b.FINANCE.id] is None


def test_without_an_area_the_whole_building_is_meant_and_follows_its_survey() -> None:
    building = b.a_building(b.allocated(area=None))
    building.resurvey(mandate("2015-01-01"), gross_area=Decimal(990), floors_above=6)
    assert building.allocated_at(day("2012-01-01")) == {b.FINANCE.id: Decimal(1000)}
    assert building.allocated_at(day("2016-01-01")) == {b.FINANCE.id: Decimal(990)}


def test_an_allocation_may_bring_its_agreement_and_certificate() -> None:
    building = b.a_building()
    building.allocate(
        mandate("2010-01-01"),
        unit=b.FINANCE,
        mode=AllocationMode.REALLOCATE,
        area=Decimal(400),
        agreement="协〔2010〕3号",
        certificate="凭〔2010〕3号",
        until=day("2015-01-01"),
    )
    assert building.at(USE_AGREEMENT, day("2014-01-01"), b.FINANCE.id) == "协〔2010〕3号"
    assert building.at(USE_AGREEMENT, day("2015-01-01"), b.FINANCE.id) is None
    assert ("use-certificate", "凭〔2010〕3号") in building.claims()


def test_an_allocation_stands_on_a_document() -> None:
    given(b.a_building()).refused(
        DocumentMissing,
        lambda it: it.allocate(mandate(documents=()), unit=b.FINANCE, mode=AllocationMode.REALLOCATE),
    )


def test_several_units_share_a_building() -> None:
    building = b.a_building(b.allocated(), b.allocated(unit=b.CULTURE, area="600"))
    assert building.allocated_at(day("2011-01-01")) == {b.FINANCE.id: Decimal(400), b.CULTURE.id: Decimal(600)}


def test_more_than_the_building_measures_is_not_allocated() -> None:
    building = b.a_building(b.allocated())
    refusal = b.breaks(refused.AllocatedBeyondArea, building, b.allocated(unit=b.CULTURE, area="600.01"))
    assert refusal.data["allocated"] == Decimal("1000.01")


def test_a_late_allocation_leaves_room_for_what_was_recorded_later() -> None:
    building = b.a_building(b.allocated("2015-01-01", area="700"))
    b.breaks(refused.AllocatedBeyondArea, building, b.allocated("2010-01-01", unit=b.CULTURE))


def test_a_late_allocation_that_ended_in_time_is_recorded() -> None:
    building = b.a_building(b.allocated("2015-01-01", area="700"))
    b.allocated("2010-01-01", unit=b.CULTURE, until=day("2015-01-01"))(building)
    assert building.allocated_at(day("2012-01-01")) == {b.CULTURE.id: Decimal(400)}


def test_a_survey_that_finds_less_than_is_allocated_is_refused() -> None:
    building = b.a_building(b.allocated(area="900"))
    b.breaks(
        refused.AllocatedBeyondArea,
        building,
        lambda it: it.resurvey(mandate("2015-01-01"), gross_area=Decimal(899), floors_above=6),
    )


def test_an_allocation_can_be_told_before_it_takes_effect() -> None:
    building = b.a_building(b.allocated("2027-03-01"))
    assert building.allocated_at(mandate().effective) == {}
    assert building.allocated_at(day("2027-03-01")) == {b.FINANCE.id: Decimal(400)}


EXCLUSIONS = {
    "swap": (AllocationMode.SWAP, (AllocationMode.REALLOCATE,)),
    "rent": (AllocationMode.RENT, (AllocationMode.REALLOCATE, AllocationMode.SWAP)),
    "build": (AllocationMode.BUILD, (AllocationMode.REALLOCATE, AllocationMode.SWAP, AllocationMode.RENT)),
}


@pytest.mark.parametrize(("mode", "shown"), EXCLUSIONS.values(), ids=EXCLUSIONS)
def test_a_later_mode_shows_that_every_preferred_one_could_not_serve(
    mode: AllocationMode, shown: tuple[AllocationMode, ...]
) -> None:
    for missing in shown:
        rest = [one for one in shown if one is not missing]
        refusal = given(b.a_building()).refused(refused.PreferredModesOpen, by_mode(mode, *rest))
        assert refusal.data["zh_missing"] == [missing.zh]
    given(b.a_building()).when(by_mode(mode, *shown)).then((happened.BuildingAllocated, {"mode": mode}))


def test_a_unit_is_not_allocated_the_same_building_twice() -> None:
    given(b.a_building(b.allocated())).refused(refused.AllocatedAlready, b.allocated("2015-01-01", area="100"))


def test_an_allocation_does_not_end_before_it_begins() -> None:
    given(b.a_building()).refused(PeriodBackwards, b.allocated(until=day("2009-01-01")))


def test_nothing_is_allocated_to_a_unit_that_is_gone() -> None:
    given(b.a_building()).refused(UnitNotActive, b.allocated("2021-01-01", unit=b.an_abolished_unit()))


def test_nothing_is_allocated_in_a_building_that_is_gone() -> None:
    given(b.a_demolished_building()).refused(BuildingNotStanding, b.allocated("2024-01-01"))


def test_a_late_allocation_does_not_reach_past_the_end_of_the_building() -> None:
    one_day = "2022-01-01"
    building = b.a_titled_building(
        b.disposal_opened(since=one_day), b.disposal_approved(one_day), b.demolished(one_day)
    )
    b.breaks(refused.AllocatedPastEnd, building, b.allocated("2021-01-01", until=day("2024-01-01")))


def test_nothing_is_allocated_while_the_building_is_being_disposed_of() -> None:
    given(b.a_titled_building(b.disposal_opened())).refused(refused.DisposalExcludesUse, b.allocated("2022-02-01"))


def test_a_late_allocation_does_not_reach_into_a_disposal() -> None:
    building = b.a_titled_building(b.disposal_opened())
    b.breaks(refused.DisposalExcludesUse, building, b.allocated("2015-01-01"))


def test_an_agreement_is_signed_and_a_certificate_issued_later() -> None:
    scenario = given(b.a_building(b.allocated(until=day("2020-01-01")))).when(agreed()).when(certified())
    scenario.then(
        (happened.UseAgreementSigned, {"until": day("2020-01-01")}),
        (happened.UseCertificateIssued, {"certificate": "凭〔2010〕3号"}),
    )
    building = scenario.aggregate
    assert building.at(USE_CERTIFICATE, day("2019-01-01"), b.FINANCE.id) == "凭〔2010〕3号"
    assert building.at(USE_CERTIFICATE, day("2020-01-01"), b.FINANCE.id) is None
    assert ("use-certificate", "凭〔2010〕3号") in building.claims()


def test_a_signature_is_not_told_before_it_is_given() -> None:
    given(b.a_building(b.allocated())).refused(EffectiveInFuture, agreed("2027-01-01"))


WITHOUT_ALLOCATION = {"agree": agreed(), "certify": certified(), "hand back": handed_back()}


@pytest.mark.parametrize("change", WITHOUT_ALLOCATION.values(), ids=WITHOUT_ALLOCATION)
def test_only_what_is_allocated_is_agreed_certified_or_handed_back(change: b.Told) -> None:
    given(b.a_building(b.allocated(unit=b.CULTURE))).refused(refused.NotAllocated, change)


LATE = {"agree": agreed("2024-01-01"), "certify": certified("2024-01-01"), "hand back": handed_back("2024-01-01")}


@pytest.mark.parametrize("change", LATE.values(), ids=LATE)
def test_nothing_is_agreed_certified_or_handed_back_in_a_building_that_is_gone(change: b.Told) -> None:
    given(b.a_demolished_building()).refused(BuildingNotStanding, change)


def test_a_unit_hands_back_everything() -> None:
    scenario = given(b.a_building(b.allocated(), agreed())).when(handed_back())
    scenario.then((happened.BuildingHandedBack, {"unit": b.FINANCE.id}))
    building = scenario.aggregate
    assert building.allocated_at(day("2018-01-01")) == {}
    assert building.at(USE_AGREEMENT, day("2018-01-01"), b.FINANCE.id) is None
    assert building.holders()[b.FINANCE.id] == day("2018-01-01")


def test_a_unit_hands_back_a_part() -> None:
    scenario = given(b.a_building(b.allocated(until=day("2020-01-01")))).when(handed_back(area="150"))
    scenario.then((happened.BuildingPartHandedBack, {"remaining": Decimal(250), "until": day("2020-01-01")}))
    assert scenario.aggregate.at(ALLOCATED_AREA, day("2019-01-01"), b.FINANCE.id) == Decimal(250)
    assert scenario.aggregate.allocated_at(day("2020-01-01")) == {}


def test_a_part_of_the_whole_is_handed_back() -> None:
    building = b.a_building(b.allocated(area=None), handed_back(area="300"))
    assert building.allocated_at(day("2019-01-01")) == {b.FINANCE.id: Decimal(700)}


def test_handing_back_all_of_the_area_is_handing_back_everything() -> None:
    given(b.a_building(b.allocated())).when(handed_back(area="400")).then(happened.BuildingHandedBack)


def test_no_more_is_handed_back_than_is_held() -> None:
    given(b.a_building(b.allocated())).refused(refused.HandedBackBeyondHeld, handed_back(area="400.01"))


def test_after_handing_back_a_unit_is_allocated_a_new_total_the_same_day() -> None:
    building = b.a_building(b.allocated(), handed_back(), b.allocated("2018-01-01", area="500"))
    assert building.allocated_at(day("2018-01-01")) == {b.FINANCE.id: Decimal(500)}


def test_a_renewed_allocation_follows_one_that_ran_out() -> None:
    building = b.a_building(b.allocated(until=day("2015-01-01")), b.allocated("2015-01-01", area="300"))
    assert building.allocated_at(day("2016-01-01")) == {b.FINANCE.id: Decimal(300)}


def test_a_wrong_area_is_corrected() -> None:
    scenario = given(b.a_building(b.allocated())).correcting(2, b.allocated(area="450"))
    scenario.then((FactCorrected, {"of": 2}))
    assert scenario.aggregate.allocated_at(day("2011-01-01")) == {b.FINANCE.id: Decimal(450)}
