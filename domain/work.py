"""One unit of work: the aggregates that a command, or a batch of them, opens, and all that saving them takes."""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Protocol
from uuid import UUID, uuid5

from domain.kernel.aggregate import Aggregate, Claim
from domain.kernel.commands import AlreadyExists, AtPosition, Chain, Command, New, Own
from domain.kernel.errors import NotFound, Notice, Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.saving import Conditions, Conflict, Holding


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command asked of one aggregate. Aggregates among the arguments are given by their ids."""

    command: Command
    id: UUID | None
    arguments: dict[str, Any]
    mandate: Mandate
    corrects: int | None = None
    expected_version: int | None = None


class Shelf(Protocol):
    """Where a unit of work gets its aggregates from: the registry."""

    def open(self, cls: type[Aggregate], id: UUID, version: int | None = None) -> Aggregate:
        raise NotImplementedError

    def version_at(self, position: int, id: UUID) -> int:
        raise NotImplementedError

    def is_known(self, id: UUID) -> bool:
        raise NotImplementedError


@dataclass(slots=True)
class _Opened:
    """An aggregate as it was when it was opened, to tell what the work changed."""

    aggregate: Aggregate
    version: int
    claims: frozenset[Claim]
    holders: dict[UUID, datetime | None]
    emptied_from: datetime | None


class Work:
    """Opens each aggregate once, so that the calls of a batch see what the earlier ones did."""

    def __init__(self, shelf: Shelf, command_id: UUID) -> None:
        self._shelf = shelf
        self._command_id = command_id
        self._opened: dict[UUID, _Opened] = {}
        self._touched: list[Aggregate] = []
        self._created = 0
        self.mandates: dict[tuple[UUID, int], Mandate] = {}
        self.subject: UUID | None = None

    def carry_out(self, call: Call) -> None:
        self._touched = []
        subject = self._subject(call)
        self.subject = self.subject or subject.id
        arguments = {**call.arguments}
        for name, resolve in aggregate_parameters(call.command).items():
            arguments[name] = resolve(self, subject, arguments)
        call.command.decide(subject, call.mandate, **arguments)
        for aggregate in self._touched:
            for event in aggregate.pending:
                self.mandates.setdefault((event.originator_id, event.originator_version), call.mandate)

    def open(self, cls: type[Aggregate], id: UUID) -> Aggregate:
        if id not in self._opened:
            self._note(self._shelf.open(cls, id))
        aggregate = self._opened[id].aggregate
        # Opened before, perhaps as what it is: the shelf, which would say no, was not asked again.
        if not isinstance(aggregate, cls) or aggregate.never_was:
            raise NotFound(kind=cls.en, zh=cls.zh, id=id, field="id")
        return self._touch(aggregate)

    def new(self, cls: type[Aggregate], id: UUID | None = None) -> Aggregate:
        if id is None:
            # Derived from the command's id, so that a repeated command names the same aggregates.
            id = uuid5(self._command_id, str(self._created))
            self._created += 1
        return self._touch(self._opened[id].aggregate if id in self._opened else self._note(cls(id)))

    def version_at(self, position: int, subject: Aggregate, *, field: str) -> int:
        try:
            return self._shelf.version_at(position, subject.id)
        except Refusal as refusal:
            refusal.field = field
            raise

    def opened(self) -> list[tuple[Aggregate, int]]:
        """All that it opened or made, each with the version that it had then."""
        return [(opened.aggregate, opened.version) for opened in self._opened.values()]

    def changed(self) -> list[Aggregate]:
        return [opened.aggregate for opened in self._opened.values() if opened.aggregate.pending]

    def notices(self) -> tuple[Notice, ...]:
        """What a person should look at, whichever aggregate noticed it."""
        return tuple(notice for opened in self._opened.values() for notice in opened.aggregate.notices)

    def conditions(self) -> Conditions:
        """What the log must check and keep beside the events, by comparing each aggregate with how it was opened."""
        conditions = Conditions()
        for opened in self._opened.values():
            if opened.aggregate.pending:
                _compare(opened, conditions)
            else:
                conditions.read.append((opened.aggregate.id, opened.version))
        return conditions

    def _subject(self, call: Call) -> Aggregate:
        cls = call.command.aggregate
        if call.command.creates and call.corrects is None:
            if call.id is not None and call.id not in self._opened and self._shelf.is_known(call.id):
                raise AlreadyExists(kind=cls.en, zh=cls.zh, id=call.id)
            return self.new(cls, call.id)
        if call.id is None:
            raise NotFound(kind=cls.en, zh=cls.zh, id="?", field="id")
        subject = self.open(cls, call.id)
        if call.expected_version is not None and call.expected_version != subject.version:
            raise Conflict(id=call.id, field="If-Match")
        if call.corrects is not None:
            subject.begin_correction(self.version_at(call.corrects, subject, field="corrects"))
        return subject

    def _touch(self, aggregate: Aggregate) -> Aggregate:
        """Notes that the call at hand may record on this one."""
        self._touched.append(aggregate)
        return aggregate

    def _note(self, aggregate: Aggregate) -> Aggregate:
        self._opened[aggregate.id] = _Opened(
            aggregate, aggregate.version, aggregate.claims(), aggregate.holders(), aggregate.emptied_from
        )
        return aggregate


def _compare(opened: _Opened, conditions: Conditions) -> None:
    aggregate = opened.aggregate
    claims, holders = (frozenset(), {}) if aggregate.never_was else (aggregate.claims(), aggregate.holders())
    emptied = aggregate.born if aggregate.never_was else aggregate.emptied_from
    conditions.claims += [(scope, value, aggregate.id) for scope, value in sorted(claims - opened.claims)]
    conditions.releases += [(scope, value, aggregate.id) for scope, value in sorted(opened.claims - claims)]
    for holder, until in holders.items():
        if holder not in opened.holders or opened.holders[holder] != until:
            conditions.holdings.append(Holding(holder, aggregate.id, until))
    for holder in opened.holders.keys() - holders.keys():
        conditions.holdings.append(Holding(holder, aggregate.id, None, ended=True))
    if emptied != opened.emptied_from:
        conditions.emptied.append((aggregate.id, emptied))
    if aggregate.is_erased:
        conditions.erased.append(aggregate.id)


Resolve = Callable[[Work, Aggregate, dict[str, Any]], Any]


@functools.cache
def parameter_types(command: Command) -> dict[str, Any]:
    """The types of a command's parameters, with their marks."""
    hints = typing.get_type_hints(command.decide, include_extras=True)
    return {name: hint for name, hint in hints.items() if name != "return"}


