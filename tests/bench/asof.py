"""The same tile in the past against now: among a million versions, at zooms from a region down to a room, p95 in milliseconds.

Reference `current` asks for today's tile. `asof` asks for a day years ago as it was known years ago: both axes of time;
`asof-day` for that day as it is known today.
"""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime
from random import Random
from statistics import median, quantiles

import psycopg

from domain.access.principal import ALL_SEEING
from projections.queries import tiles
from projections.queries.view import View
from tests.bench import _mapped
from tests.bench._measure import options, progress, report
from tests.databases import throwaway_cluster

ZOOMS = range(5, 19)
TILES_A_ZOOM = 20
THEN = datetime(2021, 6, 1, tzinfo=UTC)


def main(argv: list[str]) -> int:
    asked = options("asof", __doc__ or "", n=1_000_000, argv=argv)
    with throwaway_cluster(durable=True) as server, psycopg.connect(server.urls.superuser) as connection:
        position = _mapped.fill(connection, asked.n)
        progress(f"{asked.n:,} versions")

        def view(at: datetime, known: int | None = None) -> View:
            return View(connection, _mapped.SCHEMA, position, at, known, ALL_SEEING)

        views = {"current": view(datetime.now(UTC)), "day": view(THEN), "known": view(THEN, position // 2)}
        found = in_turns(views, [a_tile(zoom, number) for zoom in ZOOMS for number in range(TILES_A_ZOOM)], asked.turns)
    report("asof", asked.n, found["known"], "ms", {"current": found["current"]})
    report("asof-day", asked.n, found["day"], "ms", {"current": found["current"]})
    return 0


def a_tile(zoom: int, number: int) -> tiles.Tile:
    """A tile in which something lies."""
    longitude, latitude = _mapped.somewhere(Random(number))  # noqa: S311 -- repeatable, not secret
    side = 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return tiles.Tile(z=zoom, x=int((longitude + 180) / 360 * side), y=int(y * side))


def in_turns(views: dict[str, View], asked: list[tiles.Tile], turns: int) -> dict[str, float]:
    """The median over all turns of each view's p95. Each tile is asked of all views in a row, so that noise falls on all."""
    p95s: dict[str, list[float]] = {name: [] for name in views}
    for turn in range(turns + 1):
        taken: dict[str, list[float]] = {name: [] for name in views}
        for tile in asked:
            for name, view in views.items():
                taken[name].append(milliseconds(view, tile))
        if turn:  # the first one warms the caches
            for name, times in taken.items():
                p95s[name].append(quantiles(times, n=20)[-1])
                progress(f"turn {turn}/{turns}  {name:<8} median {median(times):6.2f} ms  p95 {p95s[name][-1]:6.2f} ms")
    return {name: median(found) for name, found in p95s.items()}


def milliseconds(view: View, tile: tiles.Tile) -> float:
    begun = time.perf_counter()
    tiles.drawn(view, tile)
    return (time.perf_counter() - begun) * 1000
