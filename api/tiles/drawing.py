"""Vector tiles: what was where at a moment, as known at a moment, drawn by PostGIS."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, TypeAlias

from fastapi import Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from api import openapi
from api.angles.asking import KINDS, one_of
from api.attention.answering import waiting_for, wrong_for
from api.attention.watched import WAITS, WRONG
from api.composition import Services
from api.dependencies import Caller, Given
from api.lists.asked import filters_of
from api.reading import Viewed, looking, recalling, seen
from api.refusals import NotThere
from api.routing import Routes
from api.scalars import digits
from domain.warehouse.item import Item
from domain.warehouse.warehouse import Warehouse
from projections.places import SHOWN
from projections.queries import overlays, tiles
from projections.queries.colours import COLOURS
from projections.queries.lists import Wanted
from projections.queries.tiles import LARGEST_ZOOM, Tile
from projections.queries.view import Asked, View

MVT = "application/vnd.mapbox-vector-tile"
Kind: Any = one_of(*SHOWN)
Finding: Any = one_of(*(one.name for one in (*WAITS, *WRONG)))

_KINDS = "只要这些种类（可重复）；不写则为全部。 Only these kinds, repeated; all when it is not given."
_COLOUR = "按此上色：每个要素带 colour，取值见图例 · Each feature says its `colour` by this, as the legend explains it"
_FINDING = "只要这些事项（可重复），名称见 /v1/attention · Only these, repeated, by their names in /v1/attention"
_FLOOR = "只要这一层的房间；其他种类不受影响。 Rooms of this floor only; other kinds are drawn as ever."


_DESCRIPTION = """
第 12 级及以下（房间为第 15 级及以下）只有图层 `counts`：32 × 32 个方格中每类对象的数量，按所给条件计，不会遗漏。更高级别每类对象一个图层。
Up to zoom 12 (rooms: 15) the layer `counts`, how many of a `kind` in each of 32 × 32 squares, complete and as filtered;
above, one layer a kind. The filters are those of the list of the kind.
"""


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


def routes() -> Routes:
    router = Routes(tags=["map"])
    _add(router, "all", "tile", "全部图层", "all layers", _of_all())
    for kind in SHOWN:
        cls = KINDS[kind]
        _add(router, kind, f"{kind}.tile", cls.zh, cls.kind, _of_kind(kind))
    _add(router, "items", "items.tile", "仓库中的资产", "items, by their warehouses", _of_items())
    _add(router, overlays.FINDINGS, "findings.tile", "待办与异常", "what waits and what looks wrong", _of_findings())
    return router


def _add(router: Routes, layer: str, operation: str, zh: str, en: str, endpoint: Any) -> None:
    router.add_api_route(
        f"/tiles/{layer}/{{z}}/{{x}}/{{y}}.mvt",
        endpoint,
        operation_id=operation,
        summary=f"矢量瓦片：{zh} · A vector tile of {en}",
        description=_DESCRIPTION,
        response_class=Response,
        **_responses(),
    )


def _of_all() -> Any:
    def endpoint(
        z: Zoom,
        x: Side,
        y: Side,
        request: Request,
        given: Given,
        _: Caller,
        asked: Viewed,
        kinds: Annotated[list[Kind] | None, Query(max_length=len(SHOWN), description=_KINDS)] = None,
        floor: Floor | None = None,
    ) -> Response:
        return _drawn(given, request, asked, Tile(z=z, x=x, y=y, kinds=kinds or (), floor=floor))

    return endpoint


def _of_kind(kind: str) -> Any:
    """With the filters of the list of this kind."""
    filtered: Any = Depends(filters_of(kind))
    colours: Any = one_of(*COLOURS.get(kind, ()))

    def endpoint(
        z: Zoom,
        x: Side,
        y: Side,
        request: Request,
        given: Given,
        _: Caller,
        asked: Viewed,
        wanted: Wanted | None = filtered,
        colour: str | None = None,
    ) -> Response:
        return _drawn(given, request, asked, Tile(z=z, x=x, y=y, kinds=(kind,), wanted=wanted, colour=colour))

    endpoint.__annotations__ |= {"colour": Annotated[colours | None, Query(description=_COLOUR)]}
    return endpoint


def _of_items() -> Any:
    filtered: Any = Depends(filters_of(Item.kind))

    def endpoint(
        z: Zoom,
        x: Side,
        y: Side,
        request: Request,
        given: Given,
        _: Caller,
        asked: Viewed,
        wanted: Wanted | None = filtered,
    ) -> Response:
        shown = overlays.items(wanted or Wanted(Item.kind))
        return _drawn(given, request, asked, Tile(z=z, x=x, y=y, kinds=(Warehouse.kind,), overlay=shown))

    return endpoint


def _of_findings() -> Any:
    def endpoint(
        z: Zoom,
        x: Side,
        y: Side,
        request: Request,
        given: Given,
        caller: Caller,
        asked: Viewed,
        finding: Annotated[list[Finding] | None, Query(max_length=100, description=_FINDING)] = None,
    ) -> Response:
        watched = [one for one in (*waiting_for(caller), *wrong_for(caller)) if finding is None or one.name in finding]
        places = {one.name: one.rows.places for one in watched if one.rows.places is not None}
        return _drawn(given, request, asked, Tile(z=z, x=x, y=y, overlay=overlays.findings(places)))

    return endpoint


def _drawn(given: Services, request: Request, asked: Asked, tile: Tile) -> Response:
    sides = 2**tile.z
    if max(tile.x, tile.y) >= sides:
        raise TileUnknown(z=tile.z, x=tile.x, y=tile.y, sides=sides)
    with looking(given, asked) as view:
        tag = _tag_beforehand(view, asked, request)
        if tag is not None and _holds(request, tag):
            return Response(status_code=304, headers=_headers(view, asked, tag))
        drawn = tiles.drawn(view, tile, recalling(given, view, asked))
    tag = tag or _tag(drawn)
    if _holds(request, tag):
        return Response(status_code=304, headers=_headers(view, asked, tag))
    status = 200 if drawn else 204
    return Response(drawn, status, _headers(view, asked, tag), MVT if drawn else None)


def _tag_beforehand(view: View, asked: Asked, request: Request) -> str | None:
    """A fixed moment in a view at a position shows the same for ever: such a tile need not be drawn to be known.

    To those who see the same: somebody else at the same browser must not be told that what it still has is theirs.
    Without `at` it shows now, and what was recorded for a later day comes true without any event: then the bytes decide.
    """
    if asked.at is None:
        return None
    known = view.position if view.known is None else view.known
    return _tag(f"{view.schema} {known} {asked.sight} {request.url.path}?{request.url.query}".encode())


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
