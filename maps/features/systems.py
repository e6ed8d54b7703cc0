"""The coordinate systems in which features are given out, each with the order of axes that its authority defines.

OGC API – Features asks for that order where a system is named by its address, and for longitude before latitude in CRS84.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG: Final = "http://www.opengis.net/def/crs/EPSG/0/"
STORED: Final = f"{_EPSG}4490"
_SRID: Final = 4490
_DATE_LINE, _POLE = 180.0, 90.0
_HIGHEST: Final = 85.0  # web Mercator, in which the index is, ends there


@dataclass(frozen=True, slots=True)
class System:
    """`swapped`: northing or latitude comes first."""

    uri: str
    srid: int
    swapped: bool

    @property
    def is_stored(self) -> bool:
        """WGS 84 and CGCS2000 are taken as equal (`domain/kernel/datums.py`): degrees stay as they are."""
        return self.srid in (4326, _SRID)


SYSTEMS: Final = {
    system.uri: system
    for system in (
        System(CRS84, 4326, swapped=False),
        System(STORED, _SRID, swapped=True),
        System(f"{_EPSG}4326", 4326, swapped=True),
        System(f"{_EPSG}3857", 3857, swapped=False),
        # The zones about 105° and 108° E, in both of which Ningxia lies; x is the northing.
        System(f"{_EPSG}4544", 4544, swapped=True),
        System(f"{_EPSG}4545", 4545, swapped=True),
    )
}


def shown(system: System, shape: str) -> str:
    """SQL: a stored shape in this system."""
    there = shape if system.is_stored else f"ST_Transform({shape}, {system.srid})"
    return f"ST_FlipCoordinates({there})" if system.swapped else there


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees; `west` is greater than `east` where it crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    @property
    def parts(self) -> tuple[tuple[float, float, float, float], ...]:
        """Once or twice west, south, east, north, as far as the index goes."""
        south, north = max(self.south, -_HIGHEST), min(self.north, _HIGHEST)
        if self.west <= self.east:
            return ((self.west, south, self.east, north),)
        return ((self.west, south, 180.0, north), (-180.0, south, self.east, north))


def box_of(numbers: tuple[float, float, float, float], system: System) -> Box:
    """A box as it was asked for, in degrees. Of a projected system it is the box around it."""
    first, second, third, fourth = numbers
    x1, y1, x2, y2 = (second, first, fourth, third) if system.swapped else numbers
    if y1 > y2 or (x1 > x2 and not system.is_stored):
        raise ValueError(numbers)
    west, south, east, north = (
        (x1, y1, x2, y2) if system.is_stored else _to_degrees(system.srid).transform_bounds(x1, y1, x2, y2)
    )
    if south > north or not _on_earth((west, south, east, north)):
        raise ValueError(numbers)
    return Box(west, south, east, north)


def stored(shape: BaseGeometry, system: System) -> BaseGeometry:
    """A shape as it was sent, in degrees and in the order in which we keep them."""
    if system.swapped:
        shape = shapely.transform(shape, _swapped, interleaved=False)  # type: ignore[arg-type]  # the stubs know only the interleaved form
    if not system.is_stored:
        to = _to_degrees(system.srid).transform
        shape = shapely.transform(shape, to, interleaved=False)  # type: ignore[arg-type]  # likewise
    if not _on_earth(shape.bounds):
        raise ValueError(shape.bounds)
    return shape


def _swapped(x: Any, y: Any) -> Any:
    return y, x


def _on_earth(bounds: tuple[float, float, float, float]) -> bool:
    """Not so of what is no number either."""
    west, south, east, north = bounds
    return max(abs(west), abs(east)) <= _DATE_LINE and max(abs(south), abs(north)) <= _POLE


def ewkb(shape: BaseGeometry) -> str:
    return str(shapely.to_wkb(shapely.set_srid(shape, _SRID), hex=True, include_srid=True))


@cache
def _to_degrees(srid: int) -> Transformer:
    source = f"EPSG:{srid}"
    return Transformer.from_crs(source, "EPSG:4326" if srid == 3857 else "EPSG:4490", always_xy=True)  # noqa: PLR2004 -- web Mercator is of WGS 84
