"""The versions of a thing's facets as rectangles: held from when to when, as known from which position to which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from projections.queries.view import View

_VERSIONS = (
    "SELECT facet, member, coalesce(value, to_json(ref)) AS value, begins, nullif(ends, 'infinity') AS ends, since,"
    " until, cut, nullif(ended, 'infinity') AS ended, stated FROM {timelines} WHERE asset = %(id)s::uuid"
)
_RECORDED = "SELECT position, recorded_at FROM {history} WHERE asset = %(id)s::uuid"


@dataclass(frozen=True, slots=True)
class Rectangle:
    """What held between two moments, as known between two positions; None is an open end."""

    facet: str
    member: str
    value: Any
    begins: datetime
    ends: datetime | None
    since: int
    until: int | None
    stated: int

    def held(self, at: datetime | None) -> bool:
        return at is None or (self.begins <= at and (self.ends is None or at < self.ends))

    def was_known(self, known: int | None) -> bool:
        return known is None or (self.since <= known and (self.until is None or known < self.until))


def rectangles(
    view: View, id: UUID, facets: Sequence[str] = (), *, at: datetime | None, known: int | None
) -> list[Rectangle]:
    """All of them, or those that held at a moment, or those known at a position; by facet, then as they became known."""
    chosen = " AND facet = ANY(%(facets)s::text[])" if facets else ""
    rows = view.rows(_VERSIONS.format(timelines=view.of("timelines")) + chosen, {"id": id, "facets": list(facets)})
    found = [one for row in rows for one in _rectangles(row) if one.held(at) and one.was_known(known)]
    return sorted(found, key=lambda one: (one.facet, one.member, one.since, one.begins))


def recorded(view: View, id: UUID) -> dict[int, datetime]:
    """When each event of the thing was recorded, by its position."""
    rows = view.rows(_RECORDED.format(history=view.of("history")), {"id": id})
    return {row["position"]: row["recorded_at"] for row in rows}


def _rectangles(row: dict[str, Any]) -> Iterator[Rectangle]:
    """An L is two: until its end was learned it was thought to hold longer."""
    said = (row["facet"], row["member"], row["value"], row["begins"])
    if row["cut"] is not None:
        yield Rectangle(*said, row["ended"], row["since"], row["cut"], row["stated"])
        yield Rectangle(*said, row["ends"], row["cut"], row["until"], row["stated"])
    else:
        yield Rectangle(*said, row["ends"], row["since"], row["until"], row["stated"])
