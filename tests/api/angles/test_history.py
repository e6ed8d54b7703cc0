"""Every change in plain words: of one thing and of everything, corrections linked both ways."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import uuid4

from tests.api.seeing import Seeing
from tests.scenarios.bureau import Done
from tests.scenarios.movables import a_car_on_the_road
from tests.scenarios.movables import a_unit as an_institution
from tests.scenarios.premises import a_building, a_person, a_room, a_unit


def history(desk: Seeing, kind: str, id: object, **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.sees(f"/v1/{kind}/{id}/history", **asked)["events"]
    return found


def facet(event: dict[str, Any], name: str) -> dict[str, Any]:
    return next(change for change in event["changes"] if change["facet"] == name)


def test_a_change_says_what_was_before_and_after_in_words(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    room = a_room(desk.bureau, a_building(desk.bureau, unit, "综合楼"), "301")
    desk.bureau.does("rooms.assign", room, effective="2020-01-01", unit=unit, document="贺机管发〔2019〕33号")
    desk.bureau.does("rooms.measure", room, effective="2021-01-01", net_area="36.50")
    measured, assigned, _ = history(desk, "rooms", room)
    assert (measured["zh"], measured["en"]) == ("重新测量", "Measured again")
    area = facet(measured, "net_area")
    assert (area["zh"], area["before"]["zh"], area["after"]["zh"]) == ("使用面积", "24.00 m²", "36.50 m²")
    using = facet(assigned, "using_unit")
    assert (using["before"]["zh"], using["after"]["zh"], using["after"]["value"]) == ("无", "县财政局", unit.id)
    assert assigned["asset"]["label"] == "综合楼 301"
    assert (assigned["actor"], assigned["role"], assigned["reason"]) == ("li", "premises-officer", "按程序办理")
    assert assigned["documents"] == [{"number": "贺机管发〔2019〕33号", "digest": None}]


def test_what_an_event_says_beyond_facts_is_shown_too(desk: Seeing) -> None:
    building = a_building(desk.bureau, a_unit(desk.bureau, "县档案局"))
    desk.bureau.does("buildings.record-daily-repair", building, effective="2022-03-01", work="屋面防水", cost="3600.00")
    told = history(desk, "buildings", building)[0]
    assert facet(told, "daily_repair")["after"]["zh"] == "屋面防水"
    said = [(field["zh"], field["said"]["zh"]) for field in told["details"]]
    assert said == [("费用", "¥3,600.00")]


def test_a_correction_and_what_it_corrects_name_each_other(desk: Seeing) -> None:
    building = a_building(desk.bureau, a_unit(desk.bureau, "县档案局"))
    said: dict[str, Any] = {"effective": "2022-03-01", "work": "屋面防水"}
    wrong = desk.bureau.does("buildings.record-daily-repair", building, cost="36000.00", **said)
    right = desk.bureau.does("buildings.record-daily-repair", building, cost="3600.00", corrects=wrong.position, **said)
    corrected, was, _ = history(desk, "buildings", building)
    assert (corrected["position"], corrected["corrects"]) == (right.position, wrong.position)
    assert (was["position"], was["overtaken"]) == (wrong.position, right.position)
    assert corrected["zh"] == "更正：日常维修"
    cost = next(field for field in corrected["details"] if field["field"] == "cost")
    assert (cost["instead_of"]["zh"], cost["said"]["zh"]) == ("¥36,000.00", "¥3,600.00")
    assert history(desk, "buildings", building, known=f"#{wrong.position}")[0]["overtaken"] is None


def test_people_are_named_from_the_vault_and_what_is_sealed_stays_sealed(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    person = a_person(desk.bureau, "马学文", unit, phone="13800000000")
    room = a_room(desk.bureau, a_building(desk.bureau, unit), "302")
    desk.bureau.does("rooms.assign", room, effective="2020-01-01", unit=unit)
    desk.bureau.does("rooms.move-in", room, effective="2020-02-01", person=person)
    moved = facet(history(desk, "rooms", room)[0], "occupant")
    assert (moved["member_zh"], moved["after"]["zh"]) == ("马学文", "马学文")
    joined = history(desk, "people", person)[0]
    assert [(one["field"], one["sealed"], one["said"]["value"]) for one in joined["details"]] == [
        ("name", True, None),
        ("phone", True, None),
    ]
    desk.bureau.does("rooms.move-out", room, effective="2020-03-01", person=person)
    desk.bureau.does("people.leave", person, effective="2020-04-01")
    desk.bureau.does("people.erase", person, effective="2020-05-01")
    told = facet(history(desk, "rooms", room)[1], "occupant")
    assert told["member_zh"] == "（已抹除）"


def test_pages_lead_on_in_either_direction_and_show_one_state_of_the_log(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    for year in range(2016, 2022):
        desk.bureau.does("units.rename", unit, effective=f"{year}-01-01", name=f"县财政局（{year}）")
    for order in ("newest", "oldest"):
        whole = [event["position"] for event in history(desk, "units", unit, order=order)]
        assert whole == sorted(whole, reverse=order == "newest")
        page = desk.sees(f"/v1/units/{unit}/history", order=order, limit=3)
        found = page["events"]
        desk.bureau.does("units.rename", unit, effective="2023-01-01", name="县财政局（页间）")
        while page["next"]:
            page = desk.sees(page["next"])
            found += page["events"]
        assert [event["position"] for event in found] == whole


def test_the_history_of_everything_is_chosen_from_by_what_one_knows(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县水务局")
    number = f"贺党发〔2021〕{uuid4().hex[:6]}号"
    renamed = desk.bureau.does("units.rename", unit, effective="2021-06-01", name="县水利局", document=number)
    events = {event["position"]: event for event in desk.sees("/v1/history")["events"]}
    recorded = events[renamed.position]["recorded_at"]
    for chosen in (
        {"document": number},
        {"asset": unit.id, "topic": "organisations.UnitRenamed"},
        {"asset": unit.id, "kind": "units", "actor": "li", "unit": "区机关事务管理局", "effective_from": "2021-01-01"},
        {"asset": unit.id, "effective_from": "2021-06-01", "effective_to": "2021-06-02"},
        {"asset": unit.id, "recorded_from": recorded},
        {"asset": unit.id, "topic": "organisations.UnitRenamed", "role": events[renamed.position]["role"]},
    ):
        assert [event["position"] for event in desk.sees("/v1/history", **chosen)["events"]] == [renamed.position]
    for nothing in (
        {"effective_to": "2010-01-01"},
        {"actor": "nobody"},
        {"role": "nobody"},
        {"recorded_to": "2020-01-01"},
    ):
        assert desk.sees("/v1/history", asset=unit.id, **nothing)["events"] == []
    assert desk.refused("/v1/history", 422, topic="organisations.UnitRenamde") == "request-invalid"


def test_up_to_a_day_only_what_had_taken_effect_is_told(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    desk.bureau.does("units.rename", unit, effective="2022-01-01", name="县财税局")
    assert len(history(desk, "units", unit, at="2021-12-31")) == 1
    assert len(history(desk, "units", unit, at="2022-01-01")) == 2


def test_what_is_not_there_says_why(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县财政局")
    later = desk.bureau.does("units.rename", unit, effective="2022-01-01", name="县财税局")
    other = a_unit(desk.bureau, "县审计局")
    assert desk.refused(f"/v1/units/{uuid4()}/history", 404) == "not-found"
    assert desk.refused(f"/v1/rooms/{unit}/history", 404) == "of-another-kind"
    assert desk.refused(f"/v1/units/{other}/history", 404, known=f"#{later.position}") == "not-yet-recorded"
    assert desk.refused(f"/v1/units/{other}/history", 404, case="nobody-made-it") == "case-unknown"
    name = f"case-{uuid4().hex[:8]}"
    desk.investigates(name, later.position)
    assert desk.refused(f"/v1/units/{other}/history", 404, case=name) == "not-in-case"
    assert len(history(desk, "units", unit, case=name)) == 2


def test_a_journey_of_a_car_is_told_with_its_costs(desk: Seeing) -> None:
    car = a_car_on_the_road(desk.bureau, an_institution(desk.bureau), "宁C9H401", 940401)
    desk.bureau.does("vehicles.pay", car, effective="2021-05-01", cost_kind="toll", cost="35.00", note="银川南")
    paid = history(desk, "vehicles", car)[0]
    assert [(field["zh"], field["said"]["zh"]) for field in paid["details"]] == [
        ("费用种类", "过路过桥费"), ("费用", "¥35.00"), ("说明", "银川南"),
    ]  # fmt: skip


def test_a_document_tells_what_was_done_on_it_and_which_file_was_attached(desk: Seeing) -> None:
    content = b"%PDF-1.7\n" + uuid4().bytes
    headers = {"Content-Type": "application/octet-stream"}
    digest = desk.client.post("/v1/files", content=content, headers=headers).json()["digest"]
    assert digest == hashlib.sha256(content).hexdigest()
    number = f"贺机管发〔2023〕{uuid4().hex[:6]}号"
    unit, other = a_unit(desk.bureau, "县林业局"), a_unit(desk.bureau, "县农业局")
    _renamed_on(desk, unit, "县林业和草原局", number, digest)
    _renamed_on(desk, other, "县农业农村局", number, None)
    told = desk.sees("/v1/documents", number=number)
    assert told["digests"] == [digest]
    assert {one["asset"]["label"] for one in told["changed"]} == {"县林业和草原局", "县农业农村局"}
    assert [event["zh"] for event in told["events"]] == ["单位更名", "单位更名"]
    first = desk.sees("/v1/documents", number=number, limit=1)
    assert len(desk.sees(first["next"])["events"]) == 1
    assert desk.sees("/v1/documents", number="没有这份文件")["events"] == []


def test_pages_lead_on_to_what_is_still_to_come(desk: Seeing) -> None:
    """Without a moment history is of all time; only who asks for one is not told of what takes effect later."""
    owner = an_institution(desk.bureau)
    car = a_car_on_the_road(desk.bureau, owner, "宁C77001", 77001)
    number = f"青机管发〔2090〕{uuid4().hex[:6]}号"
    for day in ("2090-03-01", "2090-02-01", "2090-01-01"):
        desk.bureau.does("vehicles.assign", car, effective=day, to=an_institution(desk.bureau, day), document=number)
    for path, many in ((f"/v1/vehicles/{car}/history?limit=1", 6), (f"/v1/documents?number={number}&limit=1", 3)):
        assert len(events_of_all_pages(desk, path)) == many
        assert len(events_of_all_pages(desk, f"{path}&at=2090-01-15")) == many - 2


def events_of_all_pages(desk: Seeing, address: str | None) -> list[int]:
    found: list[int] = []
    while address is not None:
        page = desk.sees(address)
        found += [event["position"] for event in page["events"]]
        address = page["next"]
    return found


def test_a_document_tells_of_a_day_what_had_been_done_on_it_by_then(desk: Seeing) -> None:
    content = b"%PDF-1.7\n" + uuid4().bytes
    headers = {"Content-Type": "application/octet-stream"}
    digest = desk.client.post("/v1/files", content=content, headers=headers).json()["digest"]
    number = f"贺机管发〔2023〕{uuid4().hex[:6]}号"
    _renamed_on(desk, a_unit(desk.bureau, "县水务局"), "县水利局", number, digest)
    then = desk.sees("/v1/documents", number=number, at="2022-12-31")
    assert (then["events"], then["changed"], then["digests"]) == ([], [], [])
    day = desk.sees("/v1/documents", number=number, at="2023-01-01")
    assert (len(day["events"]), len(day["changed"]), day["digests"]) == (1, 1, [digest])


def _renamed_on(desk: Seeing, unit: Done, name: str, number: str, digest: str | None) -> None:
    document = {"number": number} | ({"digest": digest} if digest else {})
    mandate = {"reason": "机构改革", "effective": "2023-01-01", "documents": [document]}
    answer = desk.client.post(f"/v1/units/{unit}/rename", json={"name": name, "mandate": mandate})
    assert answer.status_code == 200, answer.text


def test_history_is_searched_in_names_that_things_ever_had_and_in_reasons(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县供销社")
    desk.bureau.does("units.rename", unit, effective="2021-01-01", name="县合作联社")
    room = a_room(desk.bureau, a_building(desk.bureau, unit, "供销大楼"), "808")
    desk.bureau.does("rooms.measure", room, effective="2021-01-01", net_area="36.50", grounds="消防验收后复测")

    def found(words: str, **asked: Any) -> set[str]:
        return {one["asset"]["id"] for one in desk.sees("/v1/history", q=words, **asked)["events"]}

    assert unit.id in found("供销社") & found("合作 联社")
    assert found("消防 验收后复测") == found("消防验收", kind="rooms") == {room.id}
    assert found("消防验收", kind="units") == set()
    assert found("没有 这样的词") == set()
    assert desk.refused("/v1/history", 422, q=" ") == "request-invalid"
