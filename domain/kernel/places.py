"""Where a thing is: what a client declared, and the same place in CGCS2000 as the log keeps it.

The declared numbers and their system stay beside the converted geometry, so that a conversion found wrong
years later can be done again. No stored field is a float: hex and text read the same in every language.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, cast

import shapely

from domain.kernel import place_refusals as refused
from domain.kernel.datums import CoordinateSystem, from_cgcs2000, gauss_krueger_zone, projection, to_cgcs2000

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "MAX_VERTICES",
    "CoordinateSystem",
    "DeclaredPoint",
    "DeclaredPolygon",
    "Outline",
    "Point",
    "are_valid",
    "area_m2",
    "contains",
    "ewkb_of",
    "geojson",
    "in_china",
    "position_of",
    "projected",
]

MAX_VERTICES = 20_000

_Ring = tuple[tuple[float, float], ...]
_Box = tuple[float, float, float, float]

_SRID = 4490
_SHORTEST_RING = 4  # a triangle and the return to its start
_CHINA: _Box = (73.0, 3.0, 136.0, 54.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredPoint:
    """A position as sent: x is longitude or easting, y is latitude or northing, in every system."""

    system: CoordinateSystem
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredPolygon:
    """An outline as sent: GeoJSON polygon rings, shell first, then holes; each position is (x, y)."""

    system: CoordinateSystem
    coordinates: tuple[_Ring, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A position as stored: EWKB hex in EPSG:4490, and the GeoJSON text of what was declared in `system`."""

    ewkb: str
    system: CoordinateSystem
    raw: str

    @classmethod
    def declared(cls, given: DeclaredPoint) -> Point:
        position = position_of(given.system, given.x, given.y)
        raw = geojson("Point", (given.x, given.y))
        return cls(ewkb=ewkb_of(shapely.Point(position)), system=given.system, raw=raw)

    def shape(self) -> shapely.Point:
        return cast("shapely.Point", shapely.from_wkb(self.ewkb))

    @property
    def longitude(self) -> float:
        return float(self.shape().x)

    @property
    def latitude(self) -> float:
        return float(self.shape().y)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A footprint, room or area as stored: EWKB hex in EPSG:4490, and the GeoJSON text as declared."""

    ewkb: str
    system: CoordinateSystem
    raw: str

    @classmethod
    def declared(cls, given: DeclaredPolygon) -> Outline:
        rings = _converted(given)
        shape = shapely.Polygon(rings[0], rings[1:])
        # Both are judged: the declared one, whose defects lie at exact places that the sender can find, and
        # the converted one, because that is what the database will hold.
        _refuse_broken(shapely.Polygon(given.coordinates[0], given.coordinates[1:]))
        _refuse_broken(shape, given.system)
        outline = cls(ewkb=ewkb_of(shape), system=given.system, raw=geojson("Polygon", given.coordinates))
        if not area_m2(outline):
            raise _no_area(0, given.coordinates[0])
        return outline

    def shape(self) -> shapely.Polygon:
        return cast("shapely.Polygon", shapely.from_wkb(self.ewkb))


def area_m2(outline: Outline) -> Decimal:
    """Measure in the three-degree Gauss-Krueger zone of the centroid, as cadastral surveys do."""
    shape = outline.shape()
    area = float(projected(shape, gauss_krueger_zone(shape.centroid.x)).area)
    return Decimal(repr(area)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def contains(outer: Outline, inner: Outline, tolerance_m: Decimal = Decimal("0.10")) -> bool:
    """Tell whether `inner` (a room) lies in `outer` (its footprint), give or take the tolerance."""
    shape = outer.shape()
    zone = gauss_krueger_zone(shape.centroid.x)
    reach = projected(shape, zone).buffer(float(tolerance_m))
    return bool(reach.covers(projected(inner.shape(), zone)))


def are_valid(system: CoordinateSystem, x: Any, y: Any) -> Any:
    """Tell of many numbers at once, as arrays, whether they can be places at all in this system; what is not finite can not."""
    west, south, east, north = _bounds(system)[0]
    return (west <= x) & (x <= east) & (south <= y) & (y <= north)


def in_china(longitude: float, latitude: float) -> bool:
    """Roughly: within the box around it."""
    return _inside(_CHINA, longitude, latitude)


def projected(shape: BaseGeometry, zone: CoordinateSystem) -> BaseGeometry:
    to_zone = projection(zone).transform
    # The stubs know only the form with one array of pairs.
    return shapely.transform(shape, to_zone, interleaved=False)  # type: ignore[arg-type]  # the stubs know only the interleaved form


def ewkb_of(shape: BaseGeometry) -> str:
    stamped = shapely.set_srid(shape, _SRID)
    return shapely.to_wkb(stamped, hex=True, include_srid=True, byte_order=1).upper()


def geojson(kind: str, coordinates: object) -> str:
    return json.dumps({"type": kind, "coordinates": coordinates}, separators=(",", ":"), allow_nan=False)


def position_of(system: CoordinateSystem, x: float, y: float, field: str | None = None) -> tuple[float, float]:
    """Convert to longitude and latitude, or say what is wrong with this position."""
    if not (isfinite(x) and isfinite(y)):
        # As text, because JSON has no NaN to answer with.
        raise refused.CoordinateNotFinite(field=field, x=str(x), y=str(y))
    valid, china = _bounds(system)
    if not _inside(china, x, y) and _inside(china, y, x):
        raise refused.AxesSwapped(field=field, system=system.value, x=x, y=y)
    if not _inside(valid, x, y):
        raise refused.CoordinateOutOfRange(field=field, system=system.value, x=x, y=y)
    longitude, latitude = to_cgcs2000(system, x, y)
    if not _inside(_CHINA, longitude, latitude):
        place = {"longitude": round(longitude, 6), "latitude": round(latitude, 6)}
        raise refused.LocationOutsideChina(field=field, system=system.value, x=x, y=y, **place)
    return longitude, latitude


def _bounds(system: CoordinateSystem) -> tuple[_Box, _Box]:
    """Say where numbers of this system are valid at all, and roughly where China is in them."""
    if system.is_geographic:
        return (-180.0, -90.0, 180.0, 90.0), _CHINA
    if system is CoordinateSystem.WEB_MERCATOR:
        edge = 20_037_508.342789244
        return (-edge, -edge, edge, edge), (8.126e6, 3.340e5, 1.514e7, 7.171e6)
    # Eastings are offset by 500 km; far beyond the zone's edge only a wrong system can be meant.
    return (0.0, 0.0, 1e6, 1e7), (1e5, 1e6, 9e5, 6e6)


def _inside(box: _Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _converted(given: DeclaredPolygon) -> list[list[tuple[float, float]]]:
    """Convert the rings to CGCS2000 and see that each is closed, long enough and has some width."""
    vertices = sum(len(ring) for ring in given.coordinates)
    if vertices > MAX_VERTICES:
        raise refused.TooManyVertices(vertices=vertices, limit=MAX_VERTICES)
    if not given.coordinates:
        raise refused.RingTooShort(field="coordinates", ring=1, positions=0)
    rings = []
    for index, ring in enumerate(given.coordinates):
        at = f"coordinates[{index}]"
        rings.append([position_of(given.system, x, y, f"{at}[{place}]") for place, (x, y) in enumerate(ring)])
        _refuse_open(index, ring)
    return rings


def _refuse_open(index: int, ring: _Ring) -> None:
    at = f"coordinates[{index}]"
    if not ring or (len(ring) < _SHORTEST_RING and ring[0] == ring[-1]):
        raise refused.RingTooShort(field=at, ring=index + 1, positions=len(ring))
    if ring[0] != ring[-1]:
        (x, y), (last_x, last_y) = ring[0], ring[-1]
        raise refused.RingNotClosed(field=at, ring=index + 1, x=x, y=y, last_x=last_x, last_y=last_y)
    if shapely.MultiPoint(ring).convex_hull.geom_type != "Polygon":
        raise _no_area(index, ring)


def _no_area(index: int, ring: _Ring) -> refused.OutlineHasNoArea:
    x, y = ring[0]
    return refused.OutlineHasNoArea(field=f"coordinates[{index}]", ring=index + 1, x=x, y=y)


_DEFECTS: dict[str, type[refused.PlaceRefused]] = {
    "Self-intersection": refused.PolygonCrossesItself,
    "Ring Self-intersection": refused.PolygonCrossesItself,
    "Hole lies outside shell": refused.HoleOutsideShell,
    "Holes are nested": refused.HolesNested,
    "Interior is disconnected": refused.OutlineFallsApart,
}
_REASON = re.compile(r"(?P<defect>[^\[]*)\[(?P<x>\S+) (?P<y>\S+)\]")


def _refuse_broken(polygon: shapely.Polygon, converted_from: CoordinateSystem = CoordinateSystem.CGCS2000) -> None:
    """Raise what is wrong with a polygon, at its place in the system where the sender can look for it."""
    if polygon.is_valid:
        return
    reason = str(shapely.is_valid_reason(polygon))
    found = _REASON.fullmatch(reason)
    if found is None:
        raise refused.OutlineBroken(reason=reason, x="?", y="?")
    x, y = from_cgcs2000(converted_from, float(found["x"]), float(found["y"]))
    raise _DEFECTS.get(found["defect"], refused.OutlineBroken)(reason=found["defect"], x=x, y=y)
