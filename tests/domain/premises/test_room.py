"""Rooms: registered, measured, renumbered, split, merged, retired."""

from decimal import Decimal

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing
from domain.premises import room_rules as refused
from domain.premises.building import Building
from domain.premises.events import room as happened
from domain.premises.facets import BUILDING, CATEGORY, FLOOR, MADE_FROM, MADE_INTO, NET_AREA, OUTLINE
from domain.premises.premise import LaterFactsStand
from domain.premises.room import Room, RoomPart
from domain.premises.room_base import RoomNotEmpty, RoomNotInService
from domain.premises.standing import BuildingNotStanding
from domain.premises.terms import RoomCategory
from tests.domain.premises import builders as b
from tests.domain.scenario import an_id, day, given, mandate


def registered(floor: int = 3, number: str = "301", area: str = "36.00") -> b.Done:
    return lambda r: r.register(
        mandate("2005-01-01"),
        building=b.THE_BUILDING,
        floor=floor,
        number=number,
        category=RoomCategory.OFFICE,
        net_area=Decimal(area),
        outline=b.OFFICE_OUTLINE,
    )


def parts(*areas: str) -> tuple[RoomPart, ...]:
    return tuple(RoomPart(number=f"301-{n}", net_area=Decimal(area)) for n, area in enumerate(areas, 1))


def split(into: tuple[RoomPart, ...], since: str = "2015-01-01") -> b.Done:
    new = tuple(Room(an_id(part.number)) for part in into)
    return lambda r: r.split(mandate(since), parts=into, rooms=new, building=b.THE_BUILDING)


def merged(*others: Room, area: str = "72.00", since: str = "2015-01-01") -> b.Done:
    return lambda r: r.merge(
        mandate(since),
        others=others,
        into=RoomPart(number="301", net_area=Decimal(area)),
        room=Room(an_id("大会议室")),
        building=b.THE_BUILDING,
    )


def retired(since: str = "2015-01-01") -> b.Done:
    return lambda r: r.retire(mandate(since))


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


def test_a_room_is_retired_on_a_document() -> None:
    scenario = given(b.a_room())
    scenario.refused(DocumentMissing, lambda r: r.retire(mandate(documents=())))
    scenario.when(retired()).then(happened.RoomRetired)
    assert scenario.aggregate.claims() == frozenset()


ENDS: dict[str, b.Done] = {
    "retire": retired(),
    "split": split(parts("18", "18")),
    "merge": merged(b.a_room(number="9")),
}
USES: dict[str, b.Done] = {
    "a unit": b.assigned(),
    "a unit later": b.assigned("2026-12-01"),
    "a person": b.moved_in(b.a_person()),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_a_room_ends_only_when_nobody_is_in_it_then_or_later(end: b.Done, use: b.Done) -> None:
    given(b.a_room(use)).refused(RoomNotEmpty, end)


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_room_does_not_end_before_what_is_recorded_later(end: b.Done) -> None:
    room = b.a_room(lambda r: r.renumber(mandate("2016-01-01"), number="3012"))
    given(room).refused(LaterFactsStand, end)


def test_a_room_whose_use_ran_out_is_retired() -> None:
    room = b.a_room(b.assigned(until=day("2012-01-01")))
    given(room).when(retired()).then(happened.RoomRetired)


AFTER_THE_END: dict[str, b.Done] = {
    "measure": lambda r: r.measure(mandate(), net_area=Decimal(1), building=b.THE_BUILDING),
    "renumber": lambda r: r.renumber(mandate(), number="1"),
    "category": lambda r: r.change_category(mandate(), category=RoomCategory.SERVICE),
    "split": split(parts("10", "10"), "2020-01-01"),
    "merge": merged(b.a_room(number="303"), since="2020-01-01"),
    "retire": retired("2020-01-01"),
}


@pytest.mark.parametrize("change", AFTER_THE_END.values(), ids=AFTER_THE_END)
def test_a_room_that_has_ended_takes_no_more(change: b.Done) -> None:
    for end in (retired(), split(parts("18", "18")), merged(b.a_room(number="304"))):
        given(b.a_room(end)).refused(RoomNotInService, change)


def test_a_wrong_area_is_corrected() -> None:
    scenario = given(b.a_room()).correcting(1, registered(area="38.50"))
    scenario.then((FactCorrected, {"of": 1}))
    assert scenario.aggregate.at(NET_AREA, day("2006-01-01")) == Decimal("38.50")


def test_a_room_that_was_retired_by_mistake_is_back_with_its_number() -> None:
    room = b.a_room(retired())
    room.withdraw(mandate(), of=2)
    room.require_in_service(day("2016-01-01"))
    assert room.claims() == {(f"room:{b.THE_BUILDING.id}", "301")}
