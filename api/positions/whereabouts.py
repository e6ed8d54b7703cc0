"""Where vehicles are: the last position of each that is in sight, now or at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response

from api import openapi
from api.angles.refusals import BoxImpossible
from api.comparing.asking import BoxText
from api.dependencies import Caller, Given
from api.executing import json_response
from api.figures.asking import Ids, Subtree, with_those_below
from api.positions.answers import Whereabouts
from api.reading import Viewed, looking, seen
from api.routing import Routes
from maps.positions.states import state
from projections.queries import holdings, whereabouts
from projections.queries.view import Asked, View
from projections.queries.whereabouts import Box, Wanted

router = Routes(tags=["positions"])


@router.get(
    "/v1/positions/latest",
    operation_id="positions.latest",
    summary="车辆现在何处 · Where vehicles are",
    response_class=Response,
    **openapi.reads(Whereabouts, 404, 409),
)
def latest(
    given: Given,
    _: Caller,
    asked: Viewed,
    bbox: Annotated[BoxText | None, Query()] = None,
    unit: Ids = None,
    unit_subtree: Subtree = "false",
    vehicle: Ids = None,
) -> Response:
    """用 at 可看过去某一时刻（其前一日内的最后位置），用 known 只按当时已收到的。涉密车辆只对有权者显示。

    With `at` where they were then (the last position within a day before), with `known` by what had been received. `unit`: owns,
    uses, or has it posted to it.
    """
    below = with_those_below(unit_subtree, unit)
    with looking(given, asked) as view:
        units = None if unit is None else units_of(view, unit, subtree=below)
        rows, silent = heard_of(view, asked, Wanted(units=units, vehicles=vehicle, box=_box(bbox)))
    return json_response({**seen(view, asked), "vehicles": rows, "silent": silent})


def heard_of(view: View, asked: Asked, wanted: Wanted) -> tuple[list[dict[str, Any]], int]:
    """Each with its `age` and `state` at the moment that is looked at; and how many have no position."""
    past = asked.at is not None or asked.known is not None or asked.case is not None
    rows, silent = whereabouts.last_places(view, replace(wanted, past=past, known_at=known_moment(view, asked)))
    now = view.at if past else datetime.now(UTC)
    return [_told(row, now) for row in rows], silent


def units_of(view: View, units: Sequence[UUID], *, subtree: bool) -> list[UUID]:
    return [one for id in units for one in (holdings.subtree(view, id) if subtree else [id])]


def known_moment(view: View, asked: Asked) -> datetime | None:
    """By when a position must have been received to be known; None: whenever."""
    if isinstance(asked.known, datetime):
        return asked.known
    position = asked.known if asked.known is not None else view.position if asked.case is not None else None
    return None if position is None else whereabouts.recorded_at(view, min(position, view.position))


def _box(text: str | None) -> Box | None:
    if text is None:
        return None
    west, south, east, north = map(float, text.split(","))
    if west >= east or south >= north:
        raise BoxImpossible(given=text)
    return west, south, east, north


def _told(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {**row, "age": (now - row["at"]).total_seconds(), "state": state(row["at"], row["speed"], now)}
