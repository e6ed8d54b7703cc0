"""When no car is sent: sealed, uninsured, taken, inside the city; and when two dispatchers want the same car."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from tests.scenarios.bureau import Bureau, Done, Problem, request
from tests.scenarios.movables import (
    a_car,
    a_car_on_the_road,
    a_driver,
    a_journey,
    a_person,
    a_unit,
    gone_and_back,
    insure,
)
from tests.scenarios.story import tells


@pytest.fixture
def plates() -> Iterator[tuple[str, int]]:
    """Numbers that no other story uses."""
    return ((f"宁C{number}", number) for number in range(61000 + uuid4().int % 20000, 99999))


def an_approved_journey(bureau: Bureau, leader: Bureau, unit: Done, day: str, **more: Any) -> Done:
    journey = a_journey(bureau, unit, day, **more)
    leader.does("journeys.approve", journey, effective=f"{day}T06:30:00+08:00")
    return journey


def is_not_sent(bureau: Bureau, journey: Done, day: str, car: Done, driver: Done) -> Problem:
    return bureau.refused("journeys.dispatch", journey, effective=f"{day}T07:00:00+08:00", vehicle=car, driver=driver)


def test_a_vehicle_that_may_not_go(bureau: Bureau, leader: Bureau, plates: Iterator[tuple[str, int]]) -> None:
    centre, water, day = a_unit(bureau), a_unit(bureau, "市水务局"), "2024-10-02"
    driver, keeper = a_driver(bureau, centre), a_person(bureau, centre, "赵玉兰")
    journey = an_approved_journey(bureau, leader, centre, day)
    sealed, broken, posted = (a_car_on_the_road(bureau, centre, *next(plates)) for _ in range(3))
    uninsured, uninspected = (a_car(bureau, centre, *next(plates)) for _ in range(2))
    insure(bureau, uninspected)
    bureau.does("vehicles.seal", sealed, effective="2024-10-01", why="holiday", key_keeper=keeper, until="2024-10-08")
    bureau.does("vehicles.take-out-of-service", broken, effective="2024-09-20", cause="制动异响")
    bureau.does("vehicles.post", posted, effective="2024-09-01", to=water, until="2024-12-01")
    refused = [
        is_not_sent(bureau, journey, day, car, driver) for car in (sealed, broken, posted, uninsured, uninspected)
    ]
    assert [problem.code for problem in refused] == [
        "vehicle-sealed", "vehicle-not-roadworthy", "vehicle-posted-elsewhere", "vehicle-not-insured",
        "vehicle-not-inspected",
    ]  # fmt: skip
    assert all((problem.status, problem.field) == (409, "/vehicle") for problem in refused)
    assert "封存（节假日封存）" in refused[0].says
    assert "没有有效的交强险" in refused[3].says
    bureau.does("vehicles.unseal", sealed, effective="2024-10-02T06:00:00+08:00")
    bureau.does("journeys.dispatch", journey, effective=f"{day}T07:00:00+08:00", vehicle=sealed, driver=driver)


def test_a_journey_or_a_driver_that_does_not_fit(
    bureau: Bureau, leader: Bureau, plates: Iterator[tuple[str, int]]
) -> None:
    centre, day = a_unit(bureau), "2024-11-05"
    car, driver = a_car_on_the_road(bureau, centre, *next(plates)), a_driver(bureau, centre)
    bus = a_car_on_the_road(bureau, centre, *next(plates), body="large-bus", seats=45)
    inside = an_approved_journey(bureau, leader, centre, day, outside_city=False, destination="市民大厅")
    assert is_not_sent(bureau, inside, day, car, driver).code == "inside-city"
    crowd = an_approved_journey(bureau, leader, centre, day, passengers=5)
    full = is_not_sent(bureau, crowd, day, car, driver)
    assert (full.code, full.data["seats"]) == ("too-few-seats", 5)
    small = is_not_sent(bureau, crowd, day, bus, driver)
    assert (small.code, small.data["licence"]) == ("licence-too-small", "B1")


def test_a_driver_who_is_busy(bureau: Bureau, leader: Bureau, plates: Iterator[tuple[str, int]]) -> None:
    centre, day = a_unit(bureau), "2024-12-03"
    cars = [a_car_on_the_road(bureau, centre, *next(plates)) for _ in range(2)]
    driver = a_driver(bureau, centre, "马师傅")
    first, second = (an_approved_journey(bureau, leader, centre, day) for _ in range(2))
    bureau.does("journeys.dispatch", first, effective=f"{day}T07:00:00+08:00", vehicle=cars[0], driver=driver)
    busy = is_not_sent(bureau, second, day, cars[1], driver)
    assert (busy.code, busy.data["journey"], busy.data["zh_kind"]) == ("taken", first.id, "驾驶员")
    assert "已用于行程" in busy.says


@tells(
    "drivers.enrol",
    "drivers.renew-licence",
    "drivers.suspend",
    "drivers.reinstate",
    "drivers.withdraw",
    "drivers.remove",
)
def test_a_drivers_years_of_service(bureau: Bureau, leader: Bureau, plates: Iterator[tuple[str, int]]) -> None:
    centre, day = a_unit(bureau), "2024-06-18"
    person = a_person(bureau, centre, "王海峰")
    enrolled: dict[str, Any] = {
        "effective": "2018-06-01",
        "person": person,
        "licence": "C1",
        "valid_until": "2024-06-01",
    }
    driver = bureau.does("drivers.enrol", **enrolled)
    twice = bureau.refused("drivers.enrol", **enrolled)
    assert (twice.code, twice.data["scope"], twice.data["value"]) == ("value-taken", "driver", person.id)
    car = a_car_on_the_road(bureau, centre, *next(plates))
    journey = an_approved_journey(bureau, leader, centre, day)
    assert is_not_sent(bureau, journey, day, car, driver).code == "licence-not-valid"
    bureau.does("drivers.renew-licence", driver, effective="2024-05-20", licence="B1", valid_until="2034-06-01")
    bureau.does("drivers.suspend", driver, effective="2024-06-10", until="2024-07-01", grounds="体检期间停岗")
    assert is_not_sent(bureau, journey, day, car, driver).data["duty_zh"] == "停岗"
    bureau.does("drivers.reinstate", driver, effective="2024-06-15")
    gone_and_back(bureau, leader, journey, car, driver, day, 9000, 9120, approved=True)
    wrong = bureau.does("drivers.suspend", driver, effective="2024-08-01")
    bureau.does("drivers.withdraw", driver, effective="2024-08-02", of=wrong.position, grounds="停岗的是另一位王师傅")
    assert bureau.sees("drivers", driver, at="2024-08-03")["duty"] == "on-duty"
    bureau.does("drivers.remove", driver, effective="2024-12-31", grounds="退休")
    assert bureau.sees("drivers", driver).claims == {}
    assert bureau.refused("drivers.suspend", driver, effective="2025-01-06").code == "driver-not-on-duty"
    bureau.does("drivers.enrol", **(enrolled | {"effective": "2025-03-01", "valid_until": "2034-06-01"}))


def test_two_dispatchers_want_the_same_car(bureau: Bureau, leader: Bureau, plates: Iterator[tuple[str, int]]) -> None:
    centre, day = a_unit(bureau), "2024-09-10"
    for _ in range(5):
        car = a_car_on_the_road(bureau, centre, *next(plates))
        journeys = [an_approved_journey(bureau, leader, centre, day) for _ in range(2)]
        drivers = [a_driver(bureau, centre, name) for name in ("甲师傅", "乙师傅")]
        statuses = _both_dispatch(bureau, leader, journeys, car, drivers, day)
        assert sorted(statuses) == [(200, None), (409, "taken")]
        assert len(bureau.sees("vehicles", car, at=f"{day}T12:00:00+08:00").members("reserved")) == 1
        loser = drivers[statuses.index((409, "taken"))]
        assert bureau.sees("drivers", loser, at=f"{day}T12:00:00+08:00").members("reserved") == {}


def _both_dispatch(
    bureau: Bureau, leader: Bureau, journeys: list[Done], car: Done, drivers: list[Done], day: str
) -> list[tuple[int, str | None]]:
    """At one moment, from two desks."""
    ready = Barrier(2)

    def dispatch(desk: Bureau, journey: Done, driver: Done) -> tuple[int, str | None]:
        body = request(effective=f"{day}T07:00:00+08:00", vehicle=car, driver=driver)
        ready.wait()
        answer = desk.client.post(f"/v1/journeys/{journey}/dispatch", json=body)
        return answer.status_code, answer.json().get("code")

    with ThreadPoolExecutor(2) as desks:
        return list(desks.map(dispatch, (bureau, leader), journeys, drivers))
