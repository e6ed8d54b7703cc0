"""Base maps as the map sees them: always at this server, whoever made them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path
from fastapi.responses import FileResponse, Response
from pydantic import BeforeValidator, Field

from api import openapi
from api.answers import Answered
from api.bases import boundaries
from api.bases.refusals import BaseTileUnknown, BaseUnknown, BaseUnreachable
from api.composition import Services
from api.dependencies import Caller, Given
from api.executing import json_response
from api.routing import Routes
from api.scalars import digits
from infra.bases import Base
from maps.bases.fetching import BaseAway
from maps.bases.offered import offered

DAY = 86_400
LARGEST_ZOOM = 22

_Name = Annotated[str, Path(pattern="^[a-z0-9-]{1,40}$")]


def _side(largest: int) -> Any:
    return Annotated[int, Field(ge=0, le=largest), BeforeValidator(digits), Path()]


_Zoom: Any = _side(LARGEST_ZOOM)
_Side: Any = _side(2**LARGEST_ZOOM - 1)


class BaseTold(Answered):
    name: str
    zh: str
    en: str
    attribution: str
    form: Annotated[str, Field(pattern="^(tiles|pmtiles)$")]
    address: Annotated[str, Field(description="With {z}, {x}, {y}; of a PMTiles file as it is")]
    min_zoom: int
    max_zoom: int


class BasesTold(Answered):
    bases: list[BaseTold]
    boundaries: Annotated[int, Field(description="How many boundaries were imported")]


router = Routes(tags=["map"])


@router.get("/v1/map/bases", operation_id="map.bases", response_class=Response,
            summary="可用的底图 · The base maps there are", **openapi.reads(BasesTold))  # fmt: skip
def bases(given: Given, _: Caller) -> Response:
    """由管理员设置；没有设置时为空。Chosen by the administrator; none where nothing was chosen."""
    with given.pool.connection() as connection:
        many = boundaries.how_many(connection)
    return json_response({"bases": [_told(base) for base in given.bases.values()], "boundaries": many})


def _told(base: Base) -> dict[str, Any]:
    """A file of pictures is handed out tile by tile like those of a host; one of vectors the page reads by itself."""
    found = offered(base)
    kept = base.model_dump(include={"name", "zh", "en"})
    address = f"/bases/{base.name}/{{z}}/{{x}}/{{y}}" if found.is_of_pictures else f"/bases/{base.name}.pmtiles"
    form, (least, most) = "tiles" if found.is_of_pictures else "pmtiles", found.zooms
    return {
        **kept,
        "attribution": found.attribution,
        "form": form,
        "address": address,
        "min_zoom": least,
        "max_zoom": most,
    }


_IMAGE = {"image/*": {"schema": {"type": "string", "format": "binary"}}}
_BYTES = {"application/vnd.pmtiles": {"schema": {"type": "string", "format": "binary"}}}


def _documented(content: dict[str, Any], *statuses: int) -> dict[str, Any]:
    return {"responses": {200: {"description": "OK", "content": content}, **openapi.problems(401, 404, 422, *statuses)}}


@router.get("/bases/{name}/{z}/{x}/{y}", operation_id="map.base", response_class=Response,
            summary="底图的一块瓦片，由服务器代取或取自文件 · A tile of a base map, fetched by the server or out of its file", **_documented(_IMAGE, 503))  # fmt: skip
def base_tile(name: _Name, z: _Zoom, x: _Side, y: _Side, given: Given, _: Caller) -> Response:
    """密钥只在服务器上；只向设置的主机请求，有时间和大小限制，并缓存。The key stays at the server, which asks the configured host only."""
    found = offered(_base(given, name))
    if not found.is_of_pictures or not found.zooms[0] <= z <= found.zooms[1] or max(x, y) >= 2**z:
        raise BaseTileUnknown(name=name, z=z, x=x, y=y)
    try:
        tile = found.picture(given.fetcher, z, x, y)
    except BaseAway as away:
        raise BaseUnreachable(name=name, why=away.why) from None
    return Response(tile.content, media_type=tile.type, headers={"Cache-Control": f"private, max-age={DAY}"})


@router.get("/bases/{name}.pmtiles", operation_id="map.base.file", response_class=FileResponse,
            summary="PMTiles 底图文件，可按字节范围读取 · A PMTiles file, read by byte ranges",
            **_documented(_BYTES))  # fmt: skip
def base_file(name: _Name, given: Given, _: Caller) -> Response:
    """请求头 Range 决定读取哪一段。The header Range says which part."""
    base = _base(given, name)
    if base.pmtiles is None:
        raise BaseUnknown(name=name)
    return FileResponse(
        base.pmtiles, media_type="application/vnd.pmtiles", headers={"Cache-Control": f"private, max-age={DAY}"}
    )


def _base(given: Services, name: str) -> Base:
    if name not in given.bases:
        raise BaseUnknown(name=name)
    return given.bases[name]
