"""One stream of the log, read whole: what every read model is made from.

All facts about a thing are in its own stream, so the rows of a read model for that thing are a function of that stream and of
nothing else (`docs/adr/0009-rows-are-a-function-of-one-stream.md`). A rebuild can take the streams in any order and in several
processes; the live generation takes the streams that changed; an investigation takes them up to a position.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.kernel.events import Event, FactCorrected, FactWithdrawn
from domain.kernel.facts import Known
from projections.timeline import Timeline

Line = tuple[str, str]
"""A facet's name, and the member that tells apart the many values of a facet that has many."""


@dataclass(frozen=True, slots=True)
class Record:
    """One event as it stands in the log."""

    position: int
    recorded_at: datetime
    event: Event


@dataclass(slots=True)
class Stream:
    """What happened to one thing, in order, and the timeline of each of its facets."""

    id: UUID
    records: list[Record] = field(default_factory=list)
    timelines: dict[Line, Timeline] = field(default_factory=dict)
    _positions: dict[int, int] = field(default_factory=dict)
    _places: dict[int, int] = field(default_factory=dict)

    def take(self, record: Record) -> None:
        """The next event: what it corrects is taken back, and what it states is laid on its timelines."""
        event, position = record.event, record.position
        self.records.append(record)
        self._positions[event.originator_version] = position
        self._places[position] = position
        if isinstance(event, FactCorrected | FactWithdrawn):
            self._withdraw(self._positions[event.of], position)
        for fact in event.facts():
            known = Known(fact.value, fact.start, fact.end, order=position, place=self._places[position])
            self._timeline((fact.facet, fact.member)).state(known)

    def _withdraw(self, order: int, by: int) -> None:
        self._places[by] = self._places[order]
        for timeline in self.timelines.values():
            timeline.withdraw(order, by)

    def _timeline(self, line: Line) -> Timeline:
        if line not in self.timelines:
            self.timelines[line] = Timeline()
        return self.timelines[line]


def read(id: UUID, records: Iterable[Record]) -> Stream:
    """The stream that these records, in the order of the log, tell of."""
    stream = Stream(id)
    for record in records:
        stream.take(record)
    return stream
