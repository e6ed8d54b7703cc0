"""GeoJSON: polygons and lines with their properties; degrees are laid out in metres, in the zone where they lie."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final

from domain.kernel.datums import CoordinateSystem, from_cgcs2000, gauss_krueger_zone, to_cgcs2000
from maps.drawings.raw import Label, Point, Raw, Run, Unreadable

NUMBERS: Final = ("number", "房间号", "房号", "编号", "room", "room_no", "roomno", "fjh", "no")
FLOORS: Final = ("floor", "楼层", "层", "storey", "level", "lc")
NAMES: Final = ("name", "名称", "用途", "category", "类别", "mc")
"""What columns are called, in any case of letters."""
_CODE: Final = re.compile(r"EPSG:{1,2}(\d{4,5})$")


def read(content: bytes) -> Raw:
    try:
        told = json.loads(content.decode("utf-8-sig"))
        features = told["features"] if told["type"] == "FeatureCollection" else [told]
        system = _system(told.get("crs"))
        found = [(one.get("properties") or {}, one["geometry"]) for one in features]
        return laid_out(((said, shape) for said, shape in found if shape), system)
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise Unreadable from None


def _system(crs: Any) -> str:
    """Without a word on it, degrees: WGS 84 and CGCS2000 are the same to us."""
    if crs is None:
        return CoordinateSystem.CGCS2000.value
    found = _CODE.search(str(crs["properties"]["name"]))
    code = "EPSG:4490" if found is None else f"EPSG:{found[1]}"
    return CoordinateSystem(code).value


def laid_out(features: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]], system: str | None) -> Raw:
    """Each property that says a number or a name becomes writing within its outline, as on paper."""
    kept = list(features)
    first = next(chain.from_iterable(_rings(shape) for _, shape in kept), None)
    if first is None:
        raise Unreadable
    zone = _zone(system, first[0])
    raw = Raw(metres=1.0 if zone else None, system=zone)
    floors: dict[str, int] = {}
    for said, shape in kept:
        words = {str(name).strip().lower(): value for name, value in said.items()}
        floor = _whole(_of(words, FLOORS))
        layer = "" if floor is None else f"{floor}F"
        if floor is not None:
            floors[layer] = floor
        for ring in _rings(shape):
            points = [_metres(point, system, zone) for point in ring]
            raw.draw(Run(points, layer, "", is_closed="Polygon" in shape["type"] or points[0] == points[-1]))
        _write(raw, words, shape, layer, system, zone)
    raw.floors = floors
    return raw


def _write(raw: Raw, words: Mapping[str, Any], shape: Any, layer: str, system: str | None, zone: str | None) -> None:
    from shapely.geometry import shape as made  # noqa: PLC0415 -- named like the argument of everybody else

    inside = made(shape).representative_point()
    x, y = _metres((inside.x, inside.y), system, zone)
    for names in (NUMBERS, NAMES):
        said = _of(words, names)
        if said not in (None, ""):
            text = str(int(said)) if isinstance(said, float) and said.is_integer() else str(said)
            raw.write(Label(text.strip(), x, y, layer))


def _zone(system: str | None, first: Point) -> str | None:
    """Degrees are laid out in the three-degree zone of the first of them."""
    if system is None or not CoordinateSystem(system).is_geographic:
        return system
    longitude, _ = to_cgcs2000(CoordinateSystem(system), *first)
    return gauss_krueger_zone(longitude).value


def _metres(point: Point, system: str | None, zone: str | None) -> Point:
    if system == zone or system is None or zone is None:
        return point
    return from_cgcs2000(CoordinateSystem(zone), *to_cgcs2000(CoordinateSystem(system), *point))


def _rings(shape: Mapping[str, Any]) -> Iterator[list[Point]]:
    coordinates = shape.get("coordinates", [])
    match shape["type"]:
        case "Polygon" | "MultiLineString":
            yield from (_pairs(ring) for ring in coordinates)
        case "MultiPolygon":
            yield from (_pairs(ring) for polygon in coordinates for ring in polygon)
        case "LineString":
            yield _pairs(coordinates)
        case _:
            return


def _pairs(ring: Any) -> list[Point]:
    return [(float(x), float(y)) for x, y, *_ in ring]


def _of(words: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((words[name] for name in names if words.get(name) not in (None, "")), None)


def _whole(said: Any) -> int | None:
    found = re.fullmatch(r"\s*(-?\d{1,3})(?:\.0+)?\s*[层Ff]?\s*", str(said)) if said is not None else None
    return None if found is None else int(found[1])
