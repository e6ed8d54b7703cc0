"""Rooms: registered and measured, assigned and vacated, split and merged, and who sits in them."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau, Done
from tests.scenarios.premises import a_building, a_person, a_room, a_unit
from tests.scenarios.story import tells


@tells("rooms.register", "rooms.assign", "rooms.move-in", "rooms.move-out", "rooms.order-vacating", "rooms.vacate",
       "rooms.release")  # fmt: skip
def test_a_unit_has_too_much_and_must_vacate(bureau: Bureau) -> None:
    finance = a_unit(bureau, "贺兰县财政局")
    chief, clerk = a_person(bureau, "马学文", finance, rank="section-chief"), a_person(bureau, "周婷", finance)
    room = a_room(bureau, a_building(bureau, finance), "305", net_area="36.00")
    bureau.does("rooms.assign", room, effective="2020-01-01", unit=finance, document="贺机管发〔2019〕33号")
    problem = bureau.refused("rooms.assign", room, effective="2021-01-01", unit=a_unit(bureau, "贺兰县审计局"))
    assert (problem.code, problem.data["unit"], problem.field) == ("room-in-use", finance.id, "/unit")
    bureau.does("rooms.move-in", room, effective="2020-01-06", person=chief, document=None)
    bureau.does("rooms.move-in", room, effective="2020-01-06", person=clerk, until="2023-01-01")
    problem = bureau.refused("rooms.move-in", room, effective="2020-02-01", person=chief)
    assert (problem.code, problem.field) == ("occupant-already", "/person")

    problem = bureau.refused("rooms.vacate", room, effective="2022-01-01")
    assert problem.code == "vacating-not-ordered"
    bureau.does("rooms.order-vacating", room, effective="2022-01-31", document="贺机管督〔2022〕2号")
    assert bureau.sees("rooms", room, at="2022-02-01")["vacate_by"] == "2022-02-27T16:00:00Z"  # a month: the 28th
    problem = bureau.refused("rooms.vacate", room, effective="2022-02-20")
    assert problem.code == "occupants-remain"
    assert "请先登记人员迁出" in problem.says
    for person in (chief, clerk):
        bureau.does("rooms.move-out", room, effective="2022-02-21", person=person, document=None)
    problem = bureau.refused("rooms.move-out", room, effective="2022-02-22", person=clerk)
    assert problem.code == "not-an-occupant"
    bureau.does("rooms.vacate", room, effective="2022-02-25")
    assert bureau.sees("rooms", room, at="2022-02-24")["using_unit"] == finance.id
    seen = bureau.sees("rooms", room)
    assert (seen["using_unit"], seen["vacate_by"], seen.members("occupant")) == (None, None, {})

    bureau.does("rooms.assign", room, effective="2022-03-01", unit=finance)
    bureau.does("rooms.release", room, effective="2022-09-01")
    problem = bureau.refused("rooms.release", room, effective="2022-10-01")
    assert problem.code == "room-not-assigned"
    assert bureau.sees("rooms", room).history("using_unit") == [finance.id, None, finance.id, None]


@tells("rooms.move-in")
def test_a_second_office_needs_a_document(bureau: Bureau) -> None:
    unit = a_unit(bureau, "贺兰县交通运输局")
    person, building = a_person(bureau, "杨志刚", unit, rank="section-chief"), a_building(bureau, unit)
    room = a_room(bureau, building, "401")
    asked: dict[str, Any] = {"effective": "2023-05-01", "person": person, "second_office_approved": True}
    assert bureau.refused("rooms.move-in", room, **asked, document=None).code == "document-missing"
    bureau.does("rooms.move-in", room, **asked, document="贺机管批〔2023〕6号")
    assert bureau.sees("rooms", room).of("second_office", person) is True
    retired = a_person(bureau, "韩冬梅", unit)
    bureau.does("people.leave", retired, effective="2022-01-01")
    problem = bureau.refused("rooms.move-in", room, effective="2023-05-01", person=retired)
    assert problem.code == "person-not-employed"


@tells("rooms.split", "rooms.merge", "rooms.renumber", "rooms.measure", "rooms.change-category", "rooms.retire")
def test_a_meeting_room_is_split_and_two_offices_are_merged(bureau: Bureau) -> None:
    unit = a_unit(bureau, "贺兰县农业农村局")
    building = a_building(bureau, unit, floors_below=1)
    hall = a_room(bureau, building, "501", floor=5, net_area="60.00", category="service")
    first, second = the_hall_becomes_two_offices(bureau, hall)
    merged = the_offices_become_one(bureau, unit, first, second)
    its_number_is_its_own(bureau, building, merged)
    archive = a_room(bureau, building, "B101", floor=-1, category="technical", net_area="80.00")
    bureau.does("rooms.change-category", archive, effective="2023-01-01", category="ancillary")
    assert bureau.sees("rooms", archive, at="2022-12-31")["category"] == "technical"
    bureau.does("rooms.retire", archive, effective="2023-06-01")
    assert bureau.sees("rooms", archive)["room_status"] == "retired"


def the_hall_becomes_two_offices(bureau: Bureau, hall: Done) -> tuple[str, str]:
    parts: list[dict[str, Any]] = [
        {"number": "501", "net_area": "29.50", "category": "office"},
        {"number": "502", "net_area": "29.00", "category": "office"},
    ]
    problem = bureau.refused(
        "rooms.split", hall, effective="2021-03-01", parts=[parts[0], parts[1] | {"net_area": "40.00"}]
    )
    assert (problem.code, problem.field, problem.data["limit"]) == ("parts-beyond-whole", "/parts", "61.2000")
    problem = bureau.refused(
        "rooms.split", hall, effective="2021-03-01", parts=[parts[0], parts[1] | {"number": "501"}]
    )
    assert problem.code == "part-numbers-repeat"
    done = bureau.does("rooms.split", hall, effective="2021-03-01", parts=parts, document=None)
    first, second = done.made("RoomRegistered")
    whole, part = bureau.sees("rooms", hall), bureau.sees("rooms", first)
    assert (whole["room_status"], set(whole.members("made_into"))) == ("split", {first, second})
    assert (part["number"], part["floor"], part["category"]) == ("501", 5, "office")
    assert part.details["made_from"] == [hall.id]
    problem = bureau.refused("rooms.renumber", hall, effective="2021-04-01", number="503")
    assert problem.code == "room-not-in-service"
    return first, second


def the_offices_become_one(bureau: Bureau, unit: Done, first: str, second: str) -> str:
    into = {"number": "501", "net_area": "58.00"}
    bureau.does("rooms.assign", second, effective="2021-04-01", unit=unit, until="2022-01-01")
    problem = bureau.refused("rooms.merge", first, effective="2021-06-01", others=[second], into=into)
    assert (problem.code, problem.data["holders"]) == ("room-not-empty", [unit.id])
    problem = bureau.refused("rooms.merge", first, effective="2022-01-01", others=[first], into=into)
    assert (problem.code, problem.field) == ("merged-with-itself", "/others")
    done = bureau.does("rooms.merge", first, effective="2022-01-01", others=[second], into=into)
    assert sorted(done.topics) == ["RoomMerged", "RoomMerged", "RoomRegistered"]
    (merged,) = done.made("RoomRegistered")
    assert set(bureau.sees("rooms", merged).members("made_from")) == {first, second}
    for room in (first, second):
        assert bureau.sees("rooms", room)["room_status"] == "merged"
        assert bureau.sees("rooms", room, at="2021-12-31")["room_status"] == "in-service"
    return merged


def its_number_is_its_own(bureau: Bureau, building: Done, merged: str) -> None:
    problem = bureau.refused("rooms.register", effective="2022-02-01", building=building, floor=5, number="501",
                             category="office", net_area="20.00")  # fmt: skip
    assert (problem.code, problem.data["holder"]) == ("value-taken", merged)
    bureau.does("rooms.renumber", merged, effective="2022-02-01", number="510", document=None)
    taken_over = a_room(bureau, building, "501", floor=5, since="2022-03-01")
    problem = bureau.refused("rooms.renumber", merged, effective="2022-04-01", number="501")
    assert (problem.code, problem.data["holder"]) == ("value-taken", taken_over.id)
    bureau.does("rooms.measure", merged, effective="2022-05-01", net_area="57.60", document=None)
    assert bureau.sees("rooms", merged).history("net_area") == ["58.00", "57.60"]
    assert bureau.sees("rooms", merged, at="2022-01-15")["number"] == "501"
    problem = bureau.refused("rooms.register", effective="2022-02-01", building=building, floor=7, number="701",
                             category="office", net_area="20.00")  # fmt: skip
    assert (problem.code, problem.field) == ("floor-not-in-building", "/floor")
