"""`GET /map.png` and `/map.pdf`: what the map shows of a box, at a moment, on a sheet of paper."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from fastapi.responses import Response

from api import openapi, scalars
from api.angles.asking import one_of
from api.comparing.asking import BoxText, box_of
from api.composition import Services
from api.dependencies import Caller, Given
from api.pictures.laying_out import Lines, sheet
from api.reading import Viewed, looking
from api.routing import Routes
from api.tiles.drawing import Floor, Kind
from domain.access.principal import Principal
from maps.pictures.making import TYPES, Form, made
from maps.pictures.sheet import svg
from projections.places import SHOWN
from projections.queries.colours import COLOURS
from projections.queries.view import Asked

_COLOURS: Any = one_of(*(f"{kind}.{name}" for kind in SHOWN for name in COLOURS.get(kind, ())))
_BOX = "所画的范围：西,南,东,北（EPSG:4490） · What is drawn: west,south,east,north"
_KINDS = "只画这些种类（可重复） · Only these kinds, repeated"
_COLOUR = "一类对象按什么上色，如 buildings.title · By what one kind is coloured"
_TITLE = "标题 · The title"
_LANG = "文字 · The language"
_PAPER = "纸张，横放 · The paper, across"
_Title: Any = scalars.text([])


async def asked_picture(
    bbox: Annotated[BoxText, Query(description=_BOX)],
    kinds: Annotated[list[Kind] | None, Query(max_length=len(SHOWN), description=_KINDS)] = None,
    colour: Annotated[_COLOURS | None, Query(description=_COLOUR)] = None,
    floor: Floor | None = None,
    title: Annotated[_Title | None, Query(max_length=60, description=_TITLE)] = None,
    lang: Annotated[Literal["zh", "en"], Query(description=_LANG)] = "zh",
    paper: Annotated[Literal["a4", "a3"], Query(description=_PAPER)] = "a4",
) -> Lines:
    by = None if colour is None else tuple(colour.split("."))
    return Lines(
        box=box_of(bbox), kinds=tuple(kinds or SHOWN), colour=by, floor=floor, title=title or "", lang=lang, paper=paper
    )


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
    with looking(given, asked) as view:
        drawn = svg(sheet(view, asked, lines, frozenset(kind for kind in lines.kinds if caller.may_read(kind))))
    headers = {"Content-Disposition": f'inline; filename="map.{form}"', "Cache-Control": "private, no-store"}
    return Response(made(drawn, form), media_type=TYPES[form], headers=headers)
