"""Where a drawing lies, as somebody asked for it; or why that places nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from api.drawings import refusals
from api.drawings.bodies import PlacingAsked
from domain.kernel.datums import CoordinateSystem, to_cgcs2000
from maps.drawings import placing
from maps.drawings.laid import Laid
from maps.drawings.matching import Kept, normal
from maps.drawings.placing import Control, Placing
from maps.drawings.raw import Point
from maps.drawings.reading import Read

_CHINA: Final = (73.0, 3.0, 136.0, 54.0)
_FARTHEST: Final = 2.1e7
"""Metres of any projection: beyond, a formula tells nothing, or nonsense."""


def placed(
    asked: PlacingAsked, files: Sequence[Read], told: Sequence[Laid], base: Point, rooms: Sequence[Kept],
    shapes: Mapping[UUID, BaseGeometry],
) -> Placing | None:  # fmt: skip
    match asked.by:
        case "points":
            return _by_points(asked)
        case "own":
            return _own(asked.system or files[0].system or "EPSG:4545", base)
        case "ledger":
            return _by_ledger(told, rooms, shapes)
        case _:
            return None


def _by_points(asked: PlacingAsked) -> Placing:
    system = CoordinateSystem(asked.system or "EPSG:4490")
    points = [Control(one.drawn, one.placed) for one in asked.points]
    if len(points) < placing.FEWEST:
        raise refusals.PointsPlaceNothing
    if not all(_in_china(system, one.placed) for one in points):
        raise refusals.PointsFarOff(system=system.value)
    return _fitted(system, points)


def _fitted(system: CoordinateSystem, points: Sequence[Control]) -> Placing:
    try:
        return placing.by_points(system, points)
    except placing.PointsTooClose:
        raise refusals.PointsPlaceNothing from None


def _own(system: str, base: Point) -> Placing:
    """The frame begins at `base`: that is where it lies."""
    named = CoordinateSystem(system)
    if named.is_geographic or not _in_china(named, base):
        raise refusals.OwnNotPlaces(system=system)
    return Placing(named, 1 + 0j, complex(*base))


def _by_ledger(told: Sequence[Laid], rooms: Sequence[Kept], shapes: Mapping[UUID, BaseGeometry]) -> Placing:
    """Middles of rooms that both know by the same number."""
    known = {(room.floor, normal(room.number)): shapes[room.id].centroid for room in rooms if room.id in shapes}
    points = []
    for storey in told:
        for one in storey.storey.found.outlines:
            there = known.get((storey.floor or 0, normal(one.number or "")))
            if there is not None:
                middle = storey.framed(one.shape).centroid
                points.append(Control((middle.x, middle.y), (there.x, there.y)))
    if len(points) < placing.FEWEST:
        raise refusals.NoRoomsToPlaceBy
    return _fitted(CoordinateSystem.CGCS2000, points)


def _in_china(system: CoordinateSystem, place: Point) -> bool:
    x, y = place
    if system.is_geographic and not (abs(x) <= 180 and abs(y) <= 90):  # noqa: PLR2004 -- degrees
        return False
    if max(abs(x), abs(y)) > _FARTHEST:
        return False
    longitude, latitude = to_cgcs2000(system, x, y)
    west, south, east, north = _CHINA
    return west <= longitude <= east and south <= latitude <= north
