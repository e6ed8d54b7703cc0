"""Two desks at the same moment: what only one of them can have, one of them gets, and the other is told why not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

from httpx import Response

from tests.scenarios.bureau import Bureau, request
from tests.scenarios.movables import a_lot, a_person, a_photo, a_stored_item, a_unit, a_vin, a_warehouse, an_item

ROUNDS = 5


def at_once(*asked: tuple[Bureau, str, dict[str, Any], str | None]) -> list[Response]:
    """Each desk sends its request to its address, under a key if it has one, when all are ready."""
    ready = Barrier(len(asked))

    def send(desk: Bureau, path: str, body: dict[str, Any], key: str | None) -> Response:
        ready.wait()
        return desk.client.post(path, json=body, headers={} if key is None else {"Idempotency-Key": key})

    with ThreadPoolExecutor(len(asked)) as desks:
        return [sent.result() for sent in [desks.submit(send, *one) for one in asked]]


def codes(answers: list[Response]) -> list[tuple[int, str | None]]:
    return sorted((answer.status_code, answer.json().get("code")) for answer in answers)


def test_two_vehicles_are_registered_with_one_plate(bureau: Bureau, leader: Bureau) -> None:
    centre = a_unit(bureau)
    for serial in range(ROUNDS):
        said: dict[str, Any] = {
            "effective": "2024-03-01", "plate": f"宁C6666{serial}", "model": "比亚迪宋", "category": "other", "body": "suv",
            "energy": "petrol", "price": "120000.00", "owner": centre,
        }  # fmt: skip
        cars = [request(vin=a_vin(6000 + 10 * serial + number), **said) for number in range(2)]
        answers = at_once((bureau, "/v1/vehicles", cars[0], None), (leader, "/v1/vehicles", cars[1], None))
        assert codes(answers) == [(201, None), (409, "value-taken")]


def test_two_units_are_issued_the_last_boxes(bureau: Bureau, leader: Bureau) -> None:
    warehouse, units = a_warehouse(bureau, a_unit(bureau)), [a_unit(bureau, f"第{number}科") for number in "一二"]
    for _ in range(ROUNDS):
        paper = a_lot(bureau, warehouse, "100")
        path = f"/v1/lots/{paper}/issue"
        bodies = [request(effective="2024-02-01", unit=unit, quantity="60") for unit in units]
        answers = at_once((bureau, path, bodies[0], None), (leader, path, bodies[1], None))
        assert codes(answers) == [(200, None), (409, "lot-quantity-below-zero")]
        assert len(bureau.sees("lots", paper).members("issued")) == 1


def test_a_warehouse_closes_while_something_is_carried_in(bureau: Bureau, leader: Bureau) -> None:
    centre = a_unit(bureau)
    for number in range(ROUNDS):
        warehouse, item = a_warehouse(bureau, centre), an_item(bureau, centre, f"ZC-7{number}")
        photos = [a_photo(bureau, "x")]
        bureau.does(
            "items.request-entry", item, effective="2022-03-01", warehouse=a_warehouse(bureau, centre), reason="闲置",
            grade_claimed="a", photos=photos,
        )  # fmt: skip
        bureau.does("items.inspect", item, effective="2022-03-02", grade="a", photos=photos, note="完好")
        answers = at_once(
            (bureau, f"/v1/warehouses/{warehouse}/close", request(effective="2022-04-01"), None),
            (leader, f"/v1/items/{item}/accept", request(effective="2022-03-05", warehouse=warehouse), None),
        )
        closed = bureau.sees("warehouses", warehouse)["warehouse_status"] == "closed"
        assert codes(answers) == [(200, None), (409, "warehouse-closes-later" if closed else "still-held")]
        assert (bureau.sees("items", item)["warehouse"] is None) == closed


def test_one_click_that_was_sent_twice_is_one_loan(bureau: Bureau) -> None:
    centre, water = a_unit(bureau), a_unit(bureau, "市水务局")
    warehouse, person = a_warehouse(bureau, centre), a_person(bureau, water)
    for number in range(ROUNDS):
        item = a_stored_item(bureau, centre, warehouse, f"ZC-8{number}")
        bureau.does(
            "items.request-loan",
            item,
            effective="2024-03-01",
            borrower=water,
            purpose="会务",
            wanted_until="2024-05-31",
        )
        bureau.does("items.approve-loan", item, effective="2024-03-02")
        body, key = request(effective="2024-03-03", receiver=person, due="2024-05-31"), str(uuid4())
        answers = at_once(*[(bureau, f"/v1/items/{item}/lend", body, key)] * 2)
        assert codes(answers) == [(200, None)] * 2
        told = sorted((answer.json() for answer in answers), key=lambda one: bool(one["replayed"]))
        assert told[1] == {**told[0], "replayed": True}
        assert [event["topic"] for event in bureau.reads("items", item)].count("warehouse.ItemLent") == 1
