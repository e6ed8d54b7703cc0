"""One asset on both axes of time: which value each facet had when, as known when, and which event said so."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from api.angles_asking import add_angle, on_page, one_of, subject
from api.answers_angles import AssetTimeline
from api.dependencies import Caller, Given
from api.executing import json_response
from api.reading import Viewed, looking, seen
from domain.catalogue import AGGREGATES
from domain.kernel.aggregate import Aggregate
from projections.queries import timelines
from projections.queries.history import known_position
from projections.queries.telling import ids_of_line
from projections.queries.things import named
from projections.queries.timelines import Rectangle
from projections.queries.view import Asked, View
from projections.queries.words.facets import FACETS

Facet: Any = one_of(*FACETS)
Facets: TypeAlias = Annotated[list[Facet], Field(max_length=100)]


def routes() -> APIRouter:
    router = APIRouter()
    for cls in AGGREGATES:
        words = f"{cls.zh}的时间线 · Timeline of a {cls.en}"
        add_angle(router, cls, "timeline", words, _timeline(cls), AssetTimeline)
    return router


def _timeline(cls: type[Aggregate]) -> Any:
    def endpoint(
        id: UUID,
        given: Given,
        asked: Viewed,
        _: Caller,
        facet: Annotated[Facets | None, Query()] = None,
    ) -> Response:
        """所有版本；`at`：只看当时有效的；`known`：只看当时已知的（时刻，或 #位置）。

        All versions, or only those that held `at` a moment, or only those `known` then (a moment, or #position).
        """
        with looking(given, asked) as view:
            subject(view, asked, cls, id)
            known = None if asked.known is None else known_position(view)
            found = timelines.rectangles(view, id, facet or (), at=asked.at, known=known)
            when = timelines.recorded(view, id)
            spoken_of = {one for each in found for one in ids_of_line(cls.kind, each.facet, each.member, each.value)}
            things = on_page(named(view, spoken_of), spoken_of)
        return json_response(_told(cls, id, view, asked, found, when) | {"things": things})

    return endpoint


def _told(
    cls: type[Aggregate], id: UUID, view: View, asked: Asked, found: list[Rectangle], when: dict[int, datetime]
) -> dict[str, Any]:
    by_line = groupby(found, key=lambda one: (one.facet, one.member))
    facets = [
        {"name": name, "member": member, "versions": [_version(one, when) for one in versions]}
        for (name, member), versions in by_line
    ]
    return {**seen(view, asked), "id": id, "kind": cls.kind, "facets": facets}


def _version(version: Rectangle, when: dict[int, datetime]) -> dict[str, Any]:
    return {
        "value": version.value,
        "from": version.begins,
        "to": version.ends,
        "known_from": _recorded(version.since, when),
        "known_to": None if version.until is None else _recorded(version.until, when),
        "stated_by": version.stated,
    }


def _recorded(position: int, when: dict[int, datetime]) -> dict[str, Any]:
    return {"position": position, "recorded_at": when[position]}
