"""A journey from the request to the closing, one that is put right afterwards, and those that come to nothing."""

from __future__ import annotations

from typing import Any

from tests.scenarios.bureau import Bureau, Done
from tests.scenarios.movables import a_car_on_the_road, a_driver, a_journey, a_unit, gone_and_back
from tests.scenarios.story import tells

KEY = "0e1f6f4e-2f55-4a0e-9d8e-51f3d6a10b17"


@tells(
    "journeys.request",
    "journeys.approve",
    "journeys.dispatch",
    "journeys.depart",
    "journeys.come-back",
    "journeys.close",
)
def test_from_the_request_to_the_closing(bureau: Bureau, leader: Bureau) -> None:
    centre, water = a_unit(bureau), a_unit(bureau, "市水务局")
    car, driver = a_car_on_the_road(bureau, centre, "宁C11001", 101), a_driver(bureau, centre)
    journey = a_journey(bureau, water, "2025-04-09", destination="中卫市沙坡头区")
    own = bureau.refused("journeys.approve", journey, effective="2025-04-08T10:00:00+08:00")
    assert (own.code, own.says) == ("approved-by-requester", "账号 马建国 提出了申请，须由他人审批。")
    leader.does("journeys.approve", journey, effective="2025-04-08T10:00:00+08:00", grounds="同意用车")
    sent = bureau.does(
        "journeys.dispatch", journey, effective="2025-04-08T15:00:00+08:00", vehicle=car, driver=driver, key=KEY
    )
    assert sorted(sent.topics) == ["DriverReserved", "JourneyDispatched", "VehicleReserved"]
    again = bureau.does(
        "journeys.dispatch", journey, effective="2025-04-08T15:00:00+08:00", vehicle=car, driver=driver, key=KEY
    )
    assert again.raw == {**sent.raw, "replayed": True}
    bureau.does("journeys.depart", journey, effective="2025-04-09T08:05:00+08:00", odometer=41250)
    below = bureau.refused("journeys.come-back", journey, effective="2025-04-09T18:20:00+08:00", odometer=41200)
    assert (below.code, below.field) == ("return-below-departure", "/odometer")
    bureau.does("journeys.come-back", journey, effective="2025-04-09T18:20:00+08:00", odometer=41612)
    costs = [{"kind": "toll", "amount": "96.00", "note": "京藏高速"}, {"kind": "parking", "amount": "10.00"}]
    half = bureau.refused(
        "journeys.close", journey, effective="2025-04-09T18:40:00+08:00", in_order=True, track_metres=361800
    )
    assert (half.code, half.field) == ("track-incomplete", "/track_digest")
    bureau.does(
        "journeys.close", journey, effective="2025-04-09T18:40:00+08:00", in_order=True, costs=costs,
        track_metres=361800, track_points=4210, track_digest="ab" * 32,
    )  # fmt: skip
    _is_told_everywhere(bureau, journey, car, driver)


def _is_told_everywhere(bureau: Bureau, journey: Done, car: Done, driver: Done) -> None:
    seen = bureau.sees("journeys", journey)
    assert (seen["status"], seen["distance"], seen["vehicle"], seen["driver"]) == ("closed", 362, car.id, driver.id)
    assert bureau.sees("journeys", journey, at="2025-04-09T12:00:00+08:00")["status"] == "departed"
    assert bureau.sees("vehicles", car)["odometer"] == 41612
    on_the_way, afterwards = "2025-04-09T12:00:00+08:00", "2025-04-09T18:30:00+08:00"
    for kind, one in (("vehicles", car), ("drivers", driver)):
        assert bureau.sees(kind, one, at=on_the_way).of("away", journey) is True
        assert bureau.sees(kind, one, at=afterwards).members("reserved") == {}
    users = [event["mandate"]["actor"]["user"] for event in bureau.reads("journeys", journey)]
    assert users == ["马建国", "周立新", *["马建国"] * 4]


