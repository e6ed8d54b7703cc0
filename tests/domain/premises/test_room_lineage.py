"""Rooms split and merged: lineage both ways, and no more area than there was."""

from decimal import Decimal

from domain.kernel.events import FactCorrected
from domain.premises import room_rules as refused
from domain.premises.building import Building
from domain.premises.events import room as happened
from domain.premises.facets import BUILDING, CATEGORY, FLOOR, MADE_FROM, MADE_INTO
from domain.premises.room import Room, RoomPart
from domain.premises.room_base import RoomNotEmpty
from domain.premises.terms import RoomCategory
from tests.domain.premises import builders as b
from tests.domain.premises.rooms import merged, parts, registered, split
from tests.domain.scenario import an_id, day, given, mandate


def test_a_room_is_split_into_new_rooms_with_lineage_both_ways() -> None:
    new = (Room(an_id("甲")), Room(an_id("乙")))
    said = (parts("18.00")[0], RoomPart(number="302", net_area=Decimal("17.50"), category=RoomCategory.SERVICE))
    whole = b.a_room()
    given(whole).when(lambda r: r.split(mandate("2015-01-01"), parts=said, rooms=new, building=b.THE_BUILDING)).then(
        (happened.RoomSplit, {"into": (new[0].id, new[1].id)})
    )
    moment = day("2015-01-01")
    assert [room.at(CATEGORY, moment) for room in new] == [RoomCategory.OFFICE, RoomCategory.SERVICE]
    assert {room.at(FLOOR, moment) for room in new} == {3}
    assert set(whole.members(MADE_INTO, moment).values()) == {new[0].id, new[1].id}
    assert [room.at(MADE_FROM, moment, whole.id) for room in new] == [whole.id, whole.id]
    assert whole.claims() == frozenset()
    assert whole.holders() == {b.THE_BUILDING.id: moment}


def test_the_parts_measure_no_more_than_the_whole_within_two_per_cent() -> None:
    given(b.a_room()).when(split(parts("18.00", "18.72"))).then(happened.RoomSplit)
    given(b.a_room()).refused(refused.PartsBeyondWhole, split(parts("18.00", "18.73")))


def test_the_parts_have_numbers_of_their_own() -> None:
    given(b.a_room()).refused(refused.PartNumbersRepeat, split(parts("10") + parts("10")))


def test_a_room_that_came_of_a_split_keeps_its_lineage_when_corrected() -> None:
    part = Room(an_id("甲"))
    whole = b.a_room()
    whole.split(
        mandate("2005-01-01"), parts=parts("18", "18"), rooms=(part, Room(an_id("乙"))), building=b.THE_BUILDING
    )
    part.collect_events()
    given(part).correcting(1, registered(number="3011", area="17.80")).then(FactCorrected)
    assert part.at(MADE_FROM, day("2016-01-01"), whole.id) == whole.id


def test_rooms_are_merged_into_a_new_one_with_lineage_both_ways() -> None:
    one, other, new = b.a_room(), b.a_room(number="303"), Room(an_id("大会议室"))
    given(one).when(
        lambda r: r.merge(
            mandate("2015-01-01"),
            others=(other,),
            into=RoomPart(number="301", net_area=Decimal("72.50"), category=RoomCategory.SERVICE),
            room=new,
            building=b.THE_BUILDING,
        )
    ).then((happened.RoomMerged, {"into": new.id}))
    assert [type(event) for event in other.pending] == [happened.RoomMerged]
    assert set(new.members(MADE_FROM, day("2015-01-01")).values()) == {one.id, other.id}
    assert new.at(FLOOR, day("2015-01-01")) == 3
    assert one.at(BUILDING, day("2015-01-01")) is None


def test_a_merged_room_measures_no_more_than_its_parts_within_two_per_cent() -> None:
    given(b.a_room()).refused(refused.MergedBeyondParts, merged(b.a_room(number="303"), area="73.45"))


def test_a_room_is_not_merged_with_itself() -> None:
    room = b.a_room()
    given(room).refused(refused.MergedWithItself, merged(room))


def test_only_rooms_on_one_floor_of_one_building_are_merged() -> None:
    upstairs = b.a_room(number="401", floor=4)
    elsewhere = Room(an_id("别处"))
    other_building = Building(an_id("2号办公楼"))
    other_building.register(mandate("2000-01-01"), building=b.the_building(number="XQ-0002"), owner=b.BUREAU)
    elsewhere.register(
        mandate("2005-01-01"),
        building=other_building,
        floor=3,
        number="302",
        category=RoomCategory.OFFICE,
        net_area=Decimal(36),
    )
    for other in (upstairs, elsewhere):
        given(b.a_room()).refused(refused.NotOnOneFloor, merged(other))


def test_a_room_in_use_is_not_merged() -> None:
    given(b.a_room()).refused(RoomNotEmpty, merged(b.a_room(b.assigned(), number="303")))
