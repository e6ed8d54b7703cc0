"""Boundaries for the demonstration: around every seat what lies nearest to it. They bound nothing, and say so in their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import shapely

from maps.page.seats import SEATS

COLLECTION: Final = "演示（虚构，不代表任何实际界线） · Invented, no real boundary"
_AROUND: Final = 0.45
"""In degrees, how far the outermost reach."""


def boundaries() -> Iterator[tuple[str, shapely.Geometry]]:
    points = shapely.MultiPoint([(one.longitude, one.latitude) for one in SEATS])
    edge = points.buffer(_AROUND).buffer(0.2).buffer(-0.2)
    for part in shapely.voronoi_polygons(points, extend_to=edge).geoms:
        seat = next(one for one in SEATS if part.contains(shapely.Point(one.longitude, one.latitude)))
        yield f"{seat.zh}（虚构）", shapely.set_srid(shapely.make_valid(part.intersection(edge)), 4490)
