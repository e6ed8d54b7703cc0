"""Batches: together or each for itself, and every refusal points at its line."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from httpx import Response

from tests.api.conftest import MANDATE, Office, a_unit


def line(command: str, arguments: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"command": command, "arguments": arguments, **more}


def establish(name: str, **more: Any) -> dict[str, Any]:
    return line("units.establish", {"unit": a_unit(name)["unit"]}, **more)


def rename(unit: str, name: str, **more: Any) -> dict[str, Any]:
    return line("units.rename", {"name": name}, id=unit, **more)


def send(office: Office, mode: str, *lines: dict[str, Any], key: Any = None, **more: Any) -> Response:
    return office.post("/v1/batches", {"mode": mode, "mandate": MANDATE, "commands": list(lines), **more}, key=key)


def test_a_reorganisation_is_one_decision(office: Office) -> None:
    old, new = office.establish("县林业局"), str(uuid4())
    answer = send(
        office,
        "all-or-nothing",
        establish("县自然资源局", id=new),
        line("units.merge-into", {"successor": new}, id=old),
    )
    said = answer.json()
    assert (answer.status_code, said["accepted"], said["refused"]) == (200, 2, 0)
    assert [result["id"] for result in said["results"]] == [new, old]
    positions = [event["position"] for event in said["events"]]
    assert positions == list(range(positions[0], positions[0] + len(positions)))


def test_one_refused_line_stops_them_all_and_is_named(office: Office) -> None:
    head = office.head()
    answer = send(office, "all-or-nothing", establish("县水务局"), rename(str(uuid4()), "县水利局"))
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["line"]) == (404, "not-found", 2)
    assert problem["field"] == "/commands/1/id"
    assert office.head() == head


def test_a_malformed_line_is_named_with_its_fields(office: Office) -> None:
    answer = send(office, "all-or-nothing", establish("县水务局"), line("units.rename", {"nome": 1}, id=str(uuid4())))
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["line"]) == (409, "line-invalid", 2)
    fields = [error["field"] for error in problem["errors"]]
    assert fields == ["/commands/1/arguments/name", "/commands/1/arguments/nome"]


def test_an_unknown_field_of_a_line_is_a_fault_of_the_batch(office: Office) -> None:
    problem = send(office, "all-or-nothing", establish("县水务局"), establish("县水利局", colour="red")).json()
    assert (problem["status"], problem["errors"][0]["field"]) == (422, "/commands/1/colour")


def test_what_the_log_refuses_is_traced_to_its_line(office: Office) -> None:
    owner = office.establish()

    def building(number: str) -> dict[str, Any]:
        said: dict[str, Any] = {"number": number, "name": "1号楼", "address": "北京路1号", "division": "640104"}
        said |= {"floors_above": 3, "gross_area": "900.00", "structure": "mixed"}
        return line("buildings.register", {"building": said, "owner": owner})

    assert send(office, "all-or-nothing", building("B-1")).status_code == 200
    answer = send(office, "all-or-nothing", building("B-2"), building("B-1"), building("B-3"))
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["line"]) == (409, "value-taken", 2)


def test_a_rule_is_told_at_the_field_of_its_line(office: Office) -> None:
    unit = office.establish()
    bare: dict[str, Any] = {"reason": "更名", "effective": "2021-01-01"}
    problem = send(office, "all-or-nothing", rename(unit, "县税务局", mandate=bare)).json()
    assert (problem["code"], problem["field"]) == ("document-missing", "/commands/0/mandate/documents")
    problem = send(office, "all-or-nothing", rename(unit, "县税务局"), mandate=bare).json()
    assert problem["field"] == "/mandate/documents"


def test_a_line_without_any_mandate_is_refused(office: Office) -> None:
    answer = office.post("/v1/batches", {"mode": "all-or-nothing", "commands": [establish("县水务局")]})
    assert (answer.status_code, answer.json()["code"], answer.json()["line"]) == (409, "mandate-missing", 1)


def test_a_line_on_an_older_version_is_refused(office: Office) -> None:
    unit = office.establish()
    office.post(f"/v1/units/{unit}/rename", {"name": "县税务局", "mandate": MANDATE})
    problem = send(office, "all-or-nothing", rename(unit, "县林业局", expected_version=1)).json()
    assert (problem["code"], problem["field"]) == ("version-conflict", "/commands/0/expected_version")


def test_each_for_itself_records_what_can_be(office: Office) -> None:
    unit, head = office.establish(), office.head()
    answer = send(
        office, "each", rename(unit, "县税务局"), rename(str(uuid4()), "县水利局"), line("units.abolish", {"x": 1}, id=unit),
        rename(unit, "县税务总局"),
    )  # fmt: skip
    said = answer.json()
    assert (answer.status_code, said["accepted"], said["refused"]) == (200, 2, 2)
    assert [result["problem"] and result["problem"]["status"] for result in said["results"]] == [None, 404, 409, None]
    assert [result["problem"] and result["problem"]["line"] for result in said["results"]] == [None, 2, 3, None]
    assert said["position"] == office.head() == head + 2


def test_each_repeated_writes_nothing_again(office: Office) -> None:
    key, lines = uuid4(), [establish("县档案馆"), establish("县图书馆")]
    first = send(office, "each", *lines, key=key).json()
    head = office.head()
    again = send(office, "each", *lines, key=key)
    assert again.headers["idempotency-replayed"] == "true"
    assert [result["id"] for result in again.json()["results"]] == [result["id"] for result in first["results"]]
    assert office.head() == head


def test_together_repeated_gets_the_first_answer(office: Office) -> None:
    key, lines = uuid4(), [establish("县档案馆"), establish("县图书馆")]
    first = send(office, "all-or-nothing", *lines, key=key).json()
    again = send(office, "all-or-nothing", *lines, key=key).json()
    assert again == first | {"replayed": True}


def test_each_that_was_interrupted_goes_on_where_it_stopped(office: Office) -> None:
    key, lines = uuid4(), [establish("县文化馆", id=str(uuid4())), rename(str(uuid4()), "县博物馆")]
    said = send(office, "each", *lines, key=key).json()
    assert (said["accepted"], said["refused"]) == (1, 1)
    again = send(office, "each", *lines, key=key).json()
    assert (again["accepted"], again["refused"], again["replayed"]) == (1, 1, True)


def test_five_thousand_lines_are_the_most(office: Office) -> None:
    lines = [establish(f"第{number}单位") for number in range(5_001)]
    problem = send(office, "all-or-nothing", *lines).json()
    assert (problem["status"], problem["errors"][0]["field"]) == (422, "/commands")
    said = send(office, "all-or-nothing", *lines[:5_000]).json()
    assert (said["accepted"], len(said["events"])) == (5_000, 5_000)


def test_one_id_cannot_be_two_things_in_a_batch(office: Office) -> None:
    unit = str(uuid4())
    person = {"unit": unit, "name": "李晓梅", "staff_type": "established"}
    answer = send(office, "all-or-nothing", establish("县水务局", id=unit), line("people.join", person, id=unit))
    assert (answer.status_code, answer.json()["line"]) == (404, 2)
