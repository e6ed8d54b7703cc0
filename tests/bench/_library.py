"""The library's way to a read model: its ProjectionRunner over its own recorder, one upsert an event into one table.

It is given the same events, ready in its own table, and our own decoder, which is faster than its mapper.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar, cast
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import msgspec
from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, StoredEvent, Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL

from domain.kernel.events import Event
from projections.records import record
from tests.bench._measure import rate_of
from tests.databases import Server
from tests.stores import run

PATIENCE = 600.0
TABLE = "assets_of_the_library"
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


class OurMapper(Mapper[UUID]):
    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        said = stored_event
        return record((cast("UUID", said.originator_id), 1, said.topic, said.state, 0, _EPOCH, b"{}")).event


class Assets(Application[UUID]):
    name = "assets"
    env: ClassVar[dict[str, str]] = {"PERSISTENCE_MODULE": "eventsourcing.postgres"}

    def construct_mapper(self) -> Mapper[UUID]:
        return self.factory.mapper(mapper_class=OurMapper)


class View(PostgresTrackingRecorder):
    """One row an asset: what kind of event came last, and what it stated."""

    def __init__(self, datastore: PostgresDatastore, **kwargs: Any) -> None:
        super().__init__(datastore, **kwargs)
        self.sql_create_statements.append(
            SQL(
                "CREATE TABLE IF NOT EXISTS assets_of_the_library"
                " (asset uuid PRIMARY KEY, version bigint, topic text, effective timestamptz, stated jsonb)"
            ).format()
        )

    def upsert(self, event: Event, tracking: Tracking) -> None:
        stated = msgspec.json.encode({fact.facet: fact.value for fact in event.facts()}, enc_hook=str).decode()
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(
                "INSERT INTO assets_of_the_library VALUES (%s, %s, %s, %s, %s) ON CONFLICT (asset) DO UPDATE"
                " SET version = excluded.version, topic = excluded.topic, effective = excluded.effective,"
                " stated = assets_of_the_library.stated || excluded.stated",
                [event.originator_id, event.originator_version, event.topic, event.effective, stated],
                prepare=True,
            )
            self._insert_tracking(cursor, tracking)


class IntoOneTable(Projection[View]):
    name = "one_table"

    def process_event(self, domain_event: Event, tracking: Tracking) -> None:
        self.view.upsert(domain_event, tracking)


@contextmanager
def library(server: Server, events: int) -> Iterator[Any]:
    """Measures the rate at which the library projects the first so many events; from nothing, each time."""
    env = _environment(server)
    with Assets({**env}) as app:  # makes its table
        assert app.recorder is not None
    run(
        server.urls.superuser,
        "INSERT INTO assets_events (originator_id, originator_version, topic, state)"  # noqa: S608 -- a number
        f" SELECT originator_id, originator_version, topic, state FROM log.events ORDER BY position LIMIT {events}",
    )

    def measure() -> float:
        run(server.urls.superuser, f"DROP TABLE IF EXISTS {TABLE}, one_table_tracking")
        return rate_of(events, lambda: _project(env, events))

    yield measure


def _project(env: dict[str, str], events: int) -> None:
    with ProjectionRunner(application_class=Assets, projection_class=IntoOneTable, view_class=View, env=env) as runner:
        runner.wait(events, timeout=PATIENCE)


def _environment(server: Server) -> dict[str, str]:
    parts = urlsplit(server.urls.superuser)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.lstrip("/"),
        "POSTGRES_HOST": parse_qs(parts.query)["host"][0],
        "POSTGRES_PORT": "5432",
        "POSTGRES_USER": parts.username or "",
        "POSTGRES_PASSWORD": "-",
    }
