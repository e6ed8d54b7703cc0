"""Which server processes of a data directory are alive, and how to be rid of those that a crash left behind."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

PATIENCE = 3.0  # seconds; orphans notice a dead postmaster at once unless they are deep in a query


def postmaster(data: Path) -> int | None:
    """The process id of the running server, or None. The file alone proves nothing: ids are used again."""
    pid = _written_pid(data / "postmaster.pid")
    return pid if pid is not None and _serves(pid, data) else None


def clear_the_way(data: Path, sockets: Path) -> None:
    """After a crash: end orphans of this directory, and drop lock files that name a process which is not ours."""
    for sent in (None, signal.SIGQUIT, signal.SIGKILL):
        if not _signal_and_wait(data, sent):
            break
    for lock in (data / "postmaster.pid", sockets / ".s.PGSQL.5432.lock"):
        pid = _written_pid(lock)
        # A dead id the server clears itself; an id used again by a stranger makes it refuse to start.
        if pid is not None and _exists(pid) and not _serves(pid, data):
            lock.unlink(missing_ok=True)


def _signal_and_wait(data: Path, sent: signal.Signals | None) -> bool:
    """True when orphans are still there after the signal and some patience."""
    until = time.monotonic() + PATIENCE
    for pid in _orphans(data):
        if sent is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, sent)
    while _orphans(data) and time.monotonic() < until:
        time.sleep(0.05)
    return bool(_orphans(data))


def _orphans(data: Path) -> list[int]:
    return [
        int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _serves(int(entry.name), data)
    ]


def _serves(pid: int, data: Path) -> bool:
    process = Path("/proc") / str(pid)
    try:
        return (process / "comm").read_text().strip() == "postgres" and (process / "cwd").readlink() == data.resolve()
    except OSError:  # gone, a zombie, or another user's
        return False


def _exists(pid: int) -> bool:
    return (Path("/proc") / str(pid)).exists()


def _written_pid(path: Path) -> int | None:
    try:
        return abs(int(path.read_text().split("\n", 1)[0]))
    except (OSError, ValueError):
        return None
