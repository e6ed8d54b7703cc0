"""Who holds what, and what a thing has to do with: at a moment, as known then; also of things that have ended."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.api.seeing import Seeing
from tests.scenarios.bureau import Bureau, Done
from tests.scenarios.premises import HELAN, a_building, a_person, a_room, a_unit


def counts(page: dict[str, Any]) -> dict[tuple[str, str], int]:
    return {(one["kind"], one["role"]): one["things"] for one in page["counts"]}


def held(page: dict[str, Any], role: str) -> list[str]:
    return [one["thing"]["label"] for one in page["held"] if one["role"] == role]


def a_used_room(bureau: Bureau, unit: Done, number: str, *people: Done, building: Done | None = None) -> Done:
    room = a_room(bureau, building or a_building(bureau, unit, "综合楼"), number)
    bureau.does("rooms.assign", room, effective="2020-01-01", unit=unit)
    for person in people:
        bureau.does("rooms.move-in", room, effective="2020-02-01", person=person)
    return room


def test_a_unit_holds_what_it_owns_and_uses_and_who_belongs_to_it(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    person = a_person(desk.bureau, "马学文", unit)
    a_used_room(desk.bureau, unit, "301", person)
    told = desk.sees(f"/v1/units/{unit}/holdings")
    assert counts(told) == {("buildings", "owner"): 1, ("people", "member_of"): 1, ("rooms", "using_unit"): 1}
    assert (held(told, "owner"), held(told, "using_unit"), held(told, "member_of")) == (
        ["综合楼"], ["综合楼 301"], ["马学文"],
    )  # fmt: skip
    chosen = desk.sees(f"/v1/units/{unit}/holdings", kind="rooms")
    assert counts(chosen) == {("rooms", "using_unit"): 1}


def test_what_was_given_up_was_held_until_then_and_is_still_known_to_have_been(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    room = a_used_room(desk.bureau, unit, "301")
    before = desk.bureau.head()
    desk.bureau.does("rooms.release", room, effective="2022-01-01")
    path = f"/v1/units/{unit}/holdings"
    assert held(desk.sees(path), "using_unit") == []
    assert held(desk.sees(path, at="2021-12-31"), "using_unit") == ["综合楼 301"]
    thought = desk.sees(path, known=f"#{before}")
    assert held(thought, "using_unit") == ["综合楼 301"]
    assert [one["to"] for one in thought["held"] if one["role"] == "using_unit"] == [None]
    assert [one["to"] for one in desk.sees(path, at="2021-12-31")["held"] if one["role"] == "using_unit"] == [
        "2021-12-31T16:00:00Z"
    ]


def test_a_subtree_is_that_of_the_day(desk: Seeing) -> None:
    top = a_unit(desk.bureau, "县人民政府")
    below = a_unit(desk.bureau, "县财政局", parent=top)
    a_used_room(desk.bureau, below, "301")
    path = f"/v1/units/{top}/holdings"
    assert counts(desk.sees(path)) == {("units", "parent"): 1}
    whole = desk.sees(path, subtree="true")
    assert (whole["holders"], held(whole, "using_unit")) == (2, ["综合楼 301"])
    assert [one["holder"]["label"] for one in whole["held"] if one["role"] == "using_unit"] == ["县财政局"]
    desk.bureau.does("units.move-under", below, effective="2023-01-01", parent=a_unit(desk.bureau, "市人民政府"))
    assert counts(desk.sees(path, subtree="true")) == {}
    assert desk.sees(path, subtree="true", at="2022-12-31")["holders"] == 2


def test_pages_of_holdings_lead_on_without_a_gap(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县教育局")
    building = a_building(desk.bureau, unit)
    for number in range(7):
        a_used_room(desk.bureau, unit, f"30{number}", building=building)
    path = f"/v1/units/{unit}/holdings"
    whole = desk.sees(path)["held"]
    page = desk.sees(path, limit=3)
    found = page["held"]
    a_used_room(desk.bureau, unit, "399", building=building)
    while page["next"]:
        page = desk.sees(page["next"])
        found += page["held"]
    assert found == whole
    assert len(whole) == 8


def test_a_person_holds_rooms_and_more(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    person = a_person(desk.bureau, "周婷", unit)
    a_used_room(desk.bureau, unit, "301", person)
    told = desk.sees(f"/v1/people/{person}/holdings")
    assert counts(told) == {("rooms", "occupant"): 1}
    assert told["held"][0]["holder"]["label"] == "周婷"


def test_relations_look_both_ways(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    person = a_person(desk.bureau, "周婷", unit)
    building = a_building(desk.bureau, unit, "综合楼")
    room = a_used_room(desk.bureau, unit, "301", person, building=building)
    told = desk.sees(f"/v1/rooms/{room}/relations")
    assert {(one["role"], one["thing"]["label"]) for one in told["points_at"]} == {
        ("building", "综合楼"), ("using_unit", "县财政局"), ("occupant", "周婷"),
    }  # fmt: skip
    back = desk.sees(f"/v1/buildings/{building}/relations")
    assert [(one["role"], one["thing"]["label"], one["zh"]) for one in back["held"]] == [
        ("building", "综合楼 301", "楼栋")
    ]
    assert [(one["role"], one["thing"]["label"]) for one in back["points_at"]] == [("owner", "县财政局")]
    desk.bureau.does("rooms.move-out", room, effective="2021-01-01", person=person)
    assert Counter(one["role"] for one in desk.sees(f"/v1/rooms/{room}/relations")["points_at"])["occupant"] == 0


def test_a_split_room_tells_what_became_of_it(desk: Seeing) -> None:
    building = a_building(desk.bureau, a_unit(desk.bureau, "县财政局"), "综合楼")
    room = a_room(desk.bureau, building, "301")
    parts = [{"number": number, "category": "office", "net_area": "12.00"} for number in ("301东", "301西")]
    desk.bureau.does("rooms.split", room, effective="2022-01-01", parts=parts)
    into = [one["thing"]["label"] for one in desk.sees(f"/v1/rooms/{room}/relations")["points_at"]]
    assert sorted(into) == ["综合楼 301东", "综合楼 301西"]


# Places ----------------------------------------------------------------------------------------------------------------


def a_compound(desk: Seeing) -> tuple[Done, Done, list[Done]]:
    """A compound with one building of two floors, used by one unit, one person in two rooms."""
    bureau = desk.bureau
    unit = a_unit(bureau, "县财政局")
    person = a_person(bureau, "周婷", unit, rank="section-chief")
    compound = bureau.does(
        "compounds.register", effective="2015-01-01", name="县政府大院", address="桂文中路", division=HELAN
    )
    building = a_building(bureau, unit, "1号楼")
    bureau.does("buildings.place-in-compound", building, effective="2015-01-01", compound=compound)
    rooms = [
        a_room(bureau, building, number, floor=floor, net_area="20.00")
        for number, floor in (("101", 1), ("102", 1), ("201", 2))
    ]
    for room in rooms[1:]:
        bureau.does("rooms.assign", room, effective="2020-01-01", unit=unit)
        bureau.does("rooms.move-in", room, effective="2020-02-01", person=person, second_office_approved=True)
    return compound, building, rooms


def test_a_compound_is_shown_by_buildings_floors_and_rooms(desk: Seeing) -> None:
    compound, building, _ = a_compound(desk)
    told = desk.sees(f"/v1/compounds/{compound}/contents")
    assert (told["rooms"], told["net_area"], told["people"], told["without_unit"]) == (3, "60.00", 1, 1)
    floors = told["buildings"][0]["floors"]
    assert [(one["floor"], one["rooms"], one["net_area"], one["people"]) for one in floors] == [
        (1, 2, "40.00", 1), (2, 1, "20.00", 1),
    ]  # fmt: skip
    room = floors[1]["list"][0]
    assert (room["number"], room["category_zh"], room["using_unit"]["label"]) == ("201", "办公室", "县财政局")
    assert [one["label"] for one in room["occupants"]] == ["周婷"]
    assert desk.sees(f"/v1/compounds/{compound}/contents", depth="buildings")["buildings"][0]["floors"] == []
    assert desk.sees(f"/v1/buildings/{building}/contents")["floors"] == floors


def test_the_floors_of_a_building_on_a_day(desk: Seeing) -> None:
    _, building, rooms = a_compound(desk)
    desk.bureau.does("rooms.retire", rooms[0], effective="2023-01-01")
    path = f"/v1/buildings/{building}/floors"
    assert [(one["floor"], one["rooms"], one["list"]) for one in desk.sees(path)["floors"]] == [(1, 1, []), (2, 1, [])]
    assert [one["rooms"] for one in desk.sees(path, at="2022-12-31")["floors"]] == [2, 1]
    assert [one["people"] for one in desk.sees(path, at="2019-12-31")["floors"]] == [0, 0]


def test_a_warehouse_is_shown_shelf_by_shelf(desk: Seeing) -> None:
    bureau = desk.bureau
    unit = a_unit(bureau, "县机关事务管理局", unit_kind="institution")
    warehouse = bureau.does(
        "warehouses.open",
        effective="2020-01-01",
        name="县公物仓",
        form="physical",
        managing_unit=unit,
        division=HELAN,
        address="习岗镇光明西路",
    )
    bureau.does("warehouses.add-shelf", warehouse, effective="2020-01-01", shelf="A-01")
    said: dict[str, Any] = {"asset_class": "A05040101", "name": "复印纸", "measure": "包", "unit_price": "25.00"}
    for quantity, shelf in (("10", "A-01"), ("4", None)):
        bureau.does(
            "lots.receive", effective="2021-01-01", warehouse=warehouse, quantity=quantity,
            **said, **({"shelf": shelf} if shelf else {}),
        )  # fmt: skip
    told = desk.sees(f"/v1/warehouses/{warehouse}/contents")
    assert [(one["shelf"], one["lots"], float(one["value"])) for one in told["shelves"]] == [
        ("A-01", 1, 250.0), (None, 1, 100.0),
    ]  # fmt: skip
    assert {one["thing"]["label"] for one in told["stored"]} == {"复印纸"}
    page = desk.sees(f"/v1/warehouses/{warehouse}/contents", limit=1)
    assert page["stored"] + desk.sees(page["next"])["stored"] == told["stored"]


def test_a_misspelt_choice_is_refused(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    assert desk.refused(f"/v1/units/{unit}/holdings", 422, role="ownr") == "request-invalid"
    assert desk.refused(f"/v1/units/{unit}/holdings", 422, cursor="owner") == "request-invalid"
    assert desk.refused(f"/v1/units/{unit}/holdings", 422, subtree="1") == "request-invalid"
