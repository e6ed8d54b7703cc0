"""Coordinate systems a place may be declared in, and the way from each of them to CGCS2000 and back.

x is always longitude or easting and y latitude or northing, whatever axis order the authority defines,
because that is the order of GeoJSON, of WKB and of every client.

WGS 84 and CGCS2000 are taken as equal. Their ellipsoids differ by 0.1 mm and their frames by the plate motion
since epoch 2000.0; a shift would need the epoch of each measurement, which nobody declares.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache, partial
from math import floor, pi
from typing import Any

import numpy as np
from pyproj import Transformer

_Shift = Callable[[Any, Any], tuple[Any, Any]]
"""Of two numbers, or of two arrays of them."""


class CoordinateSystem(StrEnum):
    """What a client may declare. GK_75E is the CGCS2000 three-degree Gauss-Krueger zone about 75° E."""

    CGCS2000 = "EPSG:4490"
    WGS84 = "EPSG:4326"
    WEB_MERCATOR = "EPSG:3857"
    GK_75E = "EPSG:4534"
    GK_78E = "EPSG:4535"
    GK_81E = "EPSG:4536"
    GK_84E = "EPSG:4537"
    GK_87E = "EPSG:4538"
    GK_90E = "EPSG:4539"
    GK_93E = "EPSG:4540"
    GK_96E = "EPSG:4541"
    GK_99E = "EPSG:4542"
    GK_102E = "EPSG:4543"
    GK_105E = "EPSG:4544"
    GK_108E = "EPSG:4545"
    GK_111E = "EPSG:4546"
    GK_114E = "EPSG:4547"
    GK_117E = "EPSG:4548"
    GK_120E = "EPSG:4549"
    GK_123E = "EPSG:4550"
    GK_126E = "EPSG:4551"
    GK_129E = "EPSG:4552"
    GK_132E = "EPSG:4553"
    GK_135E = "EPSG:4554"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"

    @property
    def is_geographic(self) -> bool:
        """Degrees, as opposed to metres."""
        return self in _GEOGRAPHIC


_GEOGRAPHIC = frozenset(
    (CoordinateSystem.CGCS2000, CoordinateSystem.WGS84, CoordinateSystem.GCJ02, CoordinateSystem.BD09)
)


def to_cgcs2000(system: CoordinateSystem, x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a declared position; degrees in WGS 84 or CGCS2000 come back bit for bit."""
    match system:
        case CoordinateSystem.CGCS2000 | CoordinateSystem.WGS84:
            return x, y
        case CoordinateSystem.GCJ02:
            return _wgs_from_gcj(x, y)
        case CoordinateSystem.BD09:
            return _wgs_from_gcj(*_inverse(_bd_from_gcj, x, y))
    longitude, latitude = _transformer(system, inverse=True).transform(x, y)
    return longitude, latitude


def all_to_cgcs2000(system: CoordinateSystem, xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float]]:
    """Many at once, by the same formulas and many times as fast; of a shift the last digits may be others than one by one."""
    if system in (CoordinateSystem.CGCS2000, CoordinateSystem.WGS84):
        return list(zip(xs, ys, strict=True))
    x, y = np.array(xs, dtype=float), np.array(ys, dtype=float)
    match system:
        case CoordinateSystem.GCJ02:
            found = _all_from_gcj(x, y)
        case CoordinateSystem.BD09:
            found = _all_from_gcj(*_inverse(partial(_bd_from_gcj, of=np), x, y))
        case _:
            found = _transformer(system, inverse=True).transform(x, y)
    return list(zip(found[0].tolist(), found[1].tolist(), strict=True))


def from_cgcs2000(system: CoordinateSystem, longitude: float, latitude: float) -> tuple[float, float]:
    """Read a position in another system."""
    match system:
        case CoordinateSystem.CGCS2000 | CoordinateSystem.WGS84:
            return longitude, latitude
        case CoordinateSystem.GCJ02:
            return _gcj_from_wgs(longitude, latitude)
        case CoordinateSystem.BD09:
            return _bd_from_gcj(*_gcj_from_wgs(longitude, latitude))
    x, y = _transformer(system, inverse=False).transform(longitude, latitude)
    return x, y


def gauss_krueger_zone(longitude: float) -> CoordinateSystem:
    """Find the three-degree zone of a longitude; EPSG:4544 (105° E) and EPSG:4545 (108° E) cover Ningxia.

    The outermost zones also take what little lies beyond them: the official set ends at 75° E and 135° E.
    """
    zone = min(max(floor((longitude + 1.5) / 3), 25), 45)
    return CoordinateSystem(f"EPSG:{4509 + zone}")


def projection(system: CoordinateSystem) -> Transformer:
    """From CGCS2000 degrees to a projected system, for whole geometries."""
    return _transformer(system, inverse=False)


