"""The boundaries beneath the map, as GeoJSON: fine enough to draw, and no finer."""

from __future__ import annotations

from typing import Annotated, Any, Final

import psycopg
from fastapi.responses import Response
from psycopg.rows import TupleRow
from pydantic import Field

from api import openapi
from api.answers import Answered
from api.dependencies import Caller, Given
from api.executing import json_response
from api.routing import Routes

FINENESS: Final = 0.0003
"""In degrees, some 30 m: at the zooms at which one looks at a whole boundary."""

# A word from the database for each: what a boundary is called, and where it comes from.
_SHAPES: Final = """
    SELECT name, collection, source, system, is_invented, ST_AsGeoJSON(ST_SimplifyPreserveTopology(shape, %s), 5)::jsonb
      FROM ground.boundaries ORDER BY collection, id"""


class BoundaryTold(Answered):
    name: str
    collection: str
    source: Annotated[str, Field(description="The file that it was imported from")]
    system: Annotated[str, Field(description="The coordinate system that it was declared in")]
    is_invented: Annotated[bool, Field(description="Drawn for the demonstration: it bounds nothing")]


class BoundaryFeature(Answered):
    type: Annotated[str, Field(pattern="^Feature$")]
    properties: BoundaryTold
    geometry: dict[str, Any]


class Boundaries(Answered):
    type: Annotated[str, Field(pattern="^FeatureCollection$")]
    features: list[BoundaryFeature]


router = Routes(tags=["map"])


@router.get("/v1/map/boundaries", operation_id="map.boundaries", response_class=Response,
            summary="地图的界线 · The boundaries beneath the map", **openapi.reads(Boundaries))  # fmt: skip
def boundaries(given: Given, _: Caller) -> Response:
    """由 `./dev boundaries` 导入；坐标为 CGCS2000 经纬度。Imported with `./dev boundaries`; degrees in CGCS2000."""
    with given.pool.connection() as connection:
        rows = connection.execute(_SHAPES, [FINENESS]).fetchall()
    return json_response({"type": "FeatureCollection", "features": [_feature(*row) for row in rows]})


def _feature(name: str, collection: str, source: str, system: str, is_invented: bool, shape: Any) -> dict[str, Any]:
    told = {"name": name, "collection": collection, "source": source, "system": system, "is_invented": is_invented}
    return {"type": "Feature", "properties": told, "geometry": shape}


def how_many(connection: psycopg.Connection[TupleRow]) -> int:
    [(many,)] = connection.execute("SELECT count(*) FROM ground.boundaries").fetchall()
    return int(many)
