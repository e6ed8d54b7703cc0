"""Moving vehicles as server-sent events: all that are in sight at first, then those that moved, at the pace of whoever looks."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeAlias

import msgspec
from fastapi import Depends, Header, Query, Request
from fastapi.responses import Response, StreamingResponse

from api import door, openapi
from api.dependencies import Caller, Given
from api.errors import UNREACHABLE, problem_of
from api.feed.routes import LastSeen, Wait
from api.feed.stream import EVENT_STREAM, OPENING
from api.positions.answers import PositionsMoved
from api.positions.live import Live, Shown
from api.refusals import Unavailable
from api.routing import Routes
from domain.access.principal import Sight
from domain.kernel.errors import Refusal
from infra.positions import reading
from infra.positions.terms import Fix

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS: Final = 15.0
ADMIT_SECONDS: Final = 5.0
"""How long somebody looks, at most, before it is asked again whether they still may."""

router = Routes(tags=["positions"])


async def shared_live(request: Request, given: Given) -> Live:
    """Of this process: made on the event loop that it belongs to, when it is first asked for."""
    found: Live | None = getattr(request.app.state, "live", None)
    if found is None or found.given is not given:
        found = request.app.state.live = Live(given)
    return found


Shared: TypeAlias = Annotated[Live, Depends(shared_live)]


@dataclass(slots=True, kw_only=True)
class Onlooker:
    """Who looks: which vehicles are in sight, up to which turn everything was told."""

    live: Live
    admit: Callable[[], Awaitable[Sight]]
    patience: int | None
    turn: int = 0
    shown: Shown | None = None

    async def look_around(self) -> list[str]:
        """Asks again who is looking and what they see; the vehicles that they see no longer."""
        before, self.shown = self.shown, await self.live.shown(await self.admit())
        if before is None or before is self.shown:
            return []
        # Those that have come into sight are told with whatever moves next.
        self.turn = 0 if self.shown.keys() - before.keys() else self.turn
        return sorted(before.keys() - self.shown.keys())

    def news(self) -> list[Fix]:
        found = [fix for fix in self.live.since(self.turn) if self.sees(fix)]
        self.turn = self.live.turn
        return found

    def sees(self, fix: Fix) -> bool:
        return self.shown is not None and fix.vehicle in self.shown


_MESSAGE = {
    "type": "object",
    "required": ["data"],
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9]+$", "description": "断线后从这里继续 · Where to go on after a break"},
        "event": {"enum": ["message", "problem"], "description": "problem：结束的原因 · problem: why it ends"},
        "data": {"type": "string", "contentMediaType": "application/json", "contentSchema": openapi.ref(PositionsMoved)},
    },
}  # fmt: skip


@router.get(
    "/v1/positions/stream",
    operation_id="positions.stream",
    summary="车辆移动（SSE） · Vehicles as they move",
    response_class=Response,
    responses={
        200: {"description": "OK", "content": {EVENT_STREAM: {"schema": _MESSAGE}}},
        **openapi.problems(401, 404, 422, 500, 503),
    },
)
async def listen(
    request: Request,
    live: Shared,
    caller: Caller,
    last_event_id: Annotated[LastSeen, Header(alias="Last-Event-ID")] = None,
    wait: Annotated[Wait | None, Query()] = None,
) -> Response:
    """先发全部看得到的车辆，再发移动的；断线后用 Last-Event-ID 只补其后移动过的。读得慢的只少收中间点。

    All vehicles in sight at first, then those that move; with `Last-Event-ID` only those that moved since. Who reads slowly misses
    nothing but positions in between. `wait`: ends after so many seconds without any.
    """
    del caller
    onlooker = Onlooker(
        live=live, patience=wait, admit=lambda: live.run(lambda: door.still_in(request, live.given).sight)
    )
    # Before the answer begins, so that what is wrong can still be said by its status.
    await onlooker.look_around()
    first = await _first(live, onlooker, last_event_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream(onlooker, first), headers=headers, media_type=EVENT_STREAM)


async def _first(live: Live, onlooker: Onlooker, cursor: int | None) -> list[Fix]:
    await live.refreshed()
    if cursor is None:
        return onlooker.news()
    onlooker.turn = live.turn
    _, missed = await live.run(lambda: _missed(live, cursor))
    return [fix for fix in missed if onlooker.sees(fix)]


def _missed(live: Live, cursor: int) -> tuple[int, list[Fix]]:
    with live.given.pool.connection() as connection:
        return reading.moved_since(connection, cursor)


async def stream(onlooker: Onlooker, first: list[Fix]) -> AsyncIterator[bytes]:
    yield OPENING
    try:
        with onlooker.live.watched():
            async for part in _told(onlooker, first):
                yield part
    except Refusal as refusal:
        yield _problem(refusal)
    except UNREACHABLE as error:
        log.warning("the database is not reachable: %s", error)
        yield _problem(Unavailable())


async def _told(onlooker: Onlooker, fixes: list[Fix]) -> AsyncIterator[bytes]:
    live, gone = onlooker.live, list[str]()
    told = beat = time.monotonic()
    while True:
        now = time.monotonic()
        if fixes or gone:
            # Waits here while the socket is full; whatever moves meanwhile is told once, where it is by then.
            yield _message(live, fixes, gone, onlooker.shown or {})
            told = beat = now
        elif now - beat >= HEARTBEAT_SECONDS:
            yield b": heartbeat\n\n"
            beat = now
        if onlooker.patience is not None and now - told >= onlooker.patience:
            return
        ends = ADMIT_SECONDS if onlooker.patience is None else max(told + onlooker.patience - now, 0.0)
        await live.moved(onlooker.turn, min(ADMIT_SECONDS, ends))
        gone = await onlooker.look_around()
        fixes = onlooker.news()


def _message(live: Live, fixes: Iterable[Fix], gone: list[str], plates: Mapping[str, str | None]) -> bytes:
    body = msgspec.json.encode({"fixes": [_fix(fix, plates) for fix in fixes], "gone": gone})
    return b"id: %d\ndata: %s\n\n" % (live.cursor or 0, body)


def _fix(fix: Fix, plates: Mapping[str, str | None]) -> dict[str, Any]:
    return {
        "vehicle": fix.vehicle, "plate": plates.get(fix.vehicle), "longitude": fix.longitude, "latitude": fix.latitude, "at": fix.at,
        "received_at": fix.received_at, "speed": fix.speed, "heading": fix.heading, "marks": fix.marks,
    }  # fmt: skip


def _problem(refusal: Refusal) -> bytes:
    return b"event: problem\ndata: %s\n\n" % msgspec.json.encode(problem_of(refusal))