@cache  # building one costs milliseconds; there are at most 44, and they are thread-safe
def _transformer(system: CoordinateSystem, *, inverse: bool) -> Transformer:
    # Each projection starts from its own datum, so that PROJ never picks a shift of its own between the two.
    degrees = CoordinateSystem.WGS84 if system is CoordinateSystem.WEB_MERCATOR else CoordinateSystem.CGCS2000
    source, target = (system, degrees) if inverse else (degrees, system)
    return Transformer.from_crs(source.value, target.value, always_xy=True)


# GCJ-02, the obfuscated datum of every Chinese consumer map, on the Krasovsky ellipsoid.
_A = 6378245.0
_EE = 0.00669342162296594323
_SHIFTED_LONGITUDES = (72.004, 137.8347)  # map makers shift inside this box only
_SHIFTED_LATITUDES = (0.8293, 55.8271)
_BD_PI = pi * 3000.0 / 180.0

_CLOSE_ENOUGH = 1e-12  # degrees, a ten-thousandth of a millimetre
_NEXT_IS = 100 * _CLOSE_ENOUGH
"""A step leaves less than a hundredth of the miss: the one that follows on this is close enough, and need not be looked at."""


def _is_shifted(longitude: Any, latitude: Any) -> Any:
    west, east = _SHIFTED_LONGITUDES
    south, north = _SHIFTED_LATITUDES
    return (west <= longitude) & (longitude <= east) & (south <= latitude) & (latitude <= north)


def _gcj_from_wgs(longitude: float, latitude: float) -> tuple[float, float]:
    return _shifted(longitude, latitude) if _is_shifted(longitude, latitude) else (longitude, latitude)


def _wgs_from_gcj(longitude: float, latitude: float) -> tuple[float, float]:
    return _inverse(_shifted, longitude, latitude) if _is_shifted(longitude, latitude) else (longitude, latitude)


def _all_from_gcj(longitudes: Any, latitudes: Any) -> tuple[Any, Any]:
    inside, back = _is_shifted(longitudes, latitudes), partial(_inverse, partial(_shifted, of=np), enough=_NEXT_IS)
    if inside.all():  # as always, but for those who are abroad
        return back(longitudes, latitudes)
    longitudes[inside], latitudes[inside] = back(longitudes[inside], latitudes[inside])
    return longitudes, latitudes


def _shifted(longitude: Any, latitude: Any, of: Any = math) -> tuple[Any, Any]:
    """Written out in one piece: the inverse asks it five times for every position of a fleet. `of`: whose sines."""
    sin, sqrt = of.sin, of.sqrt
    x, y = longitude - 105.0, latitude - 35.0
    phi = of.radians(latitude)
    magic = 1 - _EE * sin(phi) ** 2
    root, bend, twist = sqrt(magic), sqrt(abs(x)), 0.1 * x * y
    ripple = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    t, u = x * pi, y * pi
    east_waves = 20.0 * sin(t) + 40.0 * sin(t / 3.0) + 150.0 * sin(t / 12.0) + 300.0 * sin(t / 30.0)
    north_waves = 20.0 * sin(u) + 40.0 * sin(u / 3.0) + 160.0 * sin(u / 12.0) + 320.0 * sin(u / 30.0)
    metres_east = 300.0 + x + 2.0 * y + 0.1 * x * x + twist + 0.1 * bend + ripple + east_waves * 2.0 / 3.0
    metres_north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + twist + 0.2 * bend + ripple + north_waves * 2.0 / 3.0
    east = metres_east / (_A / root * of.cos(phi))
    north = metres_north / (_A * (1 - _EE) / (magic * root))
    return longitude + east * 180.0 / pi, latitude + north * 180.0 / pi


def _bd_from_gcj(longitude: Any, latitude: Any, of: Any = math) -> tuple[Any, Any]:
    """Baidu's second shift on top of GCJ-02."""
    radius = of.hypot(longitude, latitude) + 0.00002 * of.sin(latitude * _BD_PI)
    angle = of.atan2(latitude, longitude) + 0.000003 * of.cos(longitude * _BD_PI)
    return radius * of.cos(angle) + 0.0065, radius * of.sin(angle) + 0.006


def _inverse(forward: _Shift, x: Any, y: Any, enough: float = _CLOSE_ENOUGH) -> tuple[Any, Any]:
    """Undo a shift that has no closed inverse by walking back the miss, which shrinks fast.

    The usual one-step inverse is off by a metre or two; this one ends below a billionth of a degree.
    """
    guess_x, guess_y = x, y
    for _ in range(20):
        there_x, there_y = forward(guess_x, guess_y)
        guess_x, guess_y = guess_x + x - there_x, guess_y + y - there_y
        missed = abs(x - there_x) + abs(y - there_y)
        if (missed if isinstance(missed, float) else missed.max(initial=0.0)) < enough:
            break
    return guess_x, guess_y
