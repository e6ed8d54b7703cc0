"""What every bench shares: turns, medians, and the JSON line that it prints for each reference."""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from statistics import median

Measured = Callable[[], float]
"""Does one turn's work and returns its rate, in units a second."""


def options(name: str, about: str, *, n: int, argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"dev bench {name}", description=about)
    parser.add_argument("-n", type=int, default=n, help="how many in all, over all turns (default: %(default)s)")
    parser.add_argument(
        "--turns", type=int, default=5, help="how often each is measured, in turns (default: %(default)s)"
    )
    return parser.parse_args(argv)


def in_turns(measured: Mapping[str, Measured], turns: int) -> dict[str, float]:
    """The median rate of each, measured one after the other again and again, so that noise falls on all alike."""
    rates: dict[str, list[float]] = {name: [] for name in measured}
    for turn in range(1, turns + 1):
        for name, measure in measured.items():
            rates[name].append(measure())
            progress(f"turn {turn}/{turns}  {name:<12} {rates[name][-1]:>10,.0f}/s")
    return {name: median(found) for name, found in rates.items()}


def report(name: str, n: int, value: float, unit: str, references: Mapping[str, float | None]) -> None:
    """One JSON line a reference, as ARCHITECTURE.md defines it."""
    for reference, rate in (references or {"": None}).items():
        line: dict[str, object] = {"name": name, "n": n, "value": round(value, 1), "unit": unit}
        if rate is None:
            line["reference"] = None
        else:
            line |= {"reference": reference, "reference_value": round(rate, 1), "ratio": round(value / rate, 3)}
        print(json.dumps(line), flush=True)


def progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def rate_of(n: int, work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return n / (time.perf_counter() - begun)


def by_clients(clients: int, jobs: Iterable[Callable[[], object]]) -> None:
    """Carries out all jobs with so many clients at once, and waits for them; the first error is raised here."""
    waiting = iter(list(jobs))
    errors: list[BaseException] = []

    def client() -> None:
        try:
            for job in waiting:
                job()
        except BaseException as error:  # noqa: BLE001 -- raised below, in the thread that measures
            errors.append(error)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
