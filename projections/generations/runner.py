"""The process that keeps the views: `python -m projections.generations.runner`. Any number may run; one leads.

The leader follows the log, builds what is missing and swaps in what is ready. It leads as long as its session holds a lock of
the database, and writes in that session only: whoever lost the lock cannot write, and whoever dies gives it up at once.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from infra.settings import load_settings
from infra.terminal import say
from projections.generations import catalogue, definition, parking
from projections.generations.build import Crew, Told
from projections.generations.children import die_with_parent
from projections.generations.connecting import LEADS, TRANSIENT, Connection, connect, try_lock
from projections.generations.definition import Definition
from projections.generations.follow import Follower, GenerationBroken
from projections.generations.garbage import Garbage
from projections.generations.keeping import Keeper
from projections.generations.telling import Teller

log = logging.getLogger(__name__)

POLL_SECONDS = 0.1
BUSY_POLL_SECONDS = 0.02
"""While events keep coming. A look takes no lock and writes nothing."""

BUSY_SECONDS = 2.0
STANDBY_SECONDS = 0.5
TEND_SECONDS = 0.25
LONGEST_SILENCE = "15s"
"""A leader that does not even poll for so long was stopped or hangs: the server ends its session, and another one leads."""

TELL_SECONDS = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0


@dataclass(slots=True)
class Runner:
    """Runs until told to stop. What is transient is tried again; what concerns one stream or generation is set aside."""

    url: str
    definition: Definition = field(default_factory=definition.current)
    crew: Crew = field(default_factory=Crew)
    told: Told = lambda _: None
    garbage: Garbage | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    _pause: float = FIRST_PAUSE

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                with self._leading() as connection:
                    if connection is not None:
                        self._lead(connection)
            except TRANSIENT as error:
                log.warning("the runner lost its database and tries again: %s", error)
                self._rest()
            except Exception:
                # A bug here must not leave the views standing still for ever; the next try begins from what is committed.
                log.exception("the runner failed and begins again")
                self._rest()

    @contextmanager
    def _leading(self) -> Iterator[Connection | None]:
        """The session that leads, once it does; None when told to stop before."""
        # Rows and position are one transaction, so a crash of the server takes back both or none: nothing waits for the disk.
        session = {"idle_session_timeout": LONGEST_SILENCE, "synchronous_commit": "off"}
        with connect(self.url, **session) as connection:
            while not self.stop.is_set():
                if try_lock(connection, *LEADS):
                    yield connection
                    return
                self.stop.wait(STANDBY_SECONDS)
            yield None

    def _lead(self, connection: Connection) -> None:
        follower = Follower(connection, self.definition)
        keeper = Keeper(self.url, connection, self.definition, self.told, self.crew)
        for generation in catalogue.find(connection, "state = 'ready' AND role IN ('live', 'shadow')"):
            if generation.digest == self.definition.digest:
                parking.resume(connection, generation.id)
        tend_at = busy_until = 0.0
        while not self.stop.is_set():
            if time.monotonic() >= tend_at:
                keeper.tend()
                tend_at = time.monotonic() + TEND_SECONDS
            if self._step(follower):
                busy_until = time.monotonic() + BUSY_SECONDS
            else:
                self.stop.wait(BUSY_POLL_SECONDS if time.monotonic() < busy_until else POLL_SECONDS)
            if self.garbage is not None:
                self.garbage.search(is_idle=time.monotonic() > busy_until)
            self._pause = FIRST_PAUSE

    def _step(self, follower: Follower) -> int:
        try:
            return follower.step()
        except GenerationBroken as broken:
            catalogue.mark_failed(follower.connection, broken.id, broken.reason)
            say(
                f"世代 {broken.id} 已损坏，将重建：{broken.reason}",
                f"Generation {broken.id} is broken and will be rebuilt: {broken.reason}",
            )
            return 1

    def _rest(self) -> None:
        self.stop.wait(self._pause)
        self._pause = min(self._pause * 2, LONGEST_PAUSE)


@contextmanager
def running(url: str, *, crew: Crew | None = None) -> Iterator[Runner]:
    """A runner in a thread, for programs that need the views kept while they work; idle while another process leads."""
    runner = Runner(url, crew=crew or Crew())
    thread = threading.Thread(target=runner.run, name="runner", daemon=True)
    thread.start()
    try:
        yield runner
    finally:
        runner.stop.set()
        thread.join()


def main() -> int:
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    die_with_parent()
    garbage = Garbage()
    garbage.take_over()
    runner = Runner(load_settings().owner_url, told=Teller(every=TELL_SECONDS), garbage=garbage)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: runner.stop.set())
    runner.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
