"""One thing's history page through the application, among a million events, p95 in milliseconds in the server.

In the server: from the request's arrival at the application to the last byte that it hands over, one request at a time. `-n` is
how many events the log holds. Things with long histories come as often as they have events. A second line, `history-timeline`,
is what held of the same things, facet by facet.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

import httpx
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import create_app
from infra.settings import Settings
from projections.generations import catalogue, definition
from projections.generations.build import build
from projections.generations.connecting import connect
from projections.generations.swap import swap
from tests.accounts import a_token
from tests.bench._filled import settings_of, world_of
from tests.bench._measure import options, progress, report

PAGES = 400
WARMING = 40


@dataclass(slots=True)
class Timed:
    """The application with a watch before it: the milliseconds of every request."""

    app: ASGIApp
    taken: list[float] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = time.perf_counter()
        await self.app(scope, receive, send)
        self.taken.append((time.perf_counter() - begun) * 1000)


def main(argv: list[str]) -> int:
    asked = options("history", __doc__ or "", n=1_000_000, argv=argv)
    with world_of(asked.n) as server, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(server, Path(folder))
        things = make_live(settings)
        found = asyncio.run(pages(settings, things, asked.turns))
    report("history", PAGES * asked.turns, found["history"], "ms", {})
    report("history-timeline", PAGES * asked.turns, found["timeline"], "ms", {})
    return 0


async def pages(settings: Settings, things: list[tuple[str, str]], turns: int) -> dict[str, float]:
    app = create_app(settings)
    timed = Timed(app)
    headers = {"Authorization": f"Bearer {a_token(settings.owner_url)}"}
    transport = httpx.ASGITransport(app=timed)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://bench", headers=headers) as client,
    ):
        return {name: await p95_of(client, timed, name, things, turns) for name in ("history", "timeline")}


def make_live(settings: Settings) -> list[tuple[str, str]]:
    """Builds the view, and picks things in it: kind and id of the thing that each of some random events is about."""
    with connect(settings.owner_url) as connection:
        made = catalogue.make(connection, definition.current(), goal=catalogue.head(connection))
        build(settings.owner_url, made.id)
        swap(connection, made.id)
        rows = connection.execute(
            f"SELECT kind, asset::text FROM {made.schema}.history TABLESAMPLE BERNOULLI (5) REPEATABLE (7)"  # noqa: S608 -- a name of ours
            " ORDER BY md5(position::text) LIMIT %s",
            [PAGES],
        ).fetchall()
    return [(kind, asset) for kind, asset in rows]


async def p95_of(
    client: httpx.AsyncClient, timed: Timed, name: str, things: list[tuple[str, str]], turns: int
) -> float:
    """The median over all turns; the first things are asked for once before, to warm what a running server has warm."""
    paths = [f"/v1/{kind}/{id}/{name}" for kind, id in things]
    p95s = []
    for turn in range(turns + 1):
        timed.taken.clear()
        for path in paths if turn else paths[:WARMING]:
            (await client.get(path)).raise_for_status()
        if turn:
            p95s.append(quantiles(timed.taken, n=20)[-1])
            took = f"median {median(timed.taken):6.1f} ms  p95 {p95s[-1]:6.1f} ms  max {max(timed.taken):6.1f} ms"
            progress(f"turn {turn}/{turns}  {name:<9} {took}")
    return median(p95s)
