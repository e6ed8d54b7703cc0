"""`GET /map.png` and `/map.pdf`: what the map shows of a box, at a moment, on a sheet of paper."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends
from fastapi.responses import Response

from api import openapi
from api.composition import Services
from api.dependencies import Caller, Given
from api.pictures.asked import Lines
from api.pictures.asking import asked_picture
from api.pictures.grounds import base_of, grounded
from api.pictures.laying_out import sheet
from api.reading import Viewed, looking
from api.routing import Routes
from domain.access.principal import Principal
from maps.pictures.making import TYPES, Form, made
from maps.pictures.sheet import svg
from projections.places import SHOWN
from projections.queries.view import Asked

Pictured = Annotated[Lines, Depends(asked_picture)]


def routes() -> Routes:
    router = Routes(tags=["map"])
    for form in TYPES:
        content = {TYPES[form]: {"schema": {"type": "string", "format": "binary"}}}
        router.add_api_route(
            f"/map.{form}",
            _picture(form),
            operation_id=f"map.{form}",
            summary=f"地图的一页（{form.upper()}） · The map as {form.upper()}",
            response_class=Response,
            responses={
                200: {"description": "OK", "content": content},
                **openapi.problems(401, 404, 409, 422, 500, 503),
            },
        )
    return router


def _picture(form: Form) -> Any:
    def endpoint(given: Given, caller: Caller, asked: Viewed, lines: Pictured) -> Response:
        """比例尺、指北针、图例、时点齐全，审图号留空待填。With scale, north, legend and moment; the approval number is left to fill."""
        return _answer(given, caller, asked, lines, form)

    return endpoint


def _answer(given: Services, caller: Principal, asked: Asked, lines: Lines, form: Form) -> Response:
    base = base_of(given, lines)
    with looking(given, asked) as view:
        drawn = sheet(view, asked, lines, frozenset(kind for kind in SHOWN if caller.may_read(kind)))
    if base is not None:  # fetched when no view is held open any longer
        drawn = grounded(given, drawn, lines, base)
    headers = {"Content-Disposition": f'inline; filename="map.{form}"', "Cache-Control": "private, no-store"}
    return Response(made(svg(drawn), form), media_type=TYPES[form], headers=headers)
