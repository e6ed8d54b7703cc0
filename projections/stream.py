"""One stream of the log, read whole: what every read model is made from.

All facts about a thing are in its own stream, so the rows of a read model for that thing are a function of that stream and of
nothing else (`docs/adr/0009-rows-are-a-function-of-one-stream.md`). A rebuild can take the streams in any order and in several
processes; the live generation goes on with the streams that changed; an investigation takes them up to a position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.catalogue import BIRTHS
from domain.kernel.aggregate import Aggregate
from domain.kernel.events import Event, FactCorrected, FactWithdrawn
from domain.kernel.facts import Fact, Known
from projections.timeline import Timeline
from projections.whole import Line, Move


class Record(Struct, frozen=True):
    """One event as it stands in the log; `mandate` is the stored bytes (JSON)."""

    position: int
    recorded_at: datetime
    event: Event
    mandate: bytes = b"{}"


class Said(Struct):
    """A fact that an event states or takes back, and what prevailed at its start before and after that event."""

    line: Line
    start: datetime
    end: datetime | None
    before: Known[Any] | None
    after: Known[Any] | None = None


class Step(Struct):
    """What one event did to its stream. `stated` is the event, or what a correction says instead of another one."""

    record: Record
    stated: Event | None
    corrects: int | None
    said: list[Said]
    moves: list[Move]


Row: TypeAlias = tuple[str, list[Any]]
"""A row of a read model: its table's name, and the values in the order of the table's columns."""


class Part(Protocol):
    """What one read model keeps of a stream while it is read, and the rows that follow."""

    def take(self, step: Step, stream: Stream) -> None:
        """Follows one event."""
        raise NotImplementedError

    def rows(self, stream: Stream, after: int) -> Iterator[Row]:
        """The rows that events after this position made or changed."""
        raise NotImplementedError


Parts: TypeAlias = Callable[[type[Aggregate]], Sequence[Part]]


_CORRECTIONS = (FactCorrected, FactWithdrawn)


class NotABeginning(ValueError):
    """The first event of a stream is none that begins one."""


@dataclass(slots=True)
class Stream:
    """What happened to one thing, in order: the timeline of each of its facets, and what the read models keep of it."""

    id: UUID
    parts_of: Parts = field(default=lambda _: ())
    kind: str = ""
    version: int = 0
    position: int = 0
    lines: dict[str, dict[str, Timeline]] = field(default_factory=dict)
    parts: Sequence[Part] = ()
    _positions: list[int] = field(default_factory=lambda: [0])
    _places: dict[int, int] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        """The next event: what it corrects is taken back, and what it states is laid on its timelines."""
        event, position = record.event, record.position
        if not self.version:
            self._begin(event)
        self.version, self.position = event.originator_version, position
        self._positions.append(position)
        step = Step(record, event, None, [], [])
        if isinstance(event, _CORRECTIONS):
            step.corrects = self._positions[event.of]
            step.stated = event.statement.event() if isinstance(event, FactCorrected) else None
            self._withdraw(step, step.corrects)
        if step.stated is not None:
            place = self._places.get(position, position) if step.corrects else position
            for fact in step.stated.facts():
                self._state(step, fact, position, place)
        if step.corrects:
            self._compare(step)
        for part in self.parts:
            part.take(step, self)

    def _begin(self, event: Event) -> None:
        cls = BIRTHS.get(type(event))
        if cls is None:
            raise NotABeginning(f"a stream cannot begin with {event.topic}")
        self.kind, self.parts = cls.kind, self.parts_of(cls)

    def _withdraw(self, step: Step, order: int) -> None:
        by = step.record.position
        self._places[by] = self._places.get(order, order)
        for name, members in self.lines.items():
            for member, timeline in members.items():
                line = name, member
                said = timeline.said_at(order)
                step.said += [Said(line, fact.start, fact.end, fact) for fact in said]
                if said:
                    step.moves += [(line, window) for window in timeline.withdraw(order, by)]

    def _compare(self, step: Step) -> None:
        """A correction is told as what was said before and is said now, once for each line and start."""
        first: dict[tuple[Line, datetime], Said] = {}
        for said in step.said:
            first.setdefault((said.line, said.start), said).after = self.lines[said.line[0]][said.line[1]].at(
                said.start
            )
        step.said = list(first.values())

    def _state(self, step: Step, fact: Fact[Any], position: int, place: int) -> None:
        facet, member, start = fact.facet, fact.member, fact.start
        members = self.lines.get(facet)
        if members is None:
            members = self.lines[facet] = {}
        timeline = members.get(member)
        if timeline is None:
            timeline = members[member] = Timeline()
        piece = timeline.tiling.at(start)
        before = None if piece is None else piece.content
        known = Known(fact.value, start, fact.end, position, place)
        line = facet, member
        windows = timeline.state(known)
        for window in windows:
            step.moves.append((line, window))
        after = known if windows and windows[0][0] == start else timeline.at(start)
        step.said.append(Said(line, start, fact.end, before, after))


def read(id: UUID, records: Iterable[Record], parts_of: Parts = lambda _: ()) -> Stream:
    """The stream that these records, in the order of the log, tell of."""
    stream = Stream(id, parts_of)
    for record in records:
        stream.take(record)
    return stream
