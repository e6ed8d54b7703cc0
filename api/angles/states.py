"""One asset, unit or person: its state at a version, and its events."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import msgspec
from fastapi import Path, Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from api import openapi
from api.answers import AssetState, EventPage, OneEvent
from api.composition import Services
from api.dependencies import Caller, Given
from api.executing import json_response
from api.reading import Viewed
from api.refusals import PositionUnknown, VersionUnknown
from api.routing import Routes
from api.scalars import LARGEST_INTEGER, digits
from api.sighted import Shown, shown
from domain.catalogue import AGGREGATES, BIRTHS
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound
from domain.kernel.facts import Facet, Known
from infra.eventstore import RecordedEvent
from projections.queries import masking
from projections.queries.view import Asked
from projections.windows import FACETS_OF_PLACE

LARGEST_VERSION = 2**31 - 1
MOST_EVENTS = 500

# The bounds stand before the look at the text, or the document would lose them.
Version: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST_VERSION), BeforeValidator(digits)]
After: TypeAlias = Annotated[int, Field(ge=0, le=LARGEST_VERSION), BeforeValidator(digits), Query()]
Limit: TypeAlias = Annotated[int, Field(ge=1, le=MOST_EVENTS), BeforeValidator(digits), Query()]
Position: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST_INTEGER), BeforeValidator(digits), Path()]

_OF_EVERY_AGGREGATE = frozenset(vars(Aggregate(UUID(int=0))))


def routes() -> Routes:
    router = Routes()
    for cls in AGGREGATES:
        _add(router, cls, "", "state", f"{cls.zh}的状态 · State of a {cls.en}", _state(cls), AssetState)
        _add(router, cls, "/events", "events", f"{cls.zh}的事件 · Events of a {cls.en}", _events(cls), EventPage)
    return router


def _add(router: Routes, cls: type[Aggregate], end: str, name: str, summary: str, endpoint: Any, model: Any) -> None:
    router.add_api_route(
        f"/v1/{cls.kind}/{{id:uuid}}{end}",
        endpoint,
        operation_id=f"{cls.kind}.{name}",
        summary=summary,
        tags=[openapi.tag_of(cls)],
        response_class=Response,
        **openapi.reads(model, 404, 409, not_modified=name == "state"),
    )


def _state(cls: type[Aggregate]) -> Any:
    def endpoint(
        id: UUID,
        request: Request,
        given: Given,
        asked: Viewed,
        version: Annotated[Version | None, Query()] = None,
    ) -> Response:
        """`version`: as it was then, default the latest, or the latest that was known. `at`: the moment that `value` is
        about, default now.
        """
        what = shown(given, asked, cls, id)
        known = None if what.known is None else given.log.version_known(id, what.known)
        aggregate = given.registry.open(cls, id, known if version is None else version)
        if version is not None and (aggregate.version != version or version > (known or version)):
            raise VersionUnknown(id=id, version=version, latest=known or aggregate.version)
        return _tagged(request, aggregate, asked.at or datetime.now(UTC), what)

    return endpoint


def _tagged(request: Request, aggregate: Aggregate, at: datetime, what: Shown) -> Response:
    tag = f'"{aggregate.version}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    held = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(status_code=304, headers=headers)
    return json_response(state(aggregate, at, what), 200, headers)


def state(aggregate: Aggregate, at: datetime, what: Shown) -> dict[str, Any]:
    masked = _masked(what)
    own = {name: value for name, value in vars(aggregate).items() if name not in _OF_EVERY_AGGREGATE}
    return {
        "id": aggregate.id,
        "kind": aggregate.kind,
        "version": aggregate.version,
        "born": aggregate.born,
        "at": at,
        "facets": [_facet(aggregate, name, member, at, name in masked) for name, member in aggregate.facets()],
        "claims": [{"scope": scope, "value": value} for scope, value in sorted(aggregate.claims())],
        "details": {
            name: masking.masked(value) if name in masked else plain(value)
            for name, value in own.items()
            if not name.startswith("_")
        },
    }


def _masked(what: Shown) -> frozenset[str]:
    """The facets and details that are not for this reader."""
    hidden: set[str] = set() if what.places else set(FACETS_OF_PLACE)
    hidden |= set() if what.name else {"name"}
    return frozenset(hidden | (set() if what.personal else {"phone", "id_number"}))


def _facet(aggregate: Aggregate, name: str, member: str, at: datetime, is_masked: bool) -> dict[str, Any]:
    facet = Facet[Any](name)
    return {
        "name": name,
        "member": member,
        "value": _value(aggregate.at(facet, at, member), is_masked),
        "stretches": [_stretch(stretch, is_masked) for stretch in aggregate.stretches(facet, member)],
    }


def _value(value: Any, is_masked: bool) -> Any:
    return masking.masked(value) if is_masked else plain(value)


def _stretch(stretch: Known[Any], is_masked: bool) -> dict[str, Any]:
    return {
        "value": _value(stretch.value, is_masked),
        "from": stretch.start,
        "to": stretch.end,
        "version": stretch.order,
    }


def plain(value: Any) -> Any:
    return msgspec.to_builtins(value, enc_hook=str, str_keys=True, order="deterministic")


def _events(cls: type[Aggregate]) -> Any:
    def endpoint(id: UUID, given: Given, caller: Caller, after: After = 0, limit: Limit = 100) -> Response:
        """In order, those after a version; `next` leads on."""
        what = shown(given, Asked(sight=caller.sight), cls, id)
        given.registry.open(cls, id, 1)
        found = given.log.events_of(id, after=after, limit=limit)
        more = f"/v1/{cls.kind}/{id}/events?after={found[-1].originator_version}&limit={limit}" if found else None
        return json_response(
            {
                "events": [record(_as_shown(event, what)) for event in found],
                "next": more if len(found) == limit else None,
            }
        )

    return endpoint


log = Routes(tags=["events"])


@log.get(
    "/v1/events/{position}",
    operation_id="event",
    summary="日志中的一条 · One event of the log",
    response_class=Response,
    **openapi.reads(OneEvent, 404),
)
def event(position: Position, given: Given, caller: Caller) -> Response:
    """按日志位置读取一条事件。By its position in the log."""
    found = given.log.event_at(position)
    if found is None:
        raise PositionUnknown(position=position)
    try:
        what = shown(given, Asked(sight=caller.sight), _kind_of(given, found.originator_id), found.originator_id)
    except NotFound:
        raise PositionUnknown(position=position) from None
    told = _as_shown(found, what)
    return json_response(record(told) | {"digests": _digests(found) if told.state == found.state else None})


def _digests(row: RecordedEvent) -> dict[str, str]:
    """By which anybody who holds these bytes too can tell that they are the same."""
    return {name: sha256(stored).hexdigest() for name, stored in (("state", row.state), ("mandate", row.mandate))}


def _kind_of(given: Services, id: UUID) -> type[Aggregate]:
    birth = given.log.events_of(id, limit=1)[0].topic
    return next(cls for event, cls in BIRTHS.items() if event.topic == birth)


def _as_shown(event: RecordedEvent, what: Shown) -> RecordedEvent:
    return event if what.places else replace(event, state=masking.without_places(event.topic, event.state))


class _Effective(msgspec.Struct):
    effective: str


_effective = msgspec.json.Decoder(_Effective).decode


def record(row: RecordedEvent) -> dict[str, Any]:
    """A row of the log; what is stored goes out as it is stored, sealed fields sealed."""
    return {
        "position": row.position,
        "recorded_at": row.recorded_at,
        "aggregate": row.originator_id,
        "version": row.originator_version,
        "topic": row.topic,
        "effective": _effective(row.state).effective,
        "command_id": row.command_id,
        "line": row.line,
        "lines": row.lines,
        "mandate": msgspec.Raw(row.mandate),
        "state": msgspec.Raw(row.state),
    }
