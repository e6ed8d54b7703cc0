"""One asset on both axes of time: which value each facet had when, as known when, and which event said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Annotated, Any, Final, TypeAlias
from uuid import UUID

import msgspec
from fastapi import Query
from fastapi.responses import Response
from pydantic import Field

from api.angles.answers import AssetTimeline
from api.angles.asking import add_angle, on_page, one_of, subject
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports.asking import Formed
from api.exports.cells import OF_IDS, OF_MOMENTS, OF_NAMES, Column, Row, moment, number, plain, worded
from api.exports.files import export
from api.exports.table import Table, at_hand
from api.reading import Viewed, looking, seen
from api.routing import Routes
from domain.catalogue import AGGREGATES
from domain.kernel.aggregate import Aggregate
from projections.queries import timelines
from projections.queries.history import known_position
from projections.queries.telling import ids_of_line, line, value
from projections.queries.things import labels, named
from projections.queries.timelines import Rectangle
from projections.queries.view import Asked, View
from projections.queries.words.facets import FACETS

Facet: Any = one_of(*FACETS)
Facets: TypeAlias = Annotated[list[Facet], Field(max_length=100)]


def routes() -> Routes:
    router = Routes()
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
        form: Formed,
        facet: Annotated[Facets | None, Query()] = None,
    ) -> Response:
        """所有版本；`at`：只看当时有效的；`known`：只看当时已知的（时刻，或 #位置）。

        All versions, or only those that held `at` a moment, or only those `known` then (a moment, or #position).
        """
        if form.is_file:
            return export(looking(given, asked), form, partial(_table, cls, id, asked, facet or ()))
        with looking(given, asked) as view:
            found, when = _found(cls, id, asked, facet or (), view), timelines.recorded(view, id)
            spoken_of = {one for each in found for one in ids_of_line(cls.kind, each.facet, each.member, each.value)}
            things = on_page(named(view, spoken_of), spoken_of)
        return json_response(_told(cls, id, view, asked, found, when) | {"things": things})

    return endpoint


def _found(cls: type[Aggregate], id: UUID, asked: Asked, facets: Sequence[str], view: View) -> list[Rectangle]:
    subject(view, asked, cls, id)
    known = None if asked.known is None else known_position(view)
    return timelines.rectangles(view, id, facets, at=asked.at, known=known)


_COLUMNS: Final = (
    worded("事项", "Facet"),
    worded("成员", "Member", "member", OF_NAMES),
    plain("成员编号", "Member id", "member", OF_IDS, is_id=True),
    worded("值", "Value", "value", OF_NAMES),
    Column("原始值", "As recorded", lambda row: _plain(row["value"]), OF_IDS, is_id=True),
    moment("起", "From", "from"),
    moment("止", "To", "to"),
    Column("知悉时间", "Known from", lambda row: row["known_from"]["recorded_at"], OF_MOMENTS),
    Column("知悉至", "Known to", lambda row: row["known_to"] and row["known_to"]["recorded_at"], OF_MOMENTS),
    number("登记于日志位置", "Stated at position", "stated_by"),
)


def _plain(value: Any) -> Any:
    """As it is, if a cell can hold it; else as JSON."""
    return msgspec.json.encode(value).decode() if isinstance(value, dict | list) else value


def _table(cls: type[Aggregate], id: UUID, asked: Asked, facets: Sequence[str], view: View) -> Table:
    """One row a version."""
    found, when = _found(cls, id, asked, facets, view), timelines.recorded(view, id)
    spoken_of = {one for each in found for one in ids_of_line(cls.kind, each.facet, each.member, each.value)}
    names = labels(named(view, spoken_of))
    rows = at_hand([_row(cls.kind, each, when, names) for each in found])
    return Table(view=view, name=f"{cls.kind}-timeline", zh=f"{cls.zh}时间线", columns=_COLUMNS, rows=rows)


def _row(kind: str, version: Rectangle, when: dict[int, datetime], names: Mapping[str, str]) -> Row:
    said = value(kind, version.facet, version.value, names)
    in_words = {"value_zh": said["zh"], "value_en": said["en"]}
    return {**_version(version, when), **line(kind, version.facet, version.member, names), **in_words}


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
