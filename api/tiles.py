"""Vector tiles: what was where at a moment, as known at a moment, drawn by PostGIS."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import Path, Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from api import openapi
from api.dependencies import Caller, Given
from api.reading import Viewed, looking, seen
from api.refusals import NotThere
from api.routing import Routes
from api.scalars import digits
from projections.queries import tiles
from projections.queries.tiles import LARGEST_ZOOM, Tile
from projections.queries.view import Asked, View

MVT = "application/vnd.mapbox-vector-tile"
Kind: TypeAlias = Literal["compounds", "buildings", "rooms", "vehicles", "warehouses"]

_KINDS = "只要这些种类（可重复）；不写则为全部。 Only these kinds, repeated; all when it is not given."
_FLOOR = "只要这一层的房间；其他种类不受影响。 Rooms of this floor only; other kinds are drawn as ever."


def _side(largest: int) -> Any:
    # The bounds stand before the look at the text, or the document would lose them.
    return Annotated[int, Field(ge=0, le=largest), BeforeValidator(digits), Path()]


Zoom: Any = _side(LARGEST_ZOOM)
Side: Any = _side(2**LARGEST_ZOOM - 1)
Floor: TypeAlias = Annotated[int, Field(ge=-20, le=200), Query(description=_FLOOR)]


class TileUnknown(NotThere):
    zh = "第 {z} 级没有瓦片 {x}/{y}：两个数都应小于 {sides}。"
    en = "Zoom {z} has no tile {x}/{y}: both numbers must be less than {sides}."


def _responses() -> dict[str, Any]:
    headers = {name: {"schema": {"type": "string"}} for name in ("ETag", "Tile-Position", "Tile-At", "Tile-Known")}
    body = {MVT: {"schema": {"type": "string", "format": "binary"}}}
    return {
        "responses": {
            200: {"description": "OK", "content": body, "headers": headers},
            204: {"description": "没有内容 · Nothing is there"},
            304: {"description": "未变化 · Not modified"},
            **openapi.problems(401, 404, 409, 422, 500, 503),
        }
    }


router = Routes(tags=["map"])


@router.get(
    "/v1/tiles/{z}/{x}/{y}.mvt",
    operation_id="tile",
    summary="矢量瓦片 · A vector tile",
    response_class=Response,
    **_responses(),
)
def tile(
    z: Zoom,
    x: Side,
    y: Side,
    request: Request,
    given: Given,
    _: Caller,
    asked: Viewed,
    kinds: Annotated[list[Kind] | None, Query(max_length=5, description=_KINDS)] = None,
    floor: Floor | None = None,
) -> Response:
    """Up to zoom 12 the layer `counts` (how many of a `kind` in each of 32 × 32 squares), from 13 on one layer a kind."""
    if max(x, y) >= 2**z:
        raise TileUnknown(z=z, x=x, y=y, sides=2**z)
    wanted = Tile(z=z, x=x, y=y, kinds=kinds or (), floor=floor)
    with looking(given, asked) as view:
        tag = _tag_beforehand(view, asked, request)
        if tag is not None and _holds(request, tag):
            return Response(status_code=304, headers=_headers(view, asked, tag))
        drawn = tiles.drawn(view, wanted)
    tag = tag or _tag(drawn)
    if _holds(request, tag):
        return Response(status_code=304, headers=_headers(view, asked, tag))
    status = 200 if drawn else 204
    return Response(drawn, status, _headers(view, asked, tag), MVT if drawn else None)


def _tag_beforehand(view: View, asked: Asked, request: Request) -> str | None:
    """A fixed moment in a view at a position shows the same for ever: such a tile need not be drawn to be known.

    Without `at` it shows now, and what was recorded for a later day comes true without any event: then the bytes decide.
    """
    if asked.at is None:
        return None
    known = view.position if view.known is None else view.known
    return _tag(f"{view.schema} {known} {request.url.path}?{request.url.query}".encode())


def _tag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def _holds(request: Request, tag: str) -> bool:
    held = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return tag in held or "*" in held


def _headers(view: View, asked: Asked, tag: str) -> dict[str, str]:
    """What a JSON answer says of itself in its body."""
    told = seen(view, asked)
    known = {} if view.known is None else {"Tile-Known": str(view.known)}
    return {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Tile-Position": str(told["position"]),
        "Tile-At": told["at"].isoformat(),
        **known,
    }
