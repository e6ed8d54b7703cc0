"""One who watches the head of the log for all who wait: waiting costs no thread, no connection and no query of one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Heads:
    """How far the log goes, and how far the live generation has read it."""

    log: int
    live: int | None


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    position: int
    in_view: bool
    woken: asyncio.Future[None]

    def is_met(self, heads: Heads) -> bool:
        return ((heads.live or 0) if self.in_view else heads.log) > self.position


class Watch:
    """Looks every now and then, but only while somebody waits. Of one event loop."""

    def __init__(self, look: Callable[[], Awaitable[Heads]]) -> None:
        self._look = look
        self._waiting: set[_Waiting] = set()
        self._task: asyncio.Task[None] | None = None

    async def beyond(self, position: int, seconds: float, *, in_view: bool) -> bool:
        """Whether there is something after a position before this time is over."""
        mine = _Waiting(position, in_view, asyncio.get_running_loop().create_future())
        self._waiting.add(mine)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await mine.woken
                    return True
            return False
        finally:
            self._waiting.discard(mine)

    async def _watch(self) -> None:
        while self._waiting:
            try:
                heads = await self._look()
            except Exception as error:  # noqa: BLE001 -- whatever it is, those who wait are told, each in its own request
                return self._fail(error)
            for one in self._waiting:
                if one.is_met(heads) and not one.woken.done():
                    one.woken.set_result(None)
            await asyncio.sleep(LOOK_SECONDS)
        return None

    def _fail(self, error: Exception) -> None:
        for one in self._waiting:
            if not one.woken.done():
                one.woken.set_exception(error)
