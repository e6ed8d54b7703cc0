"""Tiles of any moment, as known at any position: what a plain look at the rows says, and nothing that could not be seen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import psycopg
import pytest

from domain.access.principal import ALL_SEEING
from infra.cluster import Urls
from projections.queries import tiles
from projections.queries.tiles import ROOMS_COUNTED_UP_TO, Tile
from projections.queries.view import View
from tests.bench import _mapped
from tests.vector_tiles import layers

VERSIONS = 6_000
random = Random(3)  # noqa: S311 -- repeatable, not secret


@pytest.fixture(scope="module")
def town(module_database: Urls) -> Iterator[tuple[psycopg.Connection[Any], int]]:
    """Buildings, rooms and parked vehicles with many versions, and the last position."""
    with psycopg.connect(module_database.superuser) as connection:
        position = _mapped.fill(connection, VERSIONS)
        yield connection, position


def view(town: tuple[psycopg.Connection[Any], int], at: datetime, known: int | None = None) -> View:
    return View(town[0], _mapped.SCHEMA, town[1], at, known, ALL_SEEING)


def moments(town: tuple[psycopg.Connection[Any], int]) -> Iterator[View]:
    for _ in range(40):
        at = _mapped.BEGAN + timedelta(days=random.randrange(-100, 5_000))
        known = random.choice([None, random.randrange(1, town[1]), random.randrange(1, town[1] // _mapped.CHANGES)])
        yield view(town, at, known)


def around(town: tuple[psycopg.Connection[Any], int], z: int, kind: str = "rooms") -> Tile:
    """A tile around something of this kind."""
    longitude, latitude = town[0].execute(
        "SELECT ST_X(p), ST_Y(p) FROM map, ST_PointOnSurface(shape) AS p WHERE kind = %s ORDER BY random() LIMIT 1",
        [kind],
    ).fetchone() or (0, 0)
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return Tile(z=z, x=int((longitude + 180) / 360 * 2**z), y=int(y * 2**z))


def expected(looked: View, tile: Tile) -> Counter[str]:
    """What lies in the box, by a look at every row; how often, because a thing has one version at a moment.

    Rooms only where they are drawn one by one.
    """
    west, south, east, north = tile.box
    known = looked.position if looked.known is None else looked.known
    rows = looked.connection.execute(
        "SELECT asset::text FROM map WHERE (%s OR kind <> 'rooms') AND ST_Intersects(drawn, ST_MakeEnvelope(%s, %s, %s, %s, 3857))"
        " AND lower(valid) <= %s AND coalesce(upper(valid), 'infinity') > %s"
        " AND lower(known) <= %s AND coalesce(upper(known), %s) > %s",
        [tile.z > ROOMS_COUNTED_UP_TO, west, south, east, north, looked.at, looked.at, known, known + 1, known],
    )
    return Counter(str(asset) for (asset,) in rows)


def shown(looked: View, tile: Tile) -> Counter[str]:
    found = layers(tiles.drawn(looked, tile))
    return Counter(feature["id"] for name, layer in found.items() if name != "counts" for feature in layer)


def test_a_tile_of_any_moment_shows_what_a_look_at_every_row_shows(town: tuple[psycopg.Connection[Any], int]) -> None:
    for looked in moments(town):
        tile = around(town, random.randrange(14, 19))
        # Beyond its edge a tile shows a little more, so that outlines meet those of the next one.
        found, inside = shown(looked, tile), expected(looked, tile)
        assert inside <= found
        assert found <= expected(looked, _wider(tile))


def _wider(tile: Tile) -> Any:
    class Wider(Tile):
        @property
        def box(self) -> tuple[float, float, float, float]:
            west, south, east, north = super().box
            margin = self.side / 32
            return west - margin, south - margin, east + margin, north + margin

    return Wider(z=tile.z, x=tile.x, y=tile.y)


def test_counts_of_any_moment_are_complete(town: tuple[psycopg.Connection[Any], int]) -> None:
    for looked in moments(town):
        squares = layers(tiles.drawn(looked, Tile(z=0, x=0, y=0))).get("counts", [])
        cells = f"SELECT kind, count(*) FROM cells WHERE {looked.held()} GROUP BY kind"  # noqa: S608 -- the axes, as SQL of ours
        there = looked.connection.execute(cells.encode(), looked.axes).fetchall()
        assert {kind: sum(one["count"] for one in squares if one["kind"] == kind) for kind, _ in there} == dict(there)


def test_the_tiles_below_a_tile_count_what_it_counts(town: tuple[psycopg.Connection[Any], int]) -> None:
    looked = view(town, datetime(2022, 1, 1, tzinfo=UTC))
    for z in (3, 8, 11):
        tile = around(town, z)
        below = [Tile(z=z + 1, x=2 * tile.x + right, y=2 * tile.y + down) for right in (0, 1) for down in (0, 1)]
        assert counted(looked, [tile]) == counted(looked, below) > 0


def counted(looked: View, asked: list[Tile]) -> int:
    return sum(one["count"] for tile in asked for one in layers(tiles.drawn(looked, tile)).get("counts", []))


def test_outlines_are_drawn_when_they_are_large_enough_and_a_point_always_is(
    town: tuple[psycopg.Connection[Any], int],
) -> None:
    looked = view(town, datetime(2022, 1, 1, tzinfo=UTC))
    assert "rooms" not in layers(tiles.drawn(looked, around(town, 15)))
    assert "buildings" in layers(tiles.drawn(looked, around(town, 13, "buildings")))
    assert "vehicles" in layers(tiles.drawn(looked, around(town, 13, "vehicles")))
    assert "rooms" in layers(tiles.drawn(looked, around(town, 16)))


def test_where_rooms_are_not_drawn_yet_they_are_counted(town: tuple[psycopg.Connection[Any], int]) -> None:
    looked = view(town, datetime(2022, 1, 1, tzinfo=UTC))
    for z in (13, 15):
        found = layers(tiles.drawn(looked, around(town, z)))
        assert {square["kind"] for square in found["counts"]} == {"rooms"}
