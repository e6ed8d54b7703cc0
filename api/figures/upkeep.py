"""What vehicles cost and did: one of them, and many."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import Response
from pydantic import StringConstraints

from api.angles.asking import subject
from api.dependencies import Caller, Given
from api.executing import json_response
from api.exports import types as exports_types
from api.exports.asking import Formed
from api.exports.files import export
from api.exports.table import Table
from api.figures.answers import UpkeepSummary, VehicleUpkeep
from api.figures.asking import Ids, PageCursor, PageLimit, Subtree, labelled, with_those_below
from api.figures.upkeep_tables import entries_told, groups_told, table_of_entries, table_of_groups
from api.figures.upkeep_words import entry_words, running
from api.lists.cursor import CursorInvalid, begun, going_on
from api.moments import Moment
from api.reading import Viewed, looking, seen
from api.routing import Routes
from domain.vehicles.vehicle import Vehicle
from projections.queries import upkeep
from projections.queries.things import named
from projections.queries.upkeep import DIMENSIONS, Chosen, Period
from projections.queries.view import Asked, View

USUAL = 100
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

router = Routes(tags=["vehicles"])


@router.get(
    "/v1/vehicles/{id:uuid}/upkeep",
    operation_id="vehicles.upkeep",
    summary="车辆费用和养护 · What a vehicle cost, and how it was looked after",
    response_class=Response,
    **exports_types.reads(VehicleUpkeep, 404, 409),
)
def of_one(
    id: UUID,
    request: Request,
    given: Given,
    asked: Viewed,
    _: Caller,
    form: Formed,
    since: From = None,
    until: To = None,
    cursor: PageCursor = None,
    limit: PageLimit | None = None,
) -> Response:
    """按发生时间排列。In the order in which they happened; `running` and `kinds` are of the whole period."""
    asked, page = begun(request, asked, cursor, 3)
    period = Period(since=since, until=until)
    after = None if page is None else _place(page.keys)
    if form.is_file:
        return export(looking(given, asked), form, partial(_file_of_one, asked, id, period, after, limit))
    limit = limit or USUAL
    with looking(given, asked) as view:
        subject(view, asked, Vehicle, id)
        found = upkeep.entries(view, id, period, after, limit + 1).rows()
        kinds = upkeep.kinds(view, id, period)
        totals = upkeep.summary(view, (), Chosen(vehicles=[id]), period).rows()[0]
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
            "entries": entries_told(entries),
            "next": going_on(request, view, keys, id) if last else None,
        }
    )


Place: TypeAlias = tuple[datetime, int, int]
"""When, position and line of the last entry of a page."""


def _file_of_one(asked: Asked, id: UUID, period: Period, after: Place | None, limit: int | None, view: View) -> Table:
    subject(view, asked, Vehicle, id)
    return table_of_entries(view, upkeep.entries(view, id, period, after, limit))


def _place(keys: tuple[str | None, ...]) -> Place:
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
    **exports_types.reads(UpkeepSummary, 404, 409),
)
def summary(
    given: Given,
    asked: Viewed,
    _: Caller,
    form: Formed,
    by: By = None,
    vehicle: Ids = None,
    unit: Ids = None,
    unit_subtree: Subtree = "false",
    since: From = None,
    until: To = None,
) -> Response:
    """费用计入当时使用车辆的单位；只有随出车登记的费用才归到驾驶员和用途。

    A cost counts to the unit that used the vehicle then; only costs told with a journey belong to a driver and a purpose.
    导出的是各组；没有 by 时为合计一行。Files hold the groups; without `by`, one row of totals.
    """
    dimensions = tuple(dict.fromkeys(by.split(","))) if by else ()
    chosen = Chosen(vehicles=vehicle or (), units=unit or (), subtree=with_those_below(unit_subtree, unit))
    period = Period(since=since, until=until)
    if form.is_file:
        found = partial(upkeep.summary, by=dimensions, chosen=chosen, period=period)
        return export(looking(given, asked), form, lambda view: table_of_groups(view, dimensions, found(view)))
    with looking(given, asked) as view:
        totals = upkeep.summary(view, (), chosen, period).rows()[0]
        rows = upkeep.summary(view, dimensions, chosen, period).rows() if dimensions else []
        groups = groups_told(view, dimensions, rows)
    told: dict[str, Any] = {"by": dimensions, "totals": running(totals, totals["distance"]), "groups": groups}
    return json_response({**seen(view, asked), **told})
