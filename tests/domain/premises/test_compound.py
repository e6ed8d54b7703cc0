"""Compounds: registered, renamed, redrawn, closed."""

from collections.abc import Callable

import pytest

from domain.kernel.aggregate import BeginsTooLate
from domain.kernel.codes import DivisionUnknown
from domain.kernel.mandate import DocumentMissing
from domain.kernel.place_refusals import PolygonCrossesItself
from domain.premises.building import Building
from domain.premises.compound import Compound, CompoundNotOpen
from domain.premises.events import compound as happened
from domain.premises.facets import ADDRESS, NAME, OUTLINE
from domain.premises.premise import LaterFactsStand
from tests.domain.premises.builders import BUREAU, CROSSED, FOOTPRINT, a_building, a_compound, breaks, the_building
from tests.domain.scenario import an_id, day, given, mandate


def a_closed_compound() -> Compound:
    compound = a_compound()
    compound.close(mandate("2020-01-01"))
    compound.collect_events()
    return compound


def test_a_compound_is_registered_where_it_was_drawn() -> None:
    scenario = given(Compound(an_id("院"))).when(
        lambda c: c.register(
            mandate("2000-01-01"), name="二号院", address="金凤区", division="640106", outline=FOOTPRINT
        )
    )
    scenario.then((happened.CompoundRegistered, {"name": "二号院", "division": "640106"}))
    drawn = scenario.aggregate.at(OUTLINE, day("2001-01-01"))
    assert drawn is not None
    assert drawn.shape().bounds == (106.27, 38.47, 106.2705, 38.4705)


def test_a_compound_needs_no_outline() -> None:
    given(Compound(an_id("院"))).when(
        lambda c: c.register(mandate(), name="二号院", address="金凤区", division="640106")
    ).then((happened.CompoundRegistered, {"outline": None}))


def test_a_compound_lies_in_a_division_that_exists() -> None:
    given(Compound(an_id("院"))).refused(
        DivisionUnknown, lambda c: c.register(mandate(), name="院", address="某处", division="640199")
    )


def test_an_outline_that_crosses_itself_is_refused() -> None:
    given(a_compound()).refused(PolygonCrossesItself, lambda c: c.redraw(mandate(), outline=CROSSED))


def test_a_compound_is_renamed() -> None:
    scenario = given(a_compound()).when(lambda c: c.rename(mandate("2015-01-01"), name="行政中心"))
    scenario.then((happened.CompoundRenamed, {"name": "行政中心"}))
    assert scenario.aggregate.at(NAME, day("2014-01-01")) == "文化西街106号院"


def test_a_compound_gets_another_address() -> None:
    scenario = given(a_compound()).when(
        lambda c: c.readdress(mandate("2015-01-01"), address="文化西街108号", division="640104")
    )
    scenario.then(happened.CompoundReaddressed)
    assert scenario.aggregate.at(ADDRESS, day("2016-01-01")) == "文化西街108号"


def test_a_compound_is_drawn_again() -> None:
    given(a_compound()).when(lambda c: c.redraw(mandate(), outline=FOOTPRINT)).then(happened.CompoundRedrawn)


def test_closing_needs_a_document() -> None:
    given(a_compound()).refused(DocumentMissing, lambda c: c.close(mandate(documents=())))


def test_a_closed_compound_is_empty_from_then_on() -> None:
    scenario = given(a_compound()).when(lambda c: c.close(mandate("2020-01-01")))
    scenario.then(happened.CompoundClosed)
    assert scenario.aggregate.emptied_from == day("2020-01-01")


CHANGES: dict[str, Callable[[Compound], None]] = {
    "rename": lambda c: c.rename(mandate(), name="新名"),
    "readdress": lambda c: c.readdress(mandate(), address="新址", division="640104"),
    "redraw": lambda c: c.redraw(mandate(), outline=FOOTPRINT),
    "close": lambda c: c.close(mandate()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_happens_to_a_closed_compound(change: Callable[[Compound], None]) -> None:
    given(a_closed_compound()).refused(CompoundNotOpen, change)


def test_no_building_is_placed_in_a_closed_compound() -> None:
    compound = a_closed_compound()
    given(Building(an_id("楼"))).refused(
        CompoundNotOpen,
        lambda b: b.register(mandate(), building=the_building(), owner=BUREAU, compound=compound),
    )


def test_no_building_is_moved_into_a_closed_compound() -> None:
    compound = a_closed_compound()
    given(a_building()).refused(
        CompoundNotOpen, lambda b: b.place_in_compound(mandate("2021-01-01"), compound=compound)
    )


def test_what_happened_before_the_closing_can_still_be_told() -> None:
    given(a_closed_compound()).when(lambda c: c.rename(mandate("2010-01-01"), name="旧名")).then(
        happened.CompoundRenamed
    )


def test_a_compound_is_not_closed_before_what_is_recorded_later() -> None:
    scenario = given(a_compound(), lambda c: c.rename(mandate("2021-01-01"), name="新名"))
    scenario.refused(LaterFactsStand, lambda c: c.close(mandate("2020-01-01")))


def test_a_correction_does_not_move_the_beginning_behind_what_followed() -> None:
    compound = a_compound()
    compound.rename(mandate("2000-01-01"), name="新名")
    compound.begin_correction(1)
    breaks(
        BeginsTooLate,
        compound,
        lambda c: c.register(mandate("2001-01-01"), name="院", address="某处", division="640104"),
    )


def test_a_wrong_closing_is_withdrawn() -> None:
    compound = a_closed_compound()
    compound.withdraw(mandate(), of=2)
    compound.require_open(day("2021-01-01"))
