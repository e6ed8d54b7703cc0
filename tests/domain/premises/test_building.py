"""Buildings as things: registered, renamed, surveyed, valued, given a purpose."""

from decimal import Decimal

import pytest

from domain.kernel.aggregate import BeginsTooLate
from domain.kernel.codes import DivisionInvalid
from domain.kernel.commands import AlreadyExists
from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.organisations.unit import UnitNotActive
from domain.premises.building import Building
from domain.premises.events import building as happened
from domain.premises.facets import COMPOUND, GROSS_AREA, NAME, OUTLINE, PURPOSE, TITLE, VALUE
from domain.premises.standing import BuildingNotStanding
from domain.premises.terms import Purpose, TitleState
from tests.domain.premises.builders import (
    BUREAU,
    FOOTPRINT,
    Told,
    a_building,
    a_compound,
    a_demolished_building,
    an_abolished_unit,
    breaks,
    the_building,
)
from tests.domain.scenario import an_id, day, given, mandate


def registered(since: str = "2000-01-01", area: str = "1000", number: str = "XQ-0001") -> Told:
    return lambda b: b.register(mandate(since), building=the_building(area, number), owner=BUREAU)


def test_a_building_is_registered_with_its_title_unknown() -> None:
    scenario = given(Building(an_id("楼"))).when(registered())
    scenario.then((happened.BuildingRegistered, {"number": "XQ-0001", "owner": BUREAU.id, "compound": None}))
    assert scenario.aggregate.at(TITLE, day("2001-01-01")) is TitleState.UNKNOWN
    assert scenario.aggregate.claims() == {("building-number", "XQ-0001")}
    assert scenario.aggregate.holders() == {BUREAU.id: None}


def test_a_building_is_registered_in_a_compound() -> None:
    compound = a_compound()
    scenario = given(Building(an_id("楼"))).when(
        lambda b: b.register(mandate(), building=the_building(), owner=BUREAU, compound=compound)
    )
    scenario.then((happened.BuildingRegistered, {"compound": compound.id}))
    assert set(scenario.aggregate.holders()) == {BUREAU.id, compound.id}


def test_a_building_is_registered_once() -> None:
    given(a_building()).refused(AlreadyExists, registered())


def test_a_building_belongs_to_a_unit_that_is_active() -> None:
    gone = an_abolished_unit()
    given(Building(an_id("楼"))).refused(
        UnitNotActive, lambda b: b.register(mandate("2021-01-01"), building=the_building(), owner=gone)
    )


def test_a_building_lies_in_a_division() -> None:
    given(Building(an_id("楼"))).refused(
        DivisionInvalid,
        lambda b: b.register(mandate(), building=the_building(division="银川"), owner=BUREAU),
    )


def test_a_wrong_registration_is_corrected_with_its_number() -> None:
    scenario = given(a_building()).correcting(1, registered(number="XQ-0002", area="1200"))
    scenario.then((FactCorrected, {"of": 1}))
    assert scenario.aggregate.claims() == {("building-number", "XQ-0002")}
    assert scenario.aggregate.at(GROSS_AREA, day("2001-01-01")) == Decimal(1200)


def test_a_corrected_beginning_comes_before_everything_else() -> None:
    building = a_building(lambda b: b.rename(mandate("2005-01-01"), name="老楼"))
    building.begin_correction(1)
    breaks(BeginsTooLate, building, registered("2006-01-01"))


def test_a_building_is_renamed_and_a_late_name_slides_under() -> None:
    building = a_building(lambda b: b.rename(mandate("2015-01-01"), name="新名"))
    given(building).when(lambda b: b.rename(mandate("2010-01-01"), name="中间名")).then(
        (happened.BuildingRenamed, {"name": "中间名"})
    )
    assert building.at(NAME, day("2012-01-01")) == "中间名"
    assert building.at(NAME, day("2016-01-01")) == "新名"


