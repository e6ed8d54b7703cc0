"""单位: renamed, coded, regraded, placed under another, and given its establishment of people and vehicles."""

from __future__ import annotations

from tests.scenarios.bureau import Bureau
from tests.scenarios.premises import LONG_AGO, a_unit, new_unit
from tests.scenarios.story import tells


@tells("units.establish", "units.rename", "units.assign-code", "units.regrade", "units.set-staff-establishment",
       "units.set-vehicle-establishment")  # fmt: skip
def test_a_county_bureau_grows(bureau: Bureau) -> None:
    unit = a_unit(bureau, "贺兰县环境保护局")
    assert (unit.status, unit.version, unit.address) == (201, 1, f"/v1/units/{unit}")
    bureau.does("units.rename", unit, effective="2019-03-01", name="贺兰县生态环境局")
    suspect = bureau.does(
        "units.assign-code", unit, effective="2019-04-01", credit_code="11640122010150000X", document=None
    )
    assert suspect.notices == ["credit-code-suspect"]
    assert "已照录" in suspect.raw["notices"][0]["zh"]
    up = {"unit_kind": "government", "level": "prefecture", "division": "640100"}
    bureau.does("units.regrade", unit, effective="2020-01-01", **up)
    for rank, posts in (("section-chief", 1), ("section-deputy", 3), ("staff", 22)):
        bureau.does("units.set-staff-establishment", unit, effective="2020-01-01", rank=rank, posts=posts)
    bureau.does("units.set-staff-establishment", unit, effective="2022-01-01", rank="staff", posts=20)
    bureau.does("units.set-vehicle-establishment", unit, effective="2020-01-01", category="law-enforcement", vehicles=2)
    assert (
        bureau.refused("units.rename", unit, effective="2021-01-01", document=None, name="某局").code
        == "document-missing"
    )

    now, then = bureau.sees("units", unit), bureau.sees("units", unit, at="2019-12-31")
    assert (then["name"], then["level"], then["credit_code"]) == ("贺兰县生态环境局", "county", "11640122010150000X")
    assert (now["level"], now["division"]) == ("prefecture", "640100")
    assert now.members("staff_establishment") == {"section-chief": 1, "section-deputy": 3, "staff": 20}
    assert now.history("staff_establishment", "staff") == [22, 20]
    assert now.of("vehicle_establishment", "law-enforcement") == 2
    assert bureau.sees("units", unit, version=1)["name"] == "贺兰县环境保护局"


def test_a_unit_before_its_time_and_in_a_place_that_is_not(bureau: Bureau) -> None:
    problem = bureau.refused("units.establish", effective=LONG_AGO, unit=new_unit("某局", division="640199"))
    assert (problem.code, problem.field, problem.status) == ("division-unknown", "/unit/division", 409)
    unit = a_unit(bureau, "贺兰县医疗保障局", since="2019-03-01")
    problem = bureau.refused("units.rename", unit, effective="2018-01-01", name="贺兰县医保局")
    assert (problem.code, problem.field) == ("earlier-than-itself", "/mandate/effective")
    bureau.does("units.rename", unit, effective="2020-01-01", name="贺兰县医疗保障和康养局")
    problem = bureau.refused("units.establish", id=unit, corrects=unit.position, effective="2021-01-01",
                             unit=new_unit("贺兰县医疗保障局"))  # fmt: skip
    assert (problem.code, problem.field) == ("begins-too-late", "/mandate/effective")
    problem = bureau.refused("units.establish", effective="2019-03-01", unit=new_unit("另一个局"), id=unit)
    assert problem.code == "already-exists"
    assert problem.says == f"单位 {unit} 已经登记，不能重复登记。"


@tells("units.move-under")
def test_units_never_form_a_circle(bureau: Bureau) -> None:
    county = a_unit(bureau, "贺兰县人民政府")
    bureau_of = a_unit(bureau, "贺兰县教育局", parent=county)
    school = a_unit(bureau, "贺兰县第一中学", parent=bureau_of, unit_kind="institution")
    problem = bureau.refused("units.move-under", county, effective="2020-01-01", parent=school)
    assert (problem.code, problem.field) == ("unit-under-itself", "/parent")
    assert "不能隶属于、并入自身或其下级单位" in problem.says
    problem = bureau.refused("units.establish", id=county, corrects=county.position, effective=LONG_AGO, parent=school,
                             unit=new_unit("贺兰县人民政府"))  # fmt: skip
    assert problem.code == "unit-under-itself"
    bureau.does("units.move-under", school, effective="2020-01-01", parent=county)
    bureau.does("units.move-under", bureau_of, effective="2021-01-01", parent=None)
    assert bureau.sees("units", school).history("parent") == [bureau_of.id, county.id]
    assert bureau.sees("units", bureau_of)["parent"] is None
    bureau.does("units.move-under", county, effective="2022-01-01", parent=bureau_of)  # above it nobody stands any more
    problem = bureau.refused("units.merge-into", bureau_of, effective="2023-01-01", successor=bureau_of)
    assert problem.code == "unit-under-itself"