@functools.cache
def aggregate_parameters(command: Command) -> dict[str, Resolve]:
    """How each parameter of a command that is an aggregate, or a place in the log, is come by."""
    found = {name: _resolver(name, hint) for name, hint in parameter_types(command).items()}
    return {name: resolve for name, resolve in found.items() if resolve is not None}


def asked_for(hint: Any) -> bool:
    """Whether the caller gives this parameter, or the registry fills it in."""
    return not any(isinstance(mark, Own | New | Chain) for mark in getattr(hint, "__metadata__", ()))


def aggregate_type(hint: Any) -> type[Aggregate] | None:
    """The aggregate that a parameter names, through Annotated, Optional and tuple."""
    if typing.get_origin(hint) is Annotated:
        return aggregate_type(typing.get_args(hint)[0])
    if isinstance(hint, type) and issubclass(hint, Aggregate):
        return hint
    found = [aggregate_type(argument) for argument in typing.get_args(hint)]
    return next((cls for cls in found if cls is not None), None)


def _resolver(name: str, hint: Any) -> Resolve | None:
    marks = getattr(hint, "__metadata__", ())
    if any(isinstance(mark, AtPosition) for mark in marks):
        return lambda work, subject, arguments: work.version_at(arguments[name], subject, field=name)
    cls = aggregate_type(hint)
    return None if cls is None else _aggregate_resolver(name, cls, marks)


def _aggregate_resolver(name: str, cls: type[Aggregate], marks: tuple[object, ...]) -> Resolve:
    for mark in marks:
        match mark:
            case Own(attribute=attribute):
                return lambda work, subject, _: _open_own(work, cls, getattr(subject, attribute))
            case New(each=None):
                return lambda work, _, __: work.new(cls)
            case New(each=str() as each):
                return lambda work, _, arguments: tuple(work.new(cls) for _ in arguments[each])
            case Chain():
                return lambda work, _, arguments: _chain(work, cls, arguments.get(mark.of), mark.by)
    return lambda work, _, arguments: _given(work, cls, name, arguments.get(name))


def _open_own(work: Work, cls: type[Aggregate], id: UUID | None) -> Aggregate | None:
    return None if id is None else work.open(cls, id)


def _given(work: Work, cls: type[Aggregate], name: str, given: Any) -> Any:
    if given is None:
        return None
    if isinstance(given, UUID):
        return _known(work, cls, name, given)
    return tuple(_known(work, cls, f"{name}[{index}]", id) for index, id in enumerate(given))


def _known(work: Work, cls: type[Aggregate], field: str, id: UUID) -> Aggregate:
    """The aggregate that a parameter names; if there is none, the parameter is to blame and not the command's own id."""
    try:
        return work.open(cls, id)
    except NotFound as unknown:
        unknown.field = field
        raise


def _chain(work: Work, cls: type[Aggregate], first: Any, by: str) -> tuple[Aggregate, ...]:
    """An aggregate and those above it. It is resolved after the parameter it starts from, which is written before it."""
    found: list[Aggregate] = []
    while first is not None and first not in found:
        found.append(first)
        above = getattr(first, by)
        first = None if above is None else work.open(cls, above)
    return tuple(found)
