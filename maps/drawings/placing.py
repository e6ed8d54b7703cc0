"""From the metres of a drawing to places on the earth: by points whose place is known, or because they are such places already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot, sqrt
from typing import Any, Final

import numpy as np
import shapely

from domain.kernel.datums import CoordinateSystem, from_cgcs2000, gauss_krueger_zone, to_cgcs2000
from maps.drawings.raw import Point

FEWEST: Final = 2
_NEAR: Final = 0.5
"""Metres: points closer together than this place nothing."""


@dataclass(frozen=True, slots=True)
class Control:
    """A point of the drawing, in its metres, and where it is: in the system that was declared."""

    drawn: Point
    placed: Point


class PointsTooClose(Exception):
    """Two points at the same place, or all of them, say nothing of scale and direction."""


@dataclass(frozen=True, slots=True)
class Placing:
    """A similarity: turned, stretched alike in all directions, moved. Into metres of `system`."""

    system: CoordinateSystem
    a: complex
    b: complex
    misses: Sequence[float] = ()
    """Metres by which each control point is missed."""

    @property
    def stretch(self) -> float:
        return abs(self.a)

    @property
    def turn(self) -> float:
        """Degrees, counter-clockwise."""
        return degrees(atan2(self.a.imag, self.a.real))

    @property
    def residual(self) -> float:
        """The root of the mean square miss, in metres."""
        return sqrt(sum(miss**2 for miss in self.misses) / len(self.misses)) if self.misses else 0.0

    def onto(self, shape: shapely.Polygon) -> shapely.Polygon:
        def moved(places: Any) -> Any:
            there = self.a * (places[:, 0] + 1j * places[:, 1]) + self.b
            return np.column_stack((there.real, there.imag))

        return shapely.transform(shape, moved)


def own(system: CoordinateSystem) -> Placing:
    """The drawing's coordinates are places: metres in this system."""
    return Placing(system, 1 + 0j, 0j)


def by_points(system: CoordinateSystem, points: Sequence[Control]) -> Placing:
    """The similarity that misses the given points by the least sum of squares; two are met exactly."""
    degrees_of = [to_cgcs2000(system, *one.placed) for one in points]
    zone = gauss_krueger_zone(degrees_of[0][0])
    there = np.array([complex(*from_cgcs2000(zone, *place)) for place in degrees_of])
    here = np.array([complex(*one.drawn) for one in points])
    middle, goal = here.mean(), there.mean()
    spread = float((np.abs(here - middle) ** 2).sum())
    if len(points) < FEWEST or sqrt(spread) < _NEAR or float(np.abs(there - goal).max()) < _NEAR:
        raise PointsTooClose
    a = complex((np.conj(here - middle) * (there - goal)).sum() / spread)
    b = complex(goal - a * middle)
    misses = [float(miss) for miss in np.abs(a * here + b - there)]
    return Placing(zone, a, b, misses)


def ring_of(shape: shapely.Polygon, system: CoordinateSystem) -> dict[str, Any]:
    """As commands take an outline: rings in a declared system, to the millimetre."""
    places = 9 if system.is_geographic else 3
    rings = [shape.exterior, *shape.interiors]
    return {
        "system": system.value,
        "coordinates": [[[round(x, places), round(y, places)] for x, y in ring.coords] for ring in rings],
    }


def flat(shape: shapely.Polygon, system: CoordinateSystem) -> shapely.Polygon:
    """A shape in CGCS2000 degrees, in the metres of a system: to compare what is drawn with what is recorded."""

    def moved(places: Any) -> Any:
        return np.array([from_cgcs2000(system, float(x), float(y)) for x, y in places]).reshape(-1, 2)

    return shapely.transform(shape, moved)


def apart(one: shapely.Polygon, other: shapely.Polygon) -> float:
    """Metres between the middles of two shapes."""
    return hypot(one.centroid.x - other.centroid.x, one.centroid.y - other.centroid.y)
