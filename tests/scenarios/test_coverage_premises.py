"""No command of organisations and premises goes untold."""

from __future__ import annotations

import importlib

import pytest

from domain.catalogue import COMMANDS
from tests.scenarios.story import TOLD

KINDS = ("units", "people", "compounds", "buildings", "rooms")
STORIES = (
    "test_a_unit_leaves_everything",
    "test_allocation_of_a_building",
    "test_institutional_reform",
    "test_people_come_and_go",
    "test_places_on_the_map",
    "test_rooms_in_use",
    "test_title_of_a_building",
    "test_units_on_the_books",
    "test_upkeep_of_a_building",
    "test_what_was_wrong_is_put_right",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_command_is_carried_out_in_some_story(kind: str) -> None:
    for story in STORIES:
        importlib.import_module(f"tests.scenarios.{story}")
    told = set().union(*(TOLD[story] for story in STORIES))
    untold = {key for key, command in COMMANDS.items() if command.aggregate.kind == kind} - told
    assert not untold, f"in no story: {sorted(untold)}"


def test_what_the_stories_tell_are_commands() -> None:
    for story in STORIES:
        importlib.import_module(f"tests.scenarios.{story}")
        assert COMMANDS.keys() >= TOLD[story], story
