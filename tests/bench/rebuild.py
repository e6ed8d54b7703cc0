"""Events a second into all read models: a generation built from a log of a million events, from empty schema to readable.

References: `library` is the library's ProjectionRunner with one upsert an event into one table, which is none of all we make;
`copy` is COPY of the same events out to memory and in again to a table like the log: no folding, and one table.
A second line tells the most memory that all our processes took together, a third one that of the database beside them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial

import psycopg

from projections.generations import catalogue, definition
from projections.generations.build import Progress, build
from projections.generations.connecting import Connection, connect
from tests.bench._filled import world_of
from tests.bench._library import library
from tests.bench._measure import in_turns, options, progress, rate_of, report
from tests.bench._memory import Peak, watched
from tests.bench._profile import profile
from tests.databases import Server

LIBRARY_EVENTS = 20_000
COPIED = 200_000
"""Held in memory as the reference asks; so many at a time are enough to know the rate."""


def main(argv: list[str]) -> int:
    asked = options("rebuild", __doc__ or "", n=1_000_000, argv=argv)
    peak = Peak()
    with world_of(asked.n) as server:
        few, some = min(asked.n, LIBRARY_EVENTS), min(asked.n, COPIED)
        with library(server, few) as library_rate:
            measured = {
                "ours": partial(rebuilt, server, peak),
                "library": library_rate,
                "copy": partial(copied, server, some),
            }
            rates = in_turns(measured, asked.turns)
        profile(server)
    report("rebuild", asked.n, rates["ours"], "events/s", {"library": rates["library"], "copy": rates["copy"]})
    report("rebuild-memory", asked.n, peak.ours, "MB", {})
    report("rebuild-memory-with-database", asked.n, peak.together, "MB", {})
    return 0


def rebuilt(server: Server, peak: Peak) -> float:
    """Torn down before it is built again: what is measured begins with nothing."""
    with connect(server.urls.owner) as connection:
        for former in catalogue.find(connection):
            catalogue.drop(connection, former)
        head = catalogue.head(connection)
        with watched(os.getpid(), server.cluster.status().pid or 0) as seen:
            rate = rate_of(head, lambda: _build(server, connection, head))
    peak.saw_also(seen)
    return rate


def _build(server: Server, connection: Connection, head: int) -> None:
    made = catalogue.make(connection, definition.current(), goal=head)
    build(server.urls.owner, made.id, told=_steps())


def _steps() -> Callable[[Progress], None]:
    """Says how long each step of a build took."""
    began = time.perf_counter()
    told: set[str] = set()

    def tell(now: Progress) -> None:
        if now.step not in told:
            told.add(now.step)
            progress(f"  {now.step} after {time.perf_counter() - began:.1f} s")

    return tell


def copied(server: Server, events: int) -> float:
    return rate_of(events, lambda: _copy(server, events))


def _copy(server: Server, events: int) -> None:
    with psycopg.connect(server.urls.superuser, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS copied_events")
        connection.execute("CREATE TABLE copied_events (LIKE log.events INCLUDING ALL)")
        out = f"COPY (SELECT * FROM log.events ORDER BY position LIMIT {events}) TO STDOUT (FORMAT binary)"  # noqa: S608 -- a number
        with connection.cursor() as cursor:
            with cursor.copy(out.encode()) as copy:
                rows = [bytes(part) for part in copy]
            with cursor.copy(b"COPY copied_events FROM STDIN (FORMAT binary)") as copy:
                for part in rows:
                    copy.write(part)
