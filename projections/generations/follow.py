"""Keeps generations at the head of the log: new events in batches, rows and position in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter
from typing import LiteralString
from uuid import UUID

import psycopg

from projections.generations import catalogue, chunks, parking
from projections.generations.catalogue import Generation
from projections.generations.connecting import Connection
from projections.generations.definition import Definition
from projections.generations.folding import ID, POSITION, VERSION, Folded, Logged, fold, go_on
from projections.generations.remembering import Remembered
from projections.generations.upserting import upsert
from projections.records import COLUMNS
from projections.writing import together

BATCH = 2_000
"""The most events in one transaction."""

BATCH_BEHIND = 200
"""… of a generation that is behind: so long the live view waits for its turn."""


KEPT: LiteralString = (
    "state = 'ready' AND ((role IN ('live', 'shadow') AND digest = %s) OR (role = 'live' AND shape = %s))"
)
"""What a program of this digest and shape can keep: a live view of an older definition too, while its tables are the same."""

_BEHIND: LiteralString = (
    "SELECT EXISTS (SELECT FROM reading.generations WHERE "  # noqa: S608 -- constants only
    + KEPT
    + " AND position < (SELECT max(position) FROM log.events))"
)


class GenerationBroken(Exception):
    """A table of it is not there, or not as it was made: the fault of the generation, not of a stream."""

    def __init__(self, id: int, reason: str) -> None:
        super().__init__(f"generation {id}: {reason}")
        self.id, self.reason = id, reason


@dataclass(slots=True)
class Follower:
    """Moves the generations that this program's definition can keep. One at a time in a database: whoever leads."""

    connection: Connection
    definition: Definition
    batch: int = BATCH
    remembered: Remembered = field(default_factory=Remembered)
    _foremost_first: bool = False

    def step(self) -> int:
        """One batch for those that are furthest, or for those that are behind; how many events it had.

        After a fault the same again does: streams folded beyond what was rolled back are not taken for what they were.
        """
        # Looked at without a lock first: a lock is written down, and this is asked many times a second.
        if self.connection.execute(_BEHIND, self._mine).fetchone() != (True,):
            return 0
        with self.connection.transaction():
            for lane, limit in self._lanes():
                events = self._events(lane[0].position, limit)
                if events:
                    self._take(lane, events, events[-1][POSITION])
                    self._move(lane, events[-1][POSITION])
                    return len(events)
        return 0

    def _lanes(self) -> list[tuple[list[Generation], int]]:
        """Generations at one position, which take the same rows, and how far they may go: the lanes to look at in turn.

        Those that are behind take turns with the foremost: they catch up, and the live view does not wait for them.
        """
        kept = catalogue.find(self.connection, KEPT, *self._mine, lock=True)
        places = sorted({one.position for one in kept}, reverse=True)
        limits = [self.batch, *(min(self.batch, BATCH_BEHIND, above - place) for above, place in pairwise(places))]
        lanes = [
            ([one for one in kept if one.position == place], limit)
            for place, limit in zip(places, limits, strict=False)
        ]
        self._foremost_first = not self._foremost_first
        return lanes if self._foremost_first else lanes[::-1]

    @property
    def _mine(self) -> tuple[str, str]:
        return self.definition.digest, self.definition.shape

    def _events(self, after: int, limit: int) -> list[Logged]:
        statement = f"SELECT {COLUMNS} FROM log.events WHERE position > %s ORDER BY position LIMIT %s"  # noqa: S608 -- a constant
        return self.connection.execute(statement.encode(), [after, limit], binary=True).fetchall()

    def _take(self, lane: Sequence[Generation], events: Sequence[Logged], upto: int) -> None:
        after = lane[0].position
        waiting = {one.id: parking.of(self.connection, one) for one in lane}
        new: dict[UUID, list[Logged]] = {}
        for event in events:
            new.setdefault(event[ID], []).append(event)
        wanted = [id for id in new if not all(id in parked for parked in waiting.values())]
        folded = self._folded({id: new[id] for id in wanted}, after, upto)
        for generation in lane:
            mine = [one for one in folded if one.id not in waiting[generation.id]]
            self._write(generation, mine, new)

    def _folded(self, new: dict[UUID, list[Logged]], after: int, upto: int) -> list[Folded]:
        """Every touched stream with its new events: those that are remembered go on, the others are read whole."""
        known = {id: found for id, rows in new.items() if (found := self.remembered.take(id, rows[0][VERSION]))}
        whole = chunks.of(self.connection, (id for id in new if id not in known), upto)
        folded = [fold(id, list(rows), after) for id, rows in groupby(whole, itemgetter(ID))]
        for id, stream in known.items():
            folded.append(go_on(stream, new[id], after, partial(chunks.of, self.connection, [id], upto)))
        self.remembered.keep(one.stream for one in folded if one.stream is not None)
        return folded

    def _write(self, generation: Generation, folded: Sequence[Folded], new: dict[UUID, list[Logged]]) -> None:
        parking.park(self.connection, generation, (one.stop for one in folded if one.stop is not None))
        try:
            with self.connection.transaction():
                upsert(self.connection, generation.schema, together(one.rows for one in folded))
        except parking.REFUSED:
            self._write_apart(generation, folded, new)
        except psycopg.ProgrammingError as error:
            raise GenerationBroken(generation.id, f"{type(error).__name__}: {error}") from error

    def _write_apart(self, generation: Generation, folded: Iterable[Folded], new: dict[UUID, list[Logged]]) -> None:
        """Some row is not taken: each stream by itself, so that only those wait that must."""
        for one in folded:
            try:
                with self.connection.transaction():
                    upsert(self.connection, generation.schema, one.rows)
            except parking.REFUSED as error:
                self.remembered.forget(one.id)
                parking.park(self.connection, generation, [parking.refused(new[one.id][0], error)])

    def _move(self, lane: Sequence[Generation], upto: int) -> None:
        """The rows of a generation of another definition are mixed from now on: no program may take them for its own."""
        self.connection.execute(
            "UPDATE reading.generations SET position = %s,"
            " digest = CASE WHEN digest = %s THEN digest ELSE 'mixed' END WHERE id = ANY(%s)",
            [upto, self.definition.digest, [one.id for one in lane]],
        )
