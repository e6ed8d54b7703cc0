"""The leader that keeps the views is killed again and again while commands arrive; afterwards the live view is what the log says.

`./dev endurance views --seconds 120`; the tests run it for a few seconds.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from infra.settings import ROOT
from projections.generations import catalogue
from projections.generations.build import build
from projections.generations.connecting import connect
from projections.generations.definition import current
from projections.generations.runner import running
from projections.generations.verify import Verdict, verify
from tests.databases import Server, throwaway_cluster
from tests.stores import Store, call, establish, opened

RUNNERS, WRITERS = 2, 2
PATIENCE = 120.0


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev endurance views", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0, help="how long the killing goes on (%(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the seed of chance")
    options = parser.parse_args(argv)
    deaths, verdict = endure(options.seconds, random.Random(options.seed))  # noqa: S311 -- no secret hangs on it
    print(f"seed {options.seed}: leaders were killed {deaths} times; the log has {verdict.position} events")
    print("\n".join(map(str, verdict.differences[:20])) or "the live view is what the log says", flush=True)
    return 0 if verdict.is_same and not verdict.parked else 1


def endure(seconds: float, chance: random.Random) -> tuple[int, Verdict]:
    """How often a keeper was killed, and what came of comparing."""
    with throwaway_cluster(durable=True) as server:
        keepers = Keepers(server)
        try:
            with opened(server.urls.application) as store:
                _kill_while_commands_arrive(store, keepers, seconds, chance)
        finally:
            keepers.end()
        return keepers.deaths, _judged(server)


@dataclass(slots=True)
class Keepers:
    """Processes that keep the views; one of them leads at a time, and whoever is killed is followed by another."""

    server: Server
    deaths: int = 0
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ZHANGTU_")}
        command = [sys.executable, "-m", "projections.generations.runner"]
        environment = {**kept, "ZHANGTU_DATABASE_URL": self.server.urls.owner}
        self.running.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE))

    def kill(self, chance: random.Random) -> None:
        victim = self.running.pop(chance.randrange(len(self.running)))
        _end(victim)
        self.deaths += 1

    def end(self) -> None:
        while self.running:
            _end(self.running.pop())


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _kill_while_commands_arrive(store: Store, keepers: Keepers, seconds: float, chance: random.Random) -> None:
    stop = threading.Event()
    writers = [threading.Thread(target=_write, args=(store, stop)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    until = time.monotonic() + seconds
    while time.monotonic() < until or not keepers.deaths:
        while len(keepers.running) < RUNNERS:
            keepers.start()
        time.sleep(chance.uniform(1.0, 4.0))
        keepers.kill(chance)
    stop.set()
    for writer in writers:
        writer.join()


def _write(store: Store, stop: threading.Event) -> None:
    while not stop.is_set():
        unit = store.execute(establish()).subject
        for number in range(5):
            store.execute(call("units.rename", unit, name=f"第{number}局"))
            time.sleep(0.01)


def _judged(server: Server) -> Verdict:
    """The view that lived through it, at the head of the log, compared with one that was built in peace."""
    url = server.urls.owner
    until = time.monotonic() + PATIENCE
    with running(url), connect(url) as connection:
        while (live := catalogue.live(connection)) is None or live.position < catalogue.head(connection):
            if time.monotonic() > until:
                raise TimeoutError("the live view does not reach the head of the log")
            time.sleep(0.1)
        shadow = build(url, catalogue.make(connection, current(), goal=catalogue.head(connection)).id)
        return verify(url, live.id, shadow.id)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
