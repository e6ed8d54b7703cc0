"""`GET /v1/positions/devices`: which device sends for which vehicle, when it was last heard of, and how much of today's is odd."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeAlias

from fastapi import Query
from fastapi.responses import Response
from psycopg.rows import DictRow
from pydantic import BeforeValidator, Field

from api import openapi, scalars
from api.dependencies import Caller, Given
from api.executing import json_response
from api.figures.asking import Ids, Subtree, with_those_below
from api.moments import ZONE
from api.positions.answers import Devices
from api.positions.whereabouts import units_of
from api.reading import Viewed, looking, seen
from api.routing import Routes
from api.scalars import digits
from infra.positions import reading
from infra.positions.terms import Mark
from maps.positions import health
from maps.positions.health import Health
from maps.positions.states import SILENT_AFTER
from projections.queries import devices
from projections.queries.devices import Wanted

USUAL: Final = 25
MOST: Final = 100
Limit: TypeAlias = Annotated[int, Field(ge=1, le=MOST), BeforeValidator(digits), Query()]
Plate: Any = scalars.text([])

router = Routes(tags=["positions"])


@router.get(
    "/v1/positions/devices",
    operation_id="positions.devices",
    summary="定位终端 · Positioning devices",
    response_class=Response,
    **openapi.reads(Devices, 404, 409),
)
def positioning_devices(
    given: Given,
    _: Caller,
    asked: Viewed,
    plate: Annotated[Plate | None, Query(max_length=20, description="号牌中的一段 · A part of the plate")] = None,
    unit: Ids = None,
    unit_subtree: Subtree = "false",
    cursor: Annotated[scalars.ID | None, Query(description="接着上一页：取自 next · From next")] = None,
    limit: Limit = USUAL,
) -> Response:
    """每车一行；今日由几个账号上报则有几行。不说明车在何处。迟到、重复、不可能的位置按今日收到的计。

    A line a vehicle, and one for each account that sent for it today. Where it is is not told. Counted is what was received today,
    measured since the day before: late, two places at once, and impossible (no place, ahead of time, outside of China, a jump).
    """
    now, below = datetime.now(UTC), with_those_below(unit_subtree, unit)
    with looking(given, asked) as view:
        units = None if unit is None else units_of(view, unit, subtree=below)
        rows = devices.heard(view, now, Wanted(units=units, plate=plate or "", beyond=cursor, limit=limit + 1))
        shown = rows[:limit]
        today = datetime.combine(now.astimezone(ZONE).date(), datetime.min.time(), ZONE)
        counted = health.of_devices(reading.received(view.connection, [str(row["vehicle"]) for row in shown], today))
    told = [line for row in shown for line in _lines(row, counted, now)]
    more = str(shown[-1]["vehicle"]) if len(rows) > limit else None
    return json_response({**seen(view, asked), "today": today.date(), "devices": told, "next": more})


def _lines(row: DictRow, counted: Mapping[tuple[str, str], Health], now: datetime) -> list[dict[str, Any]]:
    """The account that was heard of last stands first."""
    vehicle = str(row["vehicle"])
    senders = sorted({source for of, source in counted if of == vehicle} - {row["source"]})
    return [_line(row, row["source"], counted, now), *(_line(row, one, counted, now) for one in senders)]


def _line(row: DictRow, source: str | None, counted: Mapping[tuple[str, str], Health], now: datetime) -> dict[str, Any]:
    is_last = source == row["source"]
    found = counted.get((str(row["vehicle"]), source or ""), Health())
    heard = row["received_at"] if is_last else None
    return {
        "vehicle": row["vehicle"],
        "plate": row["plate"],
        "unit": row["unit"],
        "device": source,
        "heard": heard,
        "at": row["at"] if is_last else None,
        "silent": is_last and (heard is None or now - heard > SILENT_AFTER),
        "received": found.received,
        "late": found.late,
        "doubled": found.doubled,
        "impossible": found.impossible,
        "marks": [
            {"mark": mark.value, "zh": mark.zh, "en": mark.en, "count": found.marks[mark.value]}
            for mark in Mark
            if found.marks[mark.value]
        ],
    }
