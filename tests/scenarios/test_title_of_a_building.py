"""The title of an old building: unknown, filed, disputed, settled, registered, transferred; and what becomes of it."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau, Done
from tests.scenarios.premises import a_building, a_certificate, a_room, a_title, a_unit
from tests.scenarios.story import tells

PARCEL = "640122 001001 GB00001 F00010001"


def title_on(bureau: Bureau, building: Done, day: str) -> tuple[Any, Any]:
    seen = bureau.sees("buildings", building, at=day)
    return seen["title"], seen["title_certificate"]


@tells("buildings.declare-title-unknown", "buildings.file-title", "buildings.dispute-title", "buildings.transfer-title",
       "buildings.settle-title-dispute", "buildings.register-title", "buildings.open-disposal",
       "buildings.approve-disposal", "buildings.complete-disposal")  # fmt: skip
def test_from_no_papers_at_all_to_the_auction(bureau: Bureau) -> None:
    water, affairs = a_unit(bureau, "贺兰县水务局"), a_unit(bureau, "贺兰县机关事务服务中心")
    old = a_building(bureau, water, "原水利局办公楼", structure="mixed", gross_area="1460.00", year_built=1987)
    certificates = a_certificate(), a_certificate(), a_certificate()
    the_papers_are_looked_for(bureau, old, water)
    the_village_goes_to_court(bureau, old, water, certificates[0])
    bureau.does("buildings.register-title", old, effective="2020-05-18", owner=water, certificate=certificates[1],
                parcel=PARCEL, land_area="860.00")  # fmt: skip
    problem = bureau.refused("buildings.register-title", old, effective="2020-06-01", owner=affairs,
                             certificate=certificates[2])  # fmt: skip
    assert (problem.code, problem.field) == ("title-held-by-another", "/owner")
    assert "变更权利人请办理“权属转移”" in problem.says
    bureau.does("buildings.transfer-title", old, effective="2021-01-01", to=affairs, certificate=certificates[2])

    assert title_on(bureau, old, "2016-01-01") == ("unknown", None)
    assert title_on(bureau, old, "2017-06-30") == ("unknown", None)
    assert title_on(bureau, old, "2018-06-30") == ("filed", None)
    assert title_on(bureau, old, "2019-03-01") == ("disputed", None)
    assert title_on(bureau, old, "2019-12-01") == ("registered", certificates[0])
    assert title_on(bureau, old, "2020-12-31") == ("registered", certificates[1])
    now = bureau.sees("buildings", old)
    assert (now["title_certificate"], now["parcel"], now["land_area"]) == (
        certificates[2],
        PARCEL.replace(" ", ""),
        "860.00",
    )
    assert now.history("owner") == [water.id, water.id, water.id, water.id, affairs.id]
    assert set(certificates) <= now.claims.keys()
    a_certificate_names_one_title(bureau, affairs, certificates[0])
    it_is_auctioned(bureau, old, affairs)


def the_papers_are_looked_for(bureau: Bureau, old: Done, owner: Done) -> None:
    bureau.does("buildings.declare-title-unknown", old, effective="2017-01-01")
    problem = bureau.refused("buildings.open-disposal", old, effective="2017-02-01", mode="auction")
    assert problem.code == "title-not-registered"
    assert "“权属不明”，不得转移或处置" in problem.says
    problem = bureau.refused(
        "buildings.file-title", old, effective="2018-01-01", document=None, owner=owner, missing="无"
    )
    assert problem.code == "document-missing"
    bureau.does("buildings.file-title", old, effective="2018-01-01", owner=owner, missing="建设用地批准文件遗失")
    problem = bureau.refused("buildings.transfer-title", old, effective="2018-02-01", to=owner, certificate="x")
    assert (problem.code, problem.data["zh_state"]) == ("title-not-registered", "已备案")


def the_village_goes_to_court(bureau: Bureau, old: Done, owner: Done, certificate: str) -> None:
    bureau.does("buildings.dispute-title", old, effective="2019-01-15", disputed_with="习岗镇某村民委员会",
                case_number="（2019）宁0122民初88号")  # fmt: skip
    problem = bureau.refused(
        "buildings.register-title", old, effective="2019-03-01", owner=owner, certificate=certificate
    )
    assert problem.code == "title-in-dispute"
    settling = {"effective": "2019-10-20", "document": "（2019）宁0122民初88号民事判决书", "owner": owner}
    problem = bureau.refused("buildings.settle-title-dispute", old, outcome="disputed", **settling)
    assert (problem.code, problem.field) == ("settled-as-disputed", "/outcome")
    problem = bureau.refused("buildings.settle-title-dispute", old, outcome="registered", **settling)
    assert (problem.code, problem.field) == ("certificate-missing", "/certificate")
    bureau.does("buildings.settle-title-dispute", old, outcome="registered", certificate=certificate, **settling)
    assert bureau.sees("buildings", old, at="2019-03-01")["case_number"] == "（2019）宁0122民初88号"
    assert bureau.sees("buildings", old)["disputed_with"] is None


def a_certificate_names_one_title(bureau: Bureau, owner: Done, taken: str) -> None:
    other = a_building(bureau, owner, "水文站")
    typed = taken.replace("(", "（").replace(")", "）")
    problem = bureau.refused("buildings.register-title", other, effective="2021-02-01", owner=owner, certificate=typed)
    assert (problem.code, problem.data["value"], problem.data["scope"]) == ("value-taken", taken, "certificate")
    assert "已被占用" in problem.says


def it_is_auctioned(bureau: Bureau, old: Done, owner: Done) -> None:
    room = a_room(bureau, old, "101", floor=1)
    problem = bureau.refused("buildings.approve-disposal", old, effective="2022-01-01")
    assert problem.code == "disposal-out-of-order"
    bureau.does("buildings.open-disposal", old, effective="2022-01-10", mode="auction", plan="闲置三年，评估后公开拍卖")
    problem = bureau.refused("buildings.allocate", old, effective="2022-02-01", unit=owner, mode="reallocate")
    assert problem.code == "disposal-excludes-use"
    bureau.does("buildings.approve-disposal", old, effective="2022-03-01", document="贺财资〔2022〕12号")
    sold: dict[str, Any] = {"effective": "2022-06-30", "income": "3150000.00"}
    problem = bureau.refused("buildings.complete-disposal", old, **sold)
    assert (problem.code, problem.field) == ("counterparty-missing", "/counterparty")
    sold["counterparty"] = "宁夏某商贸有限公司"
    problem = bureau.refused("buildings.complete-disposal", old, **sold)
    assert (problem.code, problem.data["held"]) == ("still-held", [room.id])
    bureau.does("rooms.retire", room, effective="2022-06-30")
    bureau.does("buildings.complete-disposal", old, **sold)
    seen = bureau.sees("buildings", old)
    assert (seen["disposal"], seen["building_status"]) == ("completed", "auctioned")
    assert bureau.sees("buildings", old, at="2022-06-29")["building_status"] == "standing"
    problem = bureau.refused("buildings.rename", old, effective="2023-01-01", name="某商贸公司办公楼")
    assert problem.code == "building-not-standing"


@tells("buildings.abandon-disposal", "buildings.complete-disposal")
def test_a_disposal_is_abandoned_and_the_building_let_instead(bureau: Bureau) -> None:
    affairs = a_unit(bureau, "永宁县机关事务服务中心", division="640121")
    hall = a_building(bureau, affairs, "原老干部活动中心")
    a_title(bureau, hall, affairs)
    bureau.does("buildings.open-disposal", hall, effective="2023-01-10", mode="demolish")
    bureau.does("buildings.abandon-disposal", hall, effective="2023-02-01", document=None, grounds="列入历史建筑名录")
    problem = bureau.refused("buildings.approve-disposal", hall, effective="2023-03-01")
    assert (problem.code, problem.data["zh_before"]) == ("disposal-out-of-order", "已终止")
    bureau.does("buildings.open-disposal", hall, effective="2023-04-01", mode="let")
    bureau.does("buildings.approve-disposal", hall, effective="2023-05-01")
    bureau.does("buildings.complete-disposal", hall, effective="2023-06-01", until="2026-06-01", income="180000.00",
                counterparty="贺兰县某养老服务中心")  # fmt: skip
    seen = bureau.sees("buildings", hall, at="2024-01-01")
    assert (seen["let_to"], seen["building_status"]) == ("贺兰县某养老服务中心", "standing")
    assert bureau.sees("buildings", hall, at="2026-06-01")["let_to"] is None
    assert seen.history("disposal") == ["opened", "abandoned", "opened", "approved", "completed"]
