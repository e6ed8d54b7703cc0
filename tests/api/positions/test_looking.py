"""Looking at vehicles: where they are and were, as they move, and the ways that they went; by whom, and what is kept from whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from api.positions import live, streaming
from domain.access.principal import Grant
from domain.access.roles import Role
from tests.api.feeding import Message, messages
from tests.api.positions.conftest import HOME, Yard, ago, now
from tests.stores import rows

METRES = 1 / 111_320
"""A metre northward, in degrees."""


def drive(yard: Yard, car: str, begins: float, minutes: int, *, metres: float = 500, x: float = HOME[0]) -> None:
    """Northward, a position a minute, until so many minutes after so many minutes ago."""
    way = [
        yard.at(car, ago(minutes=begins - step), x, HOME[1] + step * metres * METRES, speed=30, heading=0)
        for step in range(minutes)
    ]
    yard.reports(*way)


@contextmanager
def watching(client: httpx.Client, wait: int = 10, **headers: str) -> Iterator[Iterator[Message]]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.stream("GET", f"/v1/positions/stream?wait={wait}", headers=sent) as answer:
        assert answer.status_code == 200, answer.read()
        yield (one for one in messages(answer.iter_lines()) if one.data)


def told(message: Message) -> dict[str, dict[str, Any]]:
    return {one["vehicle"]: one for one in json.loads(message.data)["fixes"]}


def way_of(yard: Yard, car: str, client: httpx.Client | None = None, **asked: Any) -> dict[str, Any]:
    answer = (client or yard.dispatcher).get(f"/v1/vehicles/{yard.ids[car]}/track", params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_where_vehicles_are_can_be_asked_by_box_unit_and_moment(yard: Yard) -> None:
    drive(yard, "car", 40, 10)
    last = yard.last("car")
    assert last is not None
    assert (last["state"], last["unit"], last["journey"]) == ("silent", yard.ids["centre"], None)
    assert 31 * 60 <= last["age"] < 45 * 60
    assert yard.last("car", bbox="105,38,106,39") is not None
    assert yard.last("car", bbox="106,38,107,39") is None
    assert yard.last("car", unit=yard.ids["school"]) is None
    assert yard.last("car", None, **{"unit": yard.ids["centre"], "unit.subtree": "true"}) is not None
    then = yard.last("car", at=ago(minutes=35, seconds=-30))
    assert then is not None
    assert then["at"].startswith(ago(minutes=35)[:19])
    assert yard.last("car", known=f"#{yard.desk.bureau.head()}") is None, "nothing had been received by then"
    assert yard.last("car", at=ago(days=3)) is None
    answer = yard.dispatcher.get("/v1/positions/latest", params={"bbox": "107,38,106,39"})
    assert (answer.status_code, answer.json()["code"]) == (409, "box-impossible")


def test_what_moves_is_pushed_and_whoever_was_cut_off_goes_on(yard: Yard) -> None:
    drive(yard, "van", 20, 5)
    with watching(yard.dispatcher) as moves:
        first = next(moves)
        assert yard.ids["van"] in told(first)
        yard.reports(yard.at("van", ago(minutes=4), HOME[0], 38.5))
        second = next(moves)
        assert told(second)[yard.ids["van"]]["latitude"] == 38.5
    yard.reports(yard.at("van", ago(minutes=3), HOME[0], 38.51), yard.at("van", ago(minutes=2), HOME[0], 38.52))
    with watching(yard.dispatcher, Last_Event_ID=str(second.id)) as moves:
        found = told(next(moves))
    assert found[yard.ids["van"]]["latitude"] == 38.52, "the last, and not what lay between"
    assert yard.ids["car"] not in found


def test_secret_work_vehicles_are_shown_to_who_may_see_them_and_that_leaves_a_record(yard: Yard) -> None:
    drive(yard, "secret", 15, 5)
    assert yard.last("secret") is None
    assert yard.last("secret", yard.auditor) is not None
    assert (way_of(yard, "secret")["masked"], way_of(yard, "secret")["points"]) == (True, [])
    assert way_of(yard, "secret")["digest"] is None
    assert len(way_of(yard, "secret", yard.auditor)["points"]) == 5
    day = yard.dispatcher.get("/v1/positions/day", params={"date": now().date().isoformat()}).json()
    assert yard.ids["secret"] not in {one["vehicle"] for one in day["vehicles"]}
    with watching(yard.dispatcher) as moves:
        assert yard.ids["secret"] not in told(next(moves))
    used = rows(
        yard.desk.urls.owner,
        "SELECT login, detail ->> 'right', detail ->> 'operation' FROM access.records WHERE what = 'used' AND subject = %s",
        yard.ids["secret"],
    )
    assert ("diaodu", "tracks", "vehicles.track") in used
    assert {("shenji", "masked", "vehicles.track"), ("shenji", "tracks", "vehicles.track")} <= set(used)


def test_who_has_no_business_with_a_vehicle_does_not_see_where_it_is(yard: Yard) -> None:
    drive(yard, "bus", 15, 3)
    school = yard.client("xuexiao", Grant(role=Role.UNIT_CLERK, unit=UUID(yard.ids["school"])))
    driver = yard.client("siji", Grant(role=Role.DRIVER, division="640381"))
    assert yard.last("bus", school) is None
    assert school.get(f"/v1/vehicles/{yard.ids['bus']}/track").status_code == 404
    with watching(school, wait=0) as moves:
        assert list(moves) == []
    assert driver.get(f"/v1/vehicles/{yard.ids['bus']}/track").json()["code"] == "right-missing"
    assert yard.last("bus", driver) is not None


def test_a_way_shows_stops_gaps_and_odd_positions_which_count_for_nothing(yard: Yard) -> None:
    begin = now() - timedelta(days=2)

    def at(minutes: float) -> str:
        return (begin + timedelta(minutes=minutes)).isoformat()

    north = [yard.at("jeep", at(step), HOME[0], HOME[1] + step * 1000 * METRES) for step in range(6)]
    stands = [yard.at("jeep", at(5 + step), HOME[0] + step % 2 * 1e-4, HOME[1] + 5000 * METRES) for step in range(1, 6)]
    jump = yard.at("jeep", at(10.5), 106.5, 38.9)
    double = yard.at("jeep", at(3), HOME[0] + 0.01, HOME[1] + 3000 * METRES)
    later = [yard.at("jeep", at(40), HOME[0], HOME[1] + 9000 * METRES)]
    yard.reports(*reversed([*north, *stands, jump, double, *later]), yard.at("jeep", at(4.2), 0, 0))
    found = way_of(yard, "jeep", None, **{"from": at(-1), "to": at(50)})
    marks = [mark for point in found["points"] for mark in point["marks"] if mark != "late"]
    assert sorted(marks) == ["doubled", "jump", "null-island"]
    assert found["count"] == len(found["points"]) == 15
    assert found["metres"] == pytest.approx(9000, abs=60)
    (stop,) = found["stops"]
    assert (stop["since"][:16], stop["until"][:16]) == (at(5)[:16], at(10)[:16])
    assert [gap["metres"] for gap in found["gaps"]] == [pytest.approx(4000, abs=30)]
    assert len(found["digest"]) == 64
    known = way_of(yard, "jeep", None, **{"from": at(-1), "to": at(50), "known": f"#{yard.desk.bureau.head()}"})
    assert known["points"] == []
    answer = yard.dispatcher.get(f"/v1/vehicles/{yard.ids['jeep']}/track", params={"from": "2020-01-01"})
    assert (answer.status_code, answer.json()["code"]) == (409, "period-too-long")


def test_a_day_of_the_fleet_is_simple_enough_to_draw_at_once(yard: Yard) -> None:
    day = (now() - timedelta(days=5)).date()
    morning = [f"{day}T02:{minute:02}:00Z" for minute in range(60)]
    yard.reports(
        *(yard.at("bus", at, HOME[0], HOME[1] + max(0, n - 30) * 300 * METRES) for n, at in enumerate(morning))
    )
    answer = yard.dispatcher.get("/v1/positions/day", params={"date": day.isoformat()}).json()
    (bus,) = answer["vehicles"]
    assert bus["plate"] == "宁C10002"
    assert bus["points"][0] == [10 * 3600, HOME[0], HOME[1]]
    assert len(bus["points"]) == 31, "the half hour in which it stood is its first position and its last"


def a_journey(yard: Yard, car: str, departed: str, returned: str, days: int = 9) -> str:
    """Asked for and dispatched so many days ago."""
    bureau = yard.desk.bureau
    asked = bureau.does(
        "journeys.request", unit=yard.ids["centre"], purpose="survey", purpose_text="下乡调研", destination="峡口镇", outside_city=True,
        passengers=2, planned_from=departed, planned_until=returned, effective=ago(days=days),
    )  # fmt: skip
    manager = yard.client("lingdao", Grant(role=Role.APPROVER))
    said = {"mandate": {"reason": "同意", "effective": ago(days=days), "documents": []}}
    assert manager.post(f"/v1/journeys/{asked.id}/approve", json=said).status_code == 200
    bureau.does("journeys.dispatch", asked, vehicle=yard.ids[car], driver=yard.ids["driver"], effective=ago(days=days))
    bureau.does("journeys.depart", asked, odometer=1000, effective=departed)
    bureau.does("journeys.come-back", asked, odometer=1012, effective=returned)
    return asked.id


def test_the_closing_of_a_journey_binds_its_track_and_late_positions_do_not_undo_that(yard: Yard) -> None:
    departed, returned = ago(days=8, minutes=30), ago(days=8)
    journey = a_journey(yard, "car", departed, returned)
    drive(yard, "car", 8 * 24 * 60 + 29, 20)

    def looks() -> dict[str, Any]:
        found: dict[str, Any] = yard.desk.sees(f"/v1/journeys/{journey}/track")
        return found

    before = looks()
    assert (before["count"], before["proof"], before["order"]["destination"]) == (20, None, "峡口镇")
    asked = {"id": journey, "arguments": {"in_order": True}}
    answer = yard.desk.client.post("/v1/commands/journeys.close/suggestions", json=asked).json()
    suggested = {one["field"]: one["value"] for one in answer["suggestions"]}
    assert suggested == {
        "track_metres": str(before["metres"]), "track_points": "20", "track_digest": before["digest"],
    }  # fmt: skip
    yard.desk.bureau.does(
        "journeys.close", journey, in_order=True, track_metres=before["metres"], track_points=20,
        track_digest=before["digest"], effective=ago(days=7),
    )  # fmt: skip
    assert looks()["proof"]["holds"] is True
    yard.reports(yard.at("car", ago(days=8, minutes=5), HOME[0], HOME[1]))
    after = looks()
    assert (after["count"], after["proof"]["holds"], after["proof"]["later"]) == (21, True, 1)
    with psycopg.connect(yard.desk.urls.superuser, autocommit=True) as owner:
        owner.execute(
            "UPDATE telemetry.positions SET x = x + 0.001 WHERE vehicle = %s AND at = %s",
            [yard.ids["car"], ago(days=8, minutes=20)],
        )
    assert looks()["proof"]["holds"] is False


def test_the_track_of_a_long_journey_is_proved_whole_though_only_its_last_month_is_shown(yard: Yard) -> None:
    journey = a_journey(yard, "jeep", ago(days=75), ago(days=35), days=76)
    drive(yard, "jeep", 75 * 24 * 60 - 1, 20)
    assert yard.desk.sees(f"/v1/journeys/{journey}/track")["proof"] is None
    asked = {"id": journey, "arguments": {"in_order": True}}
    answer = yard.desk.client.post("/v1/commands/journeys.close/suggestions", json=asked).json()
    suggested = {one["field"]: one["value"] for one in answer["suggestions"]}
    assert suggested["track_points"] == "20"
    yard.desk.bureau.does(
        "journeys.close", journey, in_order=True, track_metres=int(suggested["track_metres"]), track_points=20,
        track_digest=suggested["track_digest"], effective=ago(days=34),
    )  # fmt: skip
    told = yard.desk.sees(f"/v1/journeys/{journey}/track")
    assert (told["points"], told["more"], told["count"]) == ([], True, None)
    assert (told["proof"]["holds"], told["proof"]["missing"]) == (True, 0)


def test_a_vehicle_that_is_handed_on_is_told_to_be_gone(yard: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SIGHT_SECONDS", 0.0)
    monkeypatch.setattr(streaming, "ADMIT_SECONDS", 0.2)
    drive(yard, "bus", 5, 2)
    clerk = yard.client("jingban", Grant(role=Role.UNIT_CLERK, unit=UUID(yard.ids["centre"])))
    with watching(clerk) as moves:
        assert yard.ids["bus"] in told(next(moves))
        yard.desk.bureau.does("vehicles.transfer", yard.ids["bus"], to=yard.ids["school"], effective=ago(hours=1))
        while yard.desk.follower.step():
            pass
        assert json.loads(next(moves).data)["gone"] == [yard.ids["bus"]]
    assert yard.last("bus", clerk) is None
