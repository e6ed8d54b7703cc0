"""What rehearsed events would change, in the words of history: their rows made as the history makes them, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

from domain.kernel.events import Event
from infra.eventstore.mapper import encode
from projections import history as rows
from projections.history import HistoryRows
from projections.queries import masking, telling
from projections.queries.history import Change
from projections.queries.reach import seen
from projections.queries.view import View
from projections.queries.words.values import Names
from projections.records import COLUMNS, record
from projections.stream import Record, Stream
from projections.timeline import Lines

_COLUMNS = [column.name for column in rows.MODEL.tables[0].columns]

_STREAMS = (
    f"SELECT {COLUMNS} FROM log.events e JOIN unnest(%(ids)s::uuid[], %(firsts)s::int[]) n(id, first)"  # noqa: S608 -- a constant
    " ON e.originator_id = n.id AND e.originator_version < n.first ORDER BY originator_id, originator_version"
)


@dataclass(frozen=True, slots=True)
class Foretold:
    """A change that would be, and whether its reader may see the thing that it is about."""

    change: Change
    in_sight: bool

    def things(self) -> Iterator[Any]:
        return self.change.things() if self.in_sight else iter(())

    def told(self, names: Names) -> dict[str, Any]:
        """In words. Of what is out of sight: what happens, and nothing of how it was."""
        told = {name: value for name, value in self.change.told(names).items() if name in TOLD}
        hidden: dict[str, Any] = {} if self.in_sight else {"changes": [], "details": []}
        return told | hidden | {"in_sight": self.in_sight}


TOLD = ("asset", "topic", "stated", "zh", "en", "effective", "corrects", "changes", "details")


class Foretelling:
    """The streams that rehearsed events go on with, as the view's log has them."""

    def __init__(self, view: View, events: Iterable[Event]) -> None:
        self._firsts: dict[UUID, int] = {}
        for event in events:
            self._firsts.setdefault(event.originator_id, event.originator_version)
        old = [id for id, first in self._firsts.items() if first > 1]
        self._seen = frozenset(old) if view.sight.everything else seen(view, old)
        self._hidden = masking.hidden(view, old)
        self._streams = {id: _Told(id) for id in self._firsts}
        self._position = view.position
        logged = view.rows(_STREAMS, {"ids": old, "firsts": [self._firsts[id] for id in old]}) if old else []
        for one in logged:
            self._streams[one["originator_id"]].take(record(tuple(one.values())))

    def foretold(self, events: Sequence[Event]) -> list[Foretold]:
        """What these events would change; lines are asked for in their order, each once."""
        return [self._foretold(event) for event in events]

    def things(self) -> Iterator[tuple[UUID, str, Lines]]:
        """The things in sight that the events are about, as they are by now: with what was foretold, and nothing after."""
        for id, told in self._streams.items():
            if self._firsts[id] == 1 or id in self._seen:
                yield id, told.kind, told.lines

    def new_names(self) -> dict[str, str]:
        """What the things are called that the events begin: no view knows them yet."""
        return {str(id): self._streams[id].called() for id, first in self._firsts.items() if first == 1}

    def _foretold(self, event: Event) -> Foretold:
        id, hidden = event.originator_id, event.originator_id in self._hidden
        self._position += 1
        state = encode(event)
        state = masking.without_places(event.topic, state) if hidden else state
        logged = (id, event.originator_version, event.topic, state, self._position, event.effective, b"{}")
        change = self._streams[id].told(record(logged), hidden=hidden)
        return Foretold(change, self._firsts[id] == 1 or id in self._seen)


class _Told:
    """One stream, and the rows of the history that its events make."""

    def __init__(self, id: UUID) -> None:
        self._said: dict[int, Event | None] = {}
        self._rows: list[HistoryRows] = []
        self._stream = Stream(id, lambda cls: self._kept(HistoryRows(cls.kind)))

    def _kept(self, part: HistoryRows) -> list[HistoryRows]:
        self._rows.append(part)
        return [part]

    def take(self, taken: Record) -> None:
        self._stream.take(taken)
        self._said[taken.position] = telling.said_by(taken.event)

    def told(self, taken: Record, *, hidden: bool) -> Change:
        self.take(taken)
        row = dict(zip(_COLUMNS, self._rows[0].told[taken.position], strict=True))
        changes = msgspec.json.decode(row["changes"])
        row["changes"] = [masking.change(one) for one in changes] if hidden else changes
        said, instead_of = self._said[taken.position], self._said.get(row["corrects"] or 0)
        beyond = [] if said is None else telling.beyond_facts(said, instead_of)
        return Change(row, said, instead_of, beyond, [])

    @property
    def kind(self) -> str:
        return self._stream.kind

    @property
    def lines(self) -> Lines:
        return self._stream.lines

    def called(self) -> str:
        """By the facet that things of its kind are told apart by."""
        found = [self.lines[name][""].now[-1].content.value for name in _CALLED_BY if "" in self.lines.get(name, {})]
        return str(next((one for one in found if one is not None), self._stream.id))


_CALLED_BY = ("name", "number", "plate", "destination")
