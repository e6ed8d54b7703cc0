"""A room: registered in a building, measured, renumbered, used for something else."""

from decimal import Decimal

import pytest

from domain.kernel.mandate import DocumentMissing
from domain.premises import room_rules as refused
from domain.premises.events import room as happened
from domain.premises.facets import CATEGORY, NET_AREA, OUTLINE
from domain.premises.room import Room
from domain.premises.standing import BuildingNotStanding
from domain.premises.terms import RoomCategory
from tests.domain.premises import builders as b
from tests.domain.premises.rooms import registered
from tests.domain.scenario import an_id, day, given, mandate


def test_a_room_is_registered_in_a_building() -> None:
    scenario = given(Room(an_id("间"))).when(registered())
    scenario.then((happened.RoomRegistered, {"building": b.THE_BUILDING.id, "number": "301", "made_from": ()}))
    room = scenario.aggregate
    assert room.claims() == {(f"room:{b.THE_BUILDING.id}", "301")}
    assert room.holders() == {b.THE_BUILDING.id: None}
    assert not room.notices


def test_an_outline_beyond_the_footprint_is_recorded_with_a_warning() -> None:
    room = b.a_room()
    room.measure(mandate(), net_area=Decimal(36), outline=b.FAR_OUTLINE, building=b.THE_BUILDING)
    assert [type(notice) for notice in room.notices] == [refused.RoomBeyondFootprint]
    assert room.notices[0].field == "outline"


def test_without_a_footprint_no_outline_is_beyond_it() -> None:
    room = Room(an_id("间"))
    building = b.a_building(footprint=None)
    room.register(
        mandate(),
        building=building,
        floor=1,
        number="101",
        category=RoomCategory.SERVICE,
        net_area=Decimal(20),
        outline=b.FAR_OUTLINE,
    )
    assert not room.notices


@pytest.mark.parametrize("floor", [7, 0, -2])
def test_a_room_lies_on_a_floor_that_the_building_has(floor: int) -> None:
    given(Room(an_id("间"))).refused(refused.FloorNotInBuilding, registered(floor=floor))


def test_a_room_may_lie_below_ground() -> None:
    given(Room(an_id("间"))).when(registered(floor=-1)).then((happened.RoomRegistered, {"floor": -1}))


def test_no_room_is_registered_in_a_building_that_is_gone() -> None:
    given(Room(an_id("间"))).refused(
        BuildingNotStanding,
        lambda r: r.register(
            mandate("2024-01-01"),
            building=b.a_demolished_building(),
            floor=1,
            number="101",
            category=RoomCategory.OFFICE,
            net_area=Decimal(20),
        ),
    )


def test_a_room_is_measured_again() -> None:
    scenario = given(b.a_room()).when(
        lambda r: r.measure(mandate("2015-01-01"), net_area=Decimal("35.20"), building=b.THE_BUILDING)
    )
    scenario.then((happened.RoomMeasured, {"net_area": Decimal("35.20"), "outline": None}))
    assert scenario.aggregate.at(NET_AREA, day("2014-01-01")) == Decimal("36.00")


def test_a_measurement_without_an_outline_leaves_it_as_it_was() -> None:
    room = Room(an_id("间"))
    registered()(room)
    room.measure(mandate(), net_area=Decimal(35), building=b.THE_BUILDING)
    assert room.at(OUTLINE, mandate().effective) == room.at(OUTLINE, day("2005-01-01")) is not None


def test_a_room_is_renumbered_and_its_old_number_is_free() -> None:
    scenario = given(b.a_room()).when(lambda r: r.renumber(mandate(), number="3012"))
    scenario.then((happened.RoomRenumbered, {"number": "3012"}))
    assert scenario.aggregate.claims() == {(f"room:{b.THE_BUILDING.id}", "3012")}


def test_a_category_is_changed_on_a_document() -> None:
    scenario = given(b.a_room())
    scenario.refused(
        DocumentMissing,
        lambda r: r.change_category(mandate(documents=()), category=RoomCategory.TECHNICAL),
    )
    scenario.when(lambda r: r.change_category(mandate("2015-01-01"), category=RoomCategory.TECHNICAL))
    scenario.then((happened.RoomCategoryChanged, {"category": RoomCategory.TECHNICAL}))
    assert scenario.aggregate.at(CATEGORY, day("2014-01-01")) is RoomCategory.OFFICE
