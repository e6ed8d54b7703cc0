"""The processes beside the one that serves: they must not take the web's time, and are replaced when they die."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from infra.settings import PREFIX, Settings
from infra.terminal import say
from projections.generations import children

RUNNER = "projections.generations.runner"
NOTIFIER = "api.notices.notifier"
WATCH_SECONDS = 0.2
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 10.0
HEALTHY_SECONDS = 30.0
"""One that lived so long died of something new: its successor need not wait."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A process, what it does in words, and how it is started."""

    name: str
    zh: str
    en: str
    start: Callable[[], subprocess.Popen[bytes]]


@contextmanager
def views_kept(settings: Settings) -> Iterator[None]:
    """For the length of a block, and notices made. Should this process be killed, the others end by themselves."""
    with ExitStack() as stack:
        for one in (_runner(settings), _notifier(settings)):
            stack.enter_context(_running(one))
        yield


def _runner(settings: Settings) -> Beside:
    return Beside("views", "维护读模型", "keeps the views", lambda: children.start(RUNNER, [], settings.owner_url))


def _notifier(settings: Settings) -> Beside:
    """With every setting of this process: where mails go, and where the keys lie."""
    given = {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}
    given |= {f"{PREFIX}VAR_DIR": str(settings.var_dir)}
    given.pop(f"{PREFIX}OWNER_DATABASE_URL", None)
    return Beside(
        "notices", "发通知", "makes notices", lambda: children.start(NOTIFIER, [], settings.application_url, given)
    )


@contextmanager
def _running(one: Beside) -> Iterator[None]:
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(one, done), name=f"{one.name}-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(one: Beside, done: threading.Event) -> None:
    pause = FIRST_PAUSE
    while not done.is_set():
        process, began = one.start(), time.monotonic()
        while process.poll() is None and not done.wait(WATCH_SECONDS):
            pass
        children.end(process)
        if not done.is_set():
            pause = FIRST_PAUSE if time.monotonic() - began > HEALTHY_SECONDS else min(pause * 2, LONGEST_PAUSE)
            _tell(one, process)
            done.wait(pause)


def _tell(one: Beside, process: subprocess.Popen[bytes]) -> None:
    code = process.returncode
    say(
        f"{one.zh}的进程结束了（{code}），正在重启……",
        f"The process that {one.en} ended ({code}); starting it again …",
    )
