"""What geofences say to whoever sends a vehicle: a warning and no judgement, which is not theirs yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from api.forms.given import Filled
from api.forms.suggestion import Formula, Suggestion
from api.moments import ZONE
from api.reading import looking
from domain.vehicles.facets import OWNER, PLANNED_FROM, POSTED_TO, USING_UNIT
from domain.vehicles.facets import VEHICLE as VEHICLE_OF
from domain.vehicles.fence import Fence
from domain.vehicles.journey import Journey
from domain.vehicles.terms import FencePurpose
from domain.vehicles.vehicle import Vehicle
from projections.queries.fencing import holding
from projections.queries.view import Asked

_SOURCE = "电子围栏 · geofences"


def chosen_vehicle(field: str) -> Formula:
    """Of the vehicle that is chosen in a field, when it is planned to leave or, if that is over, when it is sent."""

    def formula(filled: Filled) -> Iterator[Suggestion]:
        planned = filled.now(filled.subject(Journey), PLANNED_FROM)
        departure = filled.moment if planned is None else max(planned, filled.moment)
        yield from _of(filled, field, filled.thing(field, Vehicle), departure)

    return formula


def leaving(field: str) -> Formula:
    """Of the vehicle that a journey has, as it leaves."""

    def formula(filled: Filled) -> Iterator[Suggestion]:
        vehicle = filled.named(filled.now(filled.subject(Journey), VEHICLE_OF), Vehicle)
        yield from _of(filled, field, vehicle, filled.moment)

    return formula


def _of(filled: Filled, field: str, vehicle: Vehicle | None, departure: datetime) -> Iterator[Suggestion]:
    if vehicle is None or not filled.caller.may_read(Fence.kind):
        return
    units = [unit for facet in (OWNER, USING_UNIT, POSTED_TO) if (unit := vehicle.at(facet, departure)) is not None]
    with looking(filled.services, Asked(sight=filled.caller.sight, at=departure)) as view:
        rows = holding(view, vehicle.id, units)
    for row in rows:
        yield from _said(field, row["name"], row["purpose"], departure)


def _said(field: str, name: str, purpose: str, departure: datetime) -> Iterator[Suggestion]:
    day = f"{departure.astimezone(ZONE):%Y-%m-%d %H:%M}"
    match purpose:
        case FencePurpose.SEALING:
            zh = f"出车时（{day}）该车按“{name}”封存，请核对是否获准"
            en = f"When it leaves ({day}) the vehicle stands sealed by “{name}”: make sure that it may go"
            yield Suggestion(field=field, zh=zh, en=en, source=_SOURCE, warns=True)
        case FencePurpose.NO_DISPATCH:
            zh, en = f"该车不派往“{name}”范围内", f"The vehicle is not sent inside “{name}”"
            yield Suggestion(field=field, zh=zh, en=en, source=_SOURCE)
        case _:
            return
