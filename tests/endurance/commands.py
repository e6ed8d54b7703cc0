"""Commands that follow from their id alone, so that whoever sends one again sends the same."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid5

from domain.kernel.codes import VinCheckDigitWrong, vin
from domain.vehicles.terms import Body, Energy, VehicleCategory
from domain.work import Call
from tests.stores import Store, call, establish

SETUP = UUID(int=7264)
UNITS = 12
PLATES = 400
SHARED = tuple(uuid5(SETUP, str(number)) for number in range(UNITS))
"""Units that all writers work on, so that they get into each other's way."""


def set_up(store: Store) -> None:
    store.execute(*(establish(f"第{number}局") for number in range(UNITS)), command_id=SETUP)


def calls_of(command_id: UUID) -> list[Call]:
    chance = random.Random(command_id.int)  # noqa: S311 -- no secret hangs on it
    kinds = (_establish_several, _rename_shared, _register_vehicle, _join)
    return chance.choice(kinds)(chance, command_id)


def _establish_several(chance: random.Random, command_id: UUID) -> list[Call]:
    """A unit and some below it: more than one event, over more than one stream."""
    first = uuid5(command_id, "0")
    below = [establish(f"第{number}科", parent=first) for number in range(chance.randint(1, 4))]
    return [establish("新局"), *below, call("units.rename", first, name="更名后的新局")]


def _rename_shared(chance: random.Random, command_id: UUID) -> list[Call]:
    return [call("units.rename", chance.choice(SHARED), name=f"局{command_id.hex[:6]}")]


def _register_vehicle(chance: random.Random, _: UUID) -> list[Call]:
    """With one of a few plates: most are told that it is taken."""
    said: dict[str, Any] = {
        "plate": f"宁A{chance.randrange(PLATES) + 10000}",
        "vin": _vin(chance),
        "model": "大众帕萨特",
        "category": VehicleCategory.OTHER,
        "body": Body.CAR,
        "energy": Energy.ELECTRIC,
        "price": 170_000,
        "owner": chance.choice(SHARED),
    }
    return [call("vehicles.register", **said)]


def _join(chance: random.Random, command_id: UUID) -> list[Call]:
    """Someone whose name is sealed."""
    return [call("people.join", unit=chance.choice(SHARED), name=f"王{command_id.hex[:6]}", staff_type="established")]


def _vin(chance: random.Random) -> str:
    text = f"LFV2A21K?{chance.randrange(10**8):08d}"
    for digit in "0123456789X":
        with suppress(VinCheckDigitWrong):
            return vin(text.replace("?", digit))
    raise AssertionError(text)
