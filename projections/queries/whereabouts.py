"""Where the vehicles in sight are or were: the last position of each at a moment, as known at a moment.

Positions are telemetry and belong to no generation (`infra/positions/`); which of them are in sight, the generation says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from domain.vehicles.terms import JourneyStatus, VehicleStatus
from projections.queries.view import View

Box = tuple[float, float, float, float]
"""West, south, east, north in EPSG:4490."""

_LAST: Final = "SELECT l.* FROM telemetry.latest l WHERE l.vehicle = v.asset"
# Whoever looks at the past sees no vehicle that had been silent for a day: it was somewhere, and nobody knew where.
_THEN: Final = """
    SELECT p.* FROM telemetry.positions p
     WHERE p.vehicle = v.asset AND p.at <= %(at)s::timestamptz AND p.at > %(at)s::timestamptz - interval '1 day'
       AND (%(known_at)s::timestamptz IS NULL OR p.received_at <= %(known_at)s::timestamptz)
       AND p.point IS NOT NULL AND NOT p.marks && '{future,null-island,out-of-range,outside}'
     ORDER BY p.at DESC LIMIT 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of which vehicles; `known_at`: by what was received by then. `past`: not by the latest that there is."""

    units: Sequence[UUID] | None = None
    vehicles: Sequence[UUID] | None = None
    box: Box | None = None
    past: bool = False
    known_at: datetime | None = None


def last_places(view: View, wanted: Wanted) -> tuple[list[dict[str, Any]], int]:
    """Every vehicle in sight whose place may be shown and is known, with its last position; and how many there are without one.

    The others are counted and not read: in a registry whose vehicles do not report they are all of them.
    """
    parameters = {
        "units": wanted.units,
        "vehicles": wanted.vehicles,
        "known_at": wanted.known_at,
        "gone": VehicleStatus.DISPOSED,
        "departed": JourneyStatus.DEPARTED,
    }
    asked_for = (
        f"{view.held('v')} AND v.status <> %(gone)s AND {shown(view)}"
        " AND (%(units)s::uuid[] IS NULL OR v.using_unit = ANY(%(units)s) OR v.owner = ANY(%(units)s) OR v.posted_to = ANY(%(units)s))"
        " AND (%(vehicles)s::uuid[] IS NULL OR v.asset = ANY(%(vehicles)s))"
    )
    found = view.rows(
        f"WITH away AS MATERIALIZED ({_away(view)})"  # noqa: S608 -- names of the code
        " SELECT v.asset AS vehicle, v.plate, v.using_unit AS unit, v.status, a.journey, p.at, p.received_at,"
        " ST_X(p.point) AS longitude, ST_Y(p.point) AS latitude, p.speed, p.heading, p.accuracy, p.marks"
        f" FROM {view.of('vehicles', 'v')} LEFT JOIN away a ON a.vehicle = v.asset"
        f" JOIN LATERAL ({_THEN if wanted.past else _LAST}) p ON true"
        f" WHERE {asked_for}{_within(wanted.box)} ORDER BY v.plate, v.asset",
        parameters,
    )
    if wanted.box is not None:
        return found, 0
    row = view.one(f"SELECT count(*) AS n FROM {view.of('vehicles', 'v')} WHERE {asked_for}", parameters)  # noqa: S608 -- as above
    return found, (0 if row is None else int(row["n"])) - len(found)


def with_places(view: View, *, past: bool) -> str:
    """SQL: a row for each vehicle in sight whose place may be shown and is known: its versions, with its last position.

    Parameters: `at`, and of the past `known_at`.
    """
    return (
        "SELECT v.*, p.at AS fixed_at, p.received_at, p.speed::numeric AS speed, p.heading::numeric AS heading, p.point"  # noqa: S608 -- names of the code
        f" FROM {view.of('vehicles', 'v')} JOIN LATERAL ({_THEN if past else _LAST}) p ON p.point IS NOT NULL"
        f" WHERE {view.held('v')} AND v.status <> '{VehicleStatus.DISPOSED}' AND {shown(view)}"
    )


def _away(view: View) -> str:
    """SQL: the journey that each vehicle is on. All at once: there are many journeys, and few of them under way."""
    return (
        f"SELECT DISTINCT ON (t.vehicle) t.vehicle, t.asset AS journey FROM {view.of('trips', 't')}"  # noqa: S608 -- names of the code
        f" WHERE t.status = %(departed)s AND {view.held('t')} ORDER BY t.vehicle, t.begins DESC"
    )


def shown(view: View, alias: str = "v") -> str:
    """SQL: where this vehicle is may be shown to whoever looks."""
    if view.sight.masked.everything:
        return "true"
    return f"NOT ({alias}.unmarked AND {alias}.asset IN (SELECT unnest({view.schema}.secret())))"


def _within(box: Box | None) -> str:
    if box is None:
        return ""
    west, south, east, north = map(float, box)
    return f" AND p.point && ST_MakeEnvelope({west}, {south}, {east}, {north}, 4490)"


def in_sight(view: View, vehicles: Sequence[UUID] | None = None) -> dict[str, str | None]:
    """The vehicles whose positions may be shown, of these or of all, with their plates."""
    rows = view.rows(
        f"SELECT v.asset::text AS id, v.plate FROM {view.of('vehicles', 'v')} WHERE {view.held('v')} AND {shown(view)}"  # noqa: S608 -- names of the code
        " AND (%(vehicles)s::uuid[] IS NULL OR v.asset = ANY(%(vehicles)s))",
        {"vehicles": vehicles},
    )
    return {row["id"]: row["plate"] for row in rows}


def recorded_at(view: View, position: int) -> datetime | None:
    """When the log learned of what stands there."""
    row = view.one("SELECT recorded_at FROM log.events WHERE position = %(position)s::bigint", {"position": position})
    return None if row is None else row["recorded_at"]
