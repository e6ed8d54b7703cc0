"""A batch is checked under the same rights as it is sent, and tells nothing of what its caller may not see."""

from __future__ import annotations

from typing import Any

from domain.access.roles import Role
from tests.api.access.region import Region, words

MANDATE = {"reason": "调整", "effective": "2024-01-01", "documents": [{"number": "甲发〔2024〕1号"}]}


def check(region: Region, *lines: dict[str, Any], role: Role = Role.PREMISES_OFFICER) -> Any:
    region.catch_up()
    body = {"mode": "all-or-nothing", "mandate": MANDATE, "commands": list(lines)}
    return region.client(region.of_division(role)).post("/v1/batches/check", json=body)


def rename(unit: str) -> dict[str, Any]:
    return {"command": "units.rename", "id": unit, "arguments": {"name": "甲县新局"}}


def test_who_sends_no_command_checks_none(region: Region) -> None:
    answer = check(region, rename(region.mine.things["units"]), role=Role.AUDITOR)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


def test_each_line_needs_its_own_right(region: Region) -> None:
    answer = check(region, rename(region.mine.things["units"]), role=Role.KEEPER)
    assert answer.json()["results"][0]["problem"]["code"] == "command-not-allowed"


def test_what_lies_elsewhere_is_refused_in_the_words_for_what_does_not_exist(region: Region) -> None:
    answer = check(region, rename(region.other.things["units"]), rename(region.mine.things["units"]))
    refused, accepted = answer.json()["results"]
    assert (refused["problem"]["code"], refused["events"]) == ("not-found", [])
    assert accepted["problem"] is None
    assert region.other.name not in words(answer)


def test_who_has_a_number_is_not_told_to_who_may_not_see_it(region: Region) -> None:
    """The plate of the other county's car: that it is taken is told, and not by what."""
    other = region.desk.client.get(f"/v1/vehicles/{region.other.things['vehicles']}").json()
    plate = next(facet["value"] for facet in other["facets"] if facet["name"] == "plate")
    line = {
        "command": "vehicles.change-plate",
        "id": region.mine.things["vehicles"],
        "arguments": {"plate": plate},
    }
    answer = check(region, line, role=Role.DISPATCHER)
    problem = answer.json()["results"][0]["problem"]
    assert problem["code"] == "value-taken"
    assert region.other.things["vehicles"] not in words(answer)
