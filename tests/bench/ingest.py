"""Positions a second from the bytes of a batch to its commit: read, checked, converted, marked, kept, the latest noted.

Reference: `copy` is COPY of the same rows, ready as text, a transaction a batch, into a table with the same columns, partitions and
indexes. Batches of 1,000 of 200 vehicles; `ingest-gcj` is the same declared in GCJ-02. `-n` is how many in all.
"""

from __future__ import annotations

import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import psycopg

from api.composition import Services, opened
from api.positions.fleets import Fleet, Fleets
from api.positions.lines import Lines, lines_of
from api.positions.taking import Taking, fix_of, places_of
from domain.access.principal import Grant, Principal, Reach
from domain.access.roles import Role
from infra.positions import keeping
from infra.settings import Settings
from tests.bench._filled import settings_of
from tests.bench._measure import in_turns, options, rate_of, report
from tests.databases import throwaway_cluster

EACH, VEHICLES, SECONDS = 1_000, 200, 5
IDS = [str(UUID(int=number)) for number in range(VEHICLES)]
DEVICE = Principal(account=uuid4(), login="gateway", unit="", grants=(Grant(role=Role.DEVICE),))
BARE = """
    CREATE TABLE bare (LIKE telemetry.positions) PARTITION BY RANGE (at);
    CREATE UNIQUE INDEX ON bare (vehicle, at, x, y, system);
    CREATE INDEX ON bare USING brin (at);
    CREATE TABLE bare_all PARTITION OF bare DEFAULT;
    GRANT INSERT ON bare TO zhangtu_app;
"""


class Known(Fleets):
    """Vehicles that nobody has to register."""

    def of(self, reach: Reach, *, missing: bool = False) -> Fleet:
        del reach, missing
        return Fleet({id: id for id in IDS}, time.monotonic())


def main(argv: list[str]) -> int:
    asked = options("ingest", __doc__ or "", n=300_000, argv=argv)
    batches = max(1, asked.n // asked.turns // EACH)
    begun = count()
    with tempfile.TemporaryDirectory() as folder, ready(Path(folder)) as services:
        taking = Taking(services, Known(services))

        def taken(system: str) -> float:
            sent = [body(next(begun), system) for _ in range(batches)]
            return rate_of(batches * EACH, lambda: deque(map(partial(take, taking), sent), maxlen=0))

        def copied() -> float:
            texts = [as_text(body(next(begun), "EPSG:4326")) for _ in range(batches)]
            return rate_of(batches * EACH, lambda: deque(map(partial(copy, services), texts), maxlen=0))

        rates = in_turns(
            {"ours": lambda: taken("EPSG:4326"), "gcj": lambda: taken("GCJ-02"), "copy": copied}, asked.turns
        )
    n = batches * EACH * asked.turns
    report("ingest", n, rates["ours"], "positions/s", {"copy": rates["copy"]})
    report("ingest-gcj", n, rates["gcj"], "positions/s", {"copy": rates["copy"]})
    return 0


@contextmanager
def ready(folder: Path) -> Iterator[Services]:
    with throwaway_cluster(durable=True) as server:
        settings: Settings = settings_of(server, folder)
        with psycopg.connect(settings.owner_url, autocommit=True) as owner:
            owner.execute(BARE)
        with opened(settings) as services:
            yield services


def body(number: int, system: str) -> bytes:
    """Each vehicle drives on for some seconds."""
    begin = datetime.now(UTC) - timedelta(hours=6) + timedelta(seconds=number * SECONDS)
    lines = [
        {
            "vehicle": IDS[one % VEHICLES],
            "at": (begin + timedelta(seconds=one // VEHICLES)).isoformat(),
            "x": 106.0 + one % VEHICLES * 1e-3,
            "y": 38.0 + (number * SECONDS + one // VEHICLES) * 1e-4,
            "speed": 40.5,
            "heading": 12.0,
        }
        for one in range(EACH)
    ]
    return msgspec.json.encode({"system": system, "positions": lines})


def read(raw: bytes) -> Lines:
    found = lines_of(raw)
    if found is None:
        raise AssertionError("no batch")
    return found


def take(taking: Taking, raw: bytes) -> None:
    told = taking.take(read(raw), DEVICE, datetime.now(UTC))
    if told.kept - told.repeated != EACH:
        raise AssertionError(told)


def as_text(raw: bytes) -> str:
    lines, now = read(raw), datetime.now(UTC)
    placed = zip(lines.right, places_of(lines), strict=True)
    fixes = [fix_of(line, line.vehicle or "", lines.system, place, now) for (_, line), place in placed]
    return keeping.text_of(fixes, "gateway")


def copy(services: Services, text: str) -> None:
    with services.pool.connection() as connection:
        keeping.copy(connection, text, "bare")
