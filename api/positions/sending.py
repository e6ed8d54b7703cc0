"""Positions come in: as JSON or GeoJSON in batches, and one by one as the clients of OsmAnd and Traccar send them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, TypeAlias

from fastapi import Depends, Request
from fastapi.responses import Response

from api import openapi
from api.bodies import JSON, parsed, raw_body, validated
from api.dependencies import Caller, Given
from api.executing import json_response
from api.positions import geojson
from api.positions.answers import PositionsReport
from api.positions.fleets import Fleets
from api.positions.lines import MOST_LINES, Lines, PositionsSent, lines_of
from api.positions.refusals import PositionsRefused
from api.positions.taking import Report, Taking
from api.refusals import TypeNotSupported
from api.routing import Routes

GEOJSON = "application/geo+json"
REFUSALS = (400, 403, 409, 413, 415, 422, 500, 503)

router = Routes(tags=["positions"])


async def shared_taking(request: Request, given: Given) -> Taking:
    """Of this process: it remembers which vehicles there are."""
    found: Taking | None = getattr(request.app.state, "taking", None)
    if found is None:
        found = request.app.state.taking = Taking(given, Fleets(given))
    return found


Taken: TypeAlias = Annotated[Taking, Depends(shared_taking)]


async def _sent(request: Request, given: Given) -> Lines:
    """Read after the door, like every body."""
    is_geojson = request.headers.get("content-type", "").partition(";")[0].strip().lower() == GEOJSON
    try:
        raw = await raw_body(request, given.settings.body_limit_bytes, GEOJSON if is_geojson else JSON)
    except TypeNotSupported as refusal:
        raise TypeNotSupported(expected=f"{JSON} / {GEOJSON}", given=refusal.data["given"]) from None
    if not is_geojson and (lines := lines_of(raw)) is not None:
        return lines
    said = parsed(raw).data
    if isinstance(said, dict) and said.get("type") in geojson.TYPES:
        return geojson.lines_of(said)
    validated(PositionsSent, raw)
    raise AssertionError("what is right was read before")


_ONE: dict[str, Any] = {"type": "object", "required": ["type"], "properties": {"type": {"const": "Feature"}}}
_SEVERAL: dict[str, Any] = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {"type": "object"}, "minItems": 1, "maxItems": MOST_LINES},
        "system": {"type": "string"},
    },
}
_FEATURES = {"oneOf": [_ONE, _SEVERAL]}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {JSON: {"schema": openapi.ref(PositionsSent)}, GEOJSON: {"schema": _FEATURES}},
    }
}


@router.post(
    "/v1/positions",
    operation_id="positions.report",
    summary="上报位置 · Report positions",
    response_class=Response,
    responses={200: openapi.answers(PositionsReport, "OK"), **openapi.problems(*REFUSALS)},
    openapi_extra=_BODY,
)
def report(taken: Taken, caller: Caller, lines: Annotated[Lines, Depends(_sent)]) -> Response:
    """答复时已存盘；重复上报只存一次；有错的逐条指出，其余照收。

    Answered when committed. What is reported again is there once. Lines that are wrong are named, and the others kept.
    """
    return reported(taken.take(lines, caller, datetime.now(UTC)))


def reported(report: Report) -> Response:
    """Rule: whoever has nothing kept is told so by the status."""
    if not report.kept:
        raise PositionsRefused([fault.under(f"/positions/{line - 1}") for line, fault in report.wrong])
    return json_response(report.told())
