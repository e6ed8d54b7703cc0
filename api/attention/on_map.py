"""`GET /v1/map/findings`: what waits or looks wrong where one looks, each counted."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import Response

from api import openapi
from api.angles.asking import one_of
from api.attention.answering import waiting_for, wrong_for
from api.attention.answers import MapFindings
from api.attention.watched import WAITS, WRONG
from api.comparing.asking import BoxText, box_of
from api.dependencies import Caller, Given
from api.executing import json_response
from api.reading import Viewed, looking, seen
from api.routing import Routes
from projections.queries.found import counts

_NAMES: Any = one_of(*(one.name for one in (*WAITS, *WRONG)))
_ONLY = "只要这些事项（可重复） · Only these, repeated"
_NUMBERS = ("listed", "placed", "in_view")

router = Routes(tags=["map"])


@router.get(
    "/v1/map/findings",
    operation_id="map.findings",
    summary="地图上的待办与异常 · What waits or looks wrong, on the map",
    response_class=Response,
    **openapi.reads(MapFindings, 404, 409),
)
def findings(
    given: Given,
    caller: Caller,
    asked: Viewed,
    bbox: Annotated[BoxText | None, Query()] = None,
    finding: Annotated[list[_NAMES] | None, Query(max_length=100, description=_ONLY)] = None,
) -> Response:
    """只列能看到的事项中有地点的种类。`in_view` 在所看范围内。Those that may be seen and have places; `in_view` are in the box."""
    watched = [one for one in (*waiting_for(caller), *wrong_for(caller)) if finding is None or one.name in finding]
    places = {one.name: one.rows.places for one in watched if one.rows.places is not None}
    with looking(given, asked) as view:
        found = counts(view, places, None if bbox is None else box_of(bbox))
    values = [
        {"value": one.name, "zh": one.zh, "en": one.en, **{name: found[one.name][name] for name in _NUMBERS}}
        for one in watched
        if one.name in found
    ]
    totals = {name: sum(one[name] for one in values) for name in _NUMBERS}
    return json_response({**seen(view, asked), "values": values, "totals": totals})
