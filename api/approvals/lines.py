"""The lines of a proposal in words: which command, about what, with which arguments, on whose authority."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from api.access.jurisdiction import Errand
from api.batches.schema import BatchLine
from domain.catalogue import COMMANDS
from domain.kernel.commands import Command
from domain.organisations.events import PersonJoined
from domain.organisations.person import Person
from projections.queries import telling
from projections.queries.words.fields import FIELD_WORDS
from projections.queries.words.parameters import parameter_wording

PERSONAL: Final = PersonJoined.personal - {"name"}
"""What only some may see of a person; the name is a right of its own."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What of people the reader is told."""

    names: bool
    personal: bool

    def hides(self, kind: str, name: str) -> bool:
        if kind != Person.kind:
            return False
        return (name in PERSONAL and not self.personal) or (name == "name" and not self.names)


def things(errand: Errand) -> Iterator[UUID]:
    """All that a line names."""
    if errand.id is not None:
        yield errand.id
    for _, given in parts(errand.arguments):
        yield from (one for one in (given if isinstance(given, tuple) else (given,)) if isinstance(one, UUID))


def parts(arguments: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The arguments that were given; of a value of several fields each by itself."""
    for name, given in arguments.items():
        if dataclasses.is_dataclass(given) and not isinstance(given, type):
            yield from parts({field.name: getattr(given, field.name) for field in dataclasses.fields(given)})
        elif given not in (None, "", ()):
            yield name, given


def arguments(errand: Errand, names: Mapping[str, str], shown: Shown) -> list[dict[str, Any]]:
    return [_argument(errand.command, name, given, names, shown) for name, given in parts(errand.arguments)]


def _argument(command: Command, name: str, given: Any, names: Mapping[str, str], shown: Shown) -> dict[str, Any]:
    hidden = shown.hides(command.aggregate.kind, name)
    said = (
        dict(zip(("value", "zh", "en"), (None, *telling.SEALED), strict=True)) if hidden else _said(name, given, names)
    )
    zh, en = _called(command.key, name)
    return {"field": name, "zh": zh, "en": en, "said": said}


def _called(command: str, name: str) -> tuple[str, str]:
    """As the form of the command calls it."""
    try:
        words = parameter_wording(command, name)
    except LookupError:
        return name, name
    return words.zh, words.en


def _said(name: str, given: Any, names: Mapping[str, str]) -> dict[str, Any]:
    return telling.field_said(name if name in FIELD_WORDS else "note", given, names)


def command_told(line: BatchLine) -> dict[str, Any]:
    command = COMMANDS[line.command]
    return {"command": command.key, "kind": command.aggregate.kind, "zh": command.zh, "en": command.en}


def as_given(raw: Mapping[str, Any], shown: Shown) -> dict[str, Any]:
    """The line as it was sent, to be corrected and sent again; what the reader may not see is left out."""
    kind = COMMANDS[raw["command"]].aggregate.kind
    return {**raw, "arguments": {name: said for name, said in raw["arguments"].items() if not shown.hides(kind, name)}}
