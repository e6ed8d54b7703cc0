"""Positions come in: each line judged by itself, each kept once, odd ones marked, and only for whom one may report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from api.composition import opened
from api.positions.driving import drive
from domain.access.principal import Grant
from domain.access.roles import Role
from domain.kernel.datums import CoordinateSystem, from_cgcs2000
from tests import accounts
from tests.api.conftest import settings_for
from tests.api.positions.conftest import HOME, Yard, ago, now
from tests.stores import rows


def kept(yard: Yard, car: str, columns: str = "at") -> list[tuple[Any, ...]]:
    return rows(
        yard.desk.urls.owner,
        f"SELECT {columns} FROM telemetry.positions WHERE vehicle = %s ORDER BY at, x",  # noqa: S608 -- names of the tests
        yard.ids[car],
    )


def test_what_is_reported_is_kept_as_it_was_sent_and_as_a_place(yard: Yard) -> None:
    told = yard.reports(yard.at("car", ago(minutes=3), 105.91, 38.03, speed=41.5, heading=270, altitude=1130.5))
    assert (told["received"], told["kept"], told["repeated"], told["refused"]) == (1, 1, 0, 0)
    (row,) = kept(yard, "car", "system, x, y, ST_X(point), ST_Y(point), ST_SRID(point), speed, heading, source, marks")
    assert row == ("EPSG:4326", 105.91, 38.03, 105.91, 38.03, 4490, 41.5, 270.0, "gateway", [])
    last = yard.last("car")
    assert last is not None
    assert (last["longitude"], last["heading"], last["state"], last["plate"]) == (105.91, 270.0, "moving", "宁C10000")


def test_a_batch_that_is_sent_again_is_there_once(yard: Yard) -> None:
    batch = [yard.at("van", ago(minutes=20 - step), HOME[0] + step / 1000) for step in range(10)]
    assert yard.reports(*batch)["repeated"] == 0
    again = yard.reports(*batch, yard.at("van", ago(minutes=1)))
    assert (again["kept"], again["repeated"]) == (11, 10)
    assert len(kept(yard, "van")) == 11
    twice = yard.reports(yard.at("van", ago(seconds=30)), yard.at("van", ago(seconds=30)))
    assert (twice["kept"], twice["repeated"], len(kept(yard, "van"))) == (2, 1, 12)


@pytest.mark.parametrize("system", ["GCJ-02", "BD-09", "EPSG:4544"])
def test_a_place_is_taken_in_the_system_that_is_declared_and_its_numbers_stay(yard: Yard, system: str) -> None:
    x, y = from_cgcs2000(CoordinateSystem(system), 106.1, 38.2)
    at = ago(minutes=2, seconds=len(system))
    yard.reports(yard.at("bus", at, x, y), system=system)
    found = {row[0]: row[1:] for row in kept(yard, "bus", "system, x, y, ST_X(point), ST_Y(point)")}
    assert found[system][:2] == (x, y)
    assert found[system][2:] == pytest.approx((106.1, 38.2), abs=1e-8)


def test_odd_positions_are_kept_and_marked_and_move_no_vehicle(yard: Yard) -> None:
    yard.reports(yard.at("jeep", ago(minutes=6)))
    told = yard.reports(
        yard.at("jeep", ago(hours=2)),
        yard.at("jeep", ago(minutes=-60)),
        yard.at("jeep", ago(minutes=5), 0.0, 0.0),
        yard.at("jeep", ago(minutes=4), 190.0, 38.0),
        yard.at("jeep", ago(minutes=3), 2.35, 48.85),
        yard.at("jeep", ago(minutes=2), 106.9, 38.9),
        yard.at("jeep", ago(minutes=6), 105.95, 38.02),
    )
    assert {one["line"]: one["marks"] for one in told["marked"]} == {
        1: ["late"], 2: ["future"], 3: ["null-island"], 4: ["out-of-range"], 5: ["outside"], 6: ["jump"],
    }  # fmt: skip
    assert (told["kept"], told["refused"]) == (7, 0)
    assert len(kept(yard, "jeep")) == 8


def test_a_line_that_is_wrong_is_named_in_both_languages_and_the_others_are_kept(yard: Yard) -> None:
    told = yard.reports(
        yard.at("car", ago(minutes=1, seconds=50)),
        {"vehicle": yard.ids["car"], "at": "yesterday", "x": 105.9, "y": 38.0},
        {**yard.at("car", ago(minutes=1)), "x": "105.9"},
        {"at": ago(minutes=1), "x": 105.9, "y": 38.0},
        {"plate": "宁C77777", "at": ago(minutes=1), "x": 105.9, "y": 38.0},
        yard.at("theirs", ago(minutes=1)),
        {"plate": "宁C·10000", "at": ago(minutes=1, seconds=20), "x": 105.9, "y": 38.0},
        {**yard.at("car", ago(minutes=1)), "colour": "red"},
        {**yard.at("car", "0001-01-01T00:00:00Z")},
    )
    assert (told["received"], told["kept"], told["refused"]) == (9, 2, 7)
    assert {one["line"]: (one["field"], one["code"]) for one in told["errors"]} == {
        2: ("/at", "moment-form"), 3: ("/x", "float-type"), 4: ("/vehicle", "vehicle-unnamed"), 5: ("/plate", "vehicle-unknown"),
        6: ("/vehicle", "vehicle-unknown"), 8: ("/colour", "extra-forbidden"), 9: ("/at", "moment-range"),
    }  # fmt: skip
    assert all(one["zh"] and one["en"] for one in told["errors"])


def test_a_batch_of_which_nothing_can_be_kept_is_refused(yard: Yard) -> None:
    answer = yard.gateway.post("/v1/positions", json={"system": "EPSG:4326", "positions": [yard.at("theirs", ago())]})
    assert (answer.status_code, answer.json()["code"]) == (409, "positions-refused")
    assert answer.json()["errors"][0]["field"] == "/positions/0/vehicle"
    bodies: list[Any] = [
        {"positions": []},
        {"system": "GPS", "positions": [{}]},
        [],
        {"system": "EPSG:4326", "positions": []},
    ]
    for body in bodies:
        assert yard.gateway.post("/v1/positions", json=body).status_code == 422
    broken = yard.gateway.post("/v1/positions", content=b"{", headers={"Content-Type": "application/json"})
    assert (broken.status_code, broken.json()["code"]) == (400, "body-not-json")


def test_geojson_is_taken_too(yard: Yard) -> None:
    def feature(at: str, x: float, **more: Any) -> dict[str, Any]:
        geometry = {"type": "Point", "coordinates": [x, 38.04]}
        return {"type": "Feature", "geometry": geometry, "properties": {"plate": "宁C10002", "at": at, **more}}

    headers = {"Content-Type": "application/geo+json"}
    good = {"type": "FeatureCollection", "features": [feature(ago(seconds=50), 106.0, speed=12), {"type": "Feature"}]}
    told = yard.gateway.post("/v1/positions", content=json.dumps(good), headers=headers).json()
    assert (told["kept"], told["errors"][0]["code"]) == (1, "feature-form")
    one = yard.gateway.post("/v1/positions", content=json.dumps(feature(ago(seconds=40), 106.001)), headers=headers)
    assert one.json()["kept"] == 1
    wrong = {"type": "FeatureCollection", "system": "GPS", "features": [feature(ago(seconds=30), 106.0)]}
    assert yard.gateway.post("/v1/positions", content=json.dumps(wrong), headers=headers).status_code == 409
    assert (yard.last("bus") or {})["longitude"] == 106.001


def test_only_a_token_with_the_right_reports(yard: Yard) -> None:
    body = {"system": "EPSG:4326", "positions": [yard.at("car", ago(seconds=5))]}
    assert yard.dispatcher.post("/v1/positions", json=body).json()["code"] == "right-missing"
    assert yard.gateway.get("/v1/positions/latest").status_code == 403


def test_the_application_adds_positions_and_changes_none(yard: Yard) -> None:
    with psycopg.connect(yard.desk.urls.application, autocommit=True) as application:
        application.execute("SET ROLE zhangtu_app")
        for statement in ("UPDATE telemetry.positions SET x = 0", "DELETE FROM telemetry.positions",
                          "TRUNCATE telemetry.positions", "DROP TABLE telemetry.positions", "DELETE FROM telemetry.latest"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(statement.encode())


def test_each_day_has_a_partition_and_a_wrong_clock_makes_none(yard: Yard) -> None:
    tables = {
        name for (name,) in rows(yard.desk.urls.owner, "SELECT tablename FROM pg_tables WHERE schemaname = 'telemetry'")
    }
    assert "positions_" + now().strftime("%Y%m") in {name[:16] for name in tables}
    yard.reports(yard.at("car", "2099-01-01T00:00:00+08:00"), yard.at("car", "1999-01-01T00:00:00+08:00"))
    after = {
        name for (name,) in rows(yard.desk.urls.owner, "SELECT tablename FROM pg_tables WHERE schemaname = 'telemetry'")
    }
    assert after == tables
    assert rows(yard.desk.urls.owner, "SELECT count(*) FROM telemetry.positions_other") == [(2,)]


def osmand(yard: Yard, **said: Any) -> dict[str, Any]:
    answer = yard.gateway.get("/v1/positions/osmand", params=said)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_the_clients_of_osmand_and_traccar_report_in_their_own_words(yard: Yard) -> None:
    seconds = int(now().timestamp()) - 25
    osmand(
        yard,
        id="宁C10000",
        lat="38.05",
        lon="105.95",
        timestamp=seconds,
        speed="10",
        bearing="-1",
        batt="77",
        charge="true",
    )
    osmand(yard, deviceid=yard.ids["car"], location="38.06,105.95", timestamp=seconds * 1000 + 1000)
    told = yard.gateway.post(
        "/v1/positions/osmand",
        json={
            "device_id": "宁C10000",
            "location": {
                "timestamp": ago(seconds=23),
                "coords": {"latitude": 38.07, "longitude": 105.95, "speed": 10, "heading": 90},
            },
        },
    )
    assert told.json()["kept"] == 1
    found = kept(yard, "car", "x, y, round(speed::numeric, 1)::float8, heading")[-4:]
    assert [row for row in found if row[0] == 105.95] == [
        (105.95, 38.05, 18.5, None), (105.95, 38.06, None, None), (105.95, 38.07, 36.0, 90.0),
    ]  # fmt: skip
    wrong = yard.gateway.get("/v1/positions/osmand", params={"id": "宁C10000", "lat": "north", "lon": "105"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (409, "/positions/0/lat")


def test_a_token_in_the_address_opens_this_way_only_and_stands_in_no_record(yard: Yard) -> None:
    secret = yard.gateway.headers["authorization"].removeprefix("Bearer ")
    with httpx.Client(base_url=yard.desk.client.base_url) as tracker:
        said: dict[str, Any] = {"id": "宁C10000", "lat": 38.05, "lon": 105.96, "token": secret}
        assert tracker.get("/v1/positions/osmand", params=said).status_code == 200
        assert tracker.get("/v1/positions/latest", params={"token": secret}).status_code == 401
        other = yard.dispatcher.headers["authorization"].removeprefix("Bearer ")
        assert tracker.get("/v1/positions/osmand", params=said | {"token": other}).status_code == 403
        session = accounts.a_session(yard.desk.urls.owner, "person", [Grant(role=Role.DEVICE)])
        tracker.cookies.set("zhangtu-session", session)
        refused = tracker.get("/v1/positions/osmand", params={"id": "宁C10000", "lat": 38.05, "lon": 105.97})
        assert (refused.status_code, refused.json()["code"]) == (403, "token-only")
    told = rows(yard.desk.urls.owner, "SELECT detail ->> 'asked' FROM access.records WHERE what = 'refused'")
    assert [one for (one,) in told if "osmand" in one]
    assert not [one for (one,) in told if other in one or secret in one]


def test_invented_drives_are_reported_like_those_of_any_device(yard: Yard, tmp_path: Path) -> None:
    with opened(settings_for(yard.desk.urls, tmp_path)) as services:
        drive(services, 3, 0)
    found = rows(
        yard.desk.urls.owner, "SELECT count(DISTINCT vehicle) FROM telemetry.positions WHERE source = 'demo-drive'"
    )
    assert found == [(3,)]
