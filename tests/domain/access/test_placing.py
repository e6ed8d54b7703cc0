"""What has to lie in the sender's jurisdiction: every reference, division and decision of every command is classified."""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
import typing
from collections.abc import Iterator
from typing import Any

import pytest

from domain.access.bonds import EVERY_BOND, Bond
from domain.access.placing import DECIDED, DIVISIONS, REFERENCES, USERS_SEND, bonds_of, references, withdraws
from domain.access.policy import DECISIONS, POLICY, commands_of
from domain.access.roles import Role
from domain.catalogue import AGGREGATES, COMMANDS
from domain.kernel.commands import Command
from domain.kernel.events import Event
from domain.work import asked_for


@pytest.mark.parametrize("key", COMMANDS)
def test_everything_that_a_command_names_is_placed_or_given_to(key: str) -> None:
    assert REFERENCES.get(key, {}).keys() == references(COMMANDS[key]).keys()


@pytest.mark.parametrize("key", COMMANDS)
def test_a_division_that_a_command_says_is_known_to_be_one(key: str) -> None:
    assert sorted(divisions(COMMANDS[key])) == ([DIVISIONS[key]] if key in DIVISIONS else [])


def divisions(command: Command) -> Iterator[str]:
    hints = typing.get_type_hints(command.decide, include_extras=True)
    for name, hint in hints.items():
        if name not in ("mandate", "return") and asked_for(hint):
            yield from _divisions(hint, name)


def _divisions(hint: Any, place: str) -> Iterator[str]:
    if typing.get_origin(hint) is typing.Annotated:
        hint = hint.__origin__
    for inner in typing.get_args(hint):
        yield from _divisions(inner, place)
    if place.rpartition(".")[2] == "division" and not typing.get_args(hint):
        yield place
    if dataclasses.is_dataclass(hint):
        for name, field in typing.get_type_hints(hint, include_extras=True).items():
            yield from _divisions(field, f"{place}.{name}")


def test_only_commands_that_exist_are_spoken_of() -> None:
    named = REFERENCES.keys() | USERS_SEND | DIVISIONS.keys() | set(DECIDED.values())
    assert named <= COMMANDS.keys()


@pytest.mark.parametrize("key", DECISIONS)
def test_every_decision_that_can_be_withdrawn_is_withdrawn_by_who_may_take_it(key: str) -> None:
    for event in recorded_by(COMMANDS[key]):
        if event.correctable:
            assert DECIDED[event.topic] == key


def recorded_by(command: Command) -> list[type[Event]]:
    """The events that the source of a deciding method names."""
    method = inspect.unwrap(command.decide)
    module = vars(sys.modules[method.__module__])
    names = re.findall(r"happened\.(\w+)\(", inspect.getsource(method))
    assert names, f"{command.key} names no event that can be found"
    return [getattr(module["happened"], name) for name in names]


def test_who_decides_withdraws_decisions_and_nothing_else() -> None:
    assert withdraws(Role.APPROVER, "items", "warehouse.LoanApproved")
    assert not withdraws(Role.APPROVER, "items", "warehouse.ItemRegistered")
    assert not withdraws(Role.KEEPER, "items", "warehouse.LoanApproved")
    assert withdraws(Role.KEEPER, "items", "warehouse.ItemRegistered")


@pytest.mark.parametrize(("topic", "key"), DECIDED.items())
def test_whoever_takes_a_decision_can_withdraw_it(topic: str, key: str) -> None:
    kind = key.partition(".")[0]
    takers = [role for role in Role if key in commands_of(role)]
    assert takers
    assert all(f"{kind}.withdraw" in commands_of(role) and withdraws(role, kind, topic) for role in takers)


def test_what_gives_a_thing_away_is_for_who_answers_for_it() -> None:
    giving = [
        key
        for key in COMMANDS
        if key.endswith((".transfer", "transfer-title", ".dispose", ".assign", ".post", ".withdraw"))
    ]
    assert {bonds_of(key) for key in giving if not key.startswith("journeys.")} == {frozenset({Bond.KEEPS})}


def test_a_published_item_is_open_to_requests_and_to_nothing_else() -> None:
    assert [key for key in COMMANDS if bonds_of(key) == EVERY_BOND] == ["items.request-loan"]


def test_whoever_begins_a_thing_puts_it_into_the_own_jurisdiction() -> None:
    """Else a creating command could put things anywhere: it has no thing yet that could be asked where it lies."""
    for command in COMMANDS.values():
        if command.creates:
            placed = [name for name, bonds in REFERENCES.get(command.key, {}).items() if bonds]
            assert placed or command.key in DIVISIONS, command.key


def test_every_command_can_be_sent_by_somebody_and_decisions_by_nobody_else() -> None:
    deciders = {role for role, allowed in POLICY.items() if set(DECISIONS) & set(allowed.commands)}
    assert [role.value for role in deciders] == ["approver"]
    assert {cls.kind for cls in AGGREGATES} == {key.partition(".")[0] for key in COMMANDS}
