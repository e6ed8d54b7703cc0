"""Commands as forms: words for everything, what a record said said again, and what may be done next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from unicodedata import normalize
from uuid import UUID

import httpx
import pytest

from api.composition import Services, opened
from api.demo.step import CAR, JOURNEY, MAIN, OFFICE, TOWN, VERGE, named, ref
from api.demo.story import story
from api.forms.plausible import held_now, is_plausible
from api.forms.records import commands_by_topic, told
from api.moments import moment
from api.sighted import Shown
from domain.access.principal import Grant
from domain.access.roles import Role
from domain.catalogue import AGGREGATES, COMMANDS
from domain.kernel.events import EVENTS
from infra.cluster import Urls
from projections.queries.telling import said_by
from projections.records import record
from tests import accounts
from tests.api.conftest import Office, settings_for
from tests.api.feeding import following

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
BY_A_JOURNEY = {"vehicles.VehicleLeft", "vehicles.VehicleCameBack", "vehicles.DriverLeft", "vehicles.DriverCameBack"}
"""What a journey recorded is corrected through the journey."""


@pytest.fixture(scope="module")
def module_database(demonstration: Urls) -> Urls:
    return demonstration


@pytest.fixture(scope="module")
def bureau(office: Office) -> Iterator[Office]:
    with following(office.urls):
        assert office.get(f"/v1/units?after={office.head()}&limit=1").status_code == 200
        yield office


@pytest.fixture(scope="module")
def services(bureau: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with opened(settings_for(bureau.urls, tmp_path_factory.mktemp("var"))) as found:
        yield found


def fields_in(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for field in (*told["fields"], *told.get("mandate", ())):
        yield field
        yield from fields_in(field)


def test_every_field_of_every_command_is_called_something_in_both_languages(bureau: Office) -> None:
    for key in COMMANDS:
        for field in fields_in(bureau.get(f"/v1/commands/{key}/form").json()):
            assert field["zh"], (key, field["name"])
            assert field["en"], (key, field["name"])
            assert all(choice["zh"] and choice["en"] for choice in field["choices"]), (key, field["name"])
            assert field["sort"] != "choice" or field["choices"], (key, field["name"])


def test_a_form_asks_for_what_the_request_takes(bureau: Office) -> None:
    for key in COMMANDS:
        form, body = bureau.get(f"/v1/commands/{key}/form").json(), bureau.get(f"/v1/commands/{key}").json()["body"]
        own = body["properties"].keys() - {"mandate", "corrects", "id"}
        assert {field["name"] for field in form["fields"]} == own
        required = {field["name"] for field in form["fields"] if field["required"]}
        assert required <= set(body["required"]), key


def test_no_form_of_what_is_no_command(bureau: Office) -> None:
    assert bureau.get("/v1/commands/rooms.paint/form").status_code == 404


def test_every_record_that_can_be_corrected_has_the_command_that_corrects_it() -> None:
    correctable = {topic for topic, cls in EVENTS.items() if cls.correctable}
    assert correctable - commands_by_topic().keys() == BY_A_JOURNEY


SEALED = ("name", "phone", "id_number")


def test_what_a_record_said_is_what_was_sent(services: Services) -> None:
    correcting = {command.key for command in commands_by_topic().values()}
    for step in story():
        if step.corrects is None and step.command in correcting:
            of_people = SEALED if step.command.startswith("people.") else ()
            sent = {name: value for name, value in step.arguments.items() if name not in of_people}
            said = [told(event, Shown()) for event in services.log.events_of(named(step.subject))]
            found = [one["arguments"] for one in said if one["command"] == step.command]
            assert any(_holds(one, sent) for one in found), (step, found)


def _holds(said: Any, sent: Any) -> bool:
    """What was left out was told, too: as what it is when it is left out."""
    if isinstance(sent, dict):
        return isinstance(said, dict) and all(_holds(said.get(name), value) for name, value in sent.items())
    if isinstance(sent, list | tuple):
        return len(said or ()) == len(sent) and all(map(_holds, said, sent))
    return _plain(said) == _plain(sent)


def _plain(value: Any) -> str:
    """A day is its beginning; brackets and digits of full width are as they are recorded."""
    text = normalize("NFKC", str(value))
    if DAY.fullmatch(text):
        return str(moment(text))
    return str(datetime.fromisoformat(text).astimezone(UTC)) if DAY.match(text) else text


def test_what_was_done_was_plausible_before(services: Services, bureau: Office) -> None:
    """The guess never hides what the registry then carried out."""
    asked = 0
    for cls in AGGREGATES:
        for row in bureau.get(f"/v1/{cls.kind}?limit=1000").json()["rows"]:
            for event in services.log.events_of(UUID(row["id"]), after=1):
                raw = (event.originator_id, event.originator_version, event.topic, event.state, event.position)
                happened = record((*raw, event.recorded_at, event.mandate)).event
                said = said_by(happened)
                command = commands_by_topic().get(event.topic) if said is happened else None
                if command is not None and command.aggregate is cls:
                    before = services.registry.open(cls, event.originator_id, event.originator_version - 1)
                    assert is_plausible(command.key, held_now(before, happened.effective)), (
                        command.key,
                        event.position,
                    )
                    asked += 1
    assert asked > 25


def actions(client: httpx.Client | Office, address: str) -> dict[str, bool]:
    return {one["command"]: one["plausible"] for one in client.get(f"{address}/actions").json()["actions"]}


def test_next_are_the_steps_that_the_state_allows_and_the_caller_sends(bureau: Office) -> None:
    car = actions(bureau, f"/v1/vehicles/{ref(CAR)}")
    assert car["vehicles.note-odometer"]
    assert not car["vehicles.dispose"], "nobody approved it"
    journey = actions(bureau, f"/v1/journeys/{ref(JOURNEY)}")
    assert not journey["journeys.approve"], "it is closed"
    driver = accounts.a_token(bureau.urls.owner, "wang", given=[Grant(role=Role.DRIVER)])
    with httpx.Client(base_url=bureau.client.base_url, headers={"Authorization": f"Bearer {driver}"}) as client:
        own = actions(client, f"/v1/vehicles/{ref(CAR)}")
        assert "vehicles.refuel" in own
        assert "vehicles.dispose" not in own
        assert client.get(f"/v1/buildings/{ref(MAIN)}/actions").status_code == 403


def suggested(bureau: Office, key: str, **arguments: Any) -> dict[str, str]:
    answer = bureau.post(f"/v1/commands/{key}/suggestions", {"arguments": arguments})
    assert answer.status_code == 200, answer.text
    return {one["field"]: one["zh"] + one["source"] for one in answer.json()["suggestions"]}


def test_formulas_say_by_which_rule_and_are_silent_where_there_is_nothing_to_say(bureau: Office) -> None:
    item = suggested(bureau, "items.register", asset_class="A02010105", bought="2024-03-01")
    assert "6 年" in item["minimum_life"]
    assert "5,000" in item["value"]
    assert "财资〔2016〕27号" in item["value"]
    car = {"category": "enforcement", "body": "car", "energy": "petrol"}
    assert "120,000" in suggested(bureau, "vehicles.register", **car)["price"]
    assert "65.00" in suggested(bureau, "buildings.register", building={"gross_area": "100"})["building.gross_area"]
    assert suggested(bureau, "lots.receive", quantity="3", unit_price="12.50")["unit_price"].startswith("合计 37.50")
    assert suggested(bureau, "items.register", asset_class=["A0"], bought=7) == {}
    assert suggested(bureau, "rooms.rename" if "rooms.rename" in COMMANDS else "rooms.retire", x="NaN") == {}


def test_a_formula_looks_only_at_what_its_asker_sees(bureau: Office) -> None:
    room = bureau.get("/v1/rooms?limit=1").json()["rows"][0]["id"]
    asked = {"id": room, "arguments": {}}
    assert bureau.post("/v1/commands/rooms.move-in/suggestions", asked).json()["suggestions"]
    elsewhere = accounts.a_token(bureau.urls.owner, "far", given=[Grant(role=Role.PREMISES_OFFICER, division="640422")])
    with httpx.Client(base_url=bureau.client.base_url, headers={"Authorization": f"Bearer {elsewhere}"}) as client:
        assert client.post("/v1/commands/rooms.move-in/suggestions", json=asked).json()["suggestions"] == []


def test_a_record_is_told_of_its_own_thing_only(bureau: Office) -> None:
    position = bureau.get(f"/v1/vehicles/{ref(CAR)}/history?limit=1").json()["events"][0]["position"]
    assert bureau.get(f"/v1/vehicles/{ref(CAR)}/records/{position}").status_code == 200
    assert bureau.get(f"/v1/buildings/{ref(MAIN)}/records/{position}").status_code == 404


def test_what_is_sealed_is_not_told(bureau: Office) -> None:
    person = bureau.get("/v1/people?limit=1").json()["rows"][0]["id"]
    first = bureau.get(f"/v1/people/{person}/history?order=oldest&limit=1").json()["events"][0]["position"]
    said = bureau.get(f"/v1/people/{person}/records/{first}").json()
    assert said["command"] == "people.join"
    assert said["arguments"].keys() & {"name", "phone", "id_number"} == set()


def fences_said(client: httpx.Client, effective: str, **more: Any) -> list[tuple[bool, str]]:
    asked = {"arguments": {"vehicle": ref(CAR)}, "effective": effective, **more}
    answer = client.post("/v1/commands/journeys.dispatch/suggestions", json=asked)
    assert answer.status_code == 200, answer.text
    return [(one["warns"], one["zh"]) for one in answer.json()["suggestions"] if one["field"] == "vehicle"]


def test_who_dispatches_is_warned_of_a_fence_that_seals_the_vehicle_when_it_leaves(bureau: Office) -> None:
    """A warning: the command itself asks no geofence yet."""
    [(warns, said)] = [one for one in fences_said(bureau.client, "2024-10-03T09:00:00+08:00") if VERGE in one[1]]
    assert warns
    assert "2024-10-03 09:00" in said
    for day in ("2024-09-30", "2024-10-08", "2024-11-01"):
        assert [one for one in fences_said(bureau.client, day) if one[0]] == [], day
    assert [TOWN in said for warns, said in fences_said(bureau.client, "2024-11-01") if not warns] == [True]


def test_a_departure_that_is_planned_for_later_is_asked_about_that_day(bureau: Office) -> None:
    journey = {
        "unit": ref(OFFICE),
        "purpose": "survey",
        "purpose_text": "检查",
        "destination": "吴忠市",
        "outside_city": True,
        "passengers": 2,
    }
    planned = {"planned_from": "2025-01-30T08:00:00+08:00", "planned_until": "2025-01-30T18:00:00+08:00"}
    mandate = {"reason": "检查", "effective": "2025-01-20"}
    made = bureau.post("/v1/journeys", {**journey, **planned, "mandate": mandate})
    assert made.status_code == 201, made.text
    bureau.get(f"/v1/journeys?after={made.json()['position']}&limit=1")
    assert any(warns for warns, _ in fences_said(bureau.client, "2025-01-21", id=made.json()["id"]))
    assert not any(warns for warns, _ in fences_said(bureau.client, "2025-01-21"))


def test_of_fences_out_of_sight_nothing_is_said(bureau: Office) -> None:
    far = accounts.a_token(bureau.urls.owner, "diaodu-far", given=[Grant(role=Role.DISPATCHER, division="640422")])
    with httpx.Client(base_url=bureau.client.base_url, headers={"Authorization": f"Bearer {far}"}) as client:
        assert fences_said(client, "2024-10-03") == []
