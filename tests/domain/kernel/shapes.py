"""Squares, rings and outlines to test places with."""

from __future__ import annotations

from domain.kernel.datums import CoordinateSystem
from domain.kernel.places import DeclaredPoint, DeclaredPolygon, Outline, Point

Ring = tuple[tuple[float, float], ...]
GK = CoordinateSystem.GK_105E
EAST, NORTH = 604_825.0, 4_252_580.0  # in Yinchuan


def a_square(side: float, *, east: float = 0, north: float = 0) -> Ring:
    x, y = EAST + east, NORTH + north
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y))


def an_outline(*rings: Ring, system: CoordinateSystem = GK) -> Outline:
    return Outline.declared(DeclaredPolygon(system=system, coordinates=rings))


def a_point(x: float, y: float, system: CoordinateSystem = CoordinateSystem.CGCS2000) -> Point:
    return Point.declared(DeclaredPoint(system=system, x=x, y=y))