@tells("journeys.withdraw")
def test_a_wrong_odometer_of_a_closed_journey_is_put_right(bureau: Bureau, leader: Bureau) -> None:
    centre = a_unit(bureau)
    car, driver = a_car_on_the_road(bureau, centre, "宁C11002", 102), a_driver(bureau, centre, "李师傅")
    journey = a_journey(bureau, centre, "2025-05-12")
    left, back = gone_and_back(bureau, leader, journey, car, driver, "2025-05-12", 50000, 53000)
    closed = bureau.does("journeys.close", journey, effective="2025-05-12T19:00:00+08:00", in_order=True)
    right: dict[str, Any] = {"effective": "2025-05-12T18:00:00+08:00", "odometer": 50300, "grounds": "多写一个零"}
    wrong = back.position_of(journey)
    early = bureau.refused("journeys.come-back", journey, corrects=wrong, **right)
    assert early.code == "journey-closed-already"
    bureau.does("journeys.withdraw", journey, effective="2025-05-13", of=closed.position, grounds="里程有误，重新办结")
    in_two_files = bureau.refused("journeys.withdraw", journey, effective="2025-05-13", of=wrong)
    assert (in_two_files.code, in_two_files.field) == ("told-to-the-vehicle", "/of")
    in_the_vehicle = left.position_of(car)
    alone = bureau.refused("vehicles.withdraw", car, effective="2025-05-13", of=in_the_vehicle)
    assert (alone.code, alone.status) == ("part-of-journey", 409)
    bureau.does("journeys.come-back", journey, corrects=wrong, **right)
    bureau.does("journeys.close", journey, effective="2025-05-13", in_order=False, findings="右前轮胎压偏低")
    assert bureau.sees("journeys", journey)["distance"] == 300
    assert bureau.sees("vehicles", car).history("odometer") == [10, 50000, 50300]
    assert [event["state"]["distance"] for event in bureau.reads("journeys", journey) if "distance" in event["state"]] == [
        3000, 300,
    ]  # fmt: skip


@tells("journeys.refuse")
def test_a_request_is_refused_by_the_leader(bureau: Bureau, leader: Bureau) -> None:
    journey = a_journey(bureau, a_unit(bureau), "2025-06-03", passengers=1)
    leader.does("journeys.refuse", journey, effective="2025-06-02T11:00:00+08:00", because="单人出差请乘坐城际铁路")
    late = leader.refused("journeys.approve", journey, effective="2025-06-02T12:00:00+08:00")
    assert (late.code, late.data["now_zh"]) == ("journey-not-at-step", "未批准")
    assert "要求“已申请”" in late.says


@tells("journeys.cancel", "journeys.swap-vehicle")
def test_the_vehicle_is_swapped_and_then_the_journey_cancelled(bureau: Bureau, leader: Bureau) -> None:
    centre = a_unit(bureau)
    first, second = (a_car_on_the_road(bureau, centre, f"宁C1200{number}", 120 + number) for number in (1, 2))
    driver = a_driver(bureau, centre, "丁师傅")
    journey = a_journey(bureau, centre, "2025-07-01")
    leader.does("journeys.approve", journey, effective="2025-06-30T10:00:00+08:00")
    bureau.does("journeys.dispatch", journey, effective="2025-06-30T11:00:00+08:00", vehicle=first, driver=driver)
    same = bureau.refused("journeys.swap-vehicle", journey, effective="2025-06-30T12:00:00+08:00", vehicle=first)
    assert same.code == "same-vehicle"
    bureau.does("journeys.swap-vehicle", journey, effective="2025-06-30T16:00:00+08:00", vehicle=second)
    noon = "2025-07-01T12:00:00+08:00"
    assert bureau.sees("vehicles", first, at=noon).members("reserved") == {}
    assert bureau.sees("vehicles", second, at=noon).members("reserved") == {journey.id: centre.id}
    cancelled = bureau.does("journeys.cancel", journey, effective="2025-06-30T18:00:00+08:00", grounds="会议改期")
    assert sorted(cancelled.topics) == ["DriverReleased", "JourneyCancelled", "VehicleReleased"]
    assert bureau.sees("vehicles", second, at=noon).members("reserved") == {}
    assert (bureau.sees("journeys", journey)["status"], bureau.sees("journeys", journey)["vehicle"]) == (
        "cancelled",
        None,
    )


def test_a_request_that_nobody_dispatched_is_cancelled(bureau: Bureau) -> None:
    journey = a_journey(bureau, a_unit(bureau), "2025-08-01")
    assert bureau.does("journeys.cancel", journey, effective="2025-07-31T12:00:00+08:00").topics == ["JourneyCancelled"]
    gone = bureau.refused("journeys.depart", journey, effective="2025-08-01T08:00:00+08:00", odometer=100)
    assert gone.code == "journey-not-at-step"
