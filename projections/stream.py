"""One stream of the log, read whole: what every read model is made from.

All facts about a thing are in its own stream, so the rows of a read model for that thing are a function of that stream and of
nothing else (`docs/adr/0009-rows-are-a-function-of-one-stream.md`). A rebuild can take the streams in any order and in several
processes; the live generation goes on with the streams that changed; an investigation takes them up to a position.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.catalogue import BIRTHS
from domain.kernel.aggregate import Aggregate
from domain.kernel.events import Event, FactCorrected, FactWithdrawn
from domain.kernel.facts import Fact, Known
from projections.tiling import Window
from projections.timeline import Lines, Timeline


class Record(Struct, frozen=True, gc=False):
    """One event as it stands in the log; `mandate` is the stored bytes (JSON)."""

    position: int
    recorded_at: datetime
    event: Event
    mandate: bytes = b"{}"


class Said(Struct, gc=False):
    """A fact that an event states or takes back, and what prevailed at its start before and after that event."""

    facet: str
    member: str
    start: datetime
    end: datetime | None
    before: Known[Any] | None
    after: Known[Any] | None = None


Move: TypeAlias = tuple[str, str, Window, Any]
"""Where an event changed what prevails: facet, member, from when to when, and the value that a statement put there."""


class Step(Struct, gc=False):
    """What one event did to its stream. `stated` is the event, or what a correction says instead of another one."""

    record: Record
    stated: Event | None
    corrects: int | None
    said: list[Said]
    moves: list[Move]
    window: Window | None = None
    """Where everything moved, if it all moved in one stretch of time: usually from now on. A correction has none."""


def _common(moves: Sequence[Move]) -> Window | None:
    window = moves[0][2] if moves else None
    for move in moves:
        if move[2] != window:
            return None
    return window


Row: TypeAlias = list[Any]
"""A row of a table: the values in the order of its columns."""

Rows: TypeAlias = dict[str, list[Row]]
"""Rows of several tables, by the table's name."""


class Part:
    """What one read model keeps of a stream while it is read, and the rows of one table that follow."""

    __slots__ = ()

    table: str

    def take(self, step: Step, stream: Stream) -> None:
        """Follows one event. Whoever needs nothing but the timelines leaves this out."""

    def rows(self, stream: Stream, after: int) -> list[Row]:
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
    lines: Lines = field(default_factory=dict)
    parts: Sequence[Part] = ()
    _takers: Sequence[Callable[[Step, Stream], None]] = ()
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
            self._correct(step, event)
        else:
            self._state(step, event.facts(), position, position)
            step.window = _common(step.moves)
        for take in self._takers:
            take(step, self)

    def _begin(self, event: Event) -> None:
        cls = BIRTHS.get(type(event))
        if cls is None:
            raise NotABeginning(f"a stream cannot begin with {event.topic}")
        self.kind, self.parts = cls.kind, self.parts_of(cls)
        self._takers = [part.take for part in self.parts if type(part).take is not Part.take]

    def _correct(self, step: Step, event: FactCorrected | FactWithdrawn) -> None:
        position, corrected = step.record.position, self._positions[event.of]
        step.corrects = corrected
        step.stated = event.statement.event() if isinstance(event, FactCorrected) else None
        place = self._places[position] = self._places.get(corrected, corrected)
        self._withdraw(step, corrected, position)
        if step.stated is not None:
            self._state(step, step.stated.facts(), position, place)
        self._compare(step)

    def _withdraw(self, step: Step, order: int, by: int) -> None:
        for facet, members in self.lines.items():
            for member, timeline in members.items():
                said = timeline.said_at(order)
                step.said += [Said(facet, member, fact.start, fact.end, fact) for fact in said]
                if said:
                    step.moves += [(facet, member, window, None) for window in timeline.withdraw(order, by)]

    def _compare(self, step: Step) -> None:
        """A correction is told as what was said before and is said now, once for each line and start."""
        first: dict[tuple[str, str, datetime], Said] = {}
        for said in step.said:
            timeline = self.lines[said.facet][said.member]
            first.setdefault((said.facet, said.member, said.start), said).after = timeline.fact_at(said.start)
        step.said = list(first.values())

    def _state(self, step: Step, facts: Iterable[Fact[Any]], position: int, place: int) -> None:
        lines, say, move = (
            self.lines,
            step.said.append,
            step.moves.append,
        )  # the innermost loop of all: every fact comes by
        for fact in facts:
            facet, member, value, start, end = fact.facet, fact.member, fact.value, fact.start, fact.end
            known = Known(value, start, end, position, place)
            timelines = lines.get(facet)
            if timelines is None:
                timelines = lines[facet] = {}
            timeline = timelines.get(member)
            if timeline is None:
                timeline = timelines[member] = Timeline()
            before, windows = timeline.state(known)
            for window in windows:
                move((facet, member, window, value))
            after = known if windows and windows[0][0] is start else timeline.fact_at(start)
            say(Said(facet, member, start, end, before, after))


def read(id: UUID, records: Iterable[Record], parts_of: Parts = lambda _: ()) -> Stream:
    """The stream that these records, in the order of the log, tell of."""
    stream = Stream(id, parts_of)
    for record in records:
        stream.take(record)
    return stream
