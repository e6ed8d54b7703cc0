"""How the stories of vehicles and warehouses begin: units, people, vehicles ready to go, things to keep."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from domain.kernel.codes import VinCheckDigitWrong
from domain.kernel.codes import vin as checked
from tests.scenarios.bureau import Bureau, Done

LONG_AFTER = "2035-01-01"


def a_unit(bureau: Bureau, name: str = "青铜峡市机关事务服务中心", *, kind: str = "institution") -> Done:
    unit = {"name": name, "unit_kind": kind, "level": "county", "division": "640381"}
    return bureau.does("units.establish", effective="2010-01-01", unit=unit)


def a_person(bureau: Bureau, unit: Done, name: str = "王海峰") -> Done:
    return bureau.does("people.join", effective="2012-07-01", unit=unit, name=name, staff_type="established")


def a_vin(serial: int) -> str:
    """An invented VIN with the right check digit."""
    wrong = f"LSVAA418_E2{serial:06d}"
    try:
        return checked(wrong.replace("_", "0"))
    except VinCheckDigitWrong as refusal:
        return wrong.replace("_", refusal.data["expected"])


def a_car(bureau: Bureau, owner: Done, plate: str, serial: int, **more: Any) -> Done:
    """As it was bought; the serial makes the VIN."""
    said: dict[str, Any] = {
        "plate": plate, "vin": a_vin(serial), "model": "大众帕萨特 330", "category": "other", "body": "car",
        "energy": "petrol", "displacement": "1.8", "price": "175000.00", "odometer": 10,
    }  # fmt: skip
    return bureau.does("vehicles.register", **({"effective": "2020-03-01", "owner": owner} | said | more))


def a_car_on_the_road(bureau: Bureau, owner: Done, plate: str, serial: int, **more: Any) -> Done:
    """Insured and inspected."""
    car = a_car(bureau, owner, plate, serial, **more)
    insure(bureau, car)
    bureau.does(
        "vehicles.inspect", car, effective="2020-03-02", valid_until=LONG_AFTER, station="青铜峡检测站", cost="220.00"
    )
    return car


def insure(bureau: Bureau, car: Done, *, effective: str = "2020-03-02", until: str = LONG_AFTER, **more: Any) -> Done:
    said: dict[str, Any] = {
        "insurance": "compulsory",
        "policy": "PDZA2020640381",
        "insurer": "人保财险吴忠分公司",
        "premium": "950.00",
    }
    return bureau.does("vehicles.insure", car, effective=effective, until=until, **(said | more))


def a_driver(bureau: Bureau, unit: Done, name: str = "王师傅", **more: Any) -> Done:
    person = a_person(bureau, unit, name)
    said: dict[str, Any] = {"licence": "B1", "valid_until": LONG_AFTER}
    return bureau.does("drivers.enrol", effective="2015-01-01", person=person, **(said | more))


def a_warehouse(bureau: Bureau, unit: Done, name: str = "青铜峡市公物仓", *shelves: str, **more: Any) -> Done:
    said: dict[str, Any] = {"form": "physical", "division": "640381", "address": "青铜峡市古峡东街88号院"}
    opened = bureau.does("warehouses.open", effective="2022-01-01", name=name, managing_unit=unit, **(said | more))
    for shelf in shelves:
        bureau.does("warehouses.add-shelf", opened, effective="2022-01-05", shelf=shelf)
    return opened


def an_item(bureau: Bureau, owner: Done, number: str, **more: Any) -> Done:
    said = {"asset_class": "A02010108", "name": "便携式计算机", "value": "6800.00", "bought": "2021-09-10"}
    return bureau.does(
        "items.register", owner=owner, asset_number=number, **({"effective": "2022-02-01"} | said | more)
    )


def a_stored_item(bureau: Bureau, owner: Done, warehouse: Done, number: str, **more: Any) -> Done:
    """It asked to enter, was looked at and taken in, all in March 2022."""
    item, photos = an_item(bureau, owner, number, **more), [a_photo(bureau, number)]
    bureau.does(
        "items.request-entry", item, effective="2022-03-01", warehouse=warehouse, reason="岗位撤并后闲置",
        grade_claimed="a", photos=photos,
    )  # fmt: skip
    bureau.does("items.inspect", item, effective="2022-03-05", grade="a", photos=photos, note="配件齐全，开机正常")
    bureau.does("items.accept", item, effective="2022-03-06", warehouse=warehouse)
    return item


def a_photo(bureau: Bureau, of: str) -> str:
    """The digest of a photo that was uploaded."""
    headers = {"Content-Type": "application/octet-stream"}
    answer = bureau.client.post("/v1/files", content=f"照片：{of}".encode(), headers=headers)
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["digest"])


def a_journey(bureau: Bureau, unit: Done, day: str, **more: Any) -> Done:
    """Asked for the day before, from eight until seven in the evening, out of town."""
    said: dict[str, Any] = {
        "purpose": "survey", "purpose_text": "灌区水利设施调研", "destination": "中卫市", "outside_city": True,
        "passengers": 3, "planned_from": f"{day}T08:00:00+08:00", "planned_until": f"{day}T19:00:00+08:00",
    }  # fmt: skip
    return bureau.does("journeys.request", effective=_the_day_before(day), unit=unit, **(said | more))


def _the_day_before(day: str) -> str:
    return f"{date.fromisoformat(day) - timedelta(days=1)}T09:00:00+08:00"


def gone_and_back(
    bureau: Bureau, leader: Bureau, journey: Done, car: Done, driver: Done, day: str, left: int, back: int,
    *, approved: bool = False,
) -> tuple[Done, Done]:  # fmt: skip
    """Approved, dispatched, gone with one odometer reading and back with another."""
    if not approved:
        leader.does("journeys.approve", journey, effective=f"{day}T06:30:00+08:00")
    bureau.does("journeys.dispatch", journey, effective=f"{day}T07:00:00+08:00", vehicle=car, driver=driver)
    gone = bureau.does("journeys.depart", journey, effective=f"{day}T08:00:00+08:00", odometer=left)
    return gone, bureau.does("journeys.come-back", journey, effective=f"{day}T18:00:00+08:00", odometer=back)


def a_lot(bureau: Bureau, warehouse: Done, quantity: str, **more: Any) -> Done:
    said: dict[str, Any] = {"asset_class": "A07000000", "name": "A4 复印纸", "measure": "箱", "unit_price": "148.00"}
    return bureau.does(
        "lots.receive", warehouse=warehouse, quantity=quantity, **({"effective": "2024-01-06"} | said | more)
    )
