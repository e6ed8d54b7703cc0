"""From places on the earth to metres on a sheet, turned so that the building lies along it: one frame for all its floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, pi, radians, sin
from typing import Any, Final, Self, TypeAlias

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

Box: TypeAlias = tuple[float, float, float, float]
"""x, y, width and height in metres; y grows downward, as on a screen."""

_DEGREE: Final = 111_320.0
"""Metres of a degree of latitude, and of one of longitude at the equator: near enough within a building."""
_LEVEL: Final = 0.5
"""Degrees that nobody sees: less is left as it is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """`turned`: by how many degrees the sheet is turned against the earth, counter-clockwise."""

    longitude: float
    latitude: float
    turned: float

    @classmethod
    def of(cls, shapes: Sequence[BaseGeometry]) -> Self:
        """About what is to be drawn; the longer side of its closest box lies along the sheet."""
        middle = _hull(shapes).centroid
        upright = cls(middle.x, middle.y, 0.0)
        return cls(middle.x, middle.y, _turn(_hull(upright.flat(shapes))))

    def flat(self, shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
        """In metres about the middle, to the right and downward: all at once, or a floor of thousands takes seconds."""
        turn = radians(self.turned)
        wide = _DEGREE * cos(radians(self.latitude))

        def onto(places: Any) -> Any:
            east = (places[:, 0] - self.longitude) * wide
            north = (places[:, 1] - self.latitude) * _DEGREE
            return np.column_stack((east * cos(turn) - north * sin(turn), -(east * sin(turn) + north * cos(turn))))

        return list(shapely.transform(np.array(shapes, dtype=object), onto))

    @property
    def north(self) -> float:
        """Where north points on the sheet: degrees clockwise from up."""
        return round(-self.turned, 1)


def _hull(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """What lies around all of them; much less to reckon with than what they cover together."""
    return shapely.convex_hull(shapely.GeometryCollection(list(shapes)))


def _turn(shape: BaseGeometry) -> float:
    """The smallest turn that lays the longer side level, in degrees counter-clockwise as seen."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))
    if len(corners) < 3:  # noqa: PLR2004 -- a point or a line has no sides
        return 0.0
    (ax, ay), (bx, by), (cx, cy) = corners[:3]
    first, second = (bx - ax, by - ay), (cx - bx, cy - by)
    along = first if hypot(*first) >= hypot(*second) else second
    # The sheet's second axis goes down: what rises on it falls on the earth.
    angle = degrees(atan2(-along[1], along[0]) % pi)
    turn = -angle if angle <= 90 else 180 - angle  # noqa: PLR2004 -- the nearer way round
    return 0.0 if abs(turn) < _LEVEL else round(turn, 2)


def paths_of(shapes: Sequence[BaseGeometry]) -> list[str]:
    """As SVG paths, to the centimetre."""
    parts, part_of = shapely.get_parts(np.array(shapes, dtype=object), return_index=True)
    rings, ring_in = shapely.get_rings(parts, return_index=True)
    corners, ring_of = shapely.get_coordinates(rings, return_index=True)
    ends = np.cumsum(np.bincount(ring_of, minlength=len(rings)))
    paths: list[list[str]] = [[] for _ in shapes]
    written = [f"{x:.2f} {y:.2f}" for x, y in corners.tolist()]
    for number, (of, end) in enumerate(zip(part_of[ring_in].tolist(), ends.tolist(), strict=True)):
        begin = 0 if number == 0 else int(ends[number - 1])
        paths[of].append(f"M{' L'.join(written[begin : end - 1])} Z")
    return [" ".join(one) for one in paths]
