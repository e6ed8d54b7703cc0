"""Areas that are drawn otherwise than by their corners: a circle, and a corridor along a line.

Kept is what was drawn, numbers and all, and beside it the outline made from it, in which things are looked for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import shapely
from annotated_types import Gt, Le, Len
from pyproj.enums import TransformDirection

from domain.kernel import place_refusals as refused
from domain.kernel.datums import CoordinateSystem, gauss_krueger_zone, projection
from domain.kernel.places import DeclaredPoint, Outline, ewkb_of, geojson, position_of, projected
from domain.kernel.text import Scale

Metres = Annotated[Decimal, Gt(Decimal(0)), Le(Decimal("50000.00")), Scale(2)]
MOST_CORNERS = 2_000
_QUARTER = 16  # corners of a quarter of a circle: within half a percent of its radius


class Drawn(StrEnum):
    """How an outline was drawn: the type of the GeoJSON that was declared."""

    POLYGON = "Polygon"
    CIRCLE = "Point"
    CORRIDOR = "LineString"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredCircle:
    """Everything within so many metres of a point."""

    center: DeclaredPoint
    radius: Metres


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredLine:
    """A line as sent; each position is (x, y)."""

    system: CoordinateSystem
    coordinates: Annotated[tuple[tuple[float, float], ...], Len(2, MOST_CORNERS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredCorridor:
    """A strip along a line, so many metres wide."""

    line: DeclaredLine
    width: Metres


def around(given: DeclaredCircle) -> Outline:
    """The outline of a circle."""
    at = given.center
    position = position_of(at.system, at.x, at.y, "circle.center")
    raw = _raw(Drawn.CIRCLE, (at.x, at.y), radius=given.radius)
    return Outline(ewkb=_widened(shapely.Point(position), given.radius), system=at.system, raw=raw)


def along(given: DeclaredCorridor) -> Outline:
    """The outline of a corridor: half its width to either side, and around both ends."""
    line = given.line
    positions = [
        position_of(line.system, x, y, f"corridor.line.coordinates[{place}]")
        for place, (x, y) in enumerate(line.coordinates)
    ]
    if len(set(positions)) == 1:
        raise LineHasNoLength(field="corridor.line.coordinates")
    raw = _raw(Drawn.CORRIDOR, line.coordinates, width=given.width)
    return Outline(ewkb=_widened(shapely.LineString(positions), given.width / 2), system=line.system, raw=raw)


def drawn(outline: Outline) -> Drawn:
    """How this outline was drawn."""
    return Drawn(json.loads(outline.raw)["type"])


def measure(outline: Outline, name: str) -> Decimal | None:
    """The radius of a circle or the width of a corridor, as declared."""
    found = json.loads(outline.raw).get(name)
    return None if found is None else Decimal(found)


def _raw(kind: Drawn, coordinates: object, **metres: Decimal) -> str:
    """GeoJSON allows members of one's own; metres are text, so that they read the same in every language."""
    declared: dict[str, Any] = json.loads(geojson(kind.value, coordinates))
    return json.dumps(declared | {name: str(value) for name, value in metres.items()}, separators=(",", ":"))


def _widened(shape: shapely.Point | shapely.LineString, metres: Decimal) -> str:
    """All within so many metres, measured in the zone where a survey would measure it."""
    zone = gauss_krueger_zone(shape.centroid.x)
    wide = projected(shape, zone).buffer(float(metres), quad_segs=_QUARTER)

    def back(x: Any, y: Any) -> Any:
        return projection(zone).transform(x, y, direction=TransformDirection.INVERSE)

    return ewkb_of(shapely.transform(wide, back, interleaved=False))  # type: ignore[arg-type]  # the stubs know only the interleaved form


class LineHasNoLength(refused.PlaceRefused):
    code = "line-has-no-length"
    zh = "走廊的中心线各点重合，没有长度。请至少画出两个不同的点。"
    en = "All points of the corridor's line are the same, so it has no length. Draw two different points at least."
