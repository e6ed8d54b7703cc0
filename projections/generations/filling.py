"""One chunk after the other into a generation that nobody reads yet: each in one transaction with the note that it is done."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from projections.generations import chunks, parking
from projections.generations.catalogue import Generation
from projections.generations.connecting import Connection
from projections.generations.folding import ID, Folded, Logged, Stop, fold
from projections.stream import Rows
from projections.writing import copy_in, present_last, together

ROWS_HELD = 10_000
"""How many rows wait in memory before they are written."""

OTHERS_SECONDS = 0.1


def fill_all(connection: Connection, generation: Generation) -> None:
    """Until no chunk is left; those that others work at are waited for, because they may die."""
    while True:
        if not fill_one(connection, generation):
            done, there, _ = chunks.state(connection, generation)
            if done == there:
                return
            time.sleep(OTHERS_SECONDS)


def fill_one(connection: Connection, generation: Generation) -> bool:
    """Fills the next chunk, if there is one that nobody works at."""
    try:
        return _fill(connection, generation, is_careful=False)
    except parking.REFUSED:
        # Some row is not taken, and the transaction is gone: the same again, each stream apart from the others.
        return _fill(connection, generation, is_careful=True)


def _fill(connection: Connection, generation: Generation, *, is_careful: bool) -> bool:
    with connection.transaction():
        chunk = chunks.claim(connection, generation)
        if chunk is None:
            return False
        logged = chunks.streams(connection, generation, chunk)
        into = _Into(connection, generation, is_careful)
        for id, rows in groupby(logged, itemgetter(ID)):
            mine = list(rows)
            into.add(fold(id, mine), mine[0])
        into.write()
        parking.park(connection, generation, into.stops)
        chunks.finish(connection, generation, chunk[0], len(logged))
    return True


@dataclass(slots=True)
class _Into:
    connection: Connection
    generation: Generation
    is_careful: bool
    rows: list[Rows] = field(default_factory=list)
    held: int = 0
    stops: list[Stop] = field(default_factory=list)

    def add(self, folded: Folded, first: Logged) -> None:
        self.rows.append(folded.rows)
        self.held += sum(map(len, folded.rows.values()))
        if folded.stop is not None:
            self.stops.append(folded.stop)
        if self.is_careful:
            self._write_apart(first)
        elif self.held >= ROWS_HELD:
            self.write()

    def write(self) -> None:
        copy_in(self.connection, self.generation.schema, present_last(together(self.rows)))
        self.rows, self.held = [], 0

    def _write_apart(self, first: Logged) -> None:
        try:
            with self.connection.transaction():
                self.write()
        except parking.REFUSED as error:
            self.rows, self.held = [], 0
            self.stops.append(parking.refused(first, error))
