"""Floors over the API: the rooms of a moment, at their outlines of that moment, as far as they are in sight."""

from __future__ import annotations

from typing import Any

import pytest

from maps.floors.parts import MOST
from tests.api.floors.drawn import a_box, a_drawn_building, a_hall_of_rooms
from tests.api.seeing import Seeing
from tests.scenarios.premises import a_person, a_unit


@pytest.fixture(scope="module")
def drawn(desk: Seeing) -> dict[str, Any]:
    units = [a_unit(desk.bureau, name).id for name in ("县财政局", "县教育局", "<script>alert(`1`)</script>")]
    person = a_person(desk.bureau, "马学文", units[0])
    return {"units": units, "building": a_drawn_building(desk.client, units, [person.id])}


def floor(desk: Seeing, drawn: dict[str, Any], **asked: Any) -> Any:
    return desk.sees(f"/v1/buildings/{drawn['building']}/plan", **asked)


def test_a_floor_is_told_with_all_others_and_a_legend_that_counts(desk: Seeing, drawn: dict[str, Any]) -> None:
    told = floor(desk, drawn)
    assert (told["floor"], [one["floor"] for one in told["floors"]]) == (1, [1, 2, 3])
    assert [(one["rooms"], one["drawn"]) for one in told["floors"]] == [(16, 14), (16, 16), (16, 0)]
    assert sum(one["rooms"] for one in told["legend"]) == len(told["rooms"]) == 16
    assert told["rooms"][0]["people"] == 1
    assert [one["schematic"] for one in told["rooms"]] == [False] * 14 + [True] * 2
    assert (told["sheet"]["north"], told["sheet"]["bar"]) == (pytest.approx(12, abs=0.2), 10)


def test_a_unit_has_the_same_colour_on_every_floor_and_is_lit_where_it_is(desk: Seeing, drawn: dict[str, Any]) -> None:
    seen = [floor(desk, drawn, floor=number, unit=drawn["units"][1]) for number in (1, 2, 3)]
    tones = [{one["key"]: one["tone"] for one in told["legend"]} for told in seen]
    assert len({told[drawn["units"][1]] for told in tones}) == 1
    lit = [sum(room["lit"] for room in told["rooms"]) for told in seen]
    assert lit == [one["lit"] for one in seen[0]["floors"]]
    assert all(lit)


def test_the_plan_is_that_of_the_moment_and_of_what_was_known(desk: Seeing, drawn: dict[str, Any]) -> None:
    [last] = [room for room in floor(desk, drawn, floor=2)["rooms"] if room["number"] == "201"]
    before = desk.bureau.head()
    desk.bureau.does(
        "rooms.measure", last["id"], effective="2024-01-01", net_area="24.00", outline=a_box(0.1, 10.1, 3.3, 7.2)
    )
    paths = [
        next(room["path"] for room in floor(desk, drawn, floor=2, **when)["rooms"] if room["number"] == "201")
        for when in ({}, {"at": "2023-06-01"}, {"known": f"#{before}"})
    ]
    assert paths[0] != paths[1] == paths[2] == last["path"]
    assert floor(desk, drawn, at="2019-01-01")["floors"] == []


def test_what_looks_wrong_colours_the_room(desk: Seeing, drawn: dict[str, Any]) -> None:
    room = next(one for one in floor(desk, drawn, floor=2)["rooms"] if one["number"] == "203")
    desk.bureau.does("rooms.order-vacating", room["id"], effective="2023-02-01", deadline="2023-03-01")
    told = floor(desk, drawn, floor=2, colour="finding")
    [found] = [one for one in told["rooms"] if one["findings"] and one["number"] == "203"]
    assert (found["tone"], found["findings"][0]["name"]) == ("w1", "rooms-not-vacated")
    assert {"rooms-not-vacated", "rooms-idle"} <= {one["key"] for one in told["legend"]}


def test_a_unit_sees_its_rooms_on_all_floors_of_all_buildings(desk: Seeing, drawn: dict[str, Any]) -> None:
    other = a_drawn_building(desk.client, [drawn["units"][1]], floors=(1, 2))
    told = desk.sees(f"/v1/units/{drawn['units'][1]}/rooms-map")
    assert {one["building"]["id"] for one in told["buildings"]} == {drawn["building"], other}
    lit = sum(room["lit"] for one in told["buildings"] for storey in one["floors"] for room in storey["list"])
    assert lit == told["rooms"] == len(desk.sees(f"/v1/rooms?using_unit={drawn['units'][1]}&limit=200")["rows"])


def test_a_floor_that_is_not_there_is_refused_with_those_that_are(desk: Seeing, drawn: dict[str, Any]) -> None:
    path = f"/v1/buildings/{drawn['building']}/plan"
    assert desk.refused(path, 404, floor=9) == "floor-unknown"
    assert desk.refused(path, 422, floor="x") == "request-invalid"
    assert desk.refused(path, 422, colour="taste") == "request-invalid"


# Very many rooms ------------------------------------------------------------------------------------------------------


def test_of_a_floor_of_very_many_rooms_the_colours_are_told_and_its_parts(desk: Seeing, drawn: dict[str, Any]) -> None:
    unit = drawn["units"][0]
    address = f"/v1/buildings/{a_hall_of_rooms(desk.client, unit, MOST + 30)}/plan"
    whole = desk.sees(address, part="0", unit=unit)
    assert (whole["rooms"], whole["part"]) == ([], None)
    assert sum(one["path"].count("M") for one in whole["whole"]) == MOST + 30
    assert [one["path"].count("M") for one in whole["whole"] if one["lit"]] == [1]
    assert sum(one["rooms"] for one in whole["parts"]) == MOST + 30
    numbers: list[str] = []
    for one in whole["parts"]:
        part = desk.sees(address, part=str(one["part"]))
        told = sorted(room["number"] for room in part["rooms"])
        assert (part["part"], part["whole"], len(told)) == (one["part"], [], one["rooms"])
        assert (told[0], told[-1]) == (one["first"], one["last"])
        assert all(room["label"] for room in part["rooms"])
        assert [entry["rooms"] for entry in part["legend"]] == [entry["rooms"] for entry in whole["legend"]]
        numbers += told
    assert len(set(numbers)) == len(numbers) == MOST + 30
    assert len(desk.sees(address)["rooms"]) == MOST + 30
    assert desk.refused(address, 404, part=str(len(whole["parts"]) + 1)) == "part-unknown"


def test_a_floor_of_few_rooms_is_told_room_by_room_also_where_its_parts_are_asked_for(
    desk: Seeing, drawn: dict[str, Any]
) -> None:
    whole = floor(desk, drawn, part="0")
    assert (whole["parts"], whole["whole"]) == ([], [])
    assert whole["rooms"] == floor(desk, drawn)["rooms"]
