"""Lines that nearly meet, made to meet: what is drawn by hand leaves gaps of millimetres that nobody sees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

GRID = 0.001
"""Metres: lines are joined on a grid of a millimetre, so that what crosses also meets."""


def met(lines: Sequence[shapely.LineString], gap: float) -> list[shapely.LineString]:
    """The same lines, each loose end drawn on to the nearest other line that is no farther than the gap."""
    if not lines:
        return []
    tree = shapely.STRtree(lines)
    ends = np.array([(line.coords[0], line.coords[-1]) for line in lines]).reshape(-1, 2)
    points: list[BaseGeometry] = list(shapely.points(ends))  # type: ignore[arg-type]  # the stubs know only one of the two
    found = tree.query(points, predicate="dwithin", distance=gap)
    bridges = [
        bridge for end, line in zip(*found, strict=True) if (bridge := _bridge(points[end], end // 2, line, lines))
    ]
    return [*lines, *bridges]


def _bridge(end: BaseGeometry, own: int, other: int, lines: Sequence[shapely.LineString]) -> shapely.LineString | None:
    if own == other:
        return None
    target = lines[other]
    x, y = end.coords[0]
    nearest = min((target.coords[0], target.coords[-1]), key=lambda place: (place[0] - x) ** 2 + (place[1] - y) ** 2)
    # A corner first: two walls whose ends miss each other are meant to have one.
    if shapely.Point(nearest).distance(end) > target.distance(end) + GRID * 20:
        onto = target.interpolate(target.project(shapely.Point(x, y)))
        nearest = (onto.x, onto.y)
    return shapely.LineString([(x, y), nearest]) if nearest != (x, y) else None
