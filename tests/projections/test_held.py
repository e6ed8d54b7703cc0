"""The database answers what the rule of facts says: random histories through log, builder and follower, asked in SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import TupleRow

from domain.access.principal import ALL_SEEING
from domain.kernel.events import Event
from infra.cluster import Urls
from projections.cells import PLACED, _square
from projections.columns import COLUMNS
from projections.places import SHOWN
from projections.queries.view import Asked, View, chosen
from projections.stream import Record
from tests.domain.scenario import NOW, an_id
from tests.projections.brute import Told
from tests.projections.generations.situations import Log
from tests.projections.histories import KINDS, history
from tests.stores import Store, opened

SEED = 20261121
STREAMS, LENGTH = 5, 14
"""Of each kind, and the most events of each."""
AT_ONCE = 20
QUESTIONS = 40


@dataclass(frozen=True)
class World:
    """What was recorded, and a live generation that was built in the middle of it and followed to its end."""

    urls: Urls
    told: dict[str, dict[UUID, Told]]
    head: int

    def questions(self, seed: int) -> Iterator[tuple[datetime, int]]:
        """Moments near those at which something changes, and positions."""
        random = Random(SEED + seed)  # noqa: S311 -- repeatable, not secret
        moments = [moment for streams in self.told.values() for told in streams.values() for moment in told.moments]
        for _ in range(QUESTIONS):
            at = random.choice(moments) + timedelta(hours=random.choice([0, 0, 1, -1]))
            yield at, random.choice([self.head, random.randrange(self.head + 1)])


@pytest.fixture(scope="module")
def world(module_database: Urls) -> World:
    random = Random(SEED)  # noqa: S311 -- repeatable, not secret
    streams = [
        history(kind, an_id(f"{kind}-{number}"), random.randrange, 1 + random.randrange(LENGTH))
        for kind in KINDS
        for number in range(STREAMS)
    ]
    log = Log(module_database, [])
    with opened(module_database.application) as store:
        half = interleaved(random, streams)
        records = written(store, half[: len(half) // 2])
        log.live()
        records += written(store, half[len(half) // 2 :])
    log.follow(batch=17)
    found: dict[str, dict[UUID, Told]] = {}
    for kind, events in zip([kind for kind in KINDS for _ in range(STREAMS)], streams, strict=True):
        id = events[0].originator_id
        found.setdefault(kind, {})[id] = Told(record for record in records if record.event.originator_id == id)
    return World(module_database, found, len(records))


def interleaved(random: Random, streams: list[list[Event]]) -> list[Event]:
    """One log: each stream in its order, all of them mixed."""
    order = [number for number, events in enumerate(streams) for _ in events]
    random.shuffle(order)
    waiting = [iter(events) for events in streams]
    return [next(waiting[number]) for number in order]


def written(store: Store, events: list[Event]) -> list[Record]:
    records = []
    for first in range(0, len(events), AT_ONCE):
        some = events[first : first + AT_ONCE]
        records += [Record(position, NOW, event) for position, event in zip(store.append(*some), some, strict=True)]
    return records


@pytest.fixture
def connection(world: World) -> Iterator[psycopg.Connection[TupleRow]]:
    with psycopg.connect(world.urls.application) as connection:
        yield connection


def asked(connection: psycopg.Connection[TupleRow], at: datetime, known: int) -> View:
    connection.rollback()
    return chosen(connection, Asked(sight=ALL_SEEING, at=at, known=known))


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_every_thing_is_what_held_as_it_was_known(
    world: World, connection: psycopg.Connection[TupleRow], kind: str
) -> None:
    columns = COLUMNS[kind]
    names = ", ".join(f'"{column.name}"' for column in columns)
    for at, known in world.questions(1):
        view = asked(connection, at, known)
        found = view.rows(f"SELECT asset, {names} FROM {kind} t WHERE {view.held('t')}")  # noqa: S608 -- names of the code
        rows = {row.pop("asset"): [plain(value) for value in row.values()] for row in found}
        assert len(rows) == len(found)
        expected = {id: told.row(columns, at, known) for id, told in world.told[kind].items()}
        assert rows == {id: [plain(value) for value in row] for id, row in expected.items() if row is not None}


def plain(value: Any) -> Any:
    """A list of members as the database returns it, and as the row holds it."""
    if isinstance(value, list):
        return sorted(map(str, value))
    is_array = isinstance(value, str) and value[:1] == "{" and value[-1:] == "}"
    return sorted(json.loads(f"[{value[1:-1]}]", strict=False)) if is_array else value


def test_every_facet_is_what_held_as_it_was_known(world: World, connection: psycopg.Connection[TupleRow]) -> None:
    everything = {id: told for streams in world.told.values() for id, told in streams.items()}
    for at, known in world.questions(2):
        view = asked(connection, at, known)
        found = view.rows(f"SELECT asset, facet, member, stated, ref FROM timelines WHERE {view.held()}")  # noqa: S608 -- as above
        rows = {(row["asset"], row["facet"], row["member"]): (row["stated"], row["ref"]) for row in found}
        assert len(rows) == len(found)
        prevailing = {
            (id, *line): fact
            for id, told in everything.items()
            for line in told.facts
            if (fact := told.at(line, at, known)) is not None
        }
        assert rows == {
            line: (fact.order, fact.value if isinstance(fact.value, UUID) else None)
            for line, fact in prevailing.items()
        }


def test_the_map_shows_what_lay_where_as_it_was_known(world: World, connection: psycopg.Connection[TupleRow]) -> None:
    for at, known in world.questions(3):
        view = asked(connection, at, known)
        found = view.rows(
            "SELECT asset, ST_AsHEXEWKB(shape) AS shape, label, status, category, unit, within, floor FROM map"
            " WHERE valid @> %(at)s::timestamptz AND known @> %(upto)s::bigint",
            {"upto": known},
        )
        rows = {row.pop("asset"): list(row.values()) for row in found}
        assert len(rows) == len(found)
        assert rows == {
            id: [row[0].ewkb, *row[1:]]
            for kind, shown in SHOWN.items()
            for id, told in world.told[kind].items()
            if (row := told.row(shown, at, known)) is not None and row[0] is not None
        }


def test_the_squares_count_what_is_there_as_it_was_known(
    world: World, connection: psycopg.Connection[TupleRow]
) -> None:
    for at, known in world.questions(4):
        view = asked(connection, at, known)
        found = view.rows(f"SELECT asset, cell FROM cells WHERE {view.held()}")  # noqa: S608 -- as above
        assert {row["asset"]: row["cell"] for row in found} == {
            id: row[0]
            for kind in PLACED
            for id, told in world.told[kind].items()
            if (row := told.row((_square(kind),), at, known)) is not None and row[0] is not None
        }


def test_the_history_has_every_event_once_in_the_order_of_the_log(
    world: World, connection: psycopg.Connection[TupleRow]
) -> None:
    view = asked(connection, NOW, world.head)
    rows = view.rows("SELECT position, asset, topic, corrects FROM history ORDER BY position")
    records = sorted(
        ((record, told.corrected_by(record)) for streams in world.told.values() for told in streams.values()
         for record in told.records),
        key=lambda one: one[0].position,
    )  # fmt: skip
    assert [tuple(row.values()) for row in rows] == [
        (record.position, record.event.originator_id, record.event.topic, corrects) for record, corrects in records
    ]