def test_a_building_gets_another_address() -> None:
    given(a_building()).when(lambda b: b.readdress(mandate(), address="文化西街110号", division="640104")).then(
        (happened.BuildingReaddressed, {"address": "文化西街110号", "division": "640104"})
    )


def test_a_building_is_placed_in_a_compound_and_taken_out() -> None:
    compound = a_compound()
    scenario = given(a_building()).when(lambda b: b.place_in_compound(mandate("2010-01-01"), compound=compound))
    scenario.when(lambda b: b.place_in_compound(mandate("2015-01-01"), compound=None))
    scenario.then(happened.BuildingPlacedInCompound, (happened.BuildingPlacedInCompound, {"compound": None}))
    assert scenario.aggregate.at(COMPOUND, day("2012-01-01")) == compound.id
    assert scenario.aggregate.holders()[compound.id] == day("2015-01-01")


def test_a_survey_replaces_area_and_floors() -> None:
    scenario = given(a_building()).when(
        lambda b: b.resurvey(mandate("2018-01-01"), gross_area=Decimal("1012.50"), floors_above=7)
    )
    scenario.then((happened.BuildingSurveyed, {"gross_area": Decimal("1012.50"), "footprint": None}))
    assert scenario.aggregate.at(OUTLINE, day("2019-01-01")) is not None
    assert scenario.aggregate.at(GROSS_AREA, day("2017-01-01")) == Decimal(1000)


def test_a_survey_may_bring_a_footprint() -> None:
    scenario = given(a_building(footprint=None)).when(
        lambda b: b.resurvey(mandate(), gross_area=Decimal(1000), floors_above=6, footprint=FOOTPRINT)
    )
    scenario.then(happened.BuildingSurveyed)
    assert scenario.aggregate.at(OUTLINE, mandate().effective) is not None


def test_a_building_is_valued_again_on_a_document() -> None:
    scenario = given(a_building())
    scenario.refused(DocumentMissing, lambda b: b.revalue(mandate(documents=()), value=Decimal(1)))
    scenario.when(lambda b: b.revalue(mandate("2020-01-01"), value=Decimal("9000000.00")))
    scenario.then(happened.BuildingValued)
    assert scenario.aggregate.at(VALUE, day("2021-01-01")) == Decimal("9000000.00")


def test_a_building_gets_another_purpose_on_a_document() -> None:
    scenario = given(a_building())
    scenario.refused(DocumentMissing, lambda b: b.change_purpose(mandate(documents=()), purpose=Purpose.ARCHIVE))
    scenario.when(lambda b: b.change_purpose(mandate("2020-01-01"), purpose=Purpose.ARCHIVE))
    scenario.then((happened.BuildingPurposeChanged, {"purpose": Purpose.ARCHIVE}))
    assert scenario.aggregate.at(PURPOSE, day("2019-01-01")) is Purpose.OFFICE


def test_a_measurement_is_not_told_before_it_is_made() -> None:
    given(a_building()).refused(
        EffectiveInFuture,
        lambda b: b.resurvey(mandate("2027-01-01"), gross_area=Decimal(1), floors_above=1),
    )


CHANGES: dict[str, Told] = {
    "rename": lambda b: b.rename(mandate(), name="新名"),
    "readdress": lambda b: b.readdress(mandate(), address="新址", division="640104"),
    "place": lambda b: b.place_in_compound(mandate(), compound=None),
    "resurvey": lambda b: b.resurvey(mandate(), gross_area=Decimal(900), floors_above=6),
    "revalue": lambda b: b.revalue(mandate(), value=Decimal(1)),
    "purpose": lambda b: b.change_purpose(mandate(), purpose=Purpose.OTHER),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_happens_to_a_building_that_is_gone(change: Told) -> None:
    given(a_demolished_building()).refused(BuildingNotStanding, change)


def test_what_happened_before_the_end_can_still_be_told() -> None:
    given(a_demolished_building()).when(lambda b: b.rename(mandate("2010-01-01"), name="旧名")).then(
        happened.BuildingRenamed
    )
