"""Eight writers, and death at random: of a writer, of the server, of both. Afterwards all that was acknowledged is there, once.

`./dev endurance kill --seconds 120`; the tests run it for a few seconds.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from infra.cluster.layout import choose_layout
from infra.cluster.processes import _orphans
from tests.databases import Server, throwaway_cluster
from tests.endurance.commands import SETUP, set_up
from tests.endurance.verdict import Verdict, judge
from tests.stores import opened

PROCESSES, THREADS = 4, 2
LAST_ANSWERS = 90.0


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev endurance kill", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0, help="how long the killing goes on (%(default)s)")
    parser.add_argument("--seed", type=int, default=None, help="the seed of chance, to repeat the order of deaths")
    options = parser.parse_args(argv)
    seed = options.seed if options.seed is not None else int(time.time())
    deaths, verdict = endure(options.seconds, random.Random(seed))  # noqa: S311 -- no secret hangs on it
    print(report(deaths, verdict, seed), flush=True)
    return 1 if verdict.faults or not verdict.acknowledged else 0


def endure(seconds: float, chance: random.Random) -> tuple[Deaths, Verdict]:
    with throwaway_cluster(durable=True) as server, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened(server.urls.application) as store:
            set_up(store)
        with _writers(server, folder) as writers:
            deaths = _reap(server, writers, seconds, chance)
        with opened(server.urls.application) as store:
            verdict = judge(store, server.urls, folder, SETUP)
        verdict.faults += [f"a writer gave up: {said}" for said in writers.complaints]
        return deaths, verdict


@dataclass(slots=True)
class Deaths:
    """Who died how often."""

    writers: int = 0
    servers: int = 0


@dataclass(slots=True)
class Writers:
    """The writing processes; one that died is followed by another of its name, who sends again what was unanswered."""

    address: str
    folder: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def start(self, name: str) -> None:
        command = [sys.executable, "-m", "tests.endurance.client", "write", self.address, str(self.folder), name]
        with (self.folder / f"{name}.errors").open("wb") as errors:
            self.running[name] = subprocess.Popen([*command, str(THREADS)], stderr=errors)

    def kill(self, name: str) -> None:
        self.running[name].kill()
        self._note_end(name, -signal.SIGKILL)

    def stop(self) -> None:
        (self.folder / "stop").touch()
        for name in self.running:
            self._note_end(name, 0)

    def _note_end(self, name: str, expected: int) -> None:
        if (code := self.running[name].wait(LAST_ANSWERS)) != expected:
            last = (self.folder / f"{name}.errors").read_text(errors="replace").strip().splitlines()[-3:]
            self.complaints.append(f"{name} ended with {code}: {' / '.join(last)}")


@contextmanager
def _writers(server: Server, folder: Path) -> Iterator[Writers]:
    writers = Writers(server.urls.application, folder)
    try:
        for number in range(PROCESSES):
            writers.start(f"writer-{number}")
        yield writers
        writers.stop()
    finally:
        for process in writers.running.values():
            process.kill()
            process.wait()


def _reap(server: Server, writers: Writers, seconds: float, chance: random.Random) -> Deaths:
    deaths, until = Deaths(), time.monotonic() + seconds
    _wait_for_an_answer(writers)
    while time.monotonic() < until or not deaths.servers:
        time.sleep(chance.uniform(0.2, 1.5))
        victim = chance.choice(["writer", "server", "both"])
        if victim in ("server", "both"):
            kill_server(server)
            deaths.servers += 1
        if victim in ("writer", "both"):
            name = chance.choice(sorted(writers.running))
            writers.kill(name)
            writers.start(name)
            deaths.writers += 1
        if victim in ("server", "both"):
            server.cluster.start()
    return deaths


def _wait_for_an_answer(writers: Writers) -> None:
    """Writers take a while to start; nothing is shown by killing what has not begun."""
    while not any(b"done" in path.read_bytes() for path in writers.folder.glob("*.journal")):
        if any(process.poll() is not None for process in writers.running.values()):
            return
        time.sleep(0.05)


def kill_server(server: Server) -> None:
    """Every process of it, the first one first, so that none can tidy up after another."""
    data = choose_layout(server.cluster.wanted).data
    first = server.cluster.status().pid
    for pid in sorted(_orphans(data), key=lambda pid: pid != first):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def report(deaths: Deaths, verdict: Verdict, seed: int) -> str:
    lines = [
        f"seed {seed}: the server was killed {deaths.servers} times, writers {deaths.writers} times",
        f"acknowledged {verdict.acknowledged} commands, refused {verdict.refused}, unanswered {verdict.unanswered}",
        f"recorded {verdict.recorded} commands with {verdict.events} events",
        *(f"FAULT: {fault}" for fault in verdict.faults[:50]),
        f"{len(verdict.faults)} faults" if verdict.faults else "nothing acknowledged is lost, doubled or half there",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
