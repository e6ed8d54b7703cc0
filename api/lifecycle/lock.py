"""Who runs here: one process at a time owns the data folder, and the kernel forgets it the moment it dies."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from infra.problems import Problem

STOP_SECONDS = 90.0


class AlreadyRunning(Problem):
    zh = "已在运行（进程 {pid}，{verb}，{address}）。查看：./dev status；停止：./dev down。"
    en = "Already running (process {pid}, {verb}, {address}). See it: ./dev status; stop it: ./dev down."


class DoesNotStop(Problem):
    zh = "进程 {pid} 没有在 {seconds:.0f} 秒内停止。可用 kill -9 {pid} 结束它，下次 ./dev up 会自行恢复。"
    en = "Process {pid} did not stop within {seconds:.0f} s. End it with kill -9 {pid}; the next ./dev up recovers by itself."


class NotAllowed(Problem):
    zh = "没有权限：{path} 属于另一个用户。请用启动它的用户或 sudo 运行。"
    en = "Not allowed: {path} belongs to another user. Run as the user who started it, or with sudo."


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The process that owns the data folder, as it wrote itself down."""

    pid: int
    verb: str
    address: str = "–"


@contextmanager
def holding(var: Path, holder: Holder) -> Iterator[None]:
    """Own the data folder for the length of a block. A file lock, not a pid file: `kill -9` cannot leave it behind."""
    descriptor = _open(var)
    try:
        if not _try_lock(descriptor):
            found = _read(descriptor)
            raise AlreadyRunning(pid=found.pid, verb=found.verb, address=found.address)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(asdict(holder)).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def current_holder(var: Path) -> Holder | None:
    """Who owns the folder now, if anyone does."""
    descriptor = _open(var)
    try:
        return None if _try_lock(descriptor) else _read(descriptor)
    finally:
        os.close(descriptor)


def stop_holder(var: Path) -> Holder | None:
    """Ask the owner to stop and wait until it has; None when there was none."""
    found = current_holder(var)
    if found is None:
        return None
    try:
        os.kill(found.pid, signal.SIGTERM)
    except PermissionError:
        raise NotAllowed(path=var) from None
    except ProcessLookupError:
        pass  # it ended on its own just now
    until = time.monotonic() + STOP_SECONDS
    while current_holder(var) is not None:
        if time.monotonic() > until:
            raise DoesNotStop(pid=found.pid, seconds=STOP_SECONDS)
        time.sleep(0.05)
    return found


def _open(var: Path) -> int:
    try:
        var.mkdir(parents=True, exist_ok=True)
        return os.open(var / "running.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except PermissionError:
        raise NotAllowed(path=var) from None


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(descriptor: int) -> Holder:
    """The owner may be between locking and writing; it will be there in a moment."""
    for _ in range(100):
        try:
            return Holder(**json.loads(os.pread(descriptor, 4096, 0)))
        except ValueError:
            time.sleep(0.01)
    return Holder(pid=0, verb="?")
