"""Where secret-work vehicles are and go, kept from those who may not see it: also in what the log says of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

import msgspec

from domain.kernel.events import FactCorrected
from domain.vehicles.journey_events import JourneyRequested
from domain.vehicles.upkeep_events import AccidentHappened
from domain.vehicles.vehicle_events import ParkingPlaceFixed, VehicleRegistered
from projections.queries.view import View
from projections.windows import FACETS_OF_PLACE, MASKED_WORDS

_PLACES: Final[dict[str, tuple[str, ...]]] = {
    VehicleRegistered.topic: ("parking", "parking_name"),
    ParkingPlaceFixed.topic: ("place", "name"),
    AccidentHappened.topic: ("place", "place_name"),
    JourneyRequested.topic: ("destination",),
}
"""By topic: the fields of a stored event that tell of a place."""


_HIDDEN: Final = "SELECT DISTINCT asset FROM {schema}.hidden WHERE asset = ANY(%(ids)s::uuid[])"


def hidden(view: View, ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those of these things whose places the caller may not see: secret-work vehicles, and the journeys that they made."""
    wanted = list(set(ids))
    if not wanted or view.sight.masked.everything:
        return frozenset()
    rows = view.rows(_HIDDEN.format(schema=view.schema), {"ids": wanted})
    return frozenset(row["asset"] for row in rows)


def without_places(topic: str, stored: bytes) -> bytes:
    """The stored state of an event without the places that it tells of: names masked, points left out."""
    if topic not in _PLACES and topic != FactCorrected.topic:
        return stored
    state: dict[str, Any] = msgspec.json.decode(stored)
    said, told = (topic, state) if topic in _PLACES else (state["statement"]["topic"], state["statement"]["state"])
    for name in _PLACES.get(said, ()):
        told[name] = masked(told.get(name))
    return msgspec.json.encode(state)


def masked(value: Any) -> Any:
    """What is shown instead of a place: nothing where nothing was said, or where it was a point."""
    return MASKED_WORDS if isinstance(value, str) else None


def change(told: list[Any]) -> list[Any]:
    """A change of a facet (`projections/history.py`): that a place changed is told, and not from where to where."""
    facet, member, before, after, start, end = told
    if facet not in FACETS_OF_PLACE:
        return told
    return [facet, member, *(None if value is None else MASKED_WORDS for value in (before, after)), start, end]
