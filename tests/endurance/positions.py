"""`./dev endurance positions`: positions come in batches while tiles are read; everything that was acknowledged is there, once.

Two gateways send 100,000 positions in batches of 1,000 as fast as they are answered, and one of them sends each batch twice; beside them
50 tiles a second are read. How many a second came in, and how long tiles took, is said at the end.
"""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import quantiles
from typing import Any

import httpx

from tests.processes import LivingRegistry, living_registry

EACH, GATEWAYS, TILES = 1_000, 2, 50
TILE = "/tiles/all/14/13022/6265.mvt"
PATIENCE = 60.0


@dataclass
class Load:
    registry: LivingRegistry
    headers: dict[str, str]
    stop: threading.Event = field(default_factory=threading.Event)
    tiles: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.registry.address, headers=self.headers, timeout=60)

    def report(self, batches: Iterator[list[dict[str, Any]]], *, twice: bool) -> None:
        with self.client() as client:
            for batch in batches:
                for again in (False, True)[: 1 + twice]:
                    answer = client.post("/v1/positions", json={"system": "EPSG:4326", "positions": batch})
                    told = answer.json()
                    if answer.status_code != 200 or told["kept"] != EACH or (told["repeated"] == EACH) != again:
                        self.faults.append(f"{answer.status_code} {answer.text[:300]}")

    def read_tiles(self) -> None:
        """One after the other, at their pace; what takes longer is not made up for."""
        with self.client() as client:
            while not self.stop.is_set():
                begun = time.perf_counter()
                status = client.get(TILE).status_code
                self.tiles.append(time.perf_counter() - begun)
                if status not in (200, 204, 304):
                    self.faults.append(f"tile: {status}")
                time.sleep(max(0.0, 2 / TILES - (time.perf_counter() - begun)))


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev endurance positions", description=__doc__)
    parser.add_argument("--positions", type=int, default=100_000, help="how many (%(default)s)")
    wanted = parser.parse_args(argv).positions
    rate, tiles, faults = endure(wanted)
    p95 = quantiles(tiles, n=20)[-1] * 1000
    print(
        f"{wanted} positions, {rate:,.0f} a second; {len(tiles)} tiles beside them, p95 {p95:.0f} ms; {len(faults)} faults"
    )
    print("\n".join(faults[:20]), flush=True)
    return 1 if faults else 0


def endure(wanted: int) -> tuple[float, list[float], list[str]]:
    with living_registry(on_disk=True) as registry:
        registry.up()
        load = Load(registry, {"Authorization": f"Bearer {(registry.var / 'token').read_text().strip()}"})
        vehicle = a_vehicle(load)
        share = max(1, wanted // GATEWAYS // EACH)
        begin = datetime.now(UTC) - timedelta(hours=12)
        senders = [
            threading.Thread(target=load.report, args=(batches(vehicle, begin, number * share, share),), kwargs={"twice": number == 0})
            for number in range(GATEWAYS)
        ]  # fmt: skip
        readers = [threading.Thread(target=load.read_tiles) for _ in range(2)]
        seconds = timed(senders, readers, load.stop)
        sent = GATEWAYS * share * EACH
        track = load.client().get(f"/v1/vehicles/{vehicle}/track", params={"from": begin.isoformat()}).json()
        if (track["count"], track["more"]) != (sent, False):
            load.faults.append(f"{sent} were acknowledged and {track['count']} are there")
        return sent / seconds, load.tiles, load.faults


def timed(senders: list[threading.Thread], readers: list[threading.Thread], stop: threading.Event) -> float:
    """How long the sending took; reading goes on meanwhile."""
    begun = time.monotonic()
    for one in [*readers, *senders]:
        one.start()
    for one in senders:
        one.join()
    seconds = time.monotonic() - begun
    stop.set()
    for one in readers:
        one.join()
    return seconds


def a_vehicle(load: Load) -> str:
    """Of the demonstration, once its view is there."""
    until = time.monotonic() + PATIENCE
    with load.client() as client:
        while time.monotonic() < until:
            answer = client.get("/v1/vehicles")
            if answer.status_code == 200 and answer.json()["rows"]:
                return str(answer.json()["rows"][0]["id"])
            time.sleep(0.2)
    raise TimeoutError("no vehicles")


def batches(vehicle: str, begin: datetime, first: int, count: int) -> Iterator[list[dict[str, Any]]]:
    for number in range(first, first + count):
        seconds = range(number * EACH, (number + 1) * EACH)
        yield [
            {
                "vehicle": vehicle,
                "at": (begin + timedelta(seconds=one / 4)).isoformat(),
                "x": 106.2 + one * 1e-6,
                "y": 38.48,
            }
            for one in seconds
        ]
