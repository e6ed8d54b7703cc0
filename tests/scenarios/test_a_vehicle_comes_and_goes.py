"""Who has a vehicle from registration to disposal: posted and recalled, sealed over a holiday, transferred, sold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.scenarios.bureau import Bureau, line
from tests.scenarios.movables import a_car, a_person, a_unit, a_vin, insure
from tests.scenarios.story import tells


@tells("vehicles.seal", "vehicles.unseal")
def test_sealed_over_the_national_day(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    car, keeper = a_car(bureau, centre, "宁C60001", 61), a_person(bureau, centre, "赵玉兰")
    seal: dict[str, Any] = {"effective": "2024-10-01", "why": "holiday", "key_keeper": keeper, "until": "2024-10-08"}
    bureau.does("vehicles.seal", car, **seal)
    twice = bureau.refused("vehicles.seal", car, **seal)
    assert (twice.code, twice.data["why_zh"]) == ("vehicle-sealed-already", "节假日封存")
    assert "车辆在 2024-10-01 00:00 已封存" in twice.says
    bureau.does("vehicles.unseal", car, effective="2024-10-03T07:30:00+08:00", grounds="防汛值班用车")
    on_the_second, on_the_fifth = (bureau.sees("vehicles", car, at=f"2024-10-0{day}") for day in (2, 5))
    assert (on_the_second["sealed"], on_the_second["key_keeper"]) == ("holiday", keeper.id)
    assert (on_the_fifth["sealed"], on_the_fifth["key_keeper"]) == (None, None)
    open_already = bureau.refused("vehicles.unseal", car, effective="2024-10-09")
    assert open_already.code == "vehicle-not-sealed"


def test_next_years_insurance_is_bought_ahead_but_a_purchase_is_not(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    car = a_car(bureau, centre, "宁C60002", 62)
    ahead = (datetime.now(UTC) + timedelta(days=30)).isoformat(timespec="seconds")
    after = (datetime.now(UTC) + timedelta(days=395)).isoformat(timespec="seconds")
    insure(bureau, car, effective=ahead, until=after)
    assert bureau.sees("vehicles", car).of("insured", "compulsory") is None
    problem = bureau.refused("vehicles.note-odometer", car, effective=ahead, odometer=20)
    assert (problem.code, problem.field) == ("effective-in-future", "/mandate/effective")


@tells("vehicles.post", "vehicles.recall", "vehicles.transfer", "vehicles.assign")
def test_posted_to_a_department_recalled_and_transferred(bureau: Bureau) -> None:
    centre, water, culture = a_unit(bureau), a_unit(bureau, "市水务局"), a_unit(bureau, "市文化旅游广电局")
    car = a_car(bureau, centre, "宁C70001", 71)
    bureau.does("vehicles.post", car, effective="2023-06-01", to=water, until="2023-10-01", grounds="汛期派驻")
    other = bureau.refused("vehicles.post", car, effective="2023-09-01", to=culture, until="2023-12-01")
    assert (other.code, other.data["unit"]) == ("vehicle-posted", water.id)
    midway = bureau.refused("vehicles.transfer", car, effective="2023-08-01", to=culture)
    assert midway.code == "vehicle-posted"
    bureau.does("vehicles.recall", car, effective="2023-08-16", grounds="汛情缓解，提前召回")
    assert [bureau.sees("vehicles", car, at=day)["posted_to"] for day in ("2023-08-15", "2023-08-16", "2023-09-30")] == [
        water.id, None, None,
    ]  # fmt: skip
    assert bureau.refused("vehicles.recall", car, effective="2023-09-01").code == "vehicle-not-posted"
    bureau.does("vehicles.transfer", car, effective="2023-09-01", to=culture, document="青财资〔2023〕31号")
    bureau.does("vehicles.assign", car, effective="2023-09-15", to=water)
    seen = bureau.sees("vehicles", car)
    assert (seen["owner"], seen.history("using_unit")) == (culture.id, [centre.id, culture.id, water.id])
    bare = bureau.refused("vehicles.transfer", car, effective="2023-10-01", to=centre, document=None)
    assert (bare.code, bare.field) == ("document-missing", "/mandate/documents")


def test_a_unit_that_holds_a_vehicle_hands_it_over_before_it_ends(bureau: Bureau) -> None:
    centre, old = a_unit(bureau), a_unit(bureau, "原市粮食局")
    car = a_car(bureau, old, "宁C70002", 72)
    problem = bureau.refused("units.abolish", old, effective="2024-03-01")
    assert (problem.code, problem.data["held"]) == ("still-held", [car.id])
    assert "请先移交" in problem.says
    bureau.does_together(
        line("vehicles.transfer", car, to=centre), line("units.abolish", old),
        effective="2024-03-01", document="青党编发〔2024〕3号",
    )  # fmt: skip
    assert bureau.sees("vehicles", car, at="2024-02-29")["owner"] == old.id
    assert bureau.sees("units", old)["unit_status"] == "abolished"
    late = bureau.refused("vehicles.transfer", car, effective="2024-04-01", to=old)
    assert late.code == "unit-not-active"


@tells("vehicles.change-category", "vehicles.fix-parking", "vehicles.revalue")
def test_another_purpose_another_parking_place_another_value(bureau: Bureau) -> None:
    car = a_car(bureau, a_unit(bureau), "宁C70003", 73)
    bureau.does("vehicles.change-category", car, effective="2021-05-01", category="emergency")
    place = {"system": "EPSG:4490", "x": 106.0783, "y": 38.0209}
    bureau.does("vehicles.fix-parking", car, effective="2021-05-01", name="行政中心地下车库 B12", place=place)
    bureau.does("vehicles.revalue", car, effective="2023-12-31", value="61000.00", document="资产评估〔2023〕8号")
    seen = bureau.sees("vehicles", car)
    assert (seen.history("category"), seen.history("value")) == (["other", "emergency"], ["175000.00", "61000.00"])
    assert (seen["parking_name"], seen["parking"]["system"]) == ("行政中心地下车库 B12", "EPSG:4490")


@tells("vehicles.request-disposal", "vehicles.refuse-disposal", "vehicles.approve-disposal", "vehicles.dispose")
def test_disposed_of_after_eight_years(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    car = a_car(bureau, centre, "宁C80001", 81, effective="2014-05-20", category="other")
    early = bureau.refused("vehicles.request-disposal", car, effective="2020-01-06", mode="auction")
    assert (early.code, early.field) == ("disposal-too-early", "/early_because")
    bureau.does(
        "vehicles.request-disposal", car, effective="2020-01-06", mode="auction", early_because="事故车，维修不经济"
    )
    bureau.does("vehicles.refuse-disposal", car, effective="2020-01-20", grounds="车况尚可，继续使用")
    bureau.does("vehicles.request-disposal", car, effective="2022-06-01", mode="auction")
    bureau.does("vehicles.approve-disposal", car, effective="2022-06-20", mode="scrap", document="青财资〔2022〕40号")
    bureau.does("vehicles.dispose", car, effective="2022-07-15", income="3200.00", taken_by="吴忠市报废汽车回收公司")
    seen = bureau.sees("vehicles", car)
    assert (seen["status"], seen["plate"], seen["owner"]) == ("disposed", None, None)
    assert seen.claims == {a_vin(81): "vin"}
    after = bureau.refused("vehicles.pay", car, effective="2022-08-01", cost_kind="toll", cost="10.00")
    assert (after.code, after.data["id"]) == ("vehicle-disposed", car.id)
    assert "已处置，不能再办理此事项" in after.says
    bureau.does("units.abolish", centre, effective="2022-08-01")


def test_a_plate_that_is_free_again_is_given_to_a_new_vehicle(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    old = a_car(bureau, centre, "宁C80002", 82, effective="2012-01-01")
    for step, effective, more in (
        ("request-disposal", "2021-01-05", {"mode": "scrap"}),
        ("approve-disposal", "2021-01-12", {"mode": "scrap"}),
        ("dispose", "2021-02-01", {"income": "0"}),
    ):
        bureau.does(f"vehicles.{step}", old, effective=effective, **more)
    a_car(bureau, centre, "宁C80002", 83, effective="2021-03-01")
    assert bureau.sees("vehicles", old, at="2020-12-31")["plate"] == "宁C80002"
