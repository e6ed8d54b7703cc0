"""A map of a building in its compound, among its neighbours: what is known of their places, to take control points from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from maps.floors.frame import Frame, paths_of

MOST_CORNERS: Final = 240
_EDGE: Final = 0.08


@dataclass(frozen=True, slots=True)
class Known:
    """`is_own`: the building itself, whose corners can be taken."""

    label: str
    shape: BaseGeometry
    is_own: bool = False


def ground(known: Sequence[Known]) -> dict[str, Any] | None:
    """In metres about `origin`, x to the east and y to the south; None where nothing is known."""
    if not known:
        return None
    own = [one for one in known if one.is_own] or list(known)
    others = [one for one in known if one not in own]
    middle = shapely.union_all([shapely.envelope(one.shape) for one in own]).centroid
    frame = Frame(middle.x, middle.y, 0.0)
    flat = frame.flat([one.shape for one in known])
    return {
        "box": _box(frame.flat([one.shape for one in own])),
        "around": _box(flat),
        "origin": [round(middle.x, 9), round(middle.y, 9)],
        "shapes": [
            {"path": path, "label": one.label, "own": one.is_own}
            for one, path in zip(known, paths_of(flat), strict=True)
        ],
        "corners": [corner for one in (*own, *others) for corner in _corners(frame, one)][:MOST_CORNERS],
    }


def _corners(frame: Frame, one: Known) -> list[dict[str, Any]]:
    places, there = shapely.get_coordinates(one.shape)[:-1], shapely.get_coordinates(frame.flat([one.shape]))[:-1]
    return [
        {
            "own": one.is_own,
            "x": round(float(x), 2),
            "y": round(float(y), 2),
            "east": round(float(east), 8),
            "north": round(float(north), 8),
        }
        for (east, north), (x, y) in zip(places, there, strict=True)
    ]


def _box(shapes: Sequence[BaseGeometry]) -> list[float]:
    """About the building, with some of what is beside it."""
    west, north, east, south = (float(side) for side in shapely.total_bounds(list(shapes)))
    edge = max(east - west, south - north) * _EDGE + 4
    return [round(side, 2) for side in (west - edge, north - edge, east - west + 2 * edge, south - north + 2 * edge)]
