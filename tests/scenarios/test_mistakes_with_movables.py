"""Mistakes with vehicles and things, found late: what else has happened meanwhile still holds."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.scenarios.bureau import Bureau, Done, line
from tests.scenarios.movables import (
    a_car,
    a_car_on_the_road,
    a_driver,
    a_journey,
    a_lot,
    a_person,
    a_stored_item,
    a_unit,
    a_vin,
    a_warehouse,
    an_item,
    gone_and_back,
)
from tests.scenarios.premises import a_building, a_room


def disposed(bureau: Bureau, car: Done) -> Done:
    bureau.does("vehicles.request-disposal", car, effective="2022-01-05", mode="scrap")
    bureau.does("vehicles.approve-disposal", car, effective="2022-01-12", mode="scrap")
    return bureau.does("vehicles.dispose", car, effective="2022-02-01", income="0")


def test_a_disposal_is_not_withdrawn_once_the_plate_is_anothers(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    old = a_car(bureau, centre, "宁C90001", 901, effective="2012-01-01")
    end = disposed(bureau, old)
    new = a_car(bureau, centre, "宁C90001", 902, effective="2022-03-01")
    taken = bureau.refused("vehicles.withdraw", old, effective="2022-04-01", of=end.position)
    assert (taken.code, taken.data["value"], taken.data["holder"]) == ("value-taken", "宁C90001", new.id)
    bureau.does("vehicles.change-plate", new, effective="2022-04-02", plate="宁C90003")
    bureau.does("vehicles.withdraw", old, effective="2022-04-03", of=end.position, grounds="处置未成交")
    assert bureau.sees("vehicles", old)["status"] == "disposal-approved"
    assert bureau.sees("vehicles", old).claims == {"宁C90001": "plate", a_vin(901): "vin"}


def test_a_disposal_is_not_withdrawn_once_the_owner_is_gone(bureau: Bureau) -> None:
    old = a_unit(bureau, "原市粮食局")
    car = a_car(bureau, old, "宁C90011", 911, effective="2012-01-01")
    end = disposed(bureau, car)
    bureau.does("units.abolish", old, effective="2023-01-01")
    problem = bureau.refused("vehicles.withdraw", car, effective="2023-02-01", of=end.position)
    assert (problem.code, problem.data["holder"], problem.data["held"]) == ("still-held", old.id, [car.id])


def test_a_return_is_not_corrected_past_the_end_of_the_borrower(bureau: Bureau) -> None:
    centre, water, census = a_unit(bureau), a_unit(bureau, "市水务局"), a_unit(bureau, "普查办", kind="temporary")
    warehouse = a_warehouse(bureau, centre)
    item, head = a_stored_item(bureau, water, warehouse, "ZC-9101"), a_person(bureau, centre)
    bureau.does(
        "items.request-loan", item, effective="2023-03-01", borrower=census, purpose="普查", wanted_until="2024-12-31"
    )
    bureau.does("items.approve-loan", item, effective="2023-03-02")
    bureau.does("items.lend", item, effective="2023-03-03", receiver=head, due="2024-12-31")
    back: dict[str, Any] = {"warehouse": warehouse, "grade": "a"}
    returned = bureau.does("items.take-back", item, effective="2023-10-01", **back)
    bureau.does("units.abolish", census, effective="2023-11-01")
    late = bureau.refused("items.take-back", item, effective="2023-12-01", corrects=returned.position, **back)
    gone = bureau.refused("items.withdraw", item, effective="2023-12-01", of=returned.position)
    assert [(one.code, one.data["holder"]) for one in (late, gone)] == [("still-held", census.id)] * 2
    bureau.does("items.take-back", item, effective="2023-10-15", corrects=returned.position, **back)
    assert bureau.sees("items", item, at="2023-10-14")["using_unit"] == census.id


def test_a_plate_mistyped_at_registration_is_put_right(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    car = a_car(bureau, centre, "宁C90021", 921)
    raw = {
        "vin": a_vin(921),
        "model": "大众帕萨特 330",
        "category": "other",
        "body": "car",
        "owner": centre,
        "energy": "petrol",
        "displacement": "1.8",
        "price": "175000.00",
        "odometer": 10,
    }
    answer = bureau.does(
        "vehicles.register", id=car, plate="宁C90022", effective="2020-03-01", corrects=car.position, **raw
    )
    assert (answer.id, answer.topics) == (car.id, ["FactCorrected"])
    a_car(bureau, centre, "宁C90021", 922)
    assert bureau.sees("vehicles", car, version=1)["plate"] == "宁C90021"
    wrong_kind = bureau.refused(
        "vehicles.change-plate", car, effective="2020-03-01", plate="宁C90029", corrects=answer.position
    )
    assert wrong_kind.code == "corrects-another"
    foreign = bureau.refused(
        "vehicles.note-odometer", car, effective="2020-03-02", odometer=20, corrects=centre.position
    )
    assert (foreign.code, foreign.field) == ("nothing-to-correct", "/corrects")


def test_a_whole_day_in_one_batch(bureau: Bureau, leader: Bureau) -> None:
    centre = a_unit(bureau)
    car, person = str(uuid4()), a_person(bureau, centre)
    driver = str(uuid4())
    done = bureau.does_together(
        line(
            "vehicles.register",
            car,
            plate="宁C90031",
            vin=a_vin(931),
            model="别克GL8",
            category="other",
            body="business",
            energy="petrol",
            price="178000.00",
            seats=7,
            owner=centre,
        ),
        line(
            "vehicles.insure",
            car,
            insurance="compulsory",
            policy="P1",
            insurer="人保",
            until="2035-01-01",
            premium="950.00",
        ),
        line("vehicles.inspect", car, valid_until="2035-01-01", station="检测站", cost="0"),
        line("drivers.enrol", driver, person=person, licence="C1", valid_until="2035-01-01"),
        effective="2024-01-02",
    )
    assert done.ids == [car, car, car, driver]
    journeys = [a_journey(bureau, centre, "2024-05-06") for _ in range(2)]
    for journey in journeys:
        leader.does("journeys.approve", journey, effective="2024-05-05T12:00:00+08:00")
    both = bureau.refused_together(
        *(line("journeys.dispatch", journey, vehicle=car, driver=driver) for journey in journeys),
        effective="2024-05-05T15:00:00+08:00",
    )
    assert (both.code, both.line, both.field) == ("taken", 2, "")
    bureau.does_together(
        line("journeys.dispatch", journeys[0], vehicle=car, driver=driver),
        line("journeys.cancel", journeys[0]),
        line("journeys.dispatch", journeys[1], vehicle=car, driver=driver),
        line("journeys.depart", journeys[1], odometer=100),
        line("journeys.come-back", journeys[1], odometer=200),
        line("journeys.close", journeys[1], in_order=True),
        effective="2024-05-06T15:00:00+08:00",
    )
    assert bureau.sees("journeys", journeys[1])["distance"] == 100


def test_a_departure_is_corrected_in_the_files_of_all_three_and_once_more(bureau: Bureau, leader: Bureau) -> None:
    centre = a_unit(bureau)
    car, driver = a_car_on_the_road(bureau, centre, "宁C90041", 941), a_driver(bureau, centre)
    journey, day = a_journey(bureau, centre, "2024-05-06"), "2024-05-06"
    left, _ = gone_and_back(bureau, leader, journey, car, driver, day, 400, 600)
    first = left.position_of(journey)
    again = bureau.does("journeys.depart", journey, effective=f"{day}T07:30:00+08:00", odometer=380, corrects=first)
    assert again.topics == ["FactCorrected"] * 3
    assert bureau.sees("vehicles", car).history("odometer")[-2:] == [380, 600]
    assert bureau.sees("vehicles", car, at=f"{day}T07:45:00+08:00").members("away") == {journey.id: True}
    stale = bureau.refused("journeys.depart", journey, effective=f"{day}T07:40:00+08:00", odometer=390, corrects=first)
    assert stale.code == "nothing-to-correct"
    second = again.position_of(journey)
    bureau.does("journeys.depart", journey, effective=f"{day}T07:40:00+08:00", odometer=390, corrects=second)
    assert bureau.sees("drivers", driver, at=f"{day}T07:35:00+08:00").members("away") == {}


def test_who_looked_at_an_older_version_is_told_to_look_again(bureau: Bureau) -> None:
    item = an_item(bureau, a_unit(bureau), "ZC-9501")
    bureau.does("items.relocate", item, effective="2023-01-01", location="305室", seen=1)
    stale = bureau.refused("items.relocate", item, effective="2023-01-01", location="306室", seen=1)
    assert (stale.status, stale.field) == (412, "If-Match")


def test_a_wrong_id_is_pointed_at_where_it_was_given(bureau: Bureau) -> None:
    centre = a_unit(bureau)
    warehouse, car = a_warehouse(bureau, centre), a_car(bureau, centre, "宁C90051", 951)
    paper = a_lot(bureau, warehouse, "10")
    no_unit = bureau.refused("lots.issue", paper, effective="2024-02-02", unit=warehouse, quantity="1")
    assert (no_unit.status, no_unit.field, "找不到单位" in no_unit.says) == (404, "/unit", True)
    no_lot = bureau.refused("lots.issue", car, effective="2024-02-02", unit=centre, quantity="1")
    assert (no_lot.status, no_lot.field) == (404, "/id")
    lines = [line("lots.issue", paper, unit=unit, quantity="1") for unit in (centre, warehouse)]
    in_a_batch = bureau.refused_together(*lines, effective="2024-02-02")
    assert (in_a_batch.line, in_a_batch.field) == (2, "/commands/1/arguments/unit")
    room, into = a_room(bureau, a_building(bureau, centre), "301"), {"number": "301", "net_area": "48.00"}
    no_room = bureau.refused("rooms.merge", room, effective="2024-02-02", others=[str(uuid4())], into=into)
    assert (no_room.status, no_room.field) == (404, "/others/0")
