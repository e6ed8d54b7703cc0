"""Vector tiles end to end: 1,000,000 things, zooms 5 to 18, by a signed-in caller over HTTP; p95 in milliseconds.

Reference `sql`: the same statement put to the database directly, each tile in turn with the request, so that noise falls on both.
The client is the plain one of the standard library: another in Python takes three milliseconds for what a browser reads in C.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

import psycopg
from psycopg.rows import TupleRow

from api.app import create_app
from domain.access.principal import ALL_SEEING, Grant
from domain.access.roles import Role
from projections.generations import ddl
from projections.queries import tiles
from projections.queries.tiles import Tile
from projections.queries.view import View
from tests.accounts import a_token
from tests.api.conftest import serving
from tests.bench import _mapped
from tests.bench._filled import settings_of
from tests.bench._measure import options, progress, report
from tests.bench.asof import TILES_A_ZOOM, ZOOMS, a_tile
from tests.bench.history import make_live
from tests.databases import throwaway_cluster


def main(argv: list[str]) -> int:
    asked = options("tiles", __doc__ or "", n=1_000_000, argv=argv)
    with throwaway_cluster(durable=True) as server, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(server, Path(folder)).model_copy(update={"requests_per_minute": 10**6})
        make_live(settings)
        with psycopg.connect(server.urls.superuser) as connection:
            schema = populate(connection, asked.n)
            headers = {
                "Authorization": f"Bearer {a_token(server.urls.owner, 'auditor', given=[Grant(role=Role.AUDITOR)])}"
            }
            view = View(connection, schema, asked.n, datetime.now(UTC), None, ALL_SEEING)
            with serving(create_app(settings)) as address:
                client = HTTPConnection(urlsplit(address).netloc)
                ours, sql = lambda tile: fetched(client, headers, tile), lambda tile: tiles.drawn(view, tile)
                found = in_turns({"http": ours, "sql": sql}, asked.turns)
    report("tiles", asked.n, found["http"], "ms", {"sql": found["sql"]})
    return 0


def populate(connection: psycopg.Connection[TupleRow], things: int) -> str:
    """Puts so many things into the live generation, and says which schema that is."""
    [(schema,)] = connection.execute("SELECT schema FROM reading.generations WHERE role = 'live'").fetchall()
    connection.execute("SELECT set_config('search_path', %s, false)", [f"{schema},public"])
    indexes = [index for table in _mapped.tables() for index in ddl.indexes(table).items()]
    for name, _ in indexes:  # they are quicker to make when the rows are there
        connection.execute(f'DROP INDEX "{name}"'.encode())
    _mapped.pour(connection, schema, things, changes=1)
    _mapped.add_up(connection)
    for _, statement in indexes:
        connection.execute(statement.encode())
    connection.execute("UPDATE reading.generations SET position = %s WHERE schema = %s", [things, schema])
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")
    progress(f"{things:,} things")
    return str(schema)


def fetched(client: HTTPConnection, headers: dict[str, str], tile: Tile) -> bytes:
    client.request("GET", f"/tiles/all/{tile.z}/{tile.x}/{tile.y}.mvt", headers=headers)
    answer = client.getresponse()
    content = answer.read()
    if answer.status not in (HTTPStatus.OK, HTTPStatus.NO_CONTENT):
        raise AssertionError(content)
    return content


def in_turns(ways: dict[str, Callable[[Tile], bytes]], turns: int) -> dict[str, float]:
    """The median over all turns of each way's p95; the first turn warms what a running server has warm."""
    asked = [a_tile(zoom, number) for zoom in ZOOMS for number in range(TILES_A_ZOOM)]
    p95s: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(turns + 1):
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for tile in asked:
            for name, way in ways.items():
                begun = time.perf_counter()
                way(tile)
                taken[name].append((time.perf_counter() - begun) * 1000)
        if turn:
            for name, times in taken.items():
                p95s[name].append(quantiles(times, n=20)[-1])
                progress(f"turn {turn}/{turns}  {name:<5} median {median(times):6.2f} ms  p95 {p95s[name][-1]:6.2f} ms")
    return {name: median(found) for name, found in p95s.items()}
