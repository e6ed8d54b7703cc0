"""机构改革: units are merged, split and abolished, and whatever they hold finds new hands in the same decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.scenarios.bureau import Bureau, Done, line
from tests.scenarios.premises import a_building, a_certificate, a_person, a_room, a_title, a_unit, new_unit
from tests.scenarios.story import tells

REFORM = "2019-03-01"
DECIDED = "贺党发〔2019〕5号"


@dataclass(frozen=True)
class Culture:
    """贺兰县文化局 on the eve of the reform, and all that it holds."""

    unit: Done
    library: Done
    official: Done
    theatre: Done
    offices: Done
    room: Done


def culture_bureau(bureau: Bureau, affairs: Done) -> Culture:
    unit = a_unit(bureau, "贺兰县文化局")
    offices = a_building(bureau, affairs)
    bureau.does("buildings.allocate", offices, effective="2018-01-01", unit=unit, mode="reallocate", area="800.00")
    room = a_room(bureau, offices, "301")
    bureau.does("rooms.assign", room, effective="2018-01-01", unit=unit)
    theatre = a_building(bureau, unit, "影剧院", gross_area="1200.00")
    a_title(bureau, theatre, unit)
    return Culture(
        unit=unit,
        library=a_unit(bureau, "贺兰县图书馆", parent=unit, unit_kind="institution"),
        official=a_person(bureau, "王秀兰", unit),
        theatre=theatre,
        offices=offices,
        room=room,
    )


def handing_over(old: Culture, new: str) -> list[dict[str, Any]]:
    """Everything that the old unit holds goes to the new one."""
    return [
        line("units.move-under", old.library, parent=new),
        line("people.move", old.official, to=new),
        line("buildings.transfer-title", old.theatre, to=new, certificate=a_certificate()),
        line("buildings.hand-back", old.offices, unit=old.unit),
        line("buildings.allocate", old.offices, unit=new, mode="reallocate", area="800.00"),
        line("rooms.release", old.room),
        line("rooms.assign", old.room, unit=new),
    ]


@tells("units.establish", "units.merge-into", "units.move-under", "people.move", "rooms.release", "rooms.assign",
       "buildings.transfer-title", "buildings.hand-back", "buildings.allocate")  # fmt: skip
def test_two_bureaus_become_one(bureau: Bureau) -> None:
    affairs = a_unit(bureau, "贺兰县机关事务服务中心", unit_kind="institution")
    culture, tourism = culture_bureau(bureau, affairs), a_unit(bureau, "贺兰县旅游局")
    new, order = str(uuid4()), {"effective": REFORM, "document": DECIDED, "grounds": "机构改革"}
    founding = line("units.establish", new, unit=new_unit("贺兰县文化和旅游局"))
    ending = [line("units.merge-into", culture.unit, successor=new), line("units.merge-into", tourism, successor=new)]

    problem = bureau.refused_together(founding, *ending, **order)
    assert (problem.code, problem.status, problem.line) == ("still-held", 409, 2)
    assert problem.data["count"] == 5
    assert "名下自该时间起仍有 5 项未移交" in problem.says

    handed_over = handing_over(culture, new)
    problem = bureau.refused_together(founding, *handed_over[:-2], *ending, **order)
    assert (problem.data["count"], problem.data["held"]) == (1, [culture.room.id])

    key, lines = str(uuid4()), [founding, *handed_over, *ending]
    done = bureau.does_together(*lines, key=key, **order)
    assert done.ids[0] == new
    head = bureau.head()
    again = bureau.does_together(*lines, key=key, **order)
    assert again.replayed
    assert again.raw["events"] == done.raw["events"]
    assert bureau.head() == head

    everything_is_in_new_hands(bureau, culture, new)
    the_decision_is_on_record(bureau, culture, done)
    late_facts_find_their_place(bureau, culture, affairs)


def everything_is_in_new_hands(bureau: Bureau, old: Culture, new: str) -> None:
    eve = bureau.sees("units", old.unit, at="2019-02-28")
    after = bureau.sees("units", old.unit, at=REFORM)
    assert (eve["unit_status"], after["unit_status"], after["successor"]) == ("active", "merged", new)
    assert bureau.sees("units", new)["predecessor"] is None  # it has many
    assert old.unit.id in bureau.sees("units", new).members("predecessor")
    for at, unit in (("2019-02-28", old.unit.id), (REFORM, new)):
        assert bureau.sees("units", old.library, at=at)["parent"] == unit
        assert bureau.sees("people", old.official, at=at)["member_of"] == unit
        assert bureau.sees("buildings", old.theatre, at=at)["owner"] == unit
        assert list(bureau.sees("buildings", old.offices, at=at).members("allocated_to")) == [unit]
        assert bureau.sees("rooms", old.room, at=at)["using_unit"] == unit


def the_decision_is_on_record(bureau: Bureau, old: Culture, done: Done) -> None:
    last = bureau.reads("units", old.unit)[-1]
    assert (last["topic"], last["command_id"]) == ("organisations.UnitMergedInto", done.raw["command_id"])
    assert last["mandate"]["reason"] == "机构改革"
    assert last["mandate"]["documents"] == [{"number": DECIDED, "digest": None}]
    assert last["mandate"]["actor"]["user"] == "马建国"
    assert (last["lines"], last["effective"]) == (len(done.raw["events"]), "2019-02-28T16:00:00Z")


def late_facts_find_their_place(bureau: Bureau, old: Culture, owner: Done) -> None:
    """The unit is gone, but what it was and had before may still come to light."""
    bureau.does("units.rename", old.unit, effective="2016-06-01", name="贺兰县文化广播电视局")
    assert bureau.sees("units", old.unit, at="2019-02-28")["name"] == "贺兰县文化广播电视局"
    annex = a_building(bureau, owner, "文化站")
    share = {"unit": old.unit, "mode": "reallocate", "area": "300.00"}
    problem = bureau.refused("buildings.allocate", annex, effective="2017-01-01", **share)
    assert (problem.code, problem.status) == ("still-held", 409)
    bureau.does("buildings.allocate", annex, effective="2017-01-01", until=REFORM, **share)
    assert bureau.sees("buildings", annex, at="2018-01-01").of("allocated_area", old.unit) == "300.00"
    assert bureau.sees("buildings", annex, at=REFORM).members("allocated_to") == {}
    problem = bureau.refused("buildings.allocate", annex, effective=REFORM, **share)
    assert problem.code == "unit-not-active"
    assert "尚未设立、已并入或已撤销" in problem.says


@tells("units.split")
def test_the_grain_bureau_is_split_off(bureau: Bureau) -> None:
    county = a_unit(bureau, "贺兰县人民政府")
    planning = a_unit(bureau, "贺兰县发展和改革局", parent=county)
    parts = [new_unit("贺兰县粮食和物资储备局"), new_unit("贺兰县价格认证中心", "institution")]
    done = bureau.does("units.split", planning, effective=REFORM, document=DECIDED, parts=parts)
    assert done.topics == ["UnitSplit", "UnitEstablished", "UnitEstablished"]
    assert (done.id, done.version) == (planning.id, 2)
    grain, prices = done.made("UnitEstablished")
    assert bureau.sees("units", grain)["name"] == "贺兰县粮食和物资储备局"
    assert bureau.sees("units", prices)["parent"] == county.id
    assert bureau.reads("units", grain)[0]["state"]["split_from"] == planning.id
    assert bureau.sees("units", planning)["unit_status"] == "active"


@tells("units.abolish")
def test_a_temporary_headquarters_is_abolished(bureau: Bureau) -> None:
    headquarters = a_unit(bureau, "创建文明城市指挥部", unit_kind="temporary")
    volunteer = a_person(bureau, "李强", headquarters, staff_type="western-volunteer")
    problem = bureau.refused("units.abolish", headquarters, effective="2021-12-31", document=None)
    assert (problem.code, problem.field) == ("document-missing", "/mandate/documents")
    problem = bureau.refused("units.abolish", headquarters, effective="2021-12-31")
    assert (problem.code, problem.data["held"]) == ("still-held", [volunteer.id])
    bureau.does("people.leave", volunteer, effective="2021-12-31")
    bureau.does("units.rename", headquarters, effective="2022-01-15", name="创城工作专班")
    problem = bureau.refused("units.abolish", headquarters, effective="2021-12-31")
    assert problem.code == "unit-acts-later"
    assert "之后还有记录" in problem.says
    bureau.does("units.abolish", headquarters, effective="2022-02-01")
    assert bureau.sees("units", headquarters)["unit_status"] == "abolished"
    problem = bureau.refused("people.join", effective="2022-03-01", unit=headquarters, name="赵敏", staff_type="other")
    assert problem.code == "unit-not-active"
