"""What is known of one asset: at a version, at a moment, and event by event."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.api.conftest import MANDATE, Office, a_unit


def renamed_twice(office: Office) -> str:
    unit = office.establish("县财政局")
    for name, day in (("县财政税务局", "2022-01-01"), ("县财税局", "2024-01-01")):
        mandate = MANDATE | {"effective": day}
        assert office.post(f"/v1/units/{unit}/rename", {"name": name, "mandate": mandate}).status_code == 200
    return unit


def facet(state: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in state["facets"] if one["name"] == name)
    return found


def test_the_state_tells_what_prevailed_when(office: Office) -> None:
    answer = office.get(f"/v1/units/{renamed_twice(office)}")
    name = facet(answer.json(), "name")
    assert (answer.headers["etag"], name["value"]) == ('"3"', "县财税局")
    assert [stretch["value"] for stretch in name["stretches"]] == ["县财政局", "县财政税务局", "县财税局"]
    assert name["stretches"][0]["to"] == name["stretches"][1]["from"] == "2021-12-31T16:00:00Z"


def test_the_state_at_a_moment(office: Office) -> None:
    unit = renamed_twice(office)
    for at, name in (("2023-06-01", "县财政税务局"), ("2024-01-01T00:00:00%2B08:00", "县财税局"), ("1999-01-01", None)):
        assert facet(office.get(f"/v1/units/{unit}?at={at}").json(), "name")["value"] == name


def test_the_state_at_a_version(office: Office) -> None:
    unit = renamed_twice(office)
    state = office.get(f"/v1/units/{unit}?version=1").json()
    assert (state["version"], facet(state, "name")["value"]) == (1, "县财政局")


def test_a_version_that_is_not_there(office: Office) -> None:
    answer = office.get(f"/v1/units/{renamed_twice(office)}?version=4")
    assert (answer.status_code, answer.json()["data"]["latest"]) == (404, 3)


def test_a_misspelt_parameter_is_not_ignored(office: Office) -> None:
    for path in ("?verson=1", "/events?after=1&limits=2"):
        answer = office.get(f"/v1/units/{renamed_twice(office)}{path}")
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "parameter-unknown")
    assert office.client.post("/v1/units?dry-run=1", json=a_unit()).status_code == 422


def test_what_is_known_already_is_not_sent_again(office: Office) -> None:
    unit = renamed_twice(office)
    assert office.get(f"/v1/units/{unit}", If_None_Match='"3"').status_code == 304
    assert office.get(f"/v1/units/{unit}", If_None_Match='"2"').status_code == 200


def test_an_id_of_another_kind_is_not_found(office: Office) -> None:
    unit = office.establish()
    for path in (
        f"/v1/people/{unit}",
        f"/v1/people/{unit}/events",
        f"/v1/units/{uuid4()}",
        f"/v1/units/{uuid4()}/events",
    ):
        assert office.get(path).status_code == 404


def test_events_come_in_pages_that_lead_on(office: Office) -> None:
    address: str | None = f"/v1/units/{renamed_twice(office)}/events?limit=2"
    found: list[dict[str, Any]] = []
    while address is not None:
        page = office.get(address).json()
        found += page["events"]
        address = page["next"]
    assert [event["version"] for event in found] == [1, 2, 3]
    assert found[1]["state"]["name"] == "县财政税务局"
    assert found[1]["mandate"]["documents"][0]["number"] == "宁管发〔2020〕1号"


def test_an_event_by_its_position(office: Office) -> None:
    said = office.post("/v1/units", a_unit()).json()
    event = office.get(f"/v1/events/{said['position']}").json()
    assert (event["command_id"], event["aggregate"], event["version"]) == (said["command_id"], said["id"], 1)
    assert office.get("/v1/events/9007199254740991").status_code == 404


def test_what_is_personal_stays_sealed_in_events_and_open_in_states(office: Office) -> None:
    person = {"unit": office.establish(), "name": "李晓梅", "staff_type": "established", "mandate": MANDATE}
    said = office.post("/v1/people", person).json()
    assert "李晓梅" not in office.get(f"/v1/events/{said['position']}").text
    assert office.get(f"/v1/people/{said['id']}").json()["details"]["name"] == "李晓梅"
