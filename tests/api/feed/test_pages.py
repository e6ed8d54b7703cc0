"""The feed page by page: CloudEvents as the specification has them, from any position on, and nothing twice or never."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.api.conftest import MANDATE, Office
from tests.api.feeding import feed, positions, rename

REQUIRED = {"specversion", "id", "source", "type"}
OPTIONAL = {"datacontenttype", "dataschema", "subject", "time"}


@pytest.fixture(scope="module")
def units(office: Office) -> list[str]:
    made = [office.establish(f"第{number}科") for number in range(12)]
    for unit in made:
        rename(office, unit, "改名科")
    return made


def last_event(office: Office) -> dict[str, Any]:
    event: dict[str, Any] = feed(office, f"after={office.head() - 1}").json()[0]
    return event


def test_every_event_is_a_cloud_event(office: Office, units: list[str]) -> None:
    answer = feed(office)
    assert answer.headers["content-type"] == "application/cloudevents-batch+json"
    events = answer.json()
    assert len(events) == 2 * len(units)
    for event in events:
        assert event.keys() >= REQUIRED
        assert all(re.fullmatch("[a-z0-9]{1,20}", name) for name in event)
        extensions = event.keys() - REQUIRED - OPTIONAL - {"data"}
        assert all(isinstance(event[name], str | int) for name in extensions)
        assert event["streamversion"] < 2**31
        assert datetime.fromisoformat(event["time"]).tzinfo is not None


def test_an_event_says_where_it_stands_and_what_it_is_about(office: Office, units: list[str]) -> None:
    position = rename(office, units[0], "财政科")
    event = last_event(office)
    assert (event["id"], event["source"], event["specversion"]) == (str(position), "/v1/events", "1.0")
    assert (event["type"], event["subject"]) == ("organisations.UnitRenamed", f"/v1/units/{units[0]}")
    assert event["data"]["version"] == event["streamversion"]
    assert office.get(event["subject"]).status_code == 200


def test_its_data_is_the_event_as_it_is_read_by_position(office: Office, units: list[str]) -> None:
    assert units
    for event in feed(office).json():
        read = office.get(f"/v1/events/{event['id']}").json()
        assert event["data"] == {name: value for name, value in read.items() if name != "digests"}


def test_events_sort_by_their_sequence_as_text(office: Office, units: list[str]) -> None:
    assert units
    events = feed(office).json()
    assert sorted(events, key=lambda event: str(event["sequence"])) == events
    assert [int(event["sequence"]) for event in events] == [int(event["id"]) for event in events]


def test_what_belongs_together_says_so(office: Office) -> None:
    together, cause = str(uuid4()), str(uuid4())
    unit = office.establish()
    assert "correlationid" not in last_event(office)
    mandate = MANDATE | {"correlation": together, "causation": cause}
    office.post(f"/v1/units/{unit}/rename", {"name": "县财税局", "mandate": mandate})
    event = last_event(office)
    assert (event["correlationid"], event["causationid"]) == (together, cause)


def test_it_goes_on_exactly_from_any_position(office: Office, units: list[str]) -> None:
    assert units
    everything = positions(office)
    assert everything == list(range(1, office.head() + 1))
    for after in (0, *everything):
        answer = feed(office, f"after={after}&limit=5")
        expected = everything[after : after + 5]
        assert [int(event["id"]) for event in answer.json()] == expected
        assert int(answer.headers["feed-next"]) == (expected[-1] if expected else after)


def test_the_link_leads_through_everything(office: Office, units: list[str]) -> None:
    assert units
    found: list[int] = []
    path = "/v1/feed?limit=7&kind=units&kind=rooms"
    while events := (answer := office.get(path)).json():
        found += [int(event["id"]) for event in events]
        path = answer.links["next"]["url"]
    assert found == positions(office, "kind=units&kind=rooms")


def test_a_page_that_can_never_change_may_be_kept(office: Office, units: list[str]) -> None:
    assert units
    full = feed(office, "limit=5")
    assert "max-age" in full.headers["cache-control"]
    again = office.get("/v1/feed?limit=5", If_None_Match=full.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    rename(office, units[0], "又改名")
    assert feed(office, "limit=5").headers["etag"] == full.headers["etag"]


def test_a_page_at_the_end_is_never_kept(office: Office, units: list[str]) -> None:
    assert units
    last = feed(office, f"after={office.head() - 1}")
    assert last.headers["cache-control"] == "no-store"
    assert "etag" not in last.headers


def test_who_asks_for_json_gets_an_envelope(office: Office, units: list[str]) -> None:
    assert units
    plain = feed(office, "limit=5")
    told = office.get("/v1/feed?limit=5", Accept="application/json")
    assert told.headers["content-type"] == "application/json"
    assert told.json() == {"events": plain.json(), "next": 5, "more": True}
    assert told.headers["etag"] != plain.headers["etag"]
    assert "Accept" in told.headers["vary"]


def test_what_is_personal_stays_sealed(office: Office) -> None:
    secrets = {"name": "欧阳晓梅", "phone": "13995170000", "id_number": "640103199003071525"}
    person = {"unit": office.establish(), "staff_type": "established", "mandate": MANDATE, **secrets}
    answer = office.post("/v1/people", person)
    assert answer.status_code == 201, answer.text
    told = feed(office, f"after={office.head() - 1}")
    assert told.json()[0]["subject"] == f"/v1/people/{answer.json()['id']}"
    assert not [secret for secret in secrets.values() if secret in told.text]


REFUSED = {
    "after=-1": "/query/after",
    "after=one": "/query/after",
    "limit=0": "/query/limit",
    "wait=61": "/query/wait",
    "wait=0.5": "/query/wait",
    "kind=unit": "/query/kind/0",
    "kind=units&kind=": "/query/kind/1",
    "topic=UnitRenamed": "/query/topic/0",
    "unit=1": "/query/unit",
    "division=x": "/query/division",
    "division=64010": "/query/division",
    "kinds=units": "/query/kinds",
}


@pytest.mark.parametrize("path", ["/v1/feed", "/v1/feed/stream"])
@pytest.mark.parametrize(("query", "field"), REFUSED.items(), ids=REFUSED)
def test_what_is_not_understood_is_refused_in_both_languages(office: Office, path: str, query: str, field: str) -> None:
    answer = office.get(f"{path}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")
    fault = answer.json()["errors"][0]
    assert fault["field"] == field
    assert re.search(r"[\u4e00-\u9fff]", fault["zh"])
    assert fault["en"].isascii()


def test_a_page_has_its_bounds(office: Office) -> None:
    assert office.get("/v1/feed?limit=1000").status_code == 200
    assert office.get("/v1/feed?limit=1001").json()["errors"][0]["field"] == "/query/limit"


@pytest.mark.parametrize("path", ["/v1/feed", "/v1/feed/stream"])
def test_a_position_that_the_log_has_not_reached_is_refused(office: Office, path: str) -> None:
    answer = office.get(f"{path}?after={office.head() + 1}")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith(f"日志中没有位置 {office.head() + 1}。")


@pytest.mark.parametrize("path", ["/v1/feed", "/v1/feed/stream"])
def test_a_unit_that_nobody_knows_is_refused(office: Office, path: str) -> None:
    assert office.get(f"{path}?unit={uuid4()}").status_code == 404


@pytest.mark.parametrize("path", ["/v1/feed", "/v1/feed/stream"])
def test_strangers_get_nothing(office: Office, path: str) -> None:
    answer = httpx.get(f"{office.client.base_url}{path}")
    assert (answer.status_code, answer.json()["code"]) == (401, "token-needed")
