"""The application: opens aggregates, lets them decide, and saves what they decided together, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.persistence import InfrastructureFactory, StoredEvent
from eventsourcing.utils import Environment

from domain.ahead import Ahead, named_by
from domain.catalogue import BIRTHS
from domain.kernel.aggregate import Aggregate, NothingToCorrect
from domain.kernel.errors import NotFound, Notice, Refusal
from domain.kernel.events import Event
from domain.kernel.saving import (
    AlreadyAnswered,
    AnswersCommands,
    CommandIdReused,
    Conflict,
    Decision,
    Line,
    MapsMany,
    NothingChanged,
)
from domain.work import Call, Shelf, Work

ATTEMPTS = 8
"""How often a decision is made anew because what it read changed meanwhile, before the caller is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command did: the events' places in the log, and what a person should look at."""

    command_id: UUID
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...] = ()
    repeated: bool = False
    subject: UUID | None = field(default=None)

    @property
    def position(self) -> int:
        return self.lines[-1].position


class Registry(Application[UUID]):
    """Where every change enters. `execute` is the only way to write."""

    name = "zhangtu"

    def __init__(self, factory: InfrastructureFactory[Any]) -> None:
        self._given = factory
        super().__init__()

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:  # noqa: ARG002 -- the library's signature
        return self._given

    def execute(self, command_id: UUID, calls: Sequence[Call], *, request: str) -> Answer:
        """Carries out the calls in order, all or none. A repeated command id returns the first answer.

        `request` is the digest of what was asked: the same id with another request is refused.
        """
        try:
            return self._decide_and_save(command_id, calls, request)
        except AlreadyAnswered as first:
            return _first_answer(command_id, request, first)
        except Refusal:
            # A repeat may be refused by what its own first run did (the plate is taken: by itself). So look first.
            answered = self._answers.first_answer(command_id)
            if answered is None:
                raise
            return _first_answer(command_id, request, answered)

    def repeated(self, command_id: UUID, request: str) -> Answer | None:
        """The first answer to this very request, if it was given one."""
        answered = self._answers.first_answer(command_id)
        return None if answered is None or answered.request != request else _first_answer(command_id, request, answered)

    def open(self, cls: type[Aggregate], id: UUID, version: int | None = None) -> Aggregate:
        """The aggregate of this kind and id, as it is or as it was at a version."""
        try:
            found: Aggregate = self.repository.get(id, version=version, projector_func=cast("Any", projector(cls)))
        except AggregateNotFoundError:
            raise _unknown(cls, id) from None
        return _of_kind(cls, found)

    def ahead(self, calls: Iterable[Call]) -> Shelf:
        """This shelf, with the streams read that the calls name."""
        streams = self._answers.streams(set(named_by(calls)))
        mapper = self._maps_many.unsealing([event for events in streams.values() for event in events])

        def folded(cls: type[Aggregate], id: UUID, stored: Sequence[StoredEvent]) -> Aggregate:
            found = projector(cls)(None, (cast("Event", mapper.to_domain_event(one)) for one in stored))
            if found is None:
                raise _unknown(cls, id)
            return _of_kind(cls, found)

        return Ahead(self, streams, folded)

    def is_known(self, id: UUID) -> bool:
        """Whether a stream with this id exists, of whatever kind."""
        return bool(self.recorder.select_events(id, limit=1))

    def version_at(self, position: int, id: UUID) -> int:
        """The version, in its own stream, of the event at this position; it must be an event of this aggregate."""
        line = self._answers.line_at(position)
        if line is None or line.aggregate_id != id:
            raise NothingToCorrect(version=f"#{position}")
        return line.version

    def _decide_and_save(self, command_id: UUID, calls: Sequence[Call], request: str) -> Answer:
        for attempt in range(ATTEMPTS):
            work = Work(self.ahead(calls) if len(calls) > 1 else self, command_id)
            for call in calls:
                work.carry_out(call)
            try:
                return self._save(command_id, work, request)
            except Conflict:
                if attempt + 1 == ATTEMPTS:
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _save(self, command_id: UUID, work: Work, request: str) -> Answer:
        changed = work.changed()
        if not changed:
            raise NothingChanged
        decision = Decision(command_id, request, work.mandates, work.conditions())
        events = [event for aggregate in changed for event in aggregate.collect_events()]
        positions = self.record(events, decision)
        lines = tuple(
            Line(position, event.originator_id, event.originator_version, event.topic)
            for position, event in zip(positions, events, strict=True)
        )
        return Answer(command_id=command_id, lines=lines, notices=work.notices(), subject=work.subject)

    def record(self, events: Sequence[Event], decision: Decision) -> Sequence[int]:
        """Hands decided events to the log and returns their positions.

        Not by the library's `save`: it looks for snapshots and followers, which we have none of, and wraps every event
        once more, which together takes longer than to write.
        """
        mapper = self._maps_many.sealing(events) if len(events) > 1 else self.mapper
        stored = [mapper.to_stored_event(cast("Any", event)) for event in events]
        positions = self.recorder.insert_events(stored, decision=decision)
        return positions if positions is not None else ()

    @property
    def _maps_many(self) -> MapsMany:
        return cast("MapsMany", self.mapper)

    @property
    def _answers(self) -> AnswersCommands:
        return cast("AnswersCommands", self.recorder)


def _unknown(cls: type[Aggregate], id: UUID) -> NotFound:
    return NotFound(kind=cls.en, id=id, zh=cls.zh, field="id")


def _of_kind(cls: type[Aggregate], found: Aggregate) -> Aggregate:
    """Rule: what is opened as a kind is of that kind, and was not registered by mistake."""
    if found.never_was or BIRTHS.get(found.birth_type) is not cls:
        raise _unknown(cls, found.id)
    return found


def projector(cls: type[Aggregate]) -> Callable[[Aggregate | None, Iterable[Event]], Aggregate | None]:
    """How the library folds stored events into an aggregate of this kind."""

    def project(aggregate: Aggregate | None, events: Iterable[Event]) -> Aggregate | None:
        for event in events:
            if aggregate is None:
                aggregate = cls(event.originator_id)
            aggregate.apply(event)
        return aggregate

    return project


def _first_answer(command_id: UUID, request: str, answered: AlreadyAnswered) -> Answer:
    if answered.request != request:
        raise CommandIdReused(command_id=command_id)
    return Answer(command_id=command_id, lines=answered.lines, repeated=True, subject=answered.lines[0].aggregate_id)
