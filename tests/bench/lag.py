"""From the answer to a command until a query of the live view shows it, in milliseconds at 300 commands a second: p99.

The process that keeps the views is the one that `./dev up` runs. `-n` is how many events the log holds before; each turn sends
commands for ten seconds. `lag-p50` is the median; `lag-rate` how many commands a second were really carried out.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import Connection as Pipe
from operator import itemgetter
from pathlib import Path
from statistics import median, quantiles
from uuid import uuid4

import psycopg

from api.composition import Services, opened
from api.lifecycle.views import views_kept
from domain.kernel.errors import Refusal
from domain.work import Call
from infra.settings import Settings
from tests.bench import _mix
from tests.bench._filled import settings_of, world_of
from tests.bench._measure import by_clients, options, progress, report

RATE = 300
SECONDS = 10
CLIENTS = 16
POLL_SECONDS = 0.002
PATIENCE = 1200.0

POSITION = "SELECT position FROM reading.generations WHERE role = 'live'"

Seen = tuple[int, float]
"""A position, and when it was answered or seen. The clock is the machine's, the same for all processes."""


def main(argv: list[str]) -> int:
    asked = options("lag", __doc__ or "", n=1_000_000, argv=argv)
    with world_of(asked.n) as server, tempfile.TemporaryDirectory() as folder:
        settings = settings_of(server, Path(folder))
        with views_kept(settings), opened(settings) as services:
            wait_for_view(services)
            calls = _mix.calls(settings.owner_url, seed=1)
            turns = [turn(services, settings, list(islice(calls, RATE * SECONDS))) for _ in range(asked.turns + 1)]
    measured = turns[1:]  # the first one warms caches and remembered streams
    sent = RATE * SECONDS * asked.turns
    report("lag", sent, median(quantiles(lags, n=100)[98] for lags, _ in measured), "ms", {})
    report("lag-p50", sent, median(median(lags) for lags, _ in measured), "ms", {})
    report("lag-rate", sent, median(rate for _, rate in measured), "commands/s", {})
    return 0


def wait_for_view(services: Services) -> None:
    """Until the first live view is built and at the head of the log."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with services.pool.connection() as connection:
            row = connection.execute(POSITION).fetchone()
        if row is not None and row[0] == services.log.head():
            return
        time.sleep(0.2)
    raise TimeoutError("no live view")


def turn(services: Services, settings: Settings, calls: list[Call]) -> tuple[list[float], float]:
    """How long each command took to be seen, and how many a second were carried out."""
    with watched(settings.application_url) as seen:
        answered, seconds = sent(services, calls)
        wait_for_view(services)
    positions = list(map(itemgetter(0), seen))
    lags = [(seen[bisect_left(positions, position)][1] - at) * 1000 for position, at in answered]
    rate = len(answered) / seconds
    progress(
        f"{rate:,.0f} commands/s  p50 {median(lags):6.1f} ms  p99 {quantiles(lags, n=100)[98]:6.1f} ms  max {max(lags):6.1f} ms"
        f"  refused {len(calls) - len(answered)}"
    )
    return lags, rate


def sent(services: Services, calls: list[Call]) -> tuple[list[Seen], float]:
    """Each command at its moment, whether or not earlier ones are done; the positions answered, and how long it took."""
    answered: list[Seen] = []
    begun = time.monotonic()

    def job(number: int, call: Call) -> Callable[[], None]:
        def work() -> None:
            time.sleep(max(0.0, begun + number / RATE - time.monotonic()))
            try:
                answer = services.registry.execute(uuid4(), [call], request="0" * 64)
            except Refusal:
                return
            answered.append((answer.position, time.monotonic()))

        return work

    by_clients(CLIENTS, [job(number, call) for number, call in enumerate(calls)])
    return answered, time.monotonic() - begun


@contextmanager
def watched(url: str) -> Iterator[list[Seen]]:
    """Every position of the live view with the moment a query first showed it; complete when the block has ended."""
    seen: list[Seen] = []
    context = multiprocessing.get_context("spawn")  # a process of its own: it must not wait for ours
    ours, theirs = context.Pipe()
    process = context.Process(target=_watch, args=(url, theirs))
    process.start()
    ours.recv()
    try:
        yield seen
    finally:
        ours.send("stop")
        seen += ours.recv()
        process.join()


def _watch(url: str, pipe: Pipe) -> None:
    seen: list[Seen] = []
    stop = threading.Event()
    with psycopg.connect(url, autocommit=True) as connection:
        pipe.send("ready")
        while not stop.is_set():
            if pipe.poll(POLL_SECONDS):
                stop.set()
            row = connection.execute(POSITION).fetchone()
            if row is not None and (not seen or row[0] > seen[-1][0]):
                seen.append((row[0], time.monotonic()))
    pipe.send(seen)
