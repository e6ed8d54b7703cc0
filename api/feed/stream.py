"""The feed as a stream of server-sent events: the log read in batches at the pace of the one who listens."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace

import msgspec

from api.errors import UNREACHABLE, problem_of
from api.feed.cloudevents import cloud_event
from api.feed.reading import Feed, Page, Told
from api.feed.wanted import Wanted
from api.refusals import Unavailable
from domain.access.principal import Sight
from domain.kernel.errors import Refusal

log = logging.getLogger(__name__)

EVENT_STREAM = "text/event-stream"
BATCH = 100
"""What is in memory of one who does not read: nothing more is fetched before the socket has taken this."""

HEARTBEAT_SECONDS = 15.0
ADMIT_SECONDS = 5.0
"""How long somebody listens, at most, before it is asked again whether they still may."""

OPENING = b"retry: 1000\n: zhangtu\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who listens to what. `limit`: the end after so many events; `patience`: after so many seconds without any."""

    wanted: Wanted
    limit: int | None
    patience: int | None
    admit: Callable[[], Awaitable[Sight]]
    """Asks again who is listening: what they may see by now, or a refusal."""

    def batch(self, sent: int = 0) -> int:
        return BATCH if self.limit is None else min(BATCH, self.limit - sent)


async def stream(feed: Feed, listener: Listener, first: Page) -> AsyncIterator[bytes]:
    """Opens, tells, and says why when it must end; whoever was cut off goes on from the last id."""
    yield OPENING
    try:
        async for part in _told(feed, listener, first):
            yield part
    except Refusal as refusal:
        yield _problem(refusal)
    except UNREACHABLE as error:
        log.warning("the database is not reachable: %s", error)
        yield _problem(Unavailable())


async def _told(feed: Feed, listener: Listener, page: Page) -> AsyncIterator[bytes]:
    sent, beat = 0, time.monotonic() + HEARTBEAT_SECONDS
    ends = _end(listener)
    while True:
        if page.found:
            # Waits here while the socket is full.
            yield b"".join(_message(told) for told in page.found)
            sent, ends = sent + len(page.found), _end(listener)
        if sent == listener.limit or (not page.more and time.monotonic() >= ends):
            return
        if time.monotonic() >= beat:
            yield _heartbeat(page.next)
            beat = time.monotonic() + HEARTBEAT_SECONDS
        if not page.more:
            seconds = min(beat, ends, time.monotonic() + ADMIT_SECONDS) - time.monotonic()
            await feed.watch.beyond(page.next, max(seconds, 0), in_view=listener.wanted.needs_view)
        listener = replace(listener, wanted=replace(listener.wanted, sight=await listener.admit()))
        page = await feed.look(listener.wanted, page.next, listener.batch(sent))


def _end(listener: Listener) -> float:
    return float("inf") if listener.patience is None else time.monotonic() + listener.patience


def _message(told: Told) -> bytes:
    # A line break between the parts of a stored state would end the line of the message; within a text it is escaped.
    body = (
        msgspec.json.encode(cloud_event(told.event, told.kind), enc_hook=str).replace(b"\n", b" ").replace(b"\r", b" ")
    )
    return b"id: %d\ndata: %s\n\n" % (told.event.position, body)


def _heartbeat(position: int) -> bytes:
    """A comment, and an id without data: no event, but whoever is cut off now need not go over the same again."""
    return b": heartbeat\nid: %d\n\n" % position


def _problem(refusal: Refusal) -> bytes:
    return b"event: problem\ndata: %s\n\n" % msgspec.json.encode(problem_of(refusal))
