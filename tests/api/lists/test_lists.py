"""Lists: what is there at a moment, filtered by every column, in any order, as known at a position."""

from __future__ import annotations

import pytest

from projections.queries.listed import LISTED
from tests.api.listing import faults, ids, labels, listed
from tests.api.seeing import Seeing
from tests.scenarios.bureau import Done
from tests.scenarios.movables import a_car, a_driver, a_journey, a_stored_item, a_warehouse
from tests.scenarios.premises import YONGNING, a_building, a_person, a_room, a_unit


@pytest.fixture(scope="module")
def bureau(desk: Seeing) -> Done:
    """The unit above all others of these stories."""
    return a_unit(desk.bureau, "县机关事务管理局")


def an_office(desk: Seeing, unit: Done, number: str = "301", area: str = "24.00") -> tuple[Done, Done]:
    """A building with one room in it, which the unit uses."""
    building = a_building(desk.bureau, unit)
    room = a_room(desk.bureau, building, number, net_area=area)
    desk.bureau.does("rooms.assign", room, effective="2020-01-01", unit=unit)
    return building, room


# What is there ---------------------------------------------------------------------------------------------------------


def test_every_kind_has_a_list_with_words_for_its_columns(desk: Seeing) -> None:
    for kind, columns in LISTED.items():
        told = desk.sees(f"/v1/{kind}?count=true")
        assert [one["name"] for one in told["columns"]] == list(columns)
        assert all(one["zh"] and one["en"] for one in told["columns"])
        assert told["kind"] == kind
        assert told["count"] >= len(told["rows"])


def test_a_row_names_what_it_refers_to_and_gives_words_to_codes(desk: Seeing, bureau: Done) -> None:
    building, room = an_office(desk, bureau, "305")
    told = desk.sees(f"/v1/rooms?id={room}")
    (row,) = told["rows"]
    assert row["label"] == "综合办公楼 305"
    assert row["building"] == {"id": building.id, "label": "综合办公楼"}
    assert row["using_unit"] == {"id": bureau.id, "label": "县机关事务管理局"}
    assert (row["status"], row["net_area"], row["floor"]) == ("in-service", "24.00", 3)
    assert told["words"]["status"] == {"in-service": {"zh": "在册", "en": "In service"}}
    assert told["words"]["category"] == {"office": {"zh": "办公室", "en": "Office"}}


def test_a_thing_is_listed_from_its_first_day_and_also_after_its_last(desk: Seeing, bureau: Done) -> None:
    _, room = an_office(desk, bureau)
    desk.bureau.does("rooms.release", room, effective="2022-01-01")
    desk.bureau.does("rooms.retire", room, effective="2022-06-01")
    assert ids(desk, "rooms", f"id={room}&at=2014-12-31") == []
    assert listed(desk, "rooms", f"id={room}&at=2015-01-01")[0]["using_unit"] is None
    assert listed(desk, "rooms", f"id={room}&at=2021-01-01")[0]["using_unit"]["id"] == bureau.id
    assert listed(desk, "rooms", f"id={room}")[0]["status"] == "retired"
    assert ids(desk, "rooms", f"id={room}&status=in-service") == []
    assert ids(desk, "rooms", f"id={room}&status=in-service&status=retired") == [room.id]


def test_a_list_shows_what_was_known_at_a_position(desk: Seeing, bureau: Done) -> None:
    _, room = an_office(desk, bureau, area="30.00")
    before = desk.bureau.head()
    late = desk.bureau.does("rooms.measure", room, effective="2021-01-01", net_area="31.50")
    assert listed(desk, "rooms", f"id={room}&at=2022-01-01")[0]["net_area"] == "31.50"
    assert listed(desk, "rooms", f"id={room}&at=2022-01-01&known=%23{before}")[0]["net_area"] == "30.00"
    told = desk.sees(f"/v1/rooms?id={room}&known=%23{before}&after={late.position}")
    assert (told["known"], told["position"]) == (before, late.position)


def test_a_list_of_a_case_shows_the_case(desk: Seeing, bureau: Done) -> None:
    _, room = an_office(desk, bureau, area="40.00")
    desk.investigates("清查", desk.bureau.head())
    desk.bureau.does("rooms.measure", room, effective="2021-01-01", net_area="41.00")
    told = desk.sees(f"/v1/rooms?id={room}&case=清查")
    assert (told["rows"][0]["net_area"], told["case"]) == ("40.00", "清查")
    assert desk.refused("/v1/rooms?case=没有的", 404) == "case-unknown"


