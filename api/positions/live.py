"""One who watches what moves for all who look at it: a query every half second, however many look, and none while nobody does."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final, TypeAlias, TypeVar

import psycopg
import psycopg_pool
from anyio import CapacityLimiter, to_thread

from api.composition import Services
from api.reading import looking
from domain.access.principal import Reach, Sight
from infra.positions import reading
from infra.positions.terms import Fix
from projections.queries import whereabouts
from projections.queries.view import Asked

log = logging.getLogger(__name__)

T = TypeVar("T")
Shown: TypeAlias = Mapping[str, str | None]
"""Plates by vehicle."""

LOOK_SECONDS: Final = 0.5
SIGHT_SECONDS: Final = 30.0
"""How long a vehicle that was handed on is still seen to move."""
READERS: Final = 3
"""Threads and connections of all who look at moving vehicles together."""


class Live:
    """The last position of every vehicle, in the order in which they were heard of: by turn. Of one event loop."""

    def __init__(self, given: Services) -> None:
        self.given = given
        self.turn = 0
        self.cursor: int | None = None
        self._fixes: OrderedDict[str, tuple[int, Fix]] = OrderedDict()
        self._limiter = CapacityLimiter(READERS)
        self._looking = 0
        self._task: asyncio.Task[None] | None = None
        self._moved = asyncio.Event()
        self._shown: dict[tuple[Reach, Reach], tuple[float, Shown]] = {}

    async def shown(self, sight: Sight) -> Shown:
        """The vehicles whose positions may be shown to whoever has this sight: found out once for all who have the same."""
        key = (sight.of("vehicles"), sight.masked)
        looked, found = self._shown.get(key, (0.0, None))
        if found is None or time.monotonic() - looked >= SIGHT_SECONDS:
            found = await self.run(lambda: _in_sight(self.given, sight))
            self._shown[key] = (time.monotonic(), found)
        return found

    async def run(self, work: Callable[[], T]) -> T:
        return await to_thread.run_sync(work, limiter=self._limiter)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """For the length of a block somebody looks."""
        self._looking += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            self._looking -= 1

    async def refreshed(self) -> None:
        """What is known now, not half a second ago: for somebody who has just come."""
        cursor, fixes = await self.run(self._look)
        self._take(cursor, fixes)

    def since(self, turn: int) -> Iterator[Fix]:
        """The last position of all that moved after a turn; what lay between is nobody's loss."""
        for told, fix in reversed(self._fixes.values()):
            if told <= turn:
                return
            yield fix

    def of(self, vehicle: str) -> Fix | None:
        found = self._fixes.get(vehicle)
        return None if found is None else found[1]

    async def moved(self, turn: int, seconds: float) -> None:
        """Returns when something has moved after this turn, or when the time is over."""
        if self.turn > turn:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._moved.wait()

    async def _watch(self) -> None:
        while self._looking:
            try:
                await self.refreshed()
            except (psycopg.OperationalError, psycopg_pool.PoolTimeout, psycopg_pool.PoolClosed) as error:
                log.info("positions are looked at again: %s", error)
            await asyncio.sleep(LOOK_SECONDS)

    def _look(self) -> tuple[int, list[Fix]]:
        with self.given.pool.connection() as connection:
            return reading.moved_since(connection, self.cursor)

    def _take(self, cursor: int, fixes: list[Fix]) -> None:
        """Those that are new, under the next turn. The same may be told twice, by the way in which transactions end."""
        new = [fix for fix in fixes if self._is_new(fix)]
        self.cursor = cursor if self.cursor is None else max(self.cursor, cursor)
        if not new:
            return
        self.turn += 1
        for fix in new:
            self._fixes[fix.vehicle] = (self.turn, fix)
            self._fixes.move_to_end(fix.vehicle)
        self._moved.set()
        self._moved = asyncio.Event()

    def _is_new(self, fix: Fix) -> bool:
        known = self.of(fix.vehicle)
        return known is None or known.at < fix.at


def _in_sight(given: Services, sight: Sight) -> Shown:
    with looking(given, Asked(sight=sight)) as view:
        return whereabouts.in_sight(view)
