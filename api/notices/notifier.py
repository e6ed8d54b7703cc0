"""The process that makes notices: `python -m api.notices.notifier`. Any number may run: what one works at is locked to it.

Each part has a thread and a rhythm of its own, so that a mail server that hangs holds up nothing else.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import psycopg
import psycopg_pool

from api.moments import ZONE
from api.notices.due import look_at_terms
from api.notices.following import Following, everybody
from infra.database import Pool, application_pool
from infra.notices import follower, kept
from infra.settings import Settings, load_settings
from projections.generations.children import die_with_parent
from projections.queries.view import ViewMissing

log = logging.getLogger(__name__)

POLL_SECONDS = 0.25
TERMS_SECONDS = 60.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
CONNECTIONS = 8
TRANSIENT = (psycopg.OperationalError, psycopg.InterfaceError, psycopg_pool.PoolTimeout)


@dataclass(slots=True)
class Part:
    """`step` does what there is to do and says how much that was; after nothing it waits for so many seconds."""

    name: str
    step: Callable[[], int]
    seconds: float = POLL_SECONDS


@dataclass(slots=True)
class Notifier:
    """Runs until told to stop. What fails is tried again from what is committed, with longer and longer pauses."""

    parts: list[Part]
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        threads = [threading.Thread(target=self._go, args=(part,), name=part.name, daemon=True) for part in self.parts]
        for thread in threads:
            thread.start()
        self.stop.wait()
        for thread in threads:
            thread.join()

    def _go(self, part: Part) -> None:
        pause = FIRST_PAUSE
        while not self.stop.is_set():
            try:
                done = part.step()
            except (*TRANSIENT, ViewMissing) as error:
                log.info("%s tries again: %s", part.name, error)
            except Exception:
                # A mistake in one part must not end it for ever, nor the others.
                log.exception("%s failed and begins again", part.name)
            else:
                pause = FIRST_PAUSE
                self.stop.wait(0 if done else part.seconds)
                continue
            self.stop.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def parts(settings: Settings, pool: Pool) -> list[Part]:  # noqa: ARG001 -- what is sent out needs them
    following = Following(pool)
    return [
        Part("notices", following.step),
        Part("terms", lambda: terms(pool, following), TERMS_SECONDS),
    ]


def terms(pool: Pool, following: Following) -> int:
    """Once a day: what ends soon. 0 where this day's was looked at already."""
    today = datetime.now(ZONE).date()
    with pool.connection() as connection:
        place = follower.taken(connection)
        if place is None or place.day >= today:
            return 0
        kept.add(connection, look_at_terms(connection, following.look, everybody(connection), today))
        follower.looked_at(connection, today)
    return 1


def pool_of(settings: Settings) -> Pool:
    return application_pool(settings.model_copy(update={"pool_min_size": 0, "pool_max_size": CONNECTIONS}))


@contextmanager
def notifying(settings: Settings) -> Iterator[Notifier]:
    """A notifier in a thread, for programs that need notices made while they work."""
    with pool_of(settings) as pool:
        notifier = Notifier(parts(settings, pool))
        thread = threading.Thread(target=notifier.run, name="notifier", daemon=True)
        thread.start()
        try:
            yield notifier
        finally:
            notifier.stop.set()
            thread.join()


def main() -> int:
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    die_with_parent()
    settings = load_settings()
    with pool_of(settings) as pool:
        notifier = Notifier(parts(settings, pool))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: notifier.stop.set())
        notifier.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
