"""Streams that cannot go on: set aside and shown, so that everything else does; and taken up again after a fix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import class_row

from projections.generations import catalogue, chunks
from projections.generations.catalogue import Generation
from projections.generations.connecting import Connection
from projections.generations.folding import ID, POSITION, TOPIC, Folded, Logged, Stop, fold
from projections.generations.upserting import upsert

REFUSED = (
    *(psycopg.DataError, psycopg.IntegrityError, psycopg.InternalError, psycopg.NotSupportedError),
    *(msgspec.MsgspecError, ValueError, TypeError),
)
"""What a row that the database (or the way to it) does not take ends in: the fault of its stream alone."""


@dataclass(frozen=True, slots=True)
class Parked:
    """A row of the catalogue: this stream waits at this event."""

    generation: int
    stream: UUID
    position: int
    topic: str
    error: str
    parked_at: datetime


def everything(connection: Connection) -> list[Parked]:
    with connection.cursor(row_factory=class_row(Parked)) as cursor:
        return cursor.execute("SELECT * FROM reading.parked ORDER BY generation, position").fetchall()


def of(connection: Connection, generation: Generation) -> set[UUID]:
    rows = connection.execute("SELECT stream FROM reading.parked WHERE generation = %s", [generation.id]).fetchall()
    return {row[0] for row in rows}


def park(connection: Connection, generation: Generation, stops: Iterable[Stop]) -> None:
    for stop in stops:
        connection.execute(
            "INSERT INTO reading.parked (generation, stream, position, topic, error) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (generation, stream) DO UPDATE"
            " SET position = excluded.position, topic = excluded.topic, error = excluded.error",
            [generation.id, stop.stream, stop.position, stop.topic, stop.error.replace("\0", "")[:2000]],
        )


def refused(first: Logged, error: Exception) -> Stop:
    """A stream whose rows the database does not take waits at the first event that made them."""
    return Stop(first[ID], first[POSITION], first[TOPIC], f"{type(error).__name__}: {error}")


def resume(connection: Connection, id: int) -> tuple[int, int]:
    """Tries every parked stream of a generation again, from its beginning; returns how many go on, how many still wait."""
    with connection.transaction():
        # Locked: nobody moves its position meanwhile.
        generation = next(iter(catalogue.find(connection, "id = %s AND state = 'ready'", id, lock=True)), None)
        waiting = set() if generation is None else of(connection, generation)
        if generation is None or not waiting:
            return 0, 0
        logged = chunks.of(connection, waiting, generation.position)
        went_on = sum(_retry(connection, generation, list(rows)) for _, rows in groupby(logged, itemgetter(ID)))
        # Its rows changed at one position: whoever remembers what was there sees that by a new version of this row.
        connection.execute("UPDATE reading.generations SET position = position WHERE id = %s", [generation.id])
    return went_on, len(waiting) - went_on


def _retry(connection: Connection, generation: Generation, logged: list[Logged]) -> bool:
    folded = fold(logged[0][ID], logged)
    stop = folded.stop or _written(connection, generation, folded, logged)
    if stop is not None:
        park(connection, generation, [stop])
        return False
    connection.execute("DELETE FROM reading.parked WHERE generation = %s AND stream = %s", [generation.id, folded.id])
    return True


def _written(connection: Connection, generation: Generation, folded: Folded, logged: list[Logged]) -> Stop | None:
    try:
        with connection.transaction():
            upsert(connection, generation.schema, folded.rows)
    except REFUSED as error:
        return refused(logged[0], error)
    return None
