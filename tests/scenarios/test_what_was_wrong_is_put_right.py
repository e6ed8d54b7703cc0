"""更正与撤回: a mistake is corrected by its position, or taken back; both stay in the log, and what follows is judged anew."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau, Done, line
from tests.scenarios.premises import (
    HELAN,
    LONG_AGO,
    a_building,
    a_person,
    a_room,
    a_title,
    a_unit,
    new_building,
    new_unit,
)
from tests.scenarios.story import tells


@tells("buildings.register", "buildings.revalue", "buildings.withdraw")
def test_a_value_is_corrected_twice_and_then_withdrawn(bureau: Bureau) -> None:
    owner = a_unit(bureau, "贺兰县机关事务服务中心", since="2010-01-01")
    building = a_building(bureau, owner, value="9000000.00")
    report = {"effective": "2023-01-01", "document": "宁评报字〔2023〕第7号"}
    wrong = bureau.does("buildings.revalue", building, value="46500000.00", **report)
    right = bureau.does("buildings.revalue", building, value="45600000.00", corrects=wrong.position, **report)
    assert right.topics == ["FactCorrected"]
    assert bureau.sees("buildings", building)["value"] == "45600000.00"
    assert bureau.sees("buildings", building, version=wrong.version)["value"] == "46500000.00"
    assert bureau.sees("buildings", building).history("value") == ["9000000.00", "45600000.00"]

    problem = bureau.refused("buildings.revalue", building, value="1.00", corrects=wrong.position, **report)
    assert (problem.code, problem.field) == ("nothing-to-correct", "/corrects")
    problem = bureau.refused("buildings.rename", building, name="某楼", corrects=right.position, effective="2023-01-01")
    assert problem.code == "corrects-another"
    assert "更正须用原来的同一种操作" in problem.says
    bureau.does("buildings.revalue", building, value="45610000.00", corrects=right.position, **report)
    assert bureau.sees("buildings", building)["value"] == "45610000.00"

    survey = bureau.does("buildings.resurvey", building, effective="2023-06-01", gross_area="1.00", floors_above=1)
    bureau.does("buildings.withdraw", building, effective="2023-06-01", of=survey.position, grounds="录错了楼")
    seen = bureau.sees("buildings", building)
    assert (seen["gross_area"], seen.history("gross_area")) == ("5000.00", ["5000.00"])
    assert [event["topic"] for event in bureau.reads("buildings", building)][-1] == "registry.FactWithdrawn"
    assert bureau.reads("buildings", building)[-1]["mandate"]["reason"] == "录错了楼"
    the_registration_itself_is_corrected(bureau, owner)


def the_registration_itself_is_corrected(bureau: Bureau, owner: Done) -> None:
    said = new_building("一号楼", gross_area="500.00")
    wrong = bureau.does("buildings.register", effective=LONG_AGO, owner=owner, building=said)
    moved = said | {"number": said["number"] + "-2", "gross_area": "5000.00"}
    right = bureau.does(
        "buildings.register", id=wrong, corrects=wrong.position, effective="2012-09-01", owner=owner, building=moved
    )
    assert (right.status, right.id, right.version) == (200, wrong.id, 2)
    seen = bureau.sees("buildings", wrong, at="2013-01-01")
    assert (seen["gross_area"], seen["number"]) == ("5000.00", moved["number"])
    assert said["number"] not in seen.claims
    twice = bureau.does(
        "buildings.register", effective=LONG_AGO, owner=owner, building=said
    )  # the number is free again
    a_building_that_was_registered_twice(bureau, owner, twice, said)


def a_building_that_was_registered_twice(bureau: Bureau, owner: Done, twice: Done, said: dict[str, Any]) -> None:
    """It is unmade only once nothing else is known of it or in it; then it never was, and its number is free."""
    room = a_room(bureau, twice, "101")
    problem = bureau.refused("buildings.withdraw", twice, effective="2024-01-01", of=twice.position)
    assert problem.code == "still-held"
    bureau.does("rooms.withdraw", room, effective="2024-01-01", of=room.position)
    bureau.does("buildings.withdraw", twice, effective="2024-01-01", of=twice.position)
    assert bureau.refused("buildings.rename", twice, effective="2024-01-01", name="某楼").code == "not-found"
    bureau.does("buildings.register", effective=LONG_AGO, owner=owner, building=said)


@tells("rooms.assign", "rooms.withdraw")
def test_an_assignment_to_the_wrong_unit(bureau: Bureau) -> None:
    meant, named = a_unit(bureau, "贺兰县水务局"), a_unit(bureau, "贺兰县税务局")
    room = a_room(bureau, a_building(bureau, meant), "201", floor=2)
    wrong = bureau.does("rooms.assign", room, effective="2021-01-01", unit=named)
    bureau.does("rooms.assign", room, effective="2021-01-01", unit=meant, corrects=wrong.position)
    assert bureau.sees("rooms", room).history("using_unit") == [meant.id]
    bureau.does("units.abolish", named, effective="2022-01-01")  # it never held the room
    assert bureau.refused("units.abolish", meant, effective="2022-01-01").code == "still-held"
    elsewhere = a_room(bureau, a_building(bureau, meant), "202", floor=2)
    problem = bureau.refused(
        "rooms.measure", elsewhere, effective="2021-01-01", net_area="9.00", corrects=wrong.position
    )
    assert problem.code == "nothing-to-correct"

    problem = bureau.refused("rooms.withdraw", elsewhere, effective="2021-01-01", of=wrong.position)
    assert (problem.code, problem.field) == ("nothing-to-correct", "/of")

    retired = bureau.does("rooms.retire", elsewhere, effective="2023-01-01")
    bureau.does("rooms.withdraw", elsewhere, effective="2023-01-01", of=retired.position, document=None)
    assert bureau.sees("rooms", elsewhere)["room_status"] == "in-service"
    assert "202" in bureau.sees("rooms", elsewhere).claims


@tells("people.join", "people.withdraw")
def test_a_name_that_was_misspelt_stays_sealed(bureau: Bureau) -> None:
    unit = a_unit(bureau, "贺兰县公安局", unit_kind="judicial")
    person = a_person(bureau, "张晓鸣", unit, phone="13800000021")
    bureau.does("people.join", id=person, corrects=person.position, effective=LONG_AGO, unit=unit, name="张晓明",
                phone="13800000021", staff_type="public-post")  # fmt: skip
    seen = bureau.sees("people", person)
    assert (seen.details["name"], seen["staff_type"]) == ("张晓明", "public-post")
    events = str(bureau.reads("people", person))
    assert not any(told in events for told in ("张晓鸣", "张晓明", "13800000021"))
    left = bureau.does("people.leave", person, effective="2022-01-01")
    bureau.does("people.withdraw", person, effective="2022-01-01", of=left.position, grounds="系借调，未离职")
    assert bureau.sees("people", person)["member_of"] == unit.id
    bureau.does("people.erase", person, effective="2024-01-01")
    latest = bureau.reads("people", person)[1]["position"]
    problem = bureau.refused("people.join", id=person, corrects=latest, effective=LONG_AGO, unit=unit, name="张晓明",
                             staff_type="established")  # fmt: skip
    assert problem.code == "person-key-destroyed"
    assert "抹除" in problem.says


@tells("units.establish", "units.rename", "units.withdraw", "compounds.register", "compounds.withdraw")
def test_corrections_in_one_decision_with_what_they_allow(bureau: Bureau) -> None:
    unit = a_unit(bureau, "贺兰县司法局", since="2019-03-01")
    renamed = bureau.does("units.rename", unit, effective="2021-01-01", name="贺兰县司发局")
    # The unit is older than was thought: its beginning is corrected, and what happened before it is told, at once.
    bureau.does_together(
        line("units.establish", unit, corrects=unit.position, unit=new_unit("贺兰县司法局"), effective="2012-01-01"),
        line("units.withdraw", unit, of=renamed.position),
        line("units.rename", unit, name="贺兰县司法行政局", effective="2016-01-01"),
        effective="2021-01-01",
    )
    assert bureau.sees("units", unit).history("name") == ["贺兰县司法局", "贺兰县司法行政局"]
    said = {"name": "老城大院", "address": "习岗街1号", "division": HELAN}
    compound = bureau.does("compounds.register", effective=LONG_AGO, **said)
    closed = bureau.does("compounds.close", compound, effective="2020-01-01")
    building: dict[str, Any] = {"building": new_building(), "owner": unit, "compound": compound}
    assert bureau.refused("buildings.register", effective="2021-06-01", **building).code == "compound-not-open"
    bureau.does_together(
        line("compounds.withdraw", compound, of=closed.position),
        line("buildings.register", **building),
        effective="2021-06-01",
    )
    assert bureau.sees("compounds", compound)["compound_status"] == "open"


@tells("units.withdraw", "buildings.withdraw", "people.withdraw")
def test_what_had_ended_goes_on_when_the_end_was_a_mistake(bureau: Bureau) -> None:
    owner, unit = a_unit(bureau, "贺兰县机关事务服务中心"), a_unit(bureau, "贺兰县地震局")
    abolished = bureau.does("units.abolish", unit, effective="2021-01-01")
    asked: dict[str, Any] = {"effective": "2022-01-01", "unit": unit, "name": "金涛", "staff_type": "established"}
    assert bureau.refused("people.join", **asked).code == "unit-not-active"
    bureau.does("units.withdraw", unit, effective="2021-01-01", of=abolished.position, grounds="应为另一单位")
    person = bureau.does("people.join", **asked)
    moved = bureau.does("people.move", person, effective="2023-01-01", to=owner)
    bureau.does("people.withdraw", person, effective="2023-01-01", of=moved.position)
    problem = bureau.refused("units.abolish", unit, effective="2024-01-01")
    assert (problem.code, problem.data["held"]) == ("still-held", [person.id])

    building = a_building(bureau, owner, "备用楼")
    a_title(bureau, building, owner)
    bureau.does("buildings.open-disposal", building, effective="2022-01-01", mode="demolish")
    approved = bureau.does("buildings.approve-disposal", building, effective="2022-02-01")
    gone = bureau.does("buildings.complete-disposal", building, effective="2022-03-01")
    problem = bureau.refused("buildings.withdraw", building, effective="2022-02-01", of=approved.position)
    assert problem.code == "disposal-out-of-order"  # what was completed had been approved
    bureau.does("buildings.withdraw", building, effective="2022-03-01", of=gone.position, grounds="尚未拆除")
    assert bureau.sees("buildings", building)["building_status"] == "standing"
    a_room(bureau, building, "101", floor=1, since="2023-01-01")
