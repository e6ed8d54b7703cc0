"""Where in a room there is place to write: a point well inside, and a rectangle about it. Of all rooms of a floor at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Place: TypeAlias = tuple[float, float, float, float]
"""The middle, and how much room there is about it to both sides."""

_FROM_WALLS: Final = 0.2
_TOUCHING: Final = 0.05
"""Metres: nearer to a wall the middle is looked for elsewhere; so much a rectangle may touch one."""
_USED: Final = 0.92
"""Of the rectangle; the rest is air."""
_TRIES: Final = 6
_SHRUNK: Final = 0.85


def within(shapes: Sequence[BaseGeometry]) -> list[Place]:
    if not shapes:
        return []
    rooms = np.array(shapes, dtype=object)
    middles = _middles(rooms)
    x, y = shapely.get_x(middles), shapely.get_y(middles)
    width, height = _chords(rooms, x, y, across=True), _chords(rooms, x, y, across=False)
    for _ in range(_TRIES):
        over = ~shapely.covers(rooms, _inside(x, y, width, height))
        if not over.any():
            break
        width, height = np.where(over, width * _SHRUNK, width), np.where(over, height * _SHRUNK, height)
    return list(zip(x.tolist(), y.tolist(), (width * _USED).tolist(), (height * _USED).tolist(), strict=True))


def _inside(x: Any, y: Any, width: Any, height: Any) -> Any:
    half_width, half_height = (np.maximum(side / 2 - _TOUCHING, side / 4) for side in (width, height))
    return shapely.box(x - half_width, y - half_height, x + half_width, y + half_height)


def _middles(rooms: Any) -> Any:
    """The middle of the whole, unless it lies outside or close to a wall: then that of the widest place."""
    middles = shapely.centroid(rooms)
    inside = shapely.contains(rooms, middles) & (shapely.distance(shapely.boundary(rooms), middles) >= _FROM_WALLS)
    for place in np.flatnonzero(~inside):
        circle = shapely.maximum_inscribed_circle(cast("shapely.Polygon", rooms[place]), tolerance=_TOUCHING)
        middles[place] = shapely.Point(circle.coords[0])
    return middles


def _chords(rooms: Any, x: Any, y: Any, *, across: bool) -> Any:
    """Twice the way from the middle to the nearer wall."""
    west, south, east, north = shapely.bounds(rooms).T
    ends = ((west - 1, y), (east + 1, y)) if across else ((x, south - 1), (x, north + 1))
    lines = shapely.linestrings(np.stack([np.column_stack(end) for end in ends], axis=1))
    cuts = shapely.intersection(rooms, lines)
    for place in np.flatnonzero(shapely.get_num_geometries(cuts) > 1):
        middle = shapely.Point(x[place], y[place])
        cuts[place] = min(cuts[place].geoms, key=middle.distance)
    bounds = shapely.bounds(cuts)
    low, high, at = (bounds[:, 0], bounds[:, 2], x) if across else (bounds[:, 1], bounds[:, 3], y)
    return 2 * np.minimum(at - low, high - at)
