"""How much memory processes take: proportional set size, in which a page that several share counts once."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

EVERY_SECONDS = 0.25
MB = 1024


@dataclass(slots=True)
class Peak:
    """The most that was seen, in MB: our own processes, the database's, and both at the same moment."""

    ours: float = 0.0
    database: float = 0.0
    together: float = 0.0

    def saw(self, ours: float, database: float) -> None:
        self.ours, self.database = max(self.ours, ours), max(self.database, database)
        self.together = max(self.together, ours + database)

    def saw_also(self, other: Peak) -> None:
        self.ours, self.database = max(self.ours, other.ours), max(self.database, other.database)
        self.together = max(self.together, other.together)


@contextmanager
def watched(ours: int, postmaster: int) -> Iterator[Peak]:
    """Samples a process and the database, each with all its children, for the length of the block."""
    peak, stop = Peak(), threading.Event()

    def watch() -> None:
        while not stop.wait(EVERY_SECONDS):
            children = _children()
            peak.saw(_size(_tree(ours, children)), _size(_tree(postmaster, children)))

    thread = threading.Thread(target=watch, name="memory", daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            continue
        found.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    return found


def _tree(root: int, children: dict[int, list[int]]) -> Iterator[int]:
    yield root
    for child in children.get(root, ()):
        yield from _tree(child, children)


def _size(pids: Iterable[int]) -> float:
    return sum(_pss(pid) for pid in pids) / MB


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:  # it ended, or is another user's
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
