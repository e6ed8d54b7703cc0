"""Under which grant a command is carried out: the first whose role sends it, and whose jurisdiction holds what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from api.composition import Services
from api.door_refusals import DecisionOfOthers, DivisionElsewhere, not_sent
from api.whereabouts import Whereabouts
from domain.access.placing import DECIDED, DIVISIONS, REFERENCES, bonds_of, references, withdraws
from domain.access.principal import Grant, Principal
from domain.catalogue import AGGREGATES, COMMANDS
from domain.kernel.commands import Command
from domain.kernel.divisions import division
from domain.kernel.errors import NotFound, Refusal
from domain.kernel.events import FactCorrected

_KINDS = {cls.kind: cls for cls in AGGREGATES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A command that somebody wants carried out, before it is known in which role."""

    command: Command
    id: UUID | None
    arguments: dict[str, Any]
    corrects: int | None = None
    expected_version: int | None = None
    topic: str | None = None
    """Of a withdrawal: what the event says that is withdrawn, where that is known already."""


def named_by(command: str, id: UUID | None, arguments: Mapping[str, Any]) -> Iterator[tuple[str, UUID]]:
    """The things that must lie in the jurisdiction, each with its kind. What is no id is passed over."""
    if id is not None:
        yield COMMANDS[command].aggregate.kind, id
    kinds = references(COMMANDS[command])
    for name, bonds in REFERENCES.get(command, {}).items():
        if bonds:
            yield from ((kinds[name], found) for found in _ids(arguments.get(name)))


def _ids(given: Any) -> Iterator[UUID]:
    for one in given if isinstance(given, tuple | list) else (given,):
        if isinstance(one, UUID):
            yield one
        elif isinstance(one, str):
            try:
                yield UUID(one)
            except ValueError:
                continue


def grant_for(principal: Principal, errand: Errand, places: Whereabouts, given: Services) -> Grant:
    """The grant under which this errand is run, or the refusal that is closest to letting it through.

    What lies outside is refused in the words for what does not exist: the answer must not tell the two apart.
    """
    grants = _senders(principal, errand, given)
    wrong = []
    for grant in grants:
        found = list(_wrong(errand, grant, places))
        if not found:
            if _is_new(errand) and errand.id is not None:
                places.made(errand.id, grant.reach)
            return grant
        wrong.append(found)
    raise min(wrong, key=len)[0]


def _senders(principal: Principal, errand: Errand, given: Services) -> tuple[Grant, ...]:
    command = errand.command
    grants = principal.sends(command.key)
    if not grants:
        raise not_sent(command.key)
    if command.name != "withdraw":
        return grants
    topic = errand.topic or _topic_at(given, errand.arguments["of"], errand.id)
    allowed = tuple(grant for grant in grants if withdraws(grant.role, command.aggregate.kind, topic))
    if not allowed:
        raise _decided(topic) if topic in DECIDED else not_sent(command.key)
    return allowed


def _decided(topic: str) -> Refusal:
    command = COMMANDS[DECIDED[topic]]
    return DecisionOfOthers(zh=command.zh, en=command.en)


class _Statement(msgspec.Struct):
    topic: str = ""


class _Correction(msgspec.Struct):
    statement: _Statement


_corrected = msgspec.json.Decoder(_Correction).decode


def _topic_at(given: Services, position: int, id: UUID | None) -> str:
    """What the event at this position says; a correction says what its statement does. Empty: it is not of this thing."""
    event = given.log.event_at(position)
    if event is None or event.originator_id != id:
        return ""
    return _corrected(event.state).statement.topic if event.topic == FactCorrected.topic else event.topic


def _is_new(errand: Errand) -> bool:
    return errand.command.creates and errand.corrects is None


def _wrong(errand: Errand, grant: Grant, places: Whereabouts) -> Iterator[Refusal]:
    """Everything about the errand that is not in the jurisdiction of the grant."""
    key, reach = errand.command.key, grant.reach
    if not _is_new(errand) and errand.id is not None and not places.holds(reach, bonds_of(key), errand.id):
        yield _unknown(errand.command.aggregate.kind, errand.id, "id")
    kinds = references(errand.command)
    for name, bonds in REFERENCES.get(key, {}).items():
        several = isinstance(errand.arguments.get(name), tuple)
        for index, id in enumerate(_ids(errand.arguments.get(name))):
            if bonds and not places.holds(reach, bonds, id):
                yield _unknown(kinds[name], id, f"{name}[{index}]" if several else name)
    for text in _divisions(errand):
        code = division(text)
        if not (reach.has_division(code) or (_belongs(errand) and places.has_unit_in(reach, code))):
            yield DivisionElsewhere(division=code, field=DIVISIONS[key])


def _belongs(errand: Errand) -> bool:
    """Whether the errand says whose the thing is: what is made and is nobody's else belongs to its division alone."""
    key = errand.command.key
    return not _is_new(errand) or any(
        bonds and errand.arguments.get(name) for name, bonds in REFERENCES.get(key, {}).items()
    )


def _unknown(kind: str, id: UUID, field: str) -> NotFound:
    cls = _KINDS[kind]
    return NotFound(kind=cls.en, id=id, zh=cls.zh, field=field)


def _divisions(errand: Errand) -> Iterable[str]:
    path = DIVISIONS.get(errand.command.key)
    if path is None:
        return ()
    found: list[Any] = [errand.arguments]
    for name in path.split("."):
        inner = [one[name] if isinstance(one, Mapping) else getattr(one, name) for one in found]
        found = [part for one in inner for part in (one if isinstance(one, tuple) else (one,))]
    return found
