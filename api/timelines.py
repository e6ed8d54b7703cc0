"""One asset on both axes of time: which value each facet had when, as known when, and which event said so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from fastapi import APIRouter, Query
from fastapi.responses import Response

from api import openapi
from api.answers import AssetTimeline
from api.assets import plain
from api.composition import Services
from api.dependencies import Caller, Given
from api.executing import json_response
from api.moments import KnownAt, Moment
from domain.catalogue import AGGREGATES
from domain.kernel.aggregate import Aggregate
from domain.kernel.events import Event
from infra.eventstore import RecordedEvent
from projections.stream import Record, Stream, read
from projections.tiling import FOREVER, Rectangle


def routes() -> APIRouter:
    router = APIRouter()
    for cls in AGGREGATES:
        router.add_api_route(
            f"/v1/{cls.kind}/{{id:uuid}}/timeline",
            _timeline(cls),
            operation_id=f"{cls.kind}.timeline",
            summary=f"{cls.zh}的时间线 · Timeline of a {cls.en}",
            tags=[openapi.tag_of(cls)],
            response_class=Response,
            **openapi.reads(AssetTimeline, 404, 409),
        )
    return router


def _timeline(cls: type[Aggregate]) -> Any:
    def endpoint(
        id: UUID,
        given: Given,
        _: Caller,
        at: Annotated[Moment | None, Query()] = None,
        known: Annotated[KnownAt | None, Query()] = None,
    ) -> Response:
        """All versions, or only those that held `at` a moment, or only those `known` then (a moment, or #position)."""
        given.registry.open(cls, id, 1)
        stream, when = stream_of(given, id)
        facets = [_facet(stream, line, when, at, known) for line in sorted(_lines(stream))]
        told = {"id": id, "kind": cls.kind, "position": stream.position}
        return json_response({**told, "facets": [facet for facet in facets if facet["versions"]]})

    return endpoint


def stream_of(given: Services, id: UUID) -> tuple[Stream, dict[int, datetime]]:
    records = [_record(given, row) for row in given.log.events_of(id, limit=None)]
    return read(id, records), {record.position: record.recorded_at for record in records}


def _lines(stream: Stream) -> list[tuple[str, str]]:
    return [(facet, member) for facet, members in stream.lines.items() for member in members]


def _record(given: Services, row: RecordedEvent) -> Record:
    stored = StoredEvent(row.originator_id, row.originator_version, row.topic, row.state)
    return Record(row.position, row.recorded_at, cast("Event", given.registry.mapper.to_domain_event(stored)))


def _facet(
    stream: Stream, line: tuple[str, str], when: dict[int, datetime], at: datetime | None, known: datetime | int | None
) -> dict[str, Any]:
    rectangles = (r for version in stream.lines[line[0]][line[1]].versions() for r in version.rectangles())
    versions = [_version(version, when) for version in _chosen(rectangles, when, at=at, known=known)]
    versions.sort(key=lambda told: (told["known_from"]["position"], told["from"]))
    return {"name": line[0], "member": line[1], "versions": versions}


def _chosen(
    versions: Iterator[Rectangle], when: dict[int, datetime], *, at: datetime | None, known: datetime | int | None
) -> Iterator[Rectangle]:
    for version in versions:
        held = at is None or version.start <= at < version.end
        if held and (known is None or _was_known(version, when, known)):
            yield version


def _was_known(version: Rectangle, when: dict[int, datetime], known: datetime | int) -> bool:
    if isinstance(known, int):
        return version.since <= known and (version.until is None or known < version.until)
    return when[version.since] <= known and (version.until is None or known < when[version.until])


def _version(version: Rectangle, when: dict[int, datetime]) -> dict[str, Any]:
    return {
        "value": plain(version.content.value),
        "from": version.start,
        "to": None if version.end == FOREVER else version.end,
        "known_from": _recorded(version.since, when),
        "known_to": None if version.until is None else _recorded(version.until, when),
        "stated_by": version.content.order,
    }


def _recorded(position: int, when: dict[int, datetime]) -> dict[str, Any]:
    return {"position": position, "recorded_at": when[position]}
