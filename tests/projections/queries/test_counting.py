"""What was added up equals a look at every version, at any moment, as known at any position, however the versions came there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.access.principal import ALL_SEEING
from infra.cluster import Urls
from projections import cells, models, pyramid, writing
from projections.cells import ZOOM
from projections.generations import ddl, dump
from projections.generations.upserting import upsert
from projections.queries import counting
from projections.queries.view import View
from projections.stream import Row
from projections.tiling import FOREVER, Tiling, Version
from projections.values import row_of

SCHEMA = "g1"
THINGS, EVENTS = 60, 900
JUMP = 60
"""Positions between two events, at most: they lie in several blocks."""
KINDS = ("buildings", "rooms", "vehicles")
FIRST = datetime(2019, 12, 1, tzinfo=UTC)
random = Random(20)  # noqa: S311 -- repeatable, not secret


@dataclass
class Thing:
    id: UUID
    kind: str
    tiling: Tiling

    def rows(self, after: int) -> list[Row]:
        return [row_of([self.id], one, [self.kind, one.content]) for one in self.tiling.versions(after)]


@dataclass
class Pyramid:
    """Things that come, move, go, and of which that is learned late or otherwise; half of it was there when it was built."""

    connection: psycopg.Connection[Any]
    things: list[Thing]
    position: int = 0

    def happen(self, events: int) -> None:
        for _ in range(events):
            self.position += random.randrange(1, JUMP)
            tiling = random.choice(self.things).tiling
            begins = a_moment()
            ends = random.choice([FOREVER, FOREVER, begins + timedelta(days=random.randrange(1, 900))])
            if random.random() < 0.15:
                tiling.clear(begins, ends, self.position)
            else:
                tiling.put(a_square(), begins, ends, self.position)

    def follow(self, events: int) -> None:
        before = self.position
        self.happen(events)
        upsert(self.connection, SCHEMA, {"cells": self.changed(before)})

    def changed(self, after: int) -> list[Row]:
        return [row for thing in self.things for row in thing.rows(after)]

    def digest(self) -> str:
        return dump.table_digest(self.connection, SCHEMA, models.table("pyramid"))


def a_moment() -> datetime:
    """Often one at which a year, a month or another thing begins."""
    day = FIRST + timedelta(days=random.randrange(1_200))
    turn = datetime(day.year, random.choice([1, day.month]), 1, tzinfo=UTC)
    return random.choice([day, day + timedelta(hours=random.randrange(24)), turn, turn - timedelta(microseconds=1)])


def a_square() -> int:
    """In one of two towns."""
    return random.choice([0b1101 << 2 * (ZOOM - 2), 0b1101_10 << 2 * (ZOOM - 3)]) + random.randrange(4**6)


@pytest.fixture(scope="module")
def built(module_database: Urls) -> Iterator[Pyramid]:
    with psycopg.connect(module_database.superuser) as connection:
        ddl.create(connection, SCHEMA)
        connection.commit()
        connection.autocommit = True
        connection.execute(f"SET search_path = {SCHEMA}, public".encode())
        made = Pyramid(connection, [Thing(UUID(int=n + 1), random.choice(KINDS), Tiling()) for n in range(THINGS)])
        made.happen(EVENTS // 2)
        writing.copy_in(connection, SCHEMA, {"cells": made.changed(0)})
        for table in (*cells.MODEL.tables, *pyramid.MODEL.tables):
            for statement in ddl.completing(table):
                connection.execute(statement.encode())
        for _ in range(30):
            made.follow(EVENTS // 60)
        yield made


def counted(view: View, kinds: tuple[str, ...], tile: tuple[int, int, int], zoom: int) -> Counter[tuple[str, int]]:
    rows = view.rows(counting.squares(view, kinds, zoom), counting.parameters(view, kinds, zoom, tile))
    return Counter({(row["kind"], row["square"]): row["count"] for row in rows})


def looked_at(
    view: View, things: list[Thing], kinds: tuple[str, ...], tile: int, z: int, zoom: int
) -> Counter[tuple[str, int]]:
    """By a look at every version. `tile`: its woven number."""
    held = ((thing.kind, one.content) for thing in things for one in versions_at(view, thing) if thing.kind in kinds)
    return Counter((kind, cell >> 2 * (ZOOM - zoom)) for kind, cell in held if cell >> 2 * (ZOOM - z) == tile)


def versions_at(view: View, thing: Thing) -> Iterator[Version]:
    known = view.position if view.known is None else view.known
    for version in thing.tiling.versions():
        for one in version.rectangles():
            if one.start <= view.at < one.end and one.since <= known and (one.until is None or known < one.until):
                yield version


def test_any_moment_as_known_at_any_position_is_counted_as_a_look_at_every_version_counts(built: Pyramid) -> None:
    seen = 0
    for _ in range(150):
        at = random.choice([a_moment(), a_moment() + timedelta(microseconds=1), FIRST - timedelta(days=9)])
        known = random.choice(
            [None, random.randrange(1, built.position), (random.randrange(1, 9) << pyramid.BLOCK) - 1]
        )
        view = View(built.connection, SCHEMA, built.position, at, known, ALL_SEEING)
        z = random.randrange(14)
        x, y = unwoven(a_square() >> 2 * (ZOOM - z))
        zoom = random.randrange(z, min(z + 6, pyramid.FINE + 1))
        kinds = random.choice([KINDS, KINDS[:1]])
        expected = looked_at(view, built.things, kinds, cells.z_order(x, y), z, zoom)
        assert counted(view, kinds, (z, x, y), zoom) == expected, (at, known, z, zoom)
        seen += len(expected)
    assert seen > 200


def unwoven(code: int) -> tuple[int, int]:
    x, y = (sum((code >> 2 * bit + side & 1) << bit for bit in range(ZOOM)) for side in (0, 1))
    return x, y


def test_followed_it_is_what_would_be_built_anew_and_delivered_twice_it_is_the_same(built: Pyramid) -> None:
    before = built.digest()
    upsert(built.connection, SCHEMA, {"cells": built.changed(built.position // 2)})
    assert built.digest() == before
    (table,) = pyramid.MODEL.tables
    with built.connection.transaction(force_rollback=True):
        built.connection.execute("TRUNCATE pyramid")
        [filling] = ddl.filling(table)
        built.connection.execute(filling.encode())
        assert built.digest() == before


def test_what_comes_and_goes_again_leaves_nothing_behind(built: Pyramid) -> None:
    version = Version(5, FIRST, FOREVER, 3)
    thing = Thing(UUID(int=999), "rooms", Tiling())
    before = built.digest()
    thing.tiling.now = [version]
    with built.connection.transaction(force_rollback=True):
        upsert(built.connection, SCHEMA, {"cells": thing.rows(0)})
        assert built.digest() != before
        version.end = FIRST  # it never was
        upsert(built.connection, SCHEMA, {"cells": thing.rows(0)})
        assert built.digest() == before
