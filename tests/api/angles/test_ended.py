"""What has ended can be looked at from every angle like anything else: as it was, and that it is no more."""

from __future__ import annotations

from tests.api.seeing import Seeing
from tests.scenarios.movables import a_car
from tests.scenarios.premises import a_building, a_room, a_unit


def test_an_abolished_unit(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县物资局")
    room = a_room(desk.bureau, a_building(desk.bureau, a_unit(desk.bureau, "县财政局"), "综合楼"), "301")
    desk.bureau.does("rooms.assign", room, effective="2020-01-01", unit=unit)
    desk.bureau.does("rooms.release", room, effective="2021-01-01")
    abolished = desk.bureau.does("units.abolish", unit, effective="2022-01-01")
    path = f"/v1/units/{unit}"
    assert desk.sees(f"{path}/holdings")["counts"] == []
    assert [one["thing"]["label"] for one in desk.sees(f"{path}/holdings", at="2020-06-01")["held"]] == ["综合楼 301"]
    assert desk.sees(f"{path}/history")["events"][0]["zh"] == "撤销单位"
    status = desk.sees(f"{path}/timeline", facet="unit_status", known="2199-01-01")["facets"][0]["versions"]
    assert [version["value"] for version in status] == ["active", "abolished"]
    told = desk.sees(f"/v1/compare/assets/{unit}", a_at="2021-06-01")["different"][0]["changes"]
    assert [(one["a"]["zh"], one["b"]["zh"], one["caused_by"]) for one in told] == [
        ("在册", "已撤销", [abolished.position])
    ]


def test_a_room_that_was_split_keeps_its_name_and_its_past(desk: Seeing) -> None:
    building = a_building(desk.bureau, a_unit(desk.bureau, "县财政局"), "综合楼")
    room = a_room(desk.bureau, building, "301")
    parts = [{"number": number, "category": "office", "net_area": "12.00"} for number in ("301东", "301西")]
    desk.bureau.does("rooms.split", room, effective="2022-01-01", parts=parts)
    event = desk.sees(f"/v1/rooms/{room}/history")["events"][0]
    assert (event["zh"], event["asset"]["label"]) == ("房间拆分", "综合楼 301")
    held = desk.sees(f"/v1/buildings/{building}/contents", at="2021-12-31")["floors"][0]["list"]
    assert [one["number"] for one in held] == ["301"]
    assert [one["number"] for one in desk.sees(f"/v1/buildings/{building}/contents")["floors"][0]["list"]] == [
        "301东",
        "301西",
    ]


def test_a_vehicle_that_was_disposed_of(desk: Seeing) -> None:
    car = a_car(
        desk.bureau, a_unit(desk.bureau, "县公安局", since="2010-01-01"), "宁A9H403", 940403, effective="2010-03-01"
    )
    said = {"document": "宁机管发〔2022〕1号"}
    desk.bureau.does("vehicles.request-disposal", car, effective="2022-01-01", mode="scrap", **said)
    desk.bureau.does("vehicles.approve-disposal", car, effective="2022-02-01", mode="scrap", **said)
    gone = desk.bureau.does("vehicles.dispose", car, effective="2022-03-01", income="800.00", **said)
    assert desk.sees(f"/v1/vehicles/{car}/relations")["points_at"] == []
    assert desk.sees(f"/v1/vehicles/{car}/relations", at="2021-12-31")["points_at"][0]["thing"]["label"] == "县公安局"
    event = desk.sees(f"/v1/vehicles/{car}/history")["events"][0]
    assert ("收入", "¥800.00") in [(one["zh"], one["said"]["zh"]) for one in event["details"]]
    told = desk.sees(f"/v1/compare/assets/{car}", a_at="2022-02-15")["different"][0]
    plate = next(one for one in told["changes"] if one["facet"] == "plate")
    assert (plate["a"]["zh"], plate["b"]["zh"], plate["caused_by"]) == ("宁A9H403", "无", [gone.position])
