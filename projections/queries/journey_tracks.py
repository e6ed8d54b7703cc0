"""From when until when a journey was under way, in which vehicle, and what its closing said of the track."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from domain.kernel.events import FactCorrected
from domain.vehicles.facets import DEPARTED_AT, DISTANCE, RETURNED_AT
from projections.queries.view import View

_FACETS: Final = f"{DEPARTED_AT.name},{RETURNED_AT.name},{DISTANCE.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Of its track, by the event at a position."""

    position: int
    metres: int
    points: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """`departed` is None while the vehicle has not left, `returned` while it is away, `said` where nothing was said of a track."""

    journey: dict[str, Any]
    vehicle: UUID | None
    departed: datetime | None
    returned: datetime | None
    said: Said | None


def trip(view: View, id: UUID) -> Trip | None:
    row = view.one(
        "SELECT j.status, j.unit, j.purpose, j.destination, j.vehicle, j.driver, j.planned_from, j.planned_until, j.distance"  # noqa: S608 -- names of the code
        f" FROM {view.of('journeys', 'j')} WHERE j.asset = %(id)s AND {view.held('j')}",
        {"id": id},
    )
    if row is None:
        return None
    told = {one["facet"]: one for one in _told(view, id)}
    begins = {name: one["begins"] for name, one in told.items()}
    closed = told.get(DISTANCE.name)
    return Trip(
        journey=row,
        vehicle=row["vehicle"],
        departed=begins.get(DEPARTED_AT.name),
        returned=begins.get(RETURNED_AT.name),
        said=None if closed is None else _said(view, closed["stated"]),
    )


def _told(view: View, id: UUID) -> list[dict[str, Any]]:
    return view.rows(
        f"SELECT t.facet, t.begins, t.stated FROM {view.of('timelines', 't', 'journeys')}"  # noqa: S608 -- names of the code
        f" WHERE t.asset = %(id)s AND t.facet = ANY(%(facets)s::text[]) AND {view.held('t')}",
        {"id": id, "facets": _FACETS.split(",")},
    )


class _Closing(msgspec.Struct):
    track_metres: int | None = None
    track_points: int | None = None
    track_digest: str | None = None


class _Statement(msgspec.Struct):
    state: _Closing


class _Correction(msgspec.Struct):
    statement: _Statement


def _said(view: View, position: int) -> Said | None:
    row = view.one("SELECT topic, state FROM log.events WHERE position = %(position)s::bigint", {"position": position})
    if row is None:
        return None
    state = bytes(row["state"])
    is_correction = row["topic"] == FactCorrected.topic
    closing = (
        msgspec.json.decode(state, type=_Correction).statement.state
        if is_correction
        else msgspec.json.decode(state, type=_Closing)
    )
    if closing.track_metres is None or closing.track_points is None or closing.track_digest is None:
        return None
    return Said(
        position=position, metres=closing.track_metres, points=closing.track_points, digest=closing.track_digest
    )
