"""A generation of one's own to ask questions of: made from events in memory by the read models themselves, without a log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg

from api.world.population import populated
from domain.access.principal import ALL_SEEING
from domain.kernel.events import Event
from infra.cluster import Urls
from projections import models, writing
from projections.generations import ddl
from projections.queries.view import View
from projections.stream import Record

SCHEMA = "g1"
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Generation:
    """Tables full of what these streams say, and a way to look at them at any moment, as known at any position."""

    connection: psycopg.Connection[tuple[object, ...]]
    streams: Mapping[UUID, list[Record]]
    position: int

    def view(self, at: datetime, known: int | None = None) -> View:
        """As somebody sees it who sees everything."""
        known = None if known is None or known >= self.position else known
        return View(self.connection, SCHEMA, self.position, at, known, ALL_SEEING)


@contextmanager
def generation_of(urls: Urls, events: Iterable[Event]) -> Iterator[Generation]:
    """The events in the order in which they were recorded."""
    streams: dict[UUID, list[Record]] = {}
    position = 0
    for position, event in enumerate(events, 1):
        record = Record(position, FIRST + timedelta(seconds=position), event)
        streams.setdefault(event.originator_id, []).append(record)
    with psycopg.connect(urls.superuser) as connection:
        ddl.create(connection, SCHEMA)
        folded = (models.rows(models.folded(id, records)) for id, records in streams.items())
        writing.copy_in(connection, SCHEMA, writing.together(folded))
        for table in models.tables():
            for statement in (*ddl.completing(table), *ddl.indexes(table).values()):
                connection.execute(statement.encode())
        connection.commit()
        connection.autocommit = True
        connection.execute(f"SET search_path = {SCHEMA}, public".encode())
        yield Generation(connection, streams, position)


def a_region(events: int, seed: int = 1) -> Iterator[Event]:
    """Ten years of a region in so many events."""
    for batch in populated(events, seed).batches():
        yield from batch.events