def test_what_a_view_cannot_show_yet_is_told_with_how_far_it_is_behind(desk: Seeing) -> None:
    head = desk.bureau.head()
    answer = desk.asks(f"/v1/units?after={head + 7}")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json()["data"] == {"after": head + 7, "position": head, "behind": 7}
    assert desk.refused(f"/v1/units?after={head + 10**9}", 409) == "position-ahead"


# Filters ---------------------------------------------------------------------------------------------------------------


def test_numbers_and_moments_are_asked_for_by_their_bounds(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县统计局")
    building = a_building(desk.bureau, unit)
    small, middle, large = (a_room(desk.bureau, building, f"{area}号", net_area=f"{area}.00") for area in (12, 24, 36))
    here = f"building={building}&sort=net_area"
    assert ids(desk, "rooms", f"{here}&net_area.min=24") == [middle.id, large.id]
    assert ids(desk, "rooms", f"{here}&net_area.max=24.00") == [small.id, middle.id]
    assert ids(desk, "rooms", f"{here}&net_area.min=13&net_area.max=35.99") == [middle.id]
    assert ids(desk, "rooms", f"{here}&net_area=12&net_area=36") == [small.id, large.id]
    desk.bureau.does("rooms.assign", large, effective="2020-01-01", unit=unit)
    desk.bureau.does("rooms.order-vacating", large, effective="2021-01-01", deadline="2021-06-30")
    assert ids(desk, "rooms", f"{here}&vacate_by.min=2021-06-30&vacate_by.max=2021-06-30") == [large.id]
    assert ids(desk, "rooms", f"{here}&vacate_by.min=2021-07-01") == []


def test_what_is_not_given_is_found_as_such(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县审计局")
    building, used = an_office(desk, unit)
    unused = a_room(desk.bureau, building, "302")
    assert ids(desk, "rooms", f"building={building}&using_unit.none=true") == [unused.id]
    assert ids(desk, "rooms", f"building={building}&using_unit.none=false") == [used.id]
    assert ids(desk, "rooms", f"building={building}&occupants.none=true&sort=number") == [used.id, unused.id]


def test_a_unit_is_asked_for_with_all_that_is_under_it_at_that_moment(desk: Seeing) -> None:
    above = a_unit(desk.bureau, "县人民政府")
    office = a_unit(desk.bureau, "县府办", parent=above)
    section = a_unit(desk.bureau, "县府办综合科", parent=office)
    rooms = [an_office(desk, unit)[1].id for unit in (above, office, section)]
    assert ids(desk, "rooms", f"using_unit={above}") == rooms[:1]
    assert sorted(ids(desk, "rooms", f"using_unit={above}&using_unit.subtree=true")) == sorted(rooms)
    desk.bureau.does("units.move-under", section, effective="2023-01-01", parent=None)
    assert sorted(ids(desk, "rooms", f"using_unit={above}&using_unit.subtree=true")) == sorted(rooms[:2])
    assert sorted(ids(desk, "rooms", f"using_unit={above}&using_unit.subtree=true&at=2022-12-31")) == sorted(rooms)
    assert sorted(labels(desk, "units", f"parent={above}&parent.subtree=true&at=2022-12-31")) == [
        "县府办",
        "县府办综合科",
    ]


def test_one_of_many_is_enough(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县档案局")
    _, room = an_office(desk, unit)
    people = [a_person(desk.bureau, name, unit) for name in ("白玉兰", "马文")]
    for person in people:
        desk.bureau.does("rooms.move-in", room, effective="2021-01-01", person=person)
    told = listed(desk, "rooms", f"occupants={people[0]}")
    assert [row["id"] for row in told] == [room.id]
    assert told[0]["headcount"] == 2
    assert {one["label"] for one in told[0]["occupants"]} == {"白玉兰", "马文"}
    assert ids(desk, "rooms", f"occupants={people[0]}&at=2020-12-31") == []


def test_a_division_is_asked_for_by_its_beginning_also_of_what_has_none_of_its_own(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "永宁县财政局", since="2010-01-01", division=YONGNING)
    building = a_building(desk.bureau, unit, division=YONGNING)
    room = a_room(desk.bureau, building, "101")
    person = a_person(desk.bureau, "田秀英", unit)
    car = a_car(desk.bureau, unit, "宁A10001", 1)
    journey = a_journey(desk.bureau, unit, "2024-03-05")
    driver = a_driver(desk.bureau, unit, "刘师傅")
    warehouse = a_warehouse(desk.bureau, unit, "永宁县公物仓", division=YONGNING)
    item = a_stored_item(desk.bureau, unit, warehouse, "YN-0001")
    things = {"units": unit, "buildings": building, "rooms": room, "people": person, "vehicles": car, "items": item,
              "journeys": journey, "drivers": driver, "warehouses": warehouse}  # fmt: skip
    for kind, thing in things.items():
        assert thing.id in ids(desk, kind, f"id={thing}&division={YONGNING}"), kind
        assert thing.id in ids(desk, kind, f"id={thing}&division=6401"), kind
        assert thing.id in ids(desk, kind, f"id={thing}&division=6402&division=64012"), kind
        assert ids(desk, kind, f"id={thing}&division=640104") == [], kind


# Order -----------------------------------------------------------------------------------------------------------------


def test_rows_are_ordered_by_any_columns_and_nothing_comes_last(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县教育局")
    building = a_building(desk.bureau, unit)
    for number, area in (("201", "20.00"), ("202", "30.00"), ("203", "20.00")):
        a_room(desk.bureau, building, number, net_area=area)
    using = a_room(desk.bureau, building, "204", net_area="10.00")
    desk.bureau.does("rooms.assign", using, effective="2020-01-01", unit=unit)

    def numbers(sort: str) -> list[str]:
        return [row["number"] for row in listed(desk, "rooms", f"building={building}&sort={sort}")]

    assert numbers("-net_area,number") == ["202", "201", "203", "204"]
    assert numbers("net_area,-number") == ["204", "203", "201", "202"]
    assert numbers("using_unit,number") == ["204", "201", "202", "203"]
    assert numbers("-using_unit,-number") == ["204", "203", "202", "201"]


def test_what_ids_name_is_ordered_by_its_name(desk: Seeing) -> None:
    wanted = []
    for name in ("丙办", "甲办", "乙办"):
        _, room = an_office(desk, a_unit(desk.bureau, name))
        wanted.append((name, room.id))
    several = "&".join(f"id={id}" for _, id in wanted)
    found = [row["using_unit"]["label"] for row in listed(desk, "rooms", f"{several}&sort=using_unit")]
    assert found == sorted(name for name, _ in wanted)


def test_every_column_of_every_kind_can_be_ordered_by_and_asked_for_as_not_given(desk: Seeing) -> None:
    for kind, columns in LISTED.items():
        for name in columns:
            assert len(ids(desk, kind, f"sort={name}")) == len(ids(desk, kind, f"sort=-{name}"))
            none, some = (ids(desk, kind, f"{name}.none={said}&limit=1000") for said in ("true", "false"))
            assert sorted(none + some) == sorted(ids(desk, kind, "limit=1000"))


# What is refused -------------------------------------------------------------------------------------------------------


def test_what_no_list_knows_is_refused_where_it_stands(desk: Seeing) -> None:
    assert faults(desk, "/v1/rooms?colour=red") == [("/query/colour", "parameter-unknown")]
    assert faults(desk, "/v1/rooms?sort=colour") == [("/query/sort", "column-unknown")]
    assert faults(desk, "/v1/rooms?sort=") == [("/query/sort", "column-unknown")]
    assert faults(desk, "/v1/rooms?fields=number,colour") == [("/query/fields", "column-unknown")]
    assert faults(desk, "/v1/rooms?status=painted") == [("/query/status/0", "literal-error")]
    assert faults(desk, "/v1/rooms?net_area.min=many") == [("/query/net_area.min", "decimal-form")]
    assert faults(desk, "/v1/rooms?limit=0") == [("/query/limit", "greater-than-equal")]
    assert faults(desk, "/v1/rooms?using_unit.subtree=true", 409) == [("/query/using_unit.subtree", "unit-missing")]


def test_texts_that_look_like_sql_are_texts(desk: Seeing) -> None:
    for nasty in ("'; DROP TABLE rooms; --", "%25", "_", "\\", '"', "%(at)s", "a%20OR%201=1"):
        assert ids(desk, "rooms", f"number={nasty}") == []
        assert desk.asks(f"/v1/rooms?q={nasty}").status_code == 200


def test_only_the_columns_that_are_wanted_come(desk: Seeing, bureau: Done) -> None:
    _, room = an_office(desk, bureau, "309")
    told = desk.sees(f"/v1/rooms?id={room}&fields=number,floor")
    assert told["rows"] == [{"id": room.id, "label": "综合办公楼 309", "number": "309", "floor": 3}]
    assert [column["name"] for column in told["columns"]] == ["number", "floor"]
