"""A generation with a map of as many versions as are asked for: a region's buildings, rooms and parked vehicles over ten years.

Every thing changes at the same pace, so that as much lies in a tile of any past day as in one of today: a difference in time
is then one of asking for the past, and not of less having been there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import shapely
from psycopg.rows import TupleRow

from projections import assets, belongings, cells, places, pyramid, writing
from projections.columns import COLUMNS
from projections.generations import ddl
from projections.stream import Rows
from projections.tables import Table
from projections.tiling import FOREVER, Version
from projections.values import ranges, row_of

SCHEMA = "mapped"
CHANGES = 8  # of a thing, told as they happen: each is a version, and cuts the one before short
RECTANGLES = 2 * CHANGES - 1
BEGAN = datetime(2016, 1, 1, tzinfo=UTC)
BETWEEN = timedelta(days=450)
TOWNS = [(106.23, 38.49), (106.38, 39.02), (106.20, 37.99), (106.24, 36.02), (105.19, 37.51), (106.07, 38.02)]
AT_ONCE = 1_000  # things
METRE = 1 / 100_000  # in degrees, nearly enough
FAMILY = 25  # a building, its rooms on the floors, and a vehicle before it
SIZES = {"buildings": (60.0, 20.0), "rooms": (8.0, 5.0)}
STATUS = {"buildings": "standing", "rooms": "in-service", "vehicles": "in-service"}
LISTED: dict[str, dict[str, Any]] = {
    "buildings": {
        "purpose": "office",
        "title": "registered",
        "condition": "sound",
        "gross_area": 2400,
        "using_units": "{}",
    },
    "rooms": {"net_area": 21, "headcount": 2, "occupants": "{}", "second_offices": 0},
    "vehicles": {"plate": "宁A00001", "condition": "roadworthy", "energy": "petrol"},
}
"""What lists say of each thing, as far as a map shows it."""


def fill(connection: psycopg.Connection[TupleRow], versions: int) -> int:
    """Makes the tables, fills them, and says which position they show."""
    connection.execute(f"CREATE SCHEMA {SCHEMA}".encode())
    connection.execute(f"SET search_path = {SCHEMA}, public".encode())
    for table in tables():
        connection.execute(ddl.create_table(table).encode())
    things = versions // RECTANGLES
    pour(connection, SCHEMA, things)
    connection.commit()
    connection.autocommit = True
    for table in tables():
        for statement in (*ddl.completing(table), *ddl.indexes(table).values(), f'VACUUM ANALYZE "{table.name}"'):
            connection.execute(statement.encode())
    return things * CHANGES


def pour(connection: psycopg.Connection[TupleRow], schema: str, things: int, changes: int = CHANGES) -> None:
    """The rows of so many things, each with so many versions."""
    for first in range(0, things, AT_ONCE):
        last = min(first + AT_ONCE, things)
        rows = writing.together(_rows(number, things, changes) for number in range(first, last))
        writing.copy_in(connection, schema, rows)


def add_up(connection: psycopg.Connection[TupleRow]) -> None:
    """What follows from the rows that were poured."""
    for table in (*pyramid.MODEL.tables, *belongings.MODEL.tables):
        for statement in ddl.filling(table):
            connection.execute(statement.encode())


def tables() -> tuple[Table, ...]:
    models = (places.MODEL, cells.MODEL, pyramid.MODEL, assets.MODEL, belongings.MODEL)
    return tuple(table for model in models for table in model.tables)


def somewhere(random: Random) -> tuple[float, float]:
    """A place where things are: longitude and latitude."""
    longitude, latitude = random.choice(TOWNS)
    return random.gauss(longitude, 0.03), random.gauss(latitude, 0.03)


def _rows(number: int, things: int, changes: int) -> Rows:
    random = Random(number)  # noqa: S311 -- repeatable, not secret
    kind, floor, shape = _thing(number)
    ewkb = shapely.to_wkb(shapely.set_srid(shape, 4490), hex=True, include_srid=True)
    asset = UUID(int=random.getrandbits(128))
    unit = UUID(int=number % 500)
    content = [ewkb, f"{number}", STATUS[kind], "office", unit, None, floor]
    listed = LISTED[kind] | {"floor": floor, "using_unit": unit, "category": "office", "status": STATUS[kind]}
    versions = list(_versions(random, number, things, changes))
    return {
        "map": [
            [asset, kind, one.start, one.since, *ranges(one), *content]
            for version in versions
            for one in version.rectangles()
        ],
        "cells": [row_of([asset], version, [kind, cells.square_of(ewkb)]) for version in versions],
        kind: [row_of([asset], version, [listed.get(column.name) for column in COLUMNS[kind]]) for version in versions],
    }


def _versions(random: Random, number: int, things: int, changes: int) -> Iterator[Version]:
    """Each change cuts the version before it short, when it is told. What never changes came on some day of the ten years, a
    building with its rooms.
    """
    moments = [BEGAN + BETWEEN * change + timedelta(days=random.randrange(400)) for change in range(changes)]
    moments[0] = BEGAN + timedelta(days=Random(number // FAMILY).randrange(3_600) if changes == 1 else 0)  # noqa: S311 -- repeatable, not secret
    told = [1 + number + things * change for change in range(changes)]
    for (since, cut), (start, end) in zip(pairwise(told), pairwise(moments), strict=True):
        yield Version(None, start, end, since, None, cut, FOREVER)
    yield Version(None, moments[-1], FOREVER, told[-1])


def _thing(number: int) -> tuple[str, int | None, Any]:
    """What stands where: the rooms lie in rows within their building, one floor on the other."""
    family, place = divmod(number, FAMILY)
    longitude, latitude = somewhere(Random(family))  # noqa: S311 -- repeatable, not secret
    if place == FAMILY - 1:
        return "vehicles", None, shapely.Point(longitude, latitude - 10 * METRE)
    kind, floor, column = ("buildings", None, 0) if place == 0 else ("rooms", 1 + place // 6, place % 6)
    wide, deep = SIZES[kind]
    west = longitude + column * 9 * METRE
    return kind, floor, shapely.box(west, latitude, west + wide * METRE, latitude + deep * METRE)
