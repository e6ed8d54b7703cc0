"""Work that takes longer than a request: in a thread of its own, one after the other, showing as it goes that it lives.

What it does is written in one transaction or not at all, so whatever cuts it off leaves nothing half done; it is begun again by
whoever sent it, and what was written after all is found by its command's id.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID, uuid4

from api.errors import problem_of
from api.notices import matters
from api.refusals import Broken
from domain.kernel.errors import Refusal
from infra import imports
from infra.database import Pool
from infra.imports import State

log = logging.getLogger(__name__)


class Stopping(BaseException):
    """The program is being stopped: the work is left where it is."""


class Bench:
    """Where this work is done: one piece at a time, so that requests keep most of the machine."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="imports")
        self._stopping = threading.Event()

    def put(self, work: Callable[[], None]) -> None:
        self._thread.submit(work)

    def require_going_on(self) -> None:
        if self._stopping.is_set():
            raise Stopping

    def close(self) -> None:
        """Ends what can be ended; what is being written is waited for."""
        self._stopping.set()
        self._thread.shutdown(wait=True, cancel_futures=True)


@contextmanager
def no_garbage() -> Iterator[None]:
    """Looking for cycles among so many rows takes as long as the work itself, and rows make none; what requests leave waits a minute."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


_NEWS: Final = {
    "check": ("import-checked", "import-checked"),
    "apply": ("import-done", "import-failed"),
    "undo": ("import-undone", "import-not-undone"),
}
"""By the work: the matter that is told when it is done, and when it failed."""
_LOOKED_ON_SECONDS: Final = 10.0


def _news(work: str, seconds: float, *, failed: bool) -> str | None:
    """A check that was over while its sender looked on is no news."""
    return None if work == "check" and seconds < _LOOKED_ON_SECONDS else _NEWS[work][failed]


class Attempt:
    """One attempt at one import. Called, it takes note of how far the work is."""

    def __init__(self, pool: Pool, bench: Bench, work: str, id: UUID, run: UUID) -> None:
        self._pool, self._bench, self._work, self.id, self.run = pool, bench, work, id, run
        self._began = time.monotonic()
        self._told: tuple[str, int, int] = ("", 0, 0)
        self._said = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        self._bench.require_going_on()
        news = step != self._told[0] or time.monotonic() - self._said > imports.BEATS_SECONDS / 4
        self._told = step, done, total
        if news:
            self.beat()

    def beat(self) -> None:
        self._said = time.monotonic()
        with self._pool.connection() as connection:
            imports.beat(connection, self.id, self.run, *self._told)

    def end(self, state: State, **found: Any) -> None:
        """What became of it; its sender is told, who may have gone on to other work."""
        matter = _news(self._work, time.monotonic() - self._began, failed=bool(found.get("problem")))
        with self._pool.connection() as connection, connection.transaction():
            ended = imports.end(connection, self.id, self.run, state, **found)
            if ended is not None and matter is not None:
                account, rows = ended
                matters.tell(connection, [account], matter, f"/imports/{self.id}", count=rows)

    def carry_out(self, work: Callable[[Attempt], None], *, back_to: State) -> None:
        """The work; whatever goes wrong is told, and leaves the import in the state `back_to`."""
        try:
            with self._beating(), no_garbage():
                work(self)
        except Stopping:
            log.info("import %s is left where it is: the program stops", self.id)
        except Refusal as refusal:
            self.end(back_to, problem=problem_of(refusal))
        except Exception:
            incident = uuid4().hex[:12]
            log.exception("incident %s in import %s", incident, self.id)
            self.end(back_to, problem=problem_of(Broken(incident=incident)))

    @contextmanager
    def _beating(self) -> Iterator[None]:
        over = threading.Event()

        def beat() -> None:
            while not over.wait(imports.BEATS_SECONDS):
                try:
                    self.beat()
                except Exception:  # noqa: BLE001 -- the database is away: the work itself will say so
                    log.warning("import %s could not show that it lives", self.id)

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
