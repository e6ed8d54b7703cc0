"""分配使用: in the prescribed order of modes, with evidence, agreement and certificate; and handed back."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau
from tests.scenarios.premises import a_building, a_unit
from tests.scenarios.story import tells

DOCUMENTS = {"reallocate": "贺机管函〔2023〕8号", "swap": "贺机管函〔2023〕9号", "rent": "贺财函〔2023〕41号"}


def excluded(*modes: str) -> list[dict[str, Any]]:
    return [{"mode": mode, "because": "本级无可用房源", "document": DOCUMENTS[mode]} for mode in modes]


@tells("buildings.allocate", "buildings.sign-use-agreement", "buildings.issue-use-certificate", "buildings.hand-back")
def test_a_new_building_is_allocated_used_and_handed_back(bureau: Bureau) -> None:
    affairs, taxes = a_unit(bureau, "贺兰县机关事务服务中心"), a_unit(bureau, "贺兰县审批服务管理局")
    hall = a_building(bureau, affairs, "政务服务大厅", gross_area="3600.00")
    asked: dict[str, Any] = {"effective": "2023-07-01", "unit": taxes, "mode": "build", "area": "2000.00"}

    problem = bureau.refused("buildings.allocate", hall, **asked, excluded=excluded("reallocate"))
    assert (problem.code, problem.status, problem.field) == ("preferred-modes-open", 409, "/excluded")
    assert problem.says == "采用“建设”前，须说明这些方式为何不能满足：置换, 租用。请逐一填写理由和依据文号。"
    problem = bureau.refused("buildings.allocate", hall, **asked | {"document": None}, excluded=excluded(*DOCUMENTS))
    assert problem.code == "document-missing"
    bureau.does("buildings.allocate", hall, **asked, excluded=excluded(*DOCUMENTS), until="2028-07-01")
    problem = bureau.refused("buildings.allocate", hall, **asked, excluded=excluded(*DOCUMENTS))
    assert (problem.code, problem.data["area"]) == ("allocated-already", "2000.00")

    bureau.does(
        "buildings.sign-use-agreement", hall, effective="2023-07-10", unit=taxes, agreement="贺机管协〔2023〕3号"
    )
    bureau.does(
        "buildings.issue-use-certificate", hall, effective="2023-07-15", unit=taxes, certificate="贺用凭2023-0007"
    )
    seen = bureau.sees("buildings", hall, at="2024-01-01")
    assert seen.of("allocation_mode", taxes) == "build"
    assert seen.of("use_agreement", taxes) == "贺机管协〔2023〕3号"
    assert seen.of("use_certificate", taxes) == "贺用凭2023-0007"
    assert seen.claims["贺用凭2023-0007"] == "use-certificate"
    assert bureau.sees("buildings", hall, at="2023-07-12").of("use_certificate", taxes) is None
    evidence = bureau.reads("buildings", hall)[1]["state"]["excluded"]
    assert [one["document"] for one in evidence] == list(DOCUMENTS.values())

    bureau.does("buildings.hand-back", hall, effective="2024-03-01", unit=taxes, area="500.00")
    assert bureau.sees("buildings", hall, at="2024-02-29").of("allocated_area", taxes) == "2000.00"
    assert bureau.sees("buildings", hall, at="2024-03-01").of("allocated_area", taxes) == "1500.00"
    assert bureau.sees("buildings", hall, at="2028-07-01").of("allocated_area", taxes) is None
    bureau.does("buildings.hand-back", hall, effective="2025-01-01", unit=taxes)
    problem = bureau.refused("buildings.sign-use-agreement", hall, effective="2025-02-01", unit=taxes, agreement="续签")
    assert (problem.code, problem.field) == ("not-allocated", "/unit")


@tells("buildings.allocate")
def test_no_more_is_allocated_than_there_is(bureau: Bureau) -> None:
    owner = a_unit(bureau, "贺兰县机关事务服务中心")
    first, second = a_unit(bureau, "贺兰县司法局"), a_unit(bureau, "贺兰县信访局")
    building = a_building(bureau, owner, gross_area="1000.00")
    bureau.does("buildings.allocate", building, effective="2022-01-01", unit=first, mode="reallocate", area="700.00")
    asked: dict[str, Any] = {"effective": "2021-01-01", "unit": second, "mode": "reallocate", "area": "400.00"}
    problem = bureau.refused("buildings.allocate", building, **asked)
    assert (problem.code, problem.data["allocated"], problem.data["gross"]) == (
        "allocated-beyond-area",
        "1100.00",
        "1000.00",
    )
    assert problem.data["at"].startswith(
        "2021-12-31T16"
    )  # an earlier allocation, and too much from when the later begins
    bureau.does("buildings.allocate", building, **asked, until="2022-01-01")
    assert bureau.sees("buildings", building, at="2021-06-01").members("allocated_area") == {second.id: "400.00"}
    assert bureau.sees("buildings", building, at="2022-06-01").members("allocated_area") == {first.id: "700.00"}


@tells("buildings.allocate")
def test_an_allocation_may_lie_ahead(bureau: Bureau) -> None:
    owner, unit = a_unit(bureau, "贺兰县机关事务服务中心"), a_unit(bureau, "贺兰县统计局")
    building = a_building(bureau, owner)
    bureau.does("buildings.allocate", building, effective="2090-01-01", unit=unit, mode="reallocate")
    assert bureau.sees("buildings", building).members("allocated_to") == {}
    assert bureau.sees("buildings", building, at="2090-01-01").of("allocated_whole", unit) is True
    problem = bureau.refused("units.abolish", unit, effective="2024-01-01")
    assert (problem.code, problem.data["held"]) == ("still-held", [building.id])
    problem = bureau.refused("buildings.revalue", building, effective="2090-01-01", value="1.00")
    assert (problem.code, problem.field) == ("effective-in-future", "/mandate/effective")
