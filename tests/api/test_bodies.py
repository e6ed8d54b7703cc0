"""Hostile and careless bodies: a clear 4xx that says what and where, never a 500, and nothing written."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from httpx import Response

from tests.api.conftest import MANDATE, Office, a_unit

JSON = {"Content-Type": "application/json"}


@pytest.fixture(autouse=True)
def nothing_is_written(office: Office) -> Iterator[None]:
    head = office.head()
    yield
    assert office.head() == head


def sent(office: Office, raw: bytes | str, path: str = "/v1/units") -> Response:
    return office.client.post(path, content=raw, headers=JSON)


def problem(answer: Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said["status"] == status
    assert said["detail"]
    assert said["detail_en"]
    return said


NO_JSON = {
    "nothing": b"",
    "half": b"{",
    "a word": b"nonsense",
    "bytes": b"\xff\xfe{}",
    "UTF-16": '{"unit": "财政局"}'.encode("utf-16"),
    "a surrogate in the clothes of UTF-8": b'{"unit": "\xed\xa0\x80"}',
    "a lone surrogate": b'{"unit": "\\ud800"}',
    "not a number": b'{"unit": NaN}',
    "minus infinity": b'{"unit": -Infinity}',
    "an endless number": b'{"unit": ' + b"9" * 5000 + b"}",
    "a field twice": b'{"unit": 1, "unit": 2}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep and open": b"[" * 100_000,
    "somewhat too deep": b"[" * 40 + b"]" * 40,
}


@pytest.mark.parametrize("raw", NO_JSON.values(), ids=NO_JSON.keys())
def test_what_is_no_json_is_refused(office: Office, raw: bytes) -> None:
    assert problem(sent(office, raw), 400)["code"] == "body-not-json"


@pytest.mark.parametrize("raw", [b"null", b"[]", b"7", b'"unit"', b"{}", b"true", b"1e999"], ids=ascii)
def test_json_of_another_shape_is_refused(office: Office, raw: bytes) -> None:
    assert problem(sent(office, raw), 422)["code"] == "request-invalid"


def test_nine_mebibytes_are_too_much(office: Office) -> None:
    body = json.dumps(a_unit("长" * 3 * 1024 * 1024), ensure_ascii=False).encode()
    assert problem(sent(office, body), 413)["data"]["limit"] == 8 * 1024 * 1024


def test_a_body_that_does_not_say_its_size_is_stopped_at_the_limit(office: Office) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(9):
            yield b" " * 1024 * 1024

    answer = office.client.post("/v1/units", content=chunks(), headers=JSON)
    assert problem(answer, 413)["code"] == "body-too-large"


@pytest.mark.parametrize(
    "given", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", ""]
)
def test_another_content_type_is_refused(office: Office, given: str) -> None:
    answer = office.client.post("/v1/units", content=json.dumps(a_unit()), headers={"Content-Type": given})
    assert problem(answer, 415)["field"] == "/Content-Type"


def unit_with(**more: Any) -> dict[str, Any]:
    body = a_unit()
    return body | {"unit": body["unit"] | more}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (a_unit() | {"colour": "red"}, "/colour"),
        (unit_with(colour="red"), "/unit/colour"),
        (unit_with(name=7), "/unit/name"),
        (unit_with(name=None), "/unit/name"),
        (unit_with(name=""), "/unit/name"),
        (unit_with(name=" \u3000\t"), "/unit/name"),
        (unit_with(name="字" * 201), "/unit/name"),
        (unit_with(name="财政\x00局"), "/unit/name"),
        (unit_with(name="财政\x1b局"), "/unit/name"),
        (unit_with(level="galaxy"), "/unit/level"),
        (a_unit() | {"parent": "7"}, "/parent"),
        (a_unit() | {"parent": "{0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a57}"}, "/parent"),
        (a_unit() | {"corrects": "1"}, "/corrects"),
        (a_unit() | {"corrects": 1.5}, "/corrects"),
        (a_unit() | {"corrects": 2**80}, "/corrects"),
        (a_unit() | {"corrects": True}, "/corrects"),
        (a_unit() | {"mandate": MANDATE | {"effective": "yesterday"}}, "/mandate/effective"),
        (a_unit() | {"mandate": MANDATE | {"effective": "2026-01-01T00:00:00"}}, "/mandate/effective"),
        (a_unit() | {"mandate": MANDATE | {"effective": "2026-02-30"}}, "/mandate/effective"),
        (a_unit() | {"mandate": MANDATE | {"effective": 1700000000}}, "/mandate/effective"),
        (a_unit() | {"mandate": MANDATE | {"documents": [{"number": "1"}] * 51}}, "/mandate/documents"),
        (a_unit() | {"mandate": MANDATE | {"actor": {"user": "root"}}}, "/mandate/actor"),
    ],
    ids=itertools.count(1),
)
def test_each_fault_is_told_at_its_place(office: Office, body: dict[str, Any], field: str) -> None:
    said = problem(office.post("/v1/units", body), 422)
    assert [error["field"] for error in said["errors"]] == [field]
    assert all(error["zh"] and error["en"] for error in said["errors"])


@pytest.mark.parametrize("year", ["0000", "0001", "1899", "2201", "9999"])
def test_a_year_that_cannot_be_is_a_wrong_value(office: Office, year: str) -> None:
    for text in (f"{year}-01-01", f"{year}-12-31T23:59:59-23:59", f"{year}-01-01T00:00:00+23:59"):
        said = problem(office.post("/v1/units", a_unit() | {"mandate": MANDATE | {"effective": text}}), 409)
        assert (said["code"], said["errors"][0]["field"]) == ("value-impossible", "/mandate/effective")


def test_a_money_amount_travels_in_quotes(office: Office) -> None:
    for given in (1.5, "1,5", "1e3", "0.001", "-1", "NaN", "１", "1.50\n", "1_000"):
        body = {"value": given, "mandate": MANDATE}
        answer = office.post("/v1/buildings/0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a57/revalue", body)
        assert problem(answer, 422)["errors"][0]["field"] == "/value"


def compound(*rings: list[list[float]], system: str = "EPSG:4326") -> dict[str, Any]:
    outline = {"system": system, "coordinates": list(rings)}
    said = {"name": "院落", "address": "北京路1号", "division": "640104", "outline": outline}
    return said | {"mandate": MANDATE}


BOW_TIE = [[106.0, 38.0], [106.01, 38.01], [106.01, 38.0], [106.0, 38.01], [106.0, 38.0]]


def test_an_outline_that_crosses_itself_is_reported_with_the_place(office: Office) -> None:
    said = problem(office.post("/v1/compounds", compound(BOW_TIE)), 409)
    assert (said["code"], said["field"]) == ("polygon-crosses-itself", "/outline/coordinates")
    assert (round(said["data"]["x"], 4), round(said["data"]["y"], 4)) == (106.005, 38.005)


@pytest.mark.parametrize(
    "rings",
    [
        [],
        [[]],
        [[[106, 38]]],
        [[[106, 38], [106, 38], [106, 38], [106, 38]]],
        [[[1e308, 38], [106, 1e308], [106, 38], [1e308, 38]]],
        [[[38, 106], [38.1, 106], [38, 106.1], [38, 106]]],
    ],
    ids=itertools.count(1),
)
def test_an_impossible_outline_is_refused(office: Office, rings: list[list[list[float]]]) -> None:
    assert problem(office.post("/v1/compounds", compound(*rings)), 409)["field"].startswith("/outline/coordinates")


@pytest.mark.parametrize(
    "position", [[106], [106, 38, 1], ["106", "38"], [None, None], {"x": 1}, 106], ids=itertools.count(1)
)
def test_a_position_of_another_shape_is_refused(office: Office, position: Any) -> None:
    said = problem(office.post("/v1/compounds", compound([position] * 4)), 422)
    assert said["errors"][0]["field"].startswith("/outline/coordinates/0/0")


def test_a_number_beyond_every_number_is_refused(office: Office) -> None:
    raw = json.dumps(compound(BOW_TIE)).replace("106.01", "1e999")
    assert problem(sent(office, raw, "/v1/compounds"), 422)["errors"][0]["code"] == "finite-number"


@pytest.mark.parametrize("key", ["7", "", "0198c5f07c1e7d4b9c3a2f6d1e8b4a57", "x" * 5000], ids=itertools.count(1))
def test_a_key_that_is_no_uuid_is_refused(office: Office, key: str) -> None:
    assert problem(office.post("/v1/units", a_unit(), key=key), 422)["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.parametrize("tag", ["7", "*", 'W/"7"', '"x"', '"99999999999999999999"', ""])
def test_a_version_that_is_none_is_refused(office: Office, tag: str) -> None:
    assert problem(office.post("/v1/units", a_unit(), If_Match=tag), 422)["errors"][0]["field"] == "If-Match"


def test_one_id_cannot_be_two_things(office: Office) -> None:
    same = "0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a57"
    person = {"id": same, "unit": same, "name": "李晓梅", "staff_type": "established", "mandate": MANDATE}
    assert problem(office.post("/v1/people", person), 404)["field"] == "/unit"


def test_an_unknown_address_is_a_problem_too(office: Office) -> None:
    for path in ("/v1/unknown", "/v1/units/7", "/nowhere", "/docs", "/v1/units/"):
        assert problem(office.get(path), 404)["code"] == "not-found"


def test_another_method_is_told_which_there_are(office: Office) -> None:
    answer = office.client.put("/v1/units", json=a_unit())
    problem(answer, 405)
    assert answer.headers["allow"] == "GET, POST"
