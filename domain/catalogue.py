"""The index of the domain: every kind of aggregate, the events that begin its streams, and every command."""

from __future__ import annotations

from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import Command, commands_of
from domain.kernel.events import Event
from domain.organisations.events import PersonJoined, UnitEstablished
from domain.organisations.person import Person
from domain.organisations.unit import Unit

BIRTHS: dict[type[Event], type[Aggregate]] = {
    UnitEstablished: Unit,
    PersonJoined: Person,
}
"""Which event begins a stream of which kind: how the registry knows what an id is."""

AGGREGATES: tuple[type[Aggregate], ...] = tuple(dict.fromkeys(BIRTHS.values()))

COMMANDS: dict[str, Command] = {command.key: command for command in commands_of(*AGGREGATES)}
