"""Vehicles in sight with the last that any device said of each, in the order of their plates; a part of them at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.rows import DictRow

from domain.vehicles.terms import VehicleStatus
from projections.queries.matching import like
from projections.queries.view import View
from projections.queries.whereabouts import shown

HEARD_WITHIN: Final = 30
"""Days: what was silent for longer was not heard of."""

# The last by the device's clock, wherever it said that it was: one that only sends nonsense is heard of, too.
_HEARD: Final = f"""
    SELECT p.source, p.at, p.received_at FROM telemetry.positions p
     WHERE p.vehicle = v.asset AND p.at > %(now)s::timestamptz - interval '{HEARD_WITHIN} days'
       AND p.at < %(now)s::timestamptz + interval '10 days'
     ORDER BY p.at DESC LIMIT 1"""  # noqa: S608 -- a number of the code


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`beyond`: after this vehicle; `plate`: a part of it."""

    units: Sequence[UUID] | None = None
    plate: str = ""
    beyond: UUID | None = None
    limit: int


def heard(view: View, now: datetime, wanted: Wanted) -> list[DictRow]:
    """`vehicle`, `plate`, `unit`, and of its last position `source`, `at` and `received_at`, or nothing."""
    place = "coalesce(v.plate, ''), v.asset"
    return view.rows(
        "SELECT v.asset AS vehicle, v.plate, v.using_unit AS unit, p.source, p.at, p.received_at"  # noqa: S608 -- names of the code
        f" FROM {view.of('vehicles', 'v')} LEFT JOIN LATERAL ({_HEARD}) p ON true"
        f" WHERE {view.held('v')} AND v.status <> %(gone)s AND {shown(view)}"
        " AND (%(units)s::uuid[] IS NULL OR v.using_unit = ANY(%(units)s) OR v.owner = ANY(%(units)s) OR v.posted_to = ANY(%(units)s))"
        " AND coalesce(v.plate, '') ILIKE %(plate)s"
        f" AND (%(beyond)s::uuid IS NULL OR ({place}) > (SELECT {place.replace('v.', 'w.')} FROM {view.of('vehicles', 'w')}"
        f" WHERE w.asset = %(beyond)s::uuid AND {view.held('w')}))"
        f" ORDER BY {place} LIMIT %(limit)s",
        {
            "now": now,
            "gone": VehicleStatus.DISPOSED,
            "units": wanted.units,
            "plate": like(wanted.plate),
            "beyond": wanted.beyond,
            "limit": wanted.limit,
        },
    )
