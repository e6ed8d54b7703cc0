"""Shapes as a filter writes them: GeoJSON, or a box."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from maps.features import refusals as refused
from maps.features.limits import VERTICES, too_large
from maps.features.systems import System, ewkb, stored


def literal_shape(node: Any, system: System) -> str:
    """A shape as the database reads it, in our own system."""
    if not isinstance(node, dict):
        raise refused.FilterUnreadable(what=str(node)[:200])
    try:
        found = _box(node["bbox"]) if "bbox" in node else shape(node)
        if shapely.get_num_coordinates(found) > VERTICES:
            raise too_large()
        found = shapely.force_2d(found)
        # The database relates no mixed collections to anything.
        if found.is_empty or not found.is_valid or found.geom_type == "GeometryCollection":
            raise refused.ShapeInvalid
        return ewkb(stored(found, system))
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        raise refused.ShapeInvalid from None


def _box(numbers: Any) -> shapely.Polygon:
    west, south, east, north = map(float, numbers)
    return shapely.box(west, south, east, north)
