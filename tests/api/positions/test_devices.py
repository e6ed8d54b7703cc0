"""The table of devices: which account sends for which vehicle, when it was last heard of, and what of today's is odd."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from api.moments import ZONE
from domain.access.principal import Grant
from domain.access.roles import Role
from tests.api.positions.conftest import HOME, Yard, ago


def told(yard: Yard, **asked: Any) -> list[dict[str, Any]]:
    answer = yard.dispatcher.get("/v1/positions/devices", params=asked)
    assert answer.status_code == 200, answer.text
    lines: list[dict[str, Any]] = answer.json()["devices"]
    return lines


def of(yard: Yard, car: str, **asked: Any) -> list[dict[str, Any]]:
    return [one for one in told(yard, **asked) if one["vehicle"] == yard.ids[car]]


@pytest.fixture(scope="module", autouse=True)
def sent(yard: Yard) -> None:
    far = HOME[0] + 2
    yard.reports(
        yard.at("car", ago(seconds=90)),
        yard.at("car", ago(seconds=60)),
        yard.at("car", ago(seconds=60), x=HOME[0] + 0.00001),
        yard.at("car", ago(seconds=30), x=far),
        yard.at("car", ago(minutes=20)),
        yard.at("car", ago(seconds=10), x=0.0, y=0.0),
    )
    yard.reports(yard.at("van", ago(seconds=10), x=0.0, y=0.0))


def test_each_vehicle_has_its_device_with_what_is_odd_of_today(yard: Yard) -> None:
    [car] = of(yard, "car")
    assert (car["device"], car["plate"], car["silent"]) == ("gateway", "宁C10000", False)
    days = {moment.astimezone(ZONE).date() for moment in (datetime.fromisoformat(ago(minutes=20)), datetime.now(UTC))}
    if len(days) == 1:
        assert car["received"] == 6
    assert (car["late"], car["doubled"], car["impossible"]) == (1, 1, 2)
    marks = {one["mark"]: (one["zh"], one["count"]) for one in car["marks"]}
    assert marks == {
        "late": ("迟到", 1),
        "null-island": ("零点坐标", 1),
        "jump": ("跳点", 1),
        "doubled": ("同时两处", 1),
    }
    assert datetime.fromisoformat(car["heard"]) >= datetime.fromisoformat(car["at"])


def test_a_device_that_sends_nothing_but_nonsense_was_heard_of_and_a_silent_one_not(yard: Yard) -> None:
    [van], [bus] = of(yard, "van"), of(yard, "bus")
    assert (van["device"], van["received"], van["impossible"]) == ("gateway", 1, 1)
    assert (bus["device"], bus["heard"], bus["silent"], bus["received"]) == (None, None, True, 0)


def test_two_accounts_for_one_vehicle_are_two_lines(yard: Yard) -> None:
    second = yard.client("gateway-two", Grant(role=Role.DEVICE, unit=UUID(yard.ids["centre"])))
    sent = {"system": "EPSG:4326", "positions": [yard.at("jeep", ago(seconds=40))]}
    assert second.post("/v1/positions", json=sent).status_code == 200
    yard.reports(yard.at("jeep", ago(seconds=5)))
    first, other = of(yard, "jeep")
    assert [first["device"], other["device"]] == ["gateway", "gateway-two"]
    assert (first["heard"] is not None, other["heard"], other["received"]) == (True, None, 1)


def test_they_are_paged_by_plate_and_found_by_a_part_of_it(yard: Yard) -> None:
    first = yard.dispatcher.get("/v1/positions/devices", params={"limit": 2}).json()
    rest = yard.dispatcher.get("/v1/positions/devices", params={"cursor": first["next"]}).json()
    plates = list(dict.fromkeys(one["plate"] for one in (*first["devices"], *rest["devices"])))
    assert plates == sorted(plates)
    assert len(plates) == 5
    assert rest["next"] is None
    assert [one["plate"] for one in told(yard, plate="10009")] == ["宁C10009"]
    assert told(yard, plate="%") == []


def test_only_who_may_see_where_vehicles_went_and_only_those_in_their_reach(yard: Yard) -> None:
    driver = yard.client("siji", Grant(role=Role.DRIVER, division="640381"))
    keeper = yard.client("baoguan", Grant(role=Role.KEEPER, division="640381"))
    for nobody in (driver, keeper, yard.gateway):
        assert nobody.get("/v1/positions/devices").status_code == 403
    school = yard.client("xiao", Grant(role=Role.DISPATCHER, unit=UUID(yard.ids["school"])))
    answer = school.get("/v1/positions/devices").json()
    assert [one["plate"] for one in answer["devices"]] == ["宁C10009"]
    assert "gateway" not in str(answer)
    beyond = school.get("/v1/positions/devices", params={"cursor": yard.ids["car"]}).json()
    assert beyond["devices"] == []


def test_secret_work_vehicles_are_there_only_for_who_may_see_them(yard: Yard) -> None:
    assert of(yard, "secret") == []
    found = yard.auditor.get("/v1/positions/devices").json()["devices"]
    assert yard.ids["secret"] in {one["vehicle"] for one in found}
