"""Where the time of a rebuild goes: each step by itself, in one process, over a sample of the streams."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import TypeVar

import psycopg

from projections import models, records, writing
from projections.generations import catalogue, ddl
from projections.generations.connecting import Connection
from projections.generations.definition import current
from projections.stream import Rows, read
from tests.bench._measure import progress
from tests.databases import Server

T = TypeVar("T")

SAMPLE = "originator_id < '0a000000-0000-0000-0000-000000000000'"
"""Ids are random: some four streams of a hundred."""


def profile(server: Server) -> None:
    gc.collect()
    gc.disable()
    try:
        with psycopg.connect(server.urls.superuser, autocommit=True) as connection:
            _profile(connection)
    finally:
        gc.enable()


def _profile(connection: Connection) -> None:
    statement = f"SELECT {records.COLUMNS} FROM log.events WHERE {SAMPLE} ORDER BY originator_id, originator_version"  # noqa: S608 -- constants
    logged, took = timed(lambda: connection.execute(statement.encode(), binary=True).fetchall())
    n = len(logged)
    if not n:
        return

    def tell(step: str, seconds: float) -> None:
        progress(f"  {step:<34} {seconds / n * 1e6:7.1f} µs an event")

    tell("read from the log", took)
    read_, took = timed(
        lambda: [(id, [records.record(row) for row in rows]) for id, rows in groupby(logged, itemgetter(0))]
    )
    tell("decode", took)
    tell("fold: timelines alone", timed(lambda: [read(id, found) for id, found in read_])[1])
    streams, took = timed(lambda: [models.folded(id, found) for id, found in read_])
    tell("fold: with all read models", took)
    rows, took = timed(lambda: writing.together(models.rows(stream) for stream in streams))
    tell(f"rows ({sum(map(len, rows.values())) / n:.2f} an event)", took)
    lines, took = timed(lambda: {name: writing.lines(values) for name, values in rows.items()})
    tell(f"encode ({sum(map(len, lines.values())) / n:.0f} bytes an event)", took)
    _profile_writing(connection, rows, tell)


def _profile_writing(connection: Connection, rows: Rows, tell: Callable[[str, float], None]) -> None:
    with connection.transaction(force_rollback=True):
        made = catalogue.make(connection, current(), goal=0)
        tell("encode and COPY", timed(lambda: writing.copy_in(connection, made.schema, rows))[1])
        for table in models.tables():
            statements = [*ddl.completing(table), *ddl.indexes(table).values()]
            took = timed(lambda: [connection.execute(one.encode()) for one in statements])[1]  # noqa: B023 -- called at once
            tell(f"keys and indexes of {table.name}", took)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    done = work()
    return done, time.perf_counter() - begun
