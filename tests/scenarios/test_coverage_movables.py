"""No command of vehicles and warehouses goes untold."""

from __future__ import annotations

import importlib

import pytest

from domain.catalogue import COMMANDS
from tests.scenarios.story import TOLD

STORIES = (
    "test_a_geofence",
    "test_a_journey",
    "test_a_vehicle_comes_and_goes",
    "test_a_vehicles_file",
    "test_a_warehouse_opens_and_closes",
    "test_an_item_enters_the_warehouse",
    "test_an_item_is_lent",
    "test_an_item_leaves",
    "test_consumables",
    "test_no_car_is_sent",
)


@pytest.mark.parametrize("kind", ["vehicles", "drivers", "journeys", "fences", "warehouses", "items", "lots"])
def test_every_command_is_carried_out_in_some_story(kind: str) -> None:
    for story in STORIES:
        importlib.import_module(f"tests.scenarios.{story}")
    told = set().union(*(TOLD[story] for story in STORIES))
    assert {key for key, command in COMMANDS.items() if command.aggregate.kind == kind} <= told
