"""How far what one may see reaches on the map, and where one thing of it lies: where a map has to look."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response
from pydantic import Field

from api import openapi
from api.answers_reading import Seen
from api.dependencies import Caller, Given
from api.executing import json_response
from api.reading import Viewed, looking, seen
from api.refusals import NotThere
from api.routing import Routes
from api.tiles.drawing import Kind
from projections.queries.extent import extent, place

_KINDS = "只算这些种类（可重复）；不写则为全部。 Of these kinds only, repeated; of all when it is not given."
_BOX = "西、南、东、北（度，EPSG:4490）；什么也没有时为空 · West, south, east, north in degrees; null where nothing is"
Side = Annotated[float, Field(ge=-180, le=180)]
Box = Annotated[list[Side], Field(min_length=4, max_length=4)]


class Extent(Seen):
    box: Annotated[Box | None, Field(description=_BOX)]


router = Routes(tags=["map"])


@router.get("/v1/map/extent", operation_id="map.extent", response_class=Response,
            summary="看得到的对象分布范围 · How far what one sees reaches", **openapi.reads(Extent, 404, 409))  # fmt: skip
def map_extent(
    given: Given,
    _: Caller,
    asked: Viewed,
    kinds: Annotated[list[Kind] | None, Query(max_length=5, description=_KINDS)] = None,
) -> Response:
    """地图打开时应看的范围，略有富余。The box that a map of it opens with: never too small, and a little too large."""
    with looking(given, asked) as view:
        return json_response({**seen(view, asked), "box": extent(view, kinds or ())})


class NoPlace(NotThere):
    zh = "{id} 在所看的时间没有登记位置，或者位置不在您的管理范围内。"
    en = "{id} has no place at the moment looked at, or none within your reach."


class PlaceOnMap(Seen):
    kind: str
    floor: Annotated[int | None, Field(description="Of a room")]
    box: Annotated[Box, Field(description=_BOX)]


@router.get("/v1/map/places/{id:uuid}", operation_id="map.place", response_class=Response,
            summary="一个对象在地图上的位置 · Where one thing lies", **openapi.reads(PlaceOnMap, 404, 409))  # fmt: skip
def map_place(id: UUID, given: Given, _: Caller, asked: Viewed) -> Response:
    """没有位置、或位置不能看的对象，答复 404。404 for what has no place, or none that one may see."""
    with looking(given, asked) as view:
        found = place(view, id)
        if found is None:
            raise NoPlace(id=id)
        return json_response({**seen(view, asked), **asdict(found)})
