"""How much memory a stretch of work takes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_MB = 16
"""Of an export: some batches of rows, what the compressor keeps, and what the allocator does not give back."""


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def peak_of_memory() -> Iterator[list[float]]:
    """The most that the process, server and reader together, grew by within a block."""
    before, over = resident_mb(), threading.Event()
    peak = [0.0]

    def watch() -> None:
        while not over.wait(0.01):
            peak[0] = max(peak[0], resident_mb() - before)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield peak
    finally:
        over.set()
        watching.join()
