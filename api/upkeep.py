"""What vehicles cost and did: one of them, and many."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import StringConstraints

from api import openapi
from api.angles_asking import subject
from api.answers_figures import UpkeepSummary, VehicleUpkeep
from api.dependencies import Caller, Given
from api.executing import json_response
from api.figures_asking import Ids, PageCursor, PageLimit, Subtree, begun, going_on, labelled, names_of
from api.lists_cursor import CursorInvalid
from api.moments import Moment
from api.reading import Viewed, looking, seen
from api.upkeep_words import entry_words, running, value_in_words
from domain.vehicles.vehicle import Vehicle
from projections.queries import upkeep
from projections.queries.things import named
from projections.queries.upkeep import DIMENSIONS, Chosen, Period

MOST_DIMENSIONS = 3
_ONE = f"({'|'.join(DIMENSIONS)})"
_PATTERN = f"^{_ONE}(,{_ONE}){{0,{MOST_DIMENSIONS - 1}}}$"
_BY = "分组，逗号分开，最多三项 · Broken down by up to three of these, separated by commas"
_FROM = "从此时起；不写则从头 · From this moment; from the beginning when it is not given"
_TO = "到此时为止（不含）；不写则到 at · Until this moment, not included; up to `at` when it is not given"

By: TypeAlias = Annotated[
    Annotated[str, StringConstraints(strict=True, pattern=_PATTERN)] | None, Query(description=_BY)
]
From: TypeAlias = Annotated[Moment | None, Query(alias="from", description=_FROM)]
To: TypeAlias = Annotated[Moment | None, Query(alias="to", description=_TO)]

router = APIRouter(tags=["vehicles"])


@router.get(
    "/v1/vehicles/{id:uuid}/upkeep",
    operation_id="vehicles.upkeep",
    summary="车辆费用和养护 · What a vehicle cost, and how it was looked after",
    response_class=Response,
    **openapi.reads(VehicleUpkeep, 404, 409),
)
def of_one(
    id: UUID,
    request: Request,
    given: Given,
    asked: Viewed,
    _: Caller,
    since: From = None,
    until: To = None,
    cursor: PageCursor = None,
    limit: PageLimit = 100,
) -> Response:
    """按发生时间排列。In the order in which they happened; `running` and `kinds` are of the whole period."""
    asked, page = begun(request, asked, cursor, 3)
    period = Period(since=since, until=until)
    after = None if page is None else _place(page.keys)
    with looking(given, asked) as view:
        subject(view, asked, Vehicle, id)
        found = upkeep.entries(view, id, period, after, limit + 1)
        kinds = upkeep.kinds(view, id, period)
        totals = upkeep.summary(view, (), Chosen(vehicles=[id]), period)[0]
        readings = upkeep.readings(view, id, period) or {"first": None, "last": None}
        names = named(view, [id])
    entries, more = found[:limit], len(found) > limit
    last = entries[-1] if more else None
    keys = (last["happened"].isoformat(), str(last["position"]), str(last["line"])) if last else ()
    driven = (readings["last"] or 0) - (readings["first"] or 0)
    return json_response(
        {
            **seen(view, asked),
            "vehicle": labelled(names, id),
            "kinds": [kind | entry_words(kind["entry"]) for kind in kinds],
            "running": running(totals, driven or totals["distance"]),
            "odometer_first": readings["first"],
            "odometer_last": readings["last"],
            "entries": [entry | entry_words(entry["entry"]) for entry in entries],
            "next": going_on(request, view, keys, id) if last else None,
        }
    )


def _place(keys: tuple[str | None, ...]) -> tuple[datetime, int, int] | None:
    when, position, line = keys
    try:
        return datetime.fromisoformat(str(when)), int(str(position)), int(str(line))
    except ValueError as error:
        raise CursorInvalid from error


@router.get(
    "/v1/upkeep/summary",
    operation_id="upkeep.summary",
    summary="车辆运行费用汇总 · Trips, kilometres and costs of vehicles",
    response_class=Response,
    **openapi.reads(UpkeepSummary, 404, 409),
)
def summary(
    given: Given,
    asked: Viewed,
    _: Caller,
    by: By = None,
    vehicle: Ids = None,
    unit: Ids = None,
    unit_subtree: Subtree = "false",
    since: From = None,
    until: To = None,
) -> Response:
    """费用计入当时使用车辆的单位；只有随出车登记的费用才归到驾驶员和用途。

    A cost counts to the unit that used the vehicle then; only costs told with a journey belong to a driver and a purpose.
    """
    dimensions = tuple(dict.fromkeys(by.split(","))) if by else ()
    chosen = Chosen(vehicles=vehicle or (), units=unit or (), subtree=unit_subtree == "true")
    period = Period(since=since, until=until)
    with looking(given, asked) as view:
        totals = upkeep.summary(view, (), chosen, period)[0]
        rows = upkeep.summary(view, dimensions, chosen, period) if dimensions else []
        names = names_of(view, rows, dimensions)
    groups = [
        {
            "dimensions": {name: value_in_words(name, row[name], names) for name in dimensions},
            "running": running(row, row["distance"]),
        }
        for row in rows
    ]
    told: dict[str, Any] = {"by": dimensions, "totals": running(totals, totals["distance"]), "groups": groups}
    return json_response({**seen(view, asked), **told})
