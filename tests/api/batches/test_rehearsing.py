"""A batch checked before it is sent: every line is told what would come of it, in words, and nothing is written."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.api.conftest import MANDATE, Office, a_unit
from tests.api.seeing import Seeing


def line(command: str, arguments: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"command": command, "arguments": arguments, **more}


def establish(name: str, **more: Any) -> dict[str, Any]:
    return line("units.establish", {"unit": a_unit(name)["unit"]}, **more)


def check(desk: Seeing, *lines: dict[str, Any], mode: str = "all-or-nothing", **more: Any) -> dict[str, Any]:
    while desk.follower.step():
        pass
    body = {"mode": mode, "mandate": MANDATE, "commands": list(lines)}
    answer = desk.client.post("/v1/batches/check", json=body, **more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def codes(said: dict[str, Any]) -> list[str | None]:
    return [result["problem"] and result["problem"]["code"] for result in said["results"]]


def test_every_line_is_told_and_nothing_is_written(desk: Seeing, office: Office) -> None:
    unit, head = office.establish("县税务局"), office.head()
    said = check(
        desk,
        line("units.rename", {"name": "县国家税务局"}, id=unit),
        line("units.rename", {"nome": 1}, id=unit),
        line("units.rename", {"name": "县水利局"}, id=str(uuid4())),
        line("units.abolish", {}, id=unit, mandate={"reason": "撤销", "effective": "2021-01-01"}),
    )
    assert (said["accepted"], said["refused"]) == (1, 3)
    assert codes(said) == [None, "line-invalid", "not-found", "document-missing"]
    fields = [result["problem"] and result["problem"].get("field") for result in said["results"][2:]]
    assert fields == ["/commands/2/id", "/commands/3/mandate/documents"]
    assert said["results"][1]["problem"]["errors"][0]["field"] == "/commands/1/arguments/name"
    assert office.head() == head


def test_what_would_change_is_told_as_the_history_will_tell_it(desk: Seeing, office: Office) -> None:
    unit, new = office.establish("县农业局"), str(uuid4())
    lines = (
        line("units.rename", {"name": "县农业农村局"}, id=unit),
        establish("县扶贫办", id=new),
        line("units.move-under", {"parent": unit}, id=new),
    )
    told = [event for result in check(desk, *lines)["results"] for event in result["events"]]
    assert (told[0]["changes"][0]["before"]["zh"], told[0]["changes"][0]["after"]["zh"]) == ("县农业局", "县农业农村局")
    assert told[2]["changes"][0]["after"]["zh"] == "县农业局"
    assert office.post(
        "/v1/batches", {"mode": "all-or-nothing", "mandate": MANDATE, "commands": list(lines)}
    ).is_success
    for id, expected in ((unit, told[:1]), (new, told[1:])):
        history = desk.sees(f"/v1/units/{id}/history", order="oldest")["events"][-len(expected) :]
        assert [event["topic"] for event in history] == [event["topic"] for event in expected]
        assert [event["zh"] for event in history] == [event["zh"] for event in expected]
        values = [
            [(one["facet"], one["before"]["value"], one["after"]["value"]) for one in event["changes"]]
            for event in history
        ]
        assert values == [
            [(one["facet"], one["before"]["value"], one["after"]["value"]) for one in event["changes"]]
            for event in expected
        ]


def test_lines_see_what_earlier_ones_did_and_nothing_of_refused_ones(desk: Seeing, office: Office) -> None:
    unit = office.establish("县商务局")
    said = check(
        desk,
        line("units.rename", {"name": "县商务和工信局"}, id=unit),
        line("units.merge-into", {"successor": unit}, id=unit),
        line("units.rename", {"name": "县商务局"}, id=unit),
    )
    assert codes(said) == [None, "unit-under-itself", None]
    assert said["results"][2]["events"][0]["changes"][0]["before"]["zh"] == "县商务和工信局"


def test_one_by_one_a_line_is_judged_by_itself(desk: Seeing, office: Office) -> None:
    old, new = office.establish("县文化局"), office.establish("县文旅局")
    child = office.establish("县文化馆")
    moved = office.post(f"/v1/units/{child}/move-under", {"parent": old, "mandate": MANDATE})
    assert moved.is_success, moved.text
    lines = line("units.abolish", {}, id=old), line("units.move-under", {"parent": new}, id=child)
    assert codes(check(desk, *lines)) == [None, None]
    assert codes(check(desk, *lines, mode="each")) == ["still-held", None]


def test_with_the_key_of_the_later_batch_new_things_have_the_same_ids(desk: Seeing, office: Office) -> None:
    key, lines = str(uuid4()), [establish("县气象局")]
    foretold = check(desk, *lines, headers={"Idempotency-Key": key})["results"][0]["id"]
    sent = office.post("/v1/batches", {"mode": "all-or-nothing", "mandate": MANDATE, "commands": lines}, key=key)
    assert sent.json()["results"][0]["id"] == foretold


def test_one_id_is_one_thing_but_a_refused_line_does_not_say_which(desk: Seeing) -> None:
    id, person = str(uuid4()), {"unit": str(uuid4()), "name": "李晓梅", "staff_type": "established"}
    lines = line("people.join", person, id=id), establish("县水务局", id=id), line("people.join", person, id=id)
    assert codes(check(desk, *lines)) == ["not-found", None, "already-exists"]


def test_names_of_people_stay_sealed(desk: Seeing, office: Office) -> None:
    person = {"unit": office.establish("县档案局"), "name": "李晓梅", "staff_type": "established"}
    said = check(desk, line("people.join", person))
    assert codes(said) == [None]
    assert "李晓梅" not in str(said)
