"""The parts that a generation is filled by: ranges of streams of about as many events each, filled in any order, by anyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from uuid import UUID

from projections.generations.catalogue import Generation
from projections.generations.connecting import Connection
from projections.generations.folding import Logged
from projections.records import COLUMNS

FEWEST = 64
EVENTS_A_CHUNK = 8_000
"""What one transaction fills: all of it is in the memory of one worker."""

SAMPLED = 64
"""How many events a chunk the boundaries are guessed from."""

LOWEST = UUID(int=0)

Range = tuple[UUID, UUID | None]
"""From a stream to another (not included); open at the top."""


def split(connection: Connection, generation: Generation) -> None:
    """Writes down the chunks of a generation that is to be filled, unless they stand there already."""
    with connection.transaction():
        there = connection.execute("SELECT 1 FROM reading.chunks WHERE generation = %s LIMIT 1", [generation.id])
        if there.fetchone() is None:
            rows = [(generation.id, lower, upper) for lower, upper in _ranges(connection, generation)]
            with connection.cursor() as cursor:
                cursor.executemany("INSERT INTO reading.chunks (generation, lower, upper) VALUES (%s, %s, %s)", rows)


def _ranges(connection: Connection, generation: Generation) -> Iterator[Range]:
    wanted = max(FEWEST, generation.goal // EVENTS_A_CHUNK)
    if generation.only_streams is None:
        edges = _quantiles(_sample(connection, generation.goal, wanted * SAMPLED), wanted)
    else:
        edges = _quantiles(sorted(generation.only_streams), wanted)
    yield from pairwise([LOWEST, *(edge for edge in edges if edge != LOWEST), None])


def _sample(connection: Connection, events: int, wanted: int) -> list[UUID]:
    """The streams of some events, in order. Whole blocks are taken, so that a large log is not read through for it."""
    percent = min(100.0, 100.0 * wanted / max(events, 1))
    statement = "SELECT originator_id FROM log.events TABLESAMPLE SYSTEM (%s) ORDER BY 1"
    return [row[0] for row in connection.execute(statement, [percent]).fetchall()]


def _quantiles(ordered: Sequence[UUID], parts: int) -> list[UUID]:
    picked = {ordered[len(ordered) * part // parts] for part in range(1, parts) if ordered}
    return sorted(picked)


def claim(connection: Connection, generation: Generation) -> Range | None:
    """One that is not done and that nobody works at, ours until the end of the transaction."""
    row = connection.execute(
        "SELECT lower, upper FROM reading.chunks WHERE generation = %s AND NOT done"
        " ORDER BY lower LIMIT 1 FOR UPDATE SKIP LOCKED",
        [generation.id],
    ).fetchone()
    return None if row is None else (row[0], row[1])


def finish(connection: Connection, generation: Generation, lower: UUID, events: int) -> None:
    connection.execute(
        "UPDATE reading.chunks SET done = true, events = %s WHERE generation = %s AND lower = %s",
        [events, generation.id, lower],
    )


def state(connection: Connection, generation: Generation) -> tuple[int, int, int]:
    """How many chunks are done, how many there are, and how many events the done ones had."""
    row = connection.execute(
        "SELECT count(*) FILTER (WHERE done), count(*), coalesce(sum(events), 0)::bigint"
        "  FROM reading.chunks WHERE generation = %s",
        [generation.id],
    ).fetchone()
    return row or (0, 0, 0)


def streams(connection: Connection, generation: Generation, chunk: Range) -> list[Logged]:
    """The events of a chunk's streams up to the generation's goal, stream by stream in order."""
    lower, upper = chunk
    if generation.only_streams is None:
        if upper is None:
            return read(connection, "originator_id >= %s", [lower], generation.goal)
        return read(connection, "originator_id >= %s AND originator_id < %s", [lower, upper], generation.goal)
    chosen = (id for id in generation.only_streams if lower <= id and (upper is None or id < upper))
    return of(connection, chosen, generation.goal)


def of(connection: Connection, ids: Iterable[UUID], upto: int) -> list[Logged]:
    """The events of these streams up to a position, stream by stream in order."""
    return read(connection, "originator_id = ANY(%s)", [list(ids)], upto)


def read(connection: Connection, within: str, values: Sequence[object], upto: int) -> list[Logged]:
    statement = (
        f"SELECT {COLUMNS} FROM log.events WHERE {within} AND position <= %s"  # noqa: S608 -- constants of ours; values are bound
        " ORDER BY originator_id, originator_version"
    )
    return connection.execute(statement.encode(), [*values, upto], binary=True).fetchall()
