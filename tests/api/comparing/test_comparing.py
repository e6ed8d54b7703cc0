"""Two moments, two states of knowledge, two views: what is otherwise, and which events are the cause."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.api.seeing import Seeing
from tests.scenarios.bureau import Bureau, Done
from tests.scenarios.movables import a_car
from tests.scenarios.premises import HELAN, a_building, a_person, a_room, a_unit


def changed(page: dict[str, Any]) -> list[tuple[str, str, str, list[int]]]:
    """Of the one thing on the page: facet, how it was, how it is, and because of which events."""
    return [
        (one["facet"], one["a"]["zh"] if one["a"] else "", one["b"]["zh"] if one["b"] else "", one["caused_by"])
        for each in page["different"]
        for one in each["changes"]
    ]


def summary(page: dict[str, Any]) -> dict[str, tuple[int, int, int, int]]:
    """By kind, where there is anything: only in a, only in b, otherwise, the same."""
    told = {
        one["kind"]: (one["only_a"], one["only_b"], one["otherwise"], one["same"])
        for one in page["summary"]
    }  # fmt: skip
    return {kind: counts for kind, counts in told.items() if any(counts)}


def an_assigned_room(
    bureau: Bureau, unit: Done, number: str = "301", building: Done | None = None
) -> tuple[Done, Done]:
    room = a_room(bureau, building or a_building(bureau, unit, "综合楼"), number)
    return room, bureau.does("rooms.assign", room, effective="2020-01-01", unit=unit)


def test_between_two_days_the_events_effective_between_are_the_cause(desk: Seeing) -> None:
    room, _ = an_assigned_room(desk.bureau, a_unit(desk.bureau, "县财政局"))
    measured = desk.bureau.does("rooms.measure", room, effective="2022-01-01", net_area="30.00")
    released = desk.bureau.does("rooms.release", room, effective="2023-01-01")
    path = f"/v1/compare/assets/{room}"
    told = desk.sees(path, a_at="2021-01-01", b_at="2024-01-01")
    assert changed(told) == [
        ("net_area", "24.00 m²", "30.00 m²", [measured.position]),
        ("using_unit", "县财政局", "无", [released.position]),
    ]
    assert [event["position"] for event in told["events"]] == [measured.position, released.position]
    assert changed(desk.sees(path, a_at="2022-06-01", b_at="2022-12-31")) == []
    backwards = desk.sees(path, a_at="2024-01-01", b_at="2022-06-01")
    assert changed(backwards) == [("using_unit", "无", "县财政局", [released.position])]


def test_between_two_states_of_knowledge_the_events_recorded_between_are_the_cause(desk: Seeing) -> None:
    room, _ = an_assigned_room(desk.bureau, a_unit(desk.bureau, "县财政局"))
    wrong = desk.bureau.does("rooms.measure", room, effective="2022-01-01", net_area="300.00")
    right = desk.bureau.does("rooms.measure", room, effective="2022-01-01", net_area="30.00", corrects=wrong.position)
    late = desk.bureau.does("rooms.renumber", room, effective="2021-01-01", number="3-01")
    told = desk.sees(f"/v1/compare/assets/{room}", a_known=f"#{wrong.position}")
    assert changed(told) == [
        ("net_area", "300.00 m²", "30.00 m²", [right.position]),
        ("number", "301", "3-01", [late.position]),
    ]
    assert [event["corrects"] for event in told["events"]] == [wrong.position, None]
    assert (told["a"]["known"], told["b"]["known"]) == (wrong.position, None)
    desk.bureau.does("rooms.renumber", room, effective="2024-01-01", number="3-1")
    then = desk.sees(f"/v1/compare/assets/{room}", a_known=f"#{wrong.position}", a_at="2023-01-01", b_at="2023-01-01")
    assert changed(then) == changed(told), "what takes effect later is no cause of what was so then"


def test_a_time_that_ran_out_is_caused_by_whoever_set_it(desk: Seeing) -> None:
    unit, host = a_unit(desk.bureau, "县机关事务管理局"), a_unit(desk.bureau, "县公安局")
    car = a_car(desk.bureau, unit, "宁A9H402", 940402)
    posted = desk.bureau.does("vehicles.post", car, effective="2021-01-01", to=host, until="2022-01-01")
    told = desk.sees(f"/v1/compare/assets/{car}", a_at="2021-06-01", b_at="2023-01-01")
    assert changed(told) == [("posted_to", "县公安局", "", [posted.position])]


def test_what_was_not_there_on_one_side_is_told_whole(desk: Seeing) -> None:
    before = desk.bureau.head()
    unit = a_unit(desk.bureau, "县数据局", since="2024-01-01")
    for asked in ({"a_known": f"#{before}"}, {"a_at": "2023-01-01"}):
        told = desk.sees(f"/v1/compare/assets/{unit}", **asked)
        assert (told["different"][0]["in_a"], told["different"][0]["in_b"]) == (False, True)
        assert ("name", "", "县数据局", [unit.position]) in changed(told)
    nowhere = {"a_known": f"#{before}", "b_known": f"#{before}"}
    assert desk.refused(f"/v1/compare/assets/{unit}", 404, **nowhere) == "not-yet-recorded"
    assert desk.refused(f"/v1/compare/assets/{uuid4()}", 404) == "not-found"
    assert desk.refused(f"/v1/compare/units/{uuid4()}", 404) == "not-found"


def test_a_case_stays_where_it_stopped_and_live_goes_on(desk: Seeing) -> None:
    room, assigned = an_assigned_room(desk.bureau, a_unit(desk.bureau, "县财政局"))
    name, other = f"case-{uuid4().hex[:8]}", f"case-{uuid4().hex[:8]}"
    desk.investigates(name, assigned.position)
    released = desk.bureau.does("rooms.release", room, effective="2023-01-01")
    desk.investigates(other, released.position, f"asset:{room}")
    path = f"/v1/compare/assets/{room}"
    gone = [("using_unit", "县财政局", "无", [released.position])]
    assert changed(desk.sees(path, a_case=name)) == gone
    assert changed(desk.sees(path, b_case=name)) == [("using_unit", "无", "县财政局", [released.position])]
    told = desk.sees(path, a_case=name, b_case=other)
    assert changed(told) == gone  # the unit is no part of the second case, and still called by its name
    assert [event["position"] for event in told["events"]] == [released.position]
    assert (told["a"]["case"], told["b"]["case"]) == (name, other)
    assert desk.refused(path, 404, a_case="nobody-made-it") == "case-unknown"
    assert desk.refused(path, 404, b_case="nobody-made-it") == "case-unknown"


# A unit and an area ------------------------------------------------------------------------------------------------------


def test_a_units_holdings_are_compared_thing_by_thing(desk: Seeing) -> None:
    unit, other = a_unit(desk.bureau, "县财政局"), a_unit(desk.bureau, "县审计局")
    building = a_building(desk.bureau, unit, "综合楼")
    kept, _ = an_assigned_room(desk.bureau, unit, "301", building)
    left, _ = an_assigned_room(desk.bureau, unit, "302", building)
    same, _ = an_assigned_room(desk.bureau, unit, "303", building)
    measured = desk.bureau.does("rooms.measure", kept, effective="2022-01-01", net_area="30.00")
    desk.bureau.does("rooms.release", left, effective="2022-01-01")
    handed = desk.bureau.does("rooms.assign", left, effective="2022-06-01", unit=other)
    person = a_person(desk.bureau, "周婷", unit, since="2022-03-01")
    told = desk.sees(f"/v1/compare/units/{unit}", a_at="2021-01-01", b_at="2023-01-01")
    assert summary(told) == {"buildings": (0, 0, 0, 1), "rooms": (1, 0, 1, 1), "people": (0, 1, 0, 0)}
    found = {one["thing"]["id"]: one for one in told["different"]}
    assert found.keys() == {kept.id, left.id, person.id}
    assert same.id not in found
    assert (found[left.id]["in_a"], found[left.id]["in_b"]) == (True, False)
    moved = found[left.id]["changes"][0]
    assert (moved["facet"], moved["a"]["zh"], moved["b"]["zh"]) == ("using_unit", "县财政局", "县审计局")
    assert moved["caused_by"][-1] == handed.position
    assert found[kept.id]["changes"][0]["caused_by"] == [measured.position]
    assert found[person.id]["thing"]["label"] == "周婷"


def test_what_moves_within_the_subtree_stays_in_it(desk: Seeing) -> None:
    top = a_unit(desk.bureau, "县人民政府")
    below = a_unit(desk.bureau, "县财政局", parent=top)
    room, _ = an_assigned_room(desk.bureau, below)
    moved = desk.bureau.does(
        "units.move-under", below, effective="2022-01-01", parent=a_unit(desk.bureau, "市人民政府")
    )
    asked = {"a_at": "2021-01-01", "b_at": "2023-01-01"}
    whole = desk.sees(f"/v1/compare/units/{top}", subtree="true", **asked)
    assert summary(whole)["rooms"] == (1, 0, 0, 0)
    assert {one["thing"]["id"]: one["changes"] for one in whole["different"]}[room.id] == []
    assert [event["position"] for event in whole["events"]] == [moved.position]
    assert summary(desk.sees(f"/v1/compare/units/{top}", **asked)) == {"units": (1, 0, 0, 0)}


def test_pages_of_a_comparison_lead_on_without_a_gap(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县教育局")
    building = a_building(desk.bureau, unit)
    for number in range(5):
        room, _ = an_assigned_room(desk.bureau, unit, f"30{number}", building)
        desk.bureau.does("rooms.measure", room, effective="2022-01-01", net_area="30.00")
    asked = {"a_at": "2021-01-01", "b_at": "2023-01-01"}
    whole = desk.sees(f"/v1/compare/units/{unit}", **asked)["different"]
    page = desk.sees(f"/v1/compare/units/{unit}", limit=2, **asked)
    found = page["different"]
    while page["next"]:
        page = desk.sees(page["next"])
        assert page["summary"] is None
        found += page["different"]
    assert (found, len(whole)) == (whole, 5)


FOOTPRINT = [[[106.35, 38.55], [106.351, 38.55], [106.351, 38.551], [106.35, 38.551], [106.35, 38.55]]]


def a_drawn_building(desk: Seeing) -> tuple[Done, Done, Done]:
    """In a compound, with one room; measured anew in 2022."""
    bureau = desk.bureau
    unit = a_unit(bureau, "县财政局")
    compound = bureau.does(
        "compounds.register", effective="2015-01-01", name="县政府大院", address="桂文中路", division=HELAN
    )
    outline = {"system": "EPSG:4490", "coordinates": FOOTPRINT}
    building = a_building(bureau, unit, "1号楼", footprint=outline)
    bureau.does("buildings.place-in-compound", building, effective="2015-01-01", compound=compound)
    room = a_room(bureau, building, "101")
    bureau.does("rooms.measure", room, effective="2022-01-01", net_area="30.00")
    return compound, building, room


def test_an_area_is_a_compound_a_division_or_a_box(desk: Seeing) -> None:
    compound, building, room = a_drawn_building(desk)
    asked = {"a_at": "2021-01-01", "b_at": "2023-01-01"}
    told = desk.sees("/v1/compare/area", compound=compound.id, **asked)
    assert summary(told) == {"compounds": (0, 0, 0, 1), "buildings": (0, 0, 0, 1), "rooms": (0, 0, 1, 0)}
    assert [one["thing"]["id"] for one in told["different"]] == [room.id]
    boxed = desk.sees("/v1/compare/area", bbox="106.34,38.54,106.36,38.56", **asked)
    assert room.id in {one["thing"]["id"] for one in boxed["different"]}
    assert summary(boxed)["buildings"][3] >= 1
    assert summary(desk.sees("/v1/compare/area", bbox="100.0,30.0,100.1,30.1", **asked)) == {}
    divided = desk.sees("/v1/compare/area", division=HELAN, limit=500, **asked)
    assert room.id in {one["thing"]["id"] for one in divided["different"]}
    assert building.id not in {one["thing"]["id"] for one in divided["different"]}
    assert summary(desk.sees("/v1/compare/area", division="11", **asked)) == {}


def a_triangle(west: float) -> dict[str, Any]:
    ring = [[west, 36.0], [west + 0.01, 36.0], [west + 0.01, 36.01], [west, 36.0]]
    return {"system": "EPSG:4490", "coordinates": [ring]}


def test_what_only_lies_elsewhere_is_otherwise(desk: Seeing) -> None:
    """No list shows where a thing lies; an area does. It is moved within the box, out of it, or not at all."""
    place = {"address": "某街1号", "division": HELAN}
    ids = [
        desk.bureau.does("compounds.register", effective="2015-01-01", name=name, outline=a_triangle(107.0), **place)
        for name in ("近", "远", "不动")
    ]
    for id, west in zip(ids, (107.02, 108.0), strict=False):
        desk.bureau.does("compounds.redraw", id, effective="2022-01-01", outline=a_triangle(west))
    asked = {"bbox": "106.9,35.9,107.1,36.1", "a_at": "2021-01-01", "b_at": "2023-01-01"}
    told = desk.sees("/v1/compare/area", **asked)
    assert summary(told) == {"compounds": (1, 0, 1, 1)}
    assert desk.sees("/v1/compare/area", kinds="buildings", **asked)["different"] == []
    assert desk.sees("/v1/compare/area", kinds="compounds", **asked)["different"] == told["different"]
    found = {one["thing"]["id"]: one for one in told["different"]}
    assert found.keys() == {ids[0].id, ids[1].id}
    for one in found.values():
        [change] = one["changes"]
        assert (change["facet"], change["zh"]) == ("outline", "范围")
        assert change["a"]["value"] != change["b"]["value"]


def test_an_area_is_said_in_one_way(desk: Seeing) -> None:
    assert desk.refused("/v1/compare/area", 409) == "area-unclear"
    assert desk.refused("/v1/compare/area", 409, division="64", bbox="106,38,107,39") == "area-unclear"
    assert desk.refused("/v1/compare/area", 409, bbox="107,38,106,39") == "box-impossible"
    assert desk.refused("/v1/compare/area", 422, bbox="107,38,106") == "request-invalid"
    assert desk.refused("/v1/compare/area", 404, compound=str(uuid4())) == "not-found"


def test_a_page_of_another_comparison_is_not_gone_on_from(desk: Seeing) -> None:
    """It would begin anew, and whoever follows `next` would never come to an end."""
    asked = {"division": HELAN, "kinds": "compounds", "cursor": f"rooms.{uuid4()}"}
    assert desk.refused("/v1/compare/area", 409, **asked) == "cursor-of-another-list"
