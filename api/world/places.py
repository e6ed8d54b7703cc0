"""Outlines made cheaply: rectangles in CGCS2000 degrees, stored as they are, exactly as `Outline.declared` would store them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from domain.kernel.datums import CoordinateSystem
from domain.kernel.places import Outline, Point

if TYPE_CHECKING:
    from api.world.world import World

_SYSTEM = CoordinateSystem.CGCS2000
_POLYGON = struct.Struct("<BIIII10d")
_POINT = struct.Struct("<BII2d")
_SRID = 4490
_WITH_SRID = 0x20000000

Box = tuple[float, float, float, float]
"""West, south, width, height, in degrees."""

# The seat of each prefecture, about which its places lie.
_SEATS = {"6400": (106.23, 38.49), "6401": (106.23, 38.49), "6402": (106.38, 38.98), "6403": (106.20, 37.99),
          "6404": (106.24, 36.02), "6405": (105.19, 37.51)}  # fmt: skip


def somewhere(world: World, division: str) -> tuple[float, float]:
    longitude, latitude = _SEATS[division[:4]]
    return longitude + world.random.uniform(-0.25, 0.25), latitude + world.random.uniform(-0.2, 0.2)


def within(world: World, outer: Box, share: float) -> Box:
    """A smaller box inside another."""
    west, south, width, height = outer
    inner_width, inner_height = width * share, height * share
    return (
        west + world.random.random() * (width - inner_width),
        south + world.random.random() * (height - inner_height),
        inner_width,
        inner_height,
    )


def outline(box: Box) -> Outline:
    west, south = round(box[0], 8), round(box[1], 8)
    east, north = round(box[0] + box[2], 8), round(box[1] + box[3], 8)
    ring = (west, south, east, south, east, north, west, north, west, south)
    packed = _POLYGON.pack(1, 3 | _WITH_SRID, _SRID, 1, 5, *ring)
    pairs = ",".join(f"[{ring[i]!r},{ring[i + 1]!r}]" for i in range(0, 10, 2))
    raw = f'{{"type":"Polygon","coordinates":[[{pairs}]]}}'
    return Outline(ewkb=packed.hex().upper(), system=_SYSTEM, raw=raw)


def point(longitude: float, latitude: float) -> Point:
    x, y = round(longitude, 8), round(latitude, 8)
    packed = _POINT.pack(1, 1 | _WITH_SRID, _SRID, x, y)
    return Point(ewkb=packed.hex().upper(), system=_SYSTEM, raw=f'{{"type":"Point","coordinates":[{x!r},{y!r}]}}')
