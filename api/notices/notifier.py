"""The process that makes notices: `python -m api.notices.notifier`. Any number may run: what one works at is locked to it.

Each part has a thread and a rhythm of its own, so that a mail server that hangs holds up nothing else.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import psycopg
import psycopg_pool

from api.composition import Services, opened
from api.moments import ZONE
from api.notices.due import look_at_terms
from api.notices.following import Following, everybody
from api.notices.mailing import Mailing
from api.positions.days import SECONDS as DAYS_SECONDS
from api.positions.days import keep_days
from api.webhooks.dispatching import Dispatcher
from infra.database import Pool
from infra.notices import follower, kept
from infra.settings import Settings, load_settings
from projections.generations.children import die_with_parent
from projections.queries.view import ViewMissing

log = logging.getLogger(__name__)

POLL_SECONDS = 0.25
RARE_SECONDS = 60.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
CONNECTIONS = 24
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


def parts(given: Services) -> Iterator[Part]:
    pool, settings = given.pool, given.settings
    following, mailing, dispatcher = Following(pool), Mailing(pool, settings), Dispatcher(given)
    yield Part("notices", following.step)
    yield Part("positions", lambda: keep_days(pool, settings), DAYS_SECONDS)
    yield Part("terms", lambda: terms(pool, following), RARE_SECONDS)
    if settings.smtp_host is not None:
        yield Part("mails", mailing.step, 1.0)
        yield Part("digests", mailing.digests, RARE_SECONDS)
    if settings.webhook_origins:
        yield Part("webhooks", dispatcher.step)
        yield Part("deliveries", dispatcher.forget, RARE_SECONDS)


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


def services_of(settings: Settings) -> AbstractContextManager[Services]:
    """With connections of their own, none of which is held while there is nothing to do."""
    return opened(settings.model_copy(update={"pool_min_size": 0, "pool_max_size": CONNECTIONS}))


@contextmanager
def notifying(settings: Settings) -> Iterator[Notifier]:
    """A notifier in a thread, for programs that need notices made while they work."""
    with services_of(settings) as given:
        notifier = Notifier(list(parts(given)))
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
    with services_of(load_settings()) as given:
        notifier = Notifier(list(parts(given)))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: notifier.stop.set())
        notifier.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
