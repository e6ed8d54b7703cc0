"""The event feed: everything recorded, as CloudEvents, from any position on: page by page, with long polls, or as a stream."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from fastapi import Depends, Header, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BeforeValidator, Field, WithJsonSchema

from api import door, openapi
from api.bodies import JSON
from api.composition import Services
from api.dependencies import Caller, Given
from api.feed.cloudevents import BATCH, CloudEvent, FeedPage, cloud_event
from api.feed.reading import Feed, Page
from api.feed.stream import EVENT_STREAM, Listener, stream
from api.feed.wanted import Division, Kinds, Topics, Unit, Wanted
from api.routing import Routes
from api.scalars import LARGEST_INTEGER, digits
from api.sighted import shown
from domain.access.principal import Sight
from domain.organisations.unit import Unit as UnitAggregate
from projections.queries.view import Asked

MOST_EVENTS = 1000
LONGEST_WAIT = 60
KEPT_SECONDS = 24 * 60 * 60

After: TypeAlias = Annotated[int, Field(ge=0, le=LARGEST_INTEGER), BeforeValidator(digits)]
Limit: TypeAlias = Annotated[int, Field(ge=1, le=MOST_EVENTS), BeforeValidator(digits)]
End: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST_INTEGER), BeforeValidator(digits)]
Wait: TypeAlias = Annotated[int, Field(ge=0, le=LONGEST_WAIT), BeforeValidator(digits)]
# It may be missing, but there is no null in a header.
LastSeen: TypeAlias = Annotated[
    After | None, WithJsonSchema({"type": "integer", "minimum": 0, "maximum": LARGEST_INTEGER})
]

router = Routes(tags=["events"])


async def shared_feed(request: Request, given: Given) -> Feed:
    """Of this process: made on the event loop that it belongs to, when it is first asked for."""
    found: Feed | None = getattr(request.app.state, "feed", None)
    if found is None or found.given is not given:
        found = request.app.state.feed = Feed(given)
    return found


Shared: TypeAlias = Annotated[Feed, Depends(shared_feed)]


async def _wanted(
    shared: Feed, sight: Sight, kinds: list[str], topics: list[str], unit: UUID | None, division: str | None
) -> Wanted:
    """The filters; a unit that nobody knows is said to be unknown, or its consumer would wait for ever."""
    if unit is not None:
        known: UUID = unit
        await shared.run(lambda: _require_known(shared.given, sight, known))
    return Wanted(sight=sight, kinds=tuple(kinds), topics=tuple(topics), unit=unit, division=division)


def _require_known(given: Services, sight: Sight, unit: UUID) -> None:
    shown(given, Asked(sight=sight), UnitAggregate, unit)
    given.registry.open(UnitAggregate, unit, 1)


_BATCH = {"schema": {"type": "array", "items": openapi.ref(CloudEvent)}}
# Of one message of the stream, as the standard names its parts.
_MESSAGE = {
    "type": "object",
    "required": ["data"],
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9]+$", "description": "日志位置 · Position in the log"},
        "event": {"enum": ["message", "problem"], "description": "problem：结束的原因 · problem: why it ends"},
        "data": {"type": "string", "contentMediaType": "application/json", "contentSchema": openapi.ref(CloudEvent)},
    },
}
_HEADERS = {
    "Feed-Next": {"description": "下次从此位置继续 · Go on from here: after=…", "schema": {"type": "integer"}},
    "Feed-Position": {"description": "目前的末尾 · How far there is anything", "schema": {"type": "integer"}},
    "Link": {"description": 'rel="next"', "schema": {"type": "string"}},
    "ETag": {"schema": {"type": "string"}},
}


def _documented(content: dict[str, Any], **more: Any) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "OK", "content": content, **more}, **openapi.problems(401, 404, 422, 500, 503)}


@router.get(
    "/v1/feed",
    operation_id="feed",
    summary="事件推送（CloudEvents） · Event feed",
    response_class=Response,
    responses={
        **_documented({BATCH: _BATCH, JSON: {"schema": openapi.ref(FeedPage)}}, headers=_HEADERS),
        304: {"description": "未变化 · Not modified"},
    },
)
async def page(
    request: Request,
    shared: Shared,
    caller: Caller,
    after: Annotated[After, Query()] = 0,
    limit: Annotated[Limit, Query()] = 100,
    wait: Annotated[Wait, Query()] = 0,
    kind: Annotated[Kinds, Query()] = (),
    topic: Annotated[Topics, Query()] = (),
    unit: Annotated[Unit | None, Query()] = None,
    division: Annotated[Division | None, Query()] = None,
) -> Response:
    """某位置之后的事件；没有时最多等 `wait` 秒。The events after a position; when there are none, waits up to `wait` seconds.

    下次从响应头 Feed-Next 继续，它也越过被筛掉的事件。 Go on from the header Feed-Next: it is past what was filtered out, too.
    """
    wanted = await _wanted(shared, caller.sight, kind, topic, unit, division)
    found = await shared.page(wanted, after, limit, wait)
    return _answer(request, found, stays=caller.sight.everything)


def _answer(request: Request, found: Page, *, stays: bool) -> Response:
    """`stays`: nothing of what is here is told to some only, who see more or less another day."""
    stays = stays and found.more
    as_json = JSON in request.headers.get("accept", "") and BATCH not in request.headers.get("accept", "")
    events = [cloud_event(told.event, told.kind) for told in found.found]
    envelope = {"events": events, "next": found.next, "more": found.more}
    body = msgspec.json.encode(envelope if as_json else events, enc_hook=str)
    headers = {
        **_place(request, found),
        **(_caching(body, found.next) if stays else {"Cache-Control": "no-store"}),
    }
    if stays and headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=JSON if as_json else BATCH)


def _place(request: Request, found: Page) -> dict[str, str]:
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    following = f"{request.url.path}?{urlencode([('after', found.next), *query])}"
    return {
        "Feed-Next": str(found.next),
        "Feed-Position": str(found.goal),
        "Link": f'<{following}>; rel="next"',
        "Vary": "Accept",
    }


def _caching(body: bytes, next: int) -> dict[str, str]:
    """Of a page with more behind it: the log is only ever added to, so it stays as it is."""
    digest = hashlib.sha256(body + str(next).encode()).hexdigest()[:32]
    return {"ETag": f'"{digest}"', "Cache-Control": f"private, max-age={KEPT_SECONDS}"}


@router.get(
    "/v1/feed/stream",
    operation_id="feed.stream",
    summary="事件流（SSE） · Event feed as a stream",
    response_class=Response,
    responses=_documented({EVENT_STREAM: {"schema": _MESSAGE}}),
)
async def listen(
    request: Request,
    shared: Shared,
    caller: Caller,
    after: Annotated[After, Query()] = 0,
    last_event_id: Annotated[LastSeen, Header(alias="Last-Event-ID")] = None,
    limit: Annotated[End | None, Query()] = None,
    wait: Annotated[Wait | None, Query()] = None,
    kind: Annotated[Kinds, Query()] = (),
    topic: Annotated[Topics, Query()] = (),
    unit: Annotated[Unit | None, Query()] = None,
    division: Annotated[Division | None, Query()] = None,
) -> Response:
    """每个事件的 id 是日志位置，断线后用 Last-Event-ID 继续。The id of each event is its position; Last-Event-ID goes on from it.

    `limit`：发送若干条后结束；`wait`：若干秒没有新事件后结束；都不写则一直发送。
    `limit`: ends after so many events; `wait`: after so many seconds without any; with neither it goes on.
    """
    listener = Listener(
        wanted=await _wanted(shared, caller.sight, kind, topic, unit, division),
        limit=limit,
        patience=wait,
        admit=lambda: shared.run(lambda: door.still_in(request, shared.given).sight),
    )
    # The first look is before the answer begins, so that what is wrong can still be said by its status.
    first = await shared.look(listener.wanted, after if last_event_id is None else last_event_id, listener.batch())
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream(shared, listener, first), headers=headers, media_type=EVENT_STREAM)
