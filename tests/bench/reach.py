"""The same questions asked by who sees everything, one county, and one unit with those below it: medians in milliseconds in the server.

The reference of every line is who sees everything: so a ratio is what a jurisdiction costs, or saves, for there is less in it.
The three are asked in turns, so that noise falls on all alike. `-n` is how many events the log holds.
"""

from __future__ import annotations

import asyncio
import math
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import httpx
import psycopg
from psycopg.rows import TupleRow

from api.app import create_app
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.settings import Settings
from tests.accounts import a_token
from tests.bench._filled import settings_of, world_of
from tests.bench._measure import options, progress, report
from tests.bench.history import Timed, make_live

WHOLE = "everything"
ASKED_A_TURN = 5


@dataclass(frozen=True)
class Place:
    """A county with as many rooms as most, a room in it, the unit that uses it, and where its building stands."""

    county: str
    unit: UUID
    room: UUID
    longitude: float
    latitude: float

    def tile(self, z: int) -> str:
        y = (1 - math.asinh(math.tan(math.radians(self.latitude))) / math.pi) / 2
        return f"/tiles/all/{z}/{int((self.longitude + 180) / 360 * 2**z)}/{int(y * 2**z)}.mvt"

    @property
    def questions(self) -> dict[str, str]:
        return {
            "rooms": "/v1/rooms?count=true&limit=100",
            "history": "/v1/history?limit=100",
            "history-of-one": f"/v1/rooms/{self.room}/history",
            "search": "/v1/search?q=财政",
            "tile": self.tile(16),
            "map": self.tile(8),
            "statistics": "/v1/statistics/premises?by=unit",
        }


def main(argv: list[str]) -> int:
    asked = options("reach", __doc__ or "", n=200_000, argv=argv)
    with world_of(asked.n) as server, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(server, Path(folder))
        make_live(settings)
        with psycopg.connect(server.urls.superuser) as connection:
            place = a_place(connection)
        found = asyncio.run(in_turns(settings, place, asked.turns))
    for (who, question), taken in found.items():
        if who != WHOLE:
            report(f"reach-{question}-{who}", asked.n, taken, "ms", {WHOLE: found[WHOLE, question]})
    return 0


_PLACE = """
    SELECT b.division, r.using_unit, r.asset, ST_X(p), ST_Y(p)
      FROM {schema}.rooms r JOIN {schema}.buildings b ON b.asset = r.building
      JOIN {schema}.map m ON m.asset = b.asset, ST_PointOnSurface(m.shape) p
     WHERE r.until IS NULL AND r.ends = 'infinity' AND b.until IS NULL AND b.ends = 'infinity'
       AND r.using_unit IS NOT NULL AND b.division NOT LIKE '%00' ORDER BY md5(r.asset::text) LIMIT 1"""


def a_place(connection: psycopg.Connection[TupleRow]) -> Place:
    """That of a room chosen at random: counties with more rooms come more often."""
    schema = connection.execute("SELECT schema FROM reading.generations WHERE role = 'live'").fetchone()
    found = connection.execute(_PLACE.format(schema=schema[0] if schema else "").encode()).fetchone()
    if found is None:
        raise LookupError("this world has no room in a county")
    return Place(*found)


def tokens(settings: Settings, place: Place) -> dict[str, str]:
    """Of auditors, who read every kind of thing."""
    where: dict[str, dict[str, Any]] = {WHOLE: {}, "county": {"division": place.county}, "unit": {"unit": place.unit}}
    return {
        who: a_token(settings.owner_url, who, given=[Grant(role=Role.AUDITOR, **reach)]) for who, reach in where.items()
    }


async def in_turns(settings: Settings, place: Place, turns: int) -> dict[tuple[str, str], float]:
    """The median of each caller and question over all turns; the first one warms what a running server has warm."""
    app = create_app(settings)
    timed = Timed(app)
    taken: dict[tuple[str, str], list[float]] = {}
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        clients = {
            who: await stack.enter_async_context(a_client(timed, token))
            for who, token in tokens(settings, place).items()
        }
        for turn in range(turns + 1):
            for question, path in place.questions.items():
                for who, client in clients.items():
                    timed.taken.clear()
                    for _ in range(ASKED_A_TURN if turn else 1):
                        (await client.get(path)).raise_for_status()
                    if turn:
                        taken.setdefault((who, question), []).extend(timed.taken)
            progress(f"turn {turn}/{turns}")
    return {asked: median(times) for asked, times in taken.items()}


def a_client(app: Timed, token: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(
        transport=transport, base_url="http://bench", headers={"Authorization": f"Bearer {token}"}, timeout=120
    )
