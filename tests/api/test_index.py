"""Every command of the domain has one address, and the document tells all of it."""

from __future__ import annotations

from typing import Any

import pytest

from api.app import create_app
from api.commands import path_of
from api.errors import STATUS, status_of
from api.schemas import request_of
from domain.catalogue import AGGREGATES, COMMANDS
from domain.kernel.errors import Refusal
from infra.settings import Settings
from tests.api.conftest import Office


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app(Settings(database_url="postgresql:///nowhere")).openapi()


@pytest.mark.parametrize("key", COMMANDS)
def test_every_command_has_its_address_in_the_document(document: dict[str, Any], key: str) -> None:
    command = COMMANDS[key]
    operation = document["paths"][path_of(command)]["post"]
    assert operation["operationId"] == key
    assert operation["summary"] == f"{command.zh} · {command.en}"
    schema = document["components"]["schemas"][request_of(command).__name__]
    assert schema["additionalProperties"] is False
    assert {"mandate", "corrects"} <= schema["properties"].keys()
    assert operation["security"] == [{"token": []}]
    assert {"400", "401", "403", "404", "409", "412", "413", "415", "422", "500", "503"} <= operation[
        "responses"
    ].keys()


def test_no_two_commands_share_an_address() -> None:
    assert len({path_of(command) for command in COMMANDS.values()}) == len(COMMANDS)


def test_every_kind_can_be_read(document: dict[str, Any]) -> None:
    for cls in AGGREGATES:
        assert {f"/v1/{cls.kind}/{{id}}", f"/v1/{cls.kind}/{{id}}/events"} <= document["paths"].keys()


def test_every_text_is_bounded_and_every_object_closed() -> None:
    for command in COMMANDS.values():
        for place, schema in _inside(request_of(command).model_json_schema(), command.key):
            if schema.get("type") == "string" and not schema.keys() & {"enum", "format", "anyOf", "const"}:
                assert schema.keys() & {"maxLength", "pattern"}, place
            if schema.get("type") == "array":
                assert "maxItems" in schema, place
            # What a line of a proposal gives its command is checked by that command's own schema.
            if schema.get("type") == "object" and not place.endswith("/arguments"):
                assert schema["additionalProperties"] is False, place


def _inside(schema: Any, place: str) -> list[tuple[str, dict[str, Any]]]:
    if isinstance(schema, list):
        return [found for number, one in enumerate(schema) for found in _inside(one, f"{place}/{number}")]
    if not isinstance(schema, dict):
        return []
    deeper = [found for name, one in schema.items() for found in _inside(one, f"{place}/{name}")]
    return [(place, schema), *deeper]


def test_the_index_leads_to_every_command(office: Office) -> None:
    listed = office.get("/v1/commands").json()["commands"]
    assert [entry["key"] for entry in listed] == list(COMMANDS)
    detail = office.get(listed[0]["href"]).json()
    assert detail["body"]["properties"]["mandate"]
    assert office.get("/v1/commands/units.fly").status_code == 404


def test_every_refusal_has_a_status_and_both_languages() -> None:
    for refusal in _subclasses(Refusal):
        assert 400 <= status_of(refusal.__new__(refusal)) < 600
        assert refusal.zh
        assert refusal.en
    assert STATUS[Refusal] == 409


def _subclasses(cls: type[Refusal]) -> list[type[Refusal]]:
    return [cls, *(found for one in cls.__subclasses__() for found in _subclasses(one))]
