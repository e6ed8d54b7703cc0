"""Logs that grow as a test wants, and generations on them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import TupleRow

from domain.access.principal import ALL_SEEING
from infra.cluster import Urls
from infra.database import application_conninfo
from projections.generations import catalogue, dump
from projections.generations.build import EVERYONE, Crew, build
from projections.generations.catalogue import Generation
from projections.generations.connecting import connect
from projections.generations.definition import Definition, current
from projections.generations.follow import BATCH, Follower
from projections.generations.swap import swap
from projections.queries.sight import declare
from tests.stores import rows

PATIENCE = 60.0
_REBUILT: dict[str, str] = {}

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Log:
    """A database whose log is filled, event by event, from a history that happened elsewhere."""

    urls: Urls
    history: Sequence[Row]

    @property
    def url(self) -> str:
        return self.urls.owner

    def pour(self, upto: int) -> None:
        """The next events, up to a position."""
        self.write(*self.history[self.head() : upto])

    def write(self, *events: Row) -> None:
        """Rows as they are. Only a superuser can: everyone else goes through `log.append`."""
        with (
            psycopg.connect(self.urls.superuser) as connection,
            connection.cursor().copy("COPY log.events FROM STDIN") as copy,
        ):
            for event in events:
                copy.write_row(event)

    def write_unreadable(self, topic: str = "premises.RoomPainted") -> UUID:
        """The next event of some stream is one that this program does not know; returns the stream."""
        id, version = rows(
            self.urls.superuser,
            "SELECT originator_id, max(originator_version) FROM log.events GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1",
        )[0]
        self.write(self.event(id, version + 1, topic=topic))
        return UUID(str(id))

    def event(self, id: UUID, version: int, *, topic: str, state: bytes = b"{}") -> Row:
        position = self.head() + 1
        template = self.history[-1]
        return (position, template[1], id, version, topic, state, template[6], UUID(int=position), 0, 1)

    def head(self) -> int:
        return int(rows(self.urls.superuser, "SELECT coalesce(max(position), 0) FROM log.events")[0][0])

    # Generations ------------------------------------------------------------------------------------------------------

    def make(self, goal: int | None = None, definition: Definition | None = None) -> Generation:
        with connect(self.url) as connection:
            return catalogue.make(connection, definition or current(), goal=self.head() if goal is None else goal)

    def built(self, goal: int | None = None, crew: Crew = EVERYONE) -> Generation:
        return build(self.url, self.make(goal).id, crew=crew)

    def live(self, goal: int | None = None) -> Generation:
        """A generation that is live."""
        made = self.built(goal)
        with connect(self.url) as connection:
            swap(connection, made.id)
        return self.get(made)

    def get(self, generation: Generation) -> Generation:
        with connect(self.url) as connection:
            found = catalogue.get(connection, generation.id)
        assert found is not None
        return found

    def generations(self) -> dict[str, Generation]:
        """By schema."""
        with connect(self.url) as connection:
            return {one.schema: one for one in catalogue.find(connection)}

    def the_live_one(self) -> Generation | None:
        with connect(self.url) as connection:
            return catalogue.live(connection)

    def follow(self, batch: int = BATCH) -> None:
        """To the head of the log, in batches of so many events."""
        with self.following(batch) as follower:
            while follower.step():
                pass

    @contextmanager
    def following(self, batch: int = BATCH) -> Iterator[Follower]:
        with connect(self.url) as connection:
            yield Follower(connection, current(), batch=batch)

    def digest(self, generation: Generation) -> str:
        with connect(self.url) as connection:
            return dump.digest(connection, generation.schema)

    def rebuilt(self) -> str:
        """The digest of a view that is built anew of the whole log. Of the same log it is the same: one is built for all tests."""
        ((log,),) = rows(self.urls.superuser, "SELECT md5(string_agg(e::text, '' ORDER BY position)) FROM log.events e")
        if log not in _REBUILT:
            _REBUILT[log] = self.digest(self.built())
        return _REBUILT[log]

    def parked(self, generation: Generation) -> dict[UUID, int]:
        """Which streams wait, and at which position."""
        statement = "SELECT stream, position FROM reading.parked WHERE generation = %s"
        return {stream: position for stream, position in rows(self.url, statement, generation.id)}  # noqa: C416 -- mypy knows the two columns this way

    @contextmanager
    def holding(self, *statements: str) -> Iterator[psycopg.Connection[TupleRow]]:
        """A transaction of someone else that holds what the statements took, until the end of the block."""
        with psycopg.connect(self.urls.superuser) as connection:
            for statement in statements:
                connection.execute(statement.encode())
            yield connection
            connection.rollback()


def shown(log: Log, generation: Generation) -> int:
    """How much of a generation's history the application is shown when it asks for somebody who sees everything."""
    with psycopg.connect(application_conninfo(log.urls.application)) as connection:
        declare(connection, generation.schema, datetime.now(UTC), ALL_SEEING)
        row = connection.execute(f"SELECT count(*) FROM {generation.schema}.history".encode()).fetchone()  # noqa: S608 -- names of the code
    assert row is not None
    return int(row[0])


def eventually(what: Callable[[], object], patience: float = PATIENCE) -> None:
    """Waits until it is so; a test that waits in vain says for what."""
    until = time.monotonic() + patience
    while not what():
        assert time.monotonic() < until, what
        time.sleep(0.02)
