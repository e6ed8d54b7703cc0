"""房屋养护: inspected, repaired day by day, repaired as a whole, valued again, put to another purpose."""

from __future__ import annotations

from tests.scenarios.bureau import Bureau
from tests.scenarios.premises import a_building, a_title, a_unit
from tests.scenarios.story import tells


@tells("buildings.inspect", "buildings.record-daily-repair", "buildings.start-major-repair",
       "buildings.accept-major-repair", "buildings.revalue", "buildings.change-purpose", "buildings.resurvey")  # fmt: skip
def test_an_old_building_is_repaired_and_becomes_an_archive(bureau: Bureau) -> None:
    owner = a_unit(bureau, "贺兰县机关事务服务中心")
    building = a_building(bureau, owner, "老政府楼", gross_area="2000.00", value="1800000.00", year_built=1992)
    bureau.does("buildings.inspect", building, effective="2021-03-10", condition="badly-damaged",
                findings="屋面渗漏，外墙砖脱落", document=None)  # fmt: skip
    bureau.does("buildings.record-daily-repair", building, effective="2021-03-20", work="屋面临时防水", cost="8600.00")

    works = {"effective": "2021-08-01", "project": "老政府楼加固改造", "budget": "3200000.00"}
    problem = bureau.refused("buildings.start-major-repair", building, extension_area="300.01", **works)
    assert (problem.code, problem.field, problem.data["limit"]) == (
        "extension-too-large",
        "/extension_area",
        "300.0000",
    )
    assert "15%" in problem.says
    bureau.does("buildings.start-major-repair", building, extension_area="300.00", **works)
    problem = bureau.refused("buildings.start-major-repair", building, **works | {"effective": "2021-09-01"})
    assert problem.code == "repair-under-way"
    bureau.does("buildings.accept-major-repair", building, effective="2022-06-30", cost="3350000.00")
    problem = bureau.refused("buildings.accept-major-repair", building, effective="2022-07-01", cost="1.00")
    assert problem.code == "no-repair-under-way"
    bureau.does("buildings.resurvey", building, effective="2022-07-15", gross_area="2296.40", floors_above=6)
    bureau.does(
        "buildings.revalue", building, effective="2022-08-01", value="5150000.00", document="宁评报字〔2022〕第41号"
    )
    bureau.does("buildings.inspect", building, effective="2022-08-10", condition="sound")
    bureau.does("buildings.change-purpose", building, effective="2022-09-01", purpose="archive")

    assert bureau.sees("buildings", building, at="2021-12-31")["repair"] == "under-way"
    assert bureau.sees("buildings", building, at="2022-07-01")["condition"] == "badly-damaged"
    seen = bureau.sees("buildings", building)
    assert (seen["repair"], seen["repair_cost"], seen["condition"]) == ("accepted", "3350000.00", "sound")
    assert (seen["purpose"], seen["value"], seen["gross_area"]) == ("archive", "5150000.00", "2296.40")
    assert bureau.sees("buildings", building, version=2)["purpose"] == "office"


@tells("buildings.complete-disposal")
def test_a_building_is_converted_and_goes_on_standing(bureau: Bureau) -> None:
    owner = a_unit(bureau, "贺兰县机关事务服务中心")
    building = a_building(bureau, owner, "原粮食局办公楼")
    a_title(bureau, building, owner)
    bureau.does("buildings.open-disposal", building, effective="2020-01-01", mode="convert")
    bureau.does("buildings.approve-disposal", building, effective="2020-02-01")
    problem = bureau.refused("buildings.complete-disposal", building, effective="2020-03-01")
    assert (problem.code, problem.field) == ("new-purpose-missing", "/purpose")
    bureau.does("buildings.complete-disposal", building, effective="2020-03-01", purpose="community")
    seen = bureau.sees("buildings", building)
    assert (seen["purpose"], seen["building_status"]) == ("community", "standing")
