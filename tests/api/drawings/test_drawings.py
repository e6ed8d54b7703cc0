"""A drawing over the API: read, placed, compared, decided, rehearsed, recorded once and whole; its sender's alone until then."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import httpx
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.drawings.bringing import MANDATE, POINTS, a_building, a_drawing, brought_in
from tests.api.seeing import Seeing
from tests.scenarios.premises import a_unit


@pytest.fixture(scope="module")
def unit(desk: Seeing) -> str:
    return a_unit(desk.bureau, "县财政局").id


def a_drawn(desk: Seeing, unit: str, number: str, content: bytes | None = None) -> tuple[str, str]:
    """The building, and the drawing of it."""
    building = a_building(desk.client, unit, number)
    desk.sees("/v1/buildings", limit=1)
    answer = brought_in(desk.client, building, content or a_drawing())
    assert answer.status_code == 201, answer.text
    return building, str(answer.json()["id"])


def chosen(desk: Seeing, id: str, **choices: Any) -> None:
    answer = desk.client.put(f"/v1/drawings/{id}/choices", json=choices)
    assert answer.status_code == 200, answer.text


def differences(desk: Seeing, id: str) -> dict[str, dict[str, Any]]:
    return {one["number"] or one["room_number"]: one for one in desk.sees(f"/v1/drawings/{id}")["differences"]}


def kinds(desk: Seeing, id: str) -> dict[str, str]:
    return {number: one["kind"] for number, one in differences(desk, id).items()}


PLACED = {"by": "points", "system": "EPSG:4490", "points": POINTS}


def test_a_drawing_without_a_place_is_compared_by_numbers(desk: Seeing, unit: str) -> None:
    _, id = a_drawn(desk, unit, "TZ-1")
    told = desk.sees(f"/v1/drawings/{id}")
    [storey] = told["storeys"]
    assert (storey["floor"], storey["rooms"], storey["marks"]) == (3, 10, [])
    found = kinds(desk, id)
    assert [found[number] for number in ("301", "302", "303", "305", "306", "399")] == [
        "undrawn", "area", "same", "extra", "extra", "missing",
    ]  # fmt: skip
    assert differences(desk, id)["301"]["options"][0]["value"] == "leave"


def test_by_control_points_it_lies_where_it_is_and_every_difference_is_told(desk: Seeing, unit: str) -> None:
    _, id = a_drawn(desk, unit, "TZ-2")
    chosen(desk, id, placing=PLACED)
    told = desk.sees(f"/v1/drawings/{id}")
    assert told["placing"]["problem"] is None
    assert told["placing"]["residual"] < 0.05
    assert told["placing"]["stretch"] == pytest.approx(1, abs=0.01)
    found = kinds(desk, id)
    assert [found[number] for number in ("301", "302", "303", "304", "305", "306", "399")] == [
        "undrawn", "area", "moved", "same", "renumbered", "extra", "missing",
    ]  # fmt: skip
    assert differences(desk, id)["303"]["moved"] == pytest.approx(2.24, abs=0.1)


def test_what_was_decided_is_recorded_at_once_with_the_drawing_attached_and_never_twice(
    desk: Seeing, unit: str
) -> None:
    content = a_drawing()
    building, id = a_drawn(desk, unit, "TZ-3", content)
    chosen(desk, id, placing=PLACED)
    told = differences(desk, id)
    decisions = {told["305"]["key"]: "renumber", told["399"]["key"]: "retire", told["310"]["key"]: "leave"}
    chosen(desk, id, placing=PLACED, decisions=decisions)
    head = desk.bureau.head()
    verdict = desk.client.post(f"/v1/drawings/{id}/check", json={"mandate": MANDATE}).json()
    assert (verdict["refused"], desk.bureau.head()) == (0, head)
    recorded = desk.client.post(f"/v1/drawings/{id}/record", json={"mandate": MANDATE})
    assert recorded.status_code == 200, recorded.text
    assert (
        desk.client.post(f"/v1/drawings/{id}/record", json={"mandate": MANDATE}).json()["position"]
        == recorded.json()["position"]
    )
    assert desk.client.put(f"/v1/drawings/{id}/choices", json={}).json()["code"] == "drawing-recorded"
    rows = desk.sees(f"/v1/rooms?building={building}&status=in-service&limit=50")["rows"]
    assert sorted(row["number"] for row in rows) == [f"3{n:02d}" for n in range(1, 10)]
    plan = desk.sees(f"/v1/buildings/{building}/plan")
    assert all(not room["schematic"] for room in plan["rooms"] if room["number"] != "399")
    [event] = desk.sees("/v1/history", position=recorded.json()["position"])["events"]
    assert [one["digest"] for one in event["documents"]] == [hashlib.sha256(content).hexdigest()]
    assert set(kinds(desk, id).values()) == {"same", "extra"}


def test_nothing_is_recorded_where_one_line_is_refused(desk: Seeing, unit: str) -> None:
    _, id = a_drawn(desk, unit, "TZ-4")
    told = differences(desk, id)
    chosen(desk, id, placing=PLACED, decisions={told["399"]["key"]: "retire"})
    head = desk.bureau.head()
    without = {**MANDATE, "documents": []}
    body = {"mandate": {**without, "effective": "2014-01-01"}}
    refused = desk.client.post(f"/v1/drawings/{id}/record", json=body)
    assert refused.status_code == 409
    assert refused.json()["line"]
    assert desk.bureau.head() == head


def test_where_points_say_nothing_it_is_told_and_nothing_is_placed(desk: Seeing, unit: str) -> None:
    _, id = a_drawn(desk, unit, "TZ-5")
    for placing, code in (
        ({"by": "points", "points": POINTS[:1]}, "control-points"),
        ({"by": "points", "points": [POINTS[0], POINTS[0]]}, "control-points"),
        ({"by": "points", "points": [{"drawn": [0, 0], "placed": [38.4, 106.2]}, POINTS[1]]}, "control-points-outside"),
        ({"by": "own", "system": "EPSG:4545"}, "own-coordinates"),
        ({"by": "own", "system": "EPSG:4490"}, "own-coordinates"),
    ):
        chosen(desk, id, placing=placing)
        told = desk.sees(f"/v1/drawings/{id}")["placing"]
        assert (told["problem"]["code"], told["system"]) == (code, None)
    chosen(desk, id, placing={"by": "ledger"})
    assert desk.sees(f"/v1/drawings/{id}")["placing"]["problem"] is None


def test_geojson_lies_where_it_says(desk: Seeing, unit: str) -> None:
    features = [
        {"type": "Feature", "properties": {"房间号": "301", "楼层": 3}, "geometry": {"type": "Polygon", "coordinates": [
            [one["placed"] for one in (*POINTS, POINTS[0])]]}},
    ]  # fmt: skip
    content = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
    building = a_building(desk.client, unit, "TZ-6")
    desk.sees("/v1/buildings", limit=1)
    id = brought_in(desk.client, building, content, "三层.geojson").json()["id"]
    chosen(desk, id, placing={"by": "own"})
    told = desk.sees(f"/v1/drawings/{id}")
    assert (told["placing"]["system"], told["storeys"][0]["floor"]) == ("EPSG:4544", 3)
    assert float(differences(desk, id)["301"]["drawn_area"]) == pytest.approx(30 * 16.4, rel=0.02)


def test_a_file_in_gbk_comes_in_and_a_dwg_and_a_picture_are_refused_with_what_to_do(desk: Seeing, unit: str) -> None:
    building, id = a_drawn(desk, unit, "TZ-7", a_drawing("gbk", "三层房间"))
    assert [one["name"] for one in desk.sees(f"/v1/drawings/{id}")["read"][0]["layers"] if one["lines"]] == ["三层房间"]
    for name, content, code in (
        ("a.dwg", b"AC1032" + bytes(100), "drawing-is-dwg"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "drawing-unreadable"),
    ):
        drawn = brought_in(desk.client, building, content, name).json()["id"]
        assert (
            desk.refused(
                f"/v1/drawings/{drawn}",
                409,
            )
            == code
        )


def test_nobody_else_sees_it_and_of_a_building_out_of_sight_none_is_brought_in(desk: Seeing, unit: str) -> None:
    building, id = a_drawn(desk, unit, "TZ-8")
    elsewhere = Grant(role=Role.PREMISES_OFFICER, division="640323")
    for login, given in (("somebody", None), ("yanchi", [elsewhere])):
        secret = accounts.a_token(desk.urls.owner, login, given=given)
        headers = {"Authorization": f"Bearer {secret}"}
        with httpx.Client(base_url=desk.client.base_url, headers=headers, timeout=60) as other:
            assert other.get("/v1/drawings").json() == {"drawings": []}
            for method, path, body in (
                ("GET", "", None), ("PUT", "/choices", {}), ("POST", "/check", {"mandate": MANDATE}),
                ("POST", "/record", {"mandate": MANDATE}), ("DELETE", "", None),
            ):  # fmt: skip
                answer = other.request(method, f"/v1/drawings/{id}{path}", json=body)
                assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
            brought = brought_in(other, building, a_drawing())
            assert brought.status_code == (201 if given is None else 404)
            plan = other.get(f"/v1/buildings/{building}/plan")
            assert plan.status_code == (200 if given is None else 404)
