"""人员: people join, are promoted, move, leave, come back, and are erased; what only they should know stays sealed."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau, Done
from tests.scenarios.premises import a_building, a_person, a_room, a_unit
from tests.scenarios.story import tells

ID_NUMBER = "640122199003071234"


@tells("people.join", "people.change-contact", "people.change-rank", "people.change-staff-type", "people.move",
       "people.leave", "people.erase")  # fmt: skip
def test_a_volunteer_becomes_an_official_moves_leaves_and_is_forgotten(bureau: Bureau) -> None:
    education, archive = a_unit(bureau, "贺兰县教育体育局"), a_unit(bureau, "贺兰县档案馆", unit_kind="institution")
    person = a_person(bureau, "苏雅琴", education, since="2019-08-01", staff_type="western-volunteer",
                      phone="13800000007", id_number=ID_NUMBER)  # fmt: skip
    bureau.does("people.change-staff-type", person, effective="2021-09-01", staff_type="established", document=None)
    bureau.does("people.change-rank", person, effective="2023-04-01", rank="section-deputy", document=None)
    bureau.does(
        "people.change-contact", person, effective="2023-05-01", name="苏雅琴", phone="13900000008", document=None
    )
    bureau.does("people.move", person, effective="2024-01-01", to=archive)
    bureau.does("people.leave", person, effective="2024-07-01")
    problem = bureau.refused("people.change-rank", person, effective="2024-08-01", rank="section-chief")
    assert (problem.code, problem.status) == ("person-not-employed", 409)
    assert "请先登记入职或调动" in problem.says
    bureau.does("people.move", person, effective="2025-01-01", to=education, grounds="返聘")

    seen = bureau.sees("people", person)
    assert seen.history("member_of") == [education.id, archive.id, None, education.id]
    assert seen.history("staff_type") == ["western-volunteer", "established"]
    assert bureau.sees("people", person, at="2022-01-01")["rank"] == "staff"
    assert bureau.sees("people", person, version=1).details["phone"] == "13800000007"
    assert (seen.details["name"], seen.details["phone"]) == ("苏雅琴", "13900000008")
    she_is_forgotten(bureau, person)


def she_is_forgotten(bureau: Bureau, person: Done) -> None:
    events, asked = bureau.reads("people", person), {"effective": "2025-06-01", "name": "苏某"}
    assert not any(told in str(events) for told in ("苏雅琴", "13900000008", ID_NUMBER))
    assert bureau.refused("people.erase", person, effective="2025-06-01", document=None).code == "document-missing"
    bureau.does("people.erase", person, effective="2025-06-01", document="本人申请〔2025〕4号")
    seen = bureau.sees("people", person)
    assert not any(told in str(seen.raw) for told in ("苏雅琴", "13900000008", ID_NUMBER))
    assert seen.history("rank") == ["staff", "section-deputy"]
    for version in range(1, seen.version + 1):
        assert "苏雅琴" not in str(bureau.sees("people", person, version=version).raw)
    assert bureau.reads("people", person)[:-1] == events  # the log stays whole
    problem = bureau.refused("people.change-contact", person, **asked)
    assert (problem.code, problem.says) == ("person-erased", f"人员 {person} 的个人信息已抹除，不能再变更。")
    bureau.does("people.leave", person, effective="2025-07-01")


@tells("people.move", "people.leave")
def test_a_posting_known_in_advance_and_a_room_that_keeps_its_person(bureau: Bureau) -> None:
    health, hospital = a_unit(bureau, "贺兰县卫生健康局"), a_unit(bureau, "贺兰县人民医院", unit_kind="institution")
    doctor = a_person(bureau, "丁玉芳", health)
    room = a_room(bureau, a_building(bureau, health), "210", floor=2)
    bureau.does("rooms.move-in", room, effective="2020-01-01", person=doctor)
    bureau.does("people.move", doctor, effective="2090-01-01", to=hospital)
    assert bureau.sees("people", doctor)["member_of"] == health.id
    assert bureau.sees("people", doctor, at="2090-01-02")["member_of"] == hospital.id
    problem = bureau.refused("units.abolish", hospital, effective="2025-01-01")
    assert (problem.code, problem.data["held"]) == ("still-held", [doctor.id])
    bureau.does("people.leave", doctor, effective="2089-01-01")
    assert bureau.sees("rooms", room).of("occupant", doctor) == doctor.id


@tells("people.join")
def test_two_clerks_change_one_person_and_the_second_is_told(bureau: Bureau) -> None:
    person = a_person(bureau, "田文博", a_unit(bureau, "贺兰县民政局"))
    asked: dict[str, Any] = {"effective": "2022-01-01", "rank": "section-deputy"}
    bureau.does("people.change-rank", person, **asked, seen=1)
    problem = bureau.refused("people.change-rank", person, **asked, seen=1)
    assert (problem.code, problem.status, problem.field) == ("version-conflict", 412, "If-Match")
    key = "0b8a9f5e-6f0b-4b65-9d0a-1f4f4f8f4c11"
    first = bureau.does("people.change-rank", person, **asked, seen=2, key=key)
    again = bureau.does("people.change-rank", person, **asked, seen=2, key=key)
    assert (again.replayed, again.position) == (True, first.position)
    problem = bureau.refused("people.change-rank", person, effective="2023-01-01", rank="staff", key=key)
    assert problem.code == "command-id-reused"
