"""Trips: every version of a journey from the moment its vehicle has left."""

from __future__ import annotations

from domain.vehicles.terms import JourneyStatus
from projections.tables import AXES, Model, View

_AXES = ", ".join(column.name for column in AXES)
_UNDER_WAY_OR_OVER = ", ".join(
    f"'{status}'" for status in (JourneyStatus.DEPARTED, JourneyStatus.RETURNED, JourneyStatus.CLOSED)
)

MODEL = Model(
    "trips",
    views=(
        View(
            "trips",
            f"SELECT asset, {_AXES}, status, unit, purpose, vehicle, driver, planned_from, departed_at, returned_at, distance"  # noqa: S608 -- names of the code
            f" FROM journeys WHERE status IN ({_UNDER_WAY_OR_OVER}) AND vehicle IS NOT NULL",
        ),
    ),
)
