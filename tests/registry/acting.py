"""What tests of the registry tell it, and what they ask of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch
from uuid import UUID

from domain.kernel.codes import VinCheckDigitWrong
from domain.kernel.codes import vin as valid_vin
from domain.organisations.events import NAME
from domain.organisations.unit import Unit
from domain.registry import Answer, Registry
from domain.work import Call, Work
from tests.domain.scenario import NOW
from tests.domain.vehicles.situations import registered
from tests.stores import Store, call


def new(answer: Answer) -> UUID:
    assert answer.subject is not None
    return answer.subject


def the_unit(store: Store, id: UUID) -> Unit:
    unit = store.registry.open(Unit, id)
    assert isinstance(unit, Unit)
    return unit


def name_of(store: Store, id: UUID) -> str | None:
    return the_unit(store, id).at(NAME, NOW)


def rename(id: UUID, name: str, **said: Any) -> Call:
    return call("units.rename", id, name=name, **said)


def vehicle(owner: UUID, **said: Any) -> Call:
    """What the builder of vehicles says, as a call."""
    noted: dict[str, Any] = {}

    class Noting:
        def register(self, _: object, **arguments: Any) -> None:
            noted.update(arguments)

    registered(**said)(Noting())  # type: ignore[arg-type]  # it only notes what it is told
    return call("vehicles.register", **noted | {"owner": owner})


def a_vin(text: str) -> str:
    """With the check digit in the place of the question mark."""
    for digit in "0123456789X":
        with suppress(VinCheckDigitWrong):
            return valid_vin(text.replace("?", digit))
    raise AssertionError(text)


@contextmanager
def meanwhile(*actions: Callable[[], object]) -> Iterator[list[int]]:
    """Between a decision and its save, each time once, something happens; tells how many saves were tried."""
    waiting, tried = list(actions), [0]
    save = Registry._save

    def interrupted(self: Registry, command_id: UUID, work: Work, request: str) -> Answer:
        tried[0] += 1
        if waiting:
            action = waiting.pop(0)
            with patch.object(Registry, "_save", save):
                action()
        return save(self, command_id, work, request)

    with patch.object(Registry, "_save", interrupted):
        yield tried
