"""`./dev endurance positions`: positions come in batches while tiles are read; everything that was acknowledged is there, once.

Two gateways send 100,000 positions in batches of 1,000, 2,000 a second together (`--rate 0`: as fast as they are answered), and one of them
sends each batch twice; beside them 50 tiles a second are asked for, whether or not those before were answered. At the end the digest of
the whole track is compared with that of what was sent: nothing is lost, doubled or changed. How many positions and tiles a second
there were, and how long tiles took, is said.
"""

from __future__ import annotations

import argparse
import hashlib
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from statistics import quantiles
from typing import Any

import httpx

from tests.processes import LivingRegistry, living_registry

EACH, GATEWAYS, TILES, RATE = 1_000, 2, 50, 2_000.0
READERS = 10
TILE = "/tiles/all/{}/{}/{}.mvt"
PLACES = [(14, 13022 + x, 6265 + y) for x in range(-3, 4) for y in range(-3, 4)] + [
    (16, 52088 + x, 25060) for x in range(8)
]
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

    def report(self, batches: Iterator[list[dict[str, Any]]], *, twice: bool, rate: float) -> None:
        """`rate`: how many a second at most; 0: as many as there can be."""
        begun = time.monotonic()
        with self.client() as client:
            for number, batch in enumerate(batches):
                if rate:
                    time.sleep(max(0.0, begun + number * EACH / rate - time.monotonic()))
                for again in (False, True)[: 1 + twice]:
                    answer = client.post("/v1/positions", json={"system": "EPSG:4326", "positions": batch})
                    told = answer.json()
                    if answer.status_code != 200 or told["kept"] != EACH or (told["repeated"] == EACH) != again:
                        self.faults.append(f"{answer.status_code} {answer.text[:300]}")

    def read_tiles(self, first: int) -> None:
        """Each reader has its turns, so that all of them ask at their pace; what is late is made up for as soon as it can be."""
        begun = time.monotonic()
        with self.client() as client:
            for number in count():
                time.sleep(max(0.0, begun + (number * READERS + first) / TILES - time.monotonic()))
                if self.stop.is_set():
                    return
                asked = time.perf_counter()
                status = client.get(TILE.format(*PLACES[(number * READERS + first) % len(PLACES)])).status_code
                self.tiles.append(time.perf_counter() - asked)
                if status not in (200, 204, 304):
                    self.faults.append(f"tile: {status}")


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev endurance positions", description=__doc__)
    parser.add_argument("--positions", type=int, default=100_000, help="how many (%(default)s)")
    parser.add_argument(
        "--rate", type=float, default=RATE, help="positions a second at most; 0: no limit (%(default)s)"
    )
    asked = parser.parse_args(argv)
    seconds, tiles, faults = endure(asked.positions, asked.rate)
    p95 = quantiles(tiles, n=20)[-1] * 1000
    print(
        f"{asked.positions} positions, {asked.positions / seconds:,.0f} a second; {len(tiles)} tiles beside them,"
        f" {len(tiles) / seconds:.0f} a second, p95 {p95:.0f} ms; {len(faults)} faults"
    )
    print("\n".join(faults[:20]), flush=True)
    return 1 if faults else 0


def endure(wanted: int, rate: float) -> tuple[float, list[float], list[str]]:
    """How long the sending took, how long each tile did, and what went wrong."""
    with living_registry(on_disk=True) as registry:
        registry.up()
        load = Load(registry, {"Authorization": f"Bearer {(registry.var / 'token').read_text().strip()}"})
        vehicle = a_vehicle(load)
        share = max(1, wanted // GATEWAYS // EACH)
        begin = datetime.now(UTC) - timedelta(hours=12)
        senders = [
            threading.Thread(target=load.report, args=(batches(vehicle, begin, number * share, share),),
                             kwargs={"twice": number == 0, "rate": rate / GATEWAYS})
            for number in range(GATEWAYS)
        ]  # fmt: skip
        readers = [threading.Thread(target=load.read_tiles, args=(first,)) for first in range(READERS)]
        seconds = timed(senders, readers, load.stop)
        sent = GATEWAYS * share * EACH
        track = load.client().get(f"/v1/vehicles/{vehicle}/track", params={"from": begin.isoformat()}).json()
        told = digest_of(batches(vehicle, begin, 0, GATEWAYS * share))
        if (track["count"], track["more"], track["digest"]) != (sent, False, told):
            load.faults.append(f"{sent} were acknowledged, {track['count']} are there; {told} {track['digest']}")
        return seconds, load.tiles, load.faults


def digest_of(sent: Iterable[list[dict[str, Any]]]) -> str:
    """As docs/positions.md says it."""
    found = hashlib.sha256()
    for one in chain.from_iterable(sent):
        moment = datetime.fromisoformat(one["at"]).astimezone(UTC).isoformat(timespec="microseconds")
        found.update(f"{moment}\tEPSG:4326\t{one['x']}\t{one['y']}\n".encode())
    return found.hexdigest()


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
