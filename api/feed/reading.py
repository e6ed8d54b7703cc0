"""The feed read from the log: from a consumer's own position, a window at a time. Nothing is kept for a consumer in between."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, TypeVar

import psycopg
from anyio import CapacityLimiter, to_thread

from api.composition import Services
from api.feed.relations import STREAMS
from api.feed.wanted import BIRTH, BIRTH_TOPICS, Wanted
from api.feed.watch import Heads, Watch
from api.reading import looking
from api.refusals import PositionUnknown
from infra.database import Pool
from infra.eventstore import RecordedEvent
from infra.eventstore.rows import COLUMNS
from projections.queries import masking
from projections.queries.view import Asked, View

T = TypeVar("T")

WINDOW = 2_000
"""The most positions that one look at the log goes over: a narrow filter must not hold a connection for long."""

MOST_WINDOWS = 10
"""How many windows an answer that has something to tell goes over to find more."""

READERS = 4
"""How many threads and connections all consumers together use at a time, however many they are: commands go first."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event that a consumer wants, and the kind of thing that it happened to."""

    event: RecordedEvent
    kind: str


@dataclass(frozen=True, slots=True)
class Page:
    """What was found after a position; `next` is where to go on. `goal`: how far there was anything to read."""

    found: Sequence[Told]
    next: int
    goal: int

    @property
    def more(self) -> bool:
        return self.next < self.goal


class Feed:
    """What all consumers of a process share: a few threads, and one who watches the log while anyone waits."""

    def __init__(self, given: Services) -> None:
        self.given = given
        self._limiter = CapacityLimiter(READERS)
        self.watch = Watch(lambda: self.run(lambda: heads(given.pool)))

    async def run(self, work: Callable[[], T]) -> T:
        """In a thread, when one of the feed's is free."""
        return await to_thread.run_sync(work, limiter=self._limiter)

    async def look(self, wanted: Wanted, after: int, limit: int) -> Page:
        return await self.run(lambda: look(self.given, wanted, after, limit))

    async def page(self, wanted: Wanted, after: int, limit: int, wait: float) -> Page:
        """The next events, as soon as there are any; or none, after this many seconds."""
        deadline = time.monotonic() + wait
        found: list[Told] = []
        for windows in count(1):
            page = await self.look(wanted, after, limit - len(found))
            found += page.found
            left = 0 if found else deadline - time.monotonic()
            if len(found) == limit or not await self._goes_on(wanted, page, left, windows):
                return Page(found, page.next, page.goal)
            after = page.next
        raise AssertionError("counting came to an end")

    async def _goes_on(self, wanted: Wanted, page: Page, left: float, windows: int) -> bool:
        """Whether to look again: there is more, and not all too much was gone over; or something came in the time left."""
        if page.more:
            return left > 0 or windows < MOST_WINDOWS
        return left > 0 and await self.watch.beyond(page.next, left, in_view=wanted.needs_view)


def look(given: Services, wanted: Wanted, after: int, limit: int) -> Page:
    """The events that are wanted among those of one window after a position."""
    with _snapshot(given, wanted) as (connection, view):
        head = _head(connection, after)
        goal = head if view is None else min(head, view.position)
        upto = min(after + WINDOW, goal)
        if upto <= after:
            return Page((), after, goal)
        bounds = {"after": after, "upto": upto, "limit": limit, "schema": "" if view is None else view.schema}
        rows = connection.execute(_statement(wanted, view), {**wanted.parameters(), **bounds}, binary=True).fetchall()
        found = [_told(row) for row in rows]
        return Page(found if view is None else masked(view, found), rows[-1][0] if len(rows) == limit else upto, goal)


def _head(connection: psycopg.Connection[Any], after: int) -> int:
    """The last position. Who is beyond it comes from another log, or this one was restored: both must be noticed."""
    row = connection.execute("SELECT coalesce(max(position), 0) FROM log.events").fetchone()
    head: int = row[0] if row else 0
    if after > head:
        raise PositionUnknown(position=after)
    return head


@contextmanager
def _snapshot(given: Services, wanted: Wanted) -> Iterator[tuple[psycopg.Connection[Any], View | None]]:
    """A connection, and the view that knows relations and what may be seen, when that is asked for.

    Beyond the position of the generation nobody knows yet who has to do with what; that is told when it is known.
    """
    if wanted.needs_view:
        with looking(given, Asked(sight=wanted.sight)) as live:
            yield live.connection, live
    else:
        with given.pool.connection() as connection:
            yield connection, None


def _statement(wanted: Wanted, view: View | None) -> bytes:
    relations = wanted.relations(view)
    known = f"WITH {', '.join([STREAMS, *relations.values()])}" if relations else ""
    joins = [f"JOIN {name} ON {name}.asset = e.originator_id AND {name}.since <= e.position" for name in relations]
    conditions = ["e.position > %(after)s", "e.position <= %(upto)s", *wanted.conditions()]
    return (
        f"{known} SELECT {COLUMNS}, {BIRTH} FROM log.events e {' '.join(joins)} WHERE {' AND '.join(conditions)}"  # noqa: S608 -- constants of ours; values are bound
        " ORDER BY e.position LIMIT %(limit)s"
    ).encode()


def _told(row: tuple[Any, ...]) -> Told:
    return Told(RecordedEvent(*row[:-1]), BIRTH_TOPICS[row[-1]])


def masked(view: View, found: Sequence[Told]) -> list[Told]:
    """Without the places of secret-work vehicles, where the consumer may not see them."""
    hidden = masking.hidden(view, (told.event.originator_id for told in found))
    return [_without_places(told) if told.event.originator_id in hidden else told for told in found]


def _without_places(told: Told) -> Told:
    return replace(told, event=replace(told.event, state=masking.without_places(told.event.topic, told.event.state)))


def heads(pool: Pool) -> Heads:
    with pool.connection() as connection:
        row = connection.execute(
            "SELECT (SELECT coalesce(max(position), 0) FROM log.events),"
            "       (SELECT position FROM reading.generations WHERE role = 'live' AND state = 'ready')"
        ).fetchone()
    return Heads(*(row or (0, None)))
