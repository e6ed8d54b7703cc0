"""The process that keeps the views, beside the one that serves: it must not take the web's time, and is replaced when it dies."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from infra.settings import Settings
from infra.terminal import say
from projections.generations import children

RUNNER = "projections.generations.runner"
WATCH_SECONDS = 0.2
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 10.0
HEALTHY_SECONDS = 30.0
"""One that lived so long died of something new: its successor need not wait."""


@contextmanager
def views_kept(settings: Settings) -> Iterator[None]:
    """For the length of a block. Should this process be killed, the other one ends by itself."""
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(settings.owner_url, done), name="views-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(url: str, done: threading.Event) -> None:
    pause = FIRST_PAUSE
    while not done.is_set():
        process, began = children.start(RUNNER, [], url), time.monotonic()
        while process.poll() is None and not done.wait(WATCH_SECONDS):
            pass
        children.end(process)
        if not done.is_set():
            pause = FIRST_PAUSE if time.monotonic() - began > HEALTHY_SECONDS else min(pause * 2, LONGEST_PAUSE)
            _tell(process)
            done.wait(pause)


def _tell(process: subprocess.Popen[bytes]) -> None:
    code = process.returncode
    say(
        f"维护读模型的进程结束了（{code}），正在重启……",
        f"The process that keeps the views ended ({code}); starting it again …",
    )
