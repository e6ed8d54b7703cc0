"""From places on the earth to metres on a sheet, turned so that the building lies along it: one frame for all its floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, pi, radians, sin
from typing import Any, Final, Self, TypeAlias, cast

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
        middle = shapely.union_all([shapely.envelope(shape) for shape in shapes]).centroid
        upright = cls(middle.x, middle.y, 0.0)
        return cls(middle.x, middle.y, _turn(shapely.union_all([upright.flat(shape) for shape in shapes])))

    def flat(self, shape: BaseGeometry) -> BaseGeometry:
        """In metres about the middle, to the right and downward."""
        turn = radians(self.turned)
        wide = _DEGREE * cos(radians(self.latitude))

        def onto(places: Any) -> Any:
            east = (places[:, 0] - self.longitude) * wide
            north = (places[:, 1] - self.latitude) * _DEGREE
            return np.column_stack((east * cos(turn) - north * sin(turn), -(east * sin(turn) + north * cos(turn))))

        return shapely.transform(shape, onto)

    @property
    def north(self) -> float:
        """Where north points on the sheet: degrees clockwise from up."""
        return round(-self.turned, 1)


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


def path_of(shape: BaseGeometry) -> str:
    """As an SVG path, to the centimetre."""
    rings = [ring for polygon in _polygons(shape) for ring in (polygon.exterior, *polygon.interiors)]
    return " ".join("M" + " L".join(f"{x:.2f} {y:.2f}" for x, y in ring.coords[:-1]) + " Z" for ring in rings)


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    return [one for one in cast("Any", getattr(shape, "geoms", [shape])) if one.geom_type == "Polygon"]
