"""Shapes from GeoJSON drawn to scale: in metres around their middle, north up, with a bar that says how long a metre is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, log10, radians
from typing import Any, Final, Self, TypeAlias

Place: TypeAlias = tuple[float, float]
Geometry: TypeAlias = Mapping[str, Any]

_DEGREE: Final = 111_320.0
"""Metres of a degree of latitude, and of one of longitude at the equator: near enough for a building."""
_LEAST: Final = 40.0
"""Metres across at least: a point alone has nothing to be measured by."""
_MARGIN: Final = 0.12


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline as the path of an SVG, or a point; where its name stands."""

    path: str
    middle: Place
    is_point: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The thing itself, and what is around it. `box`: x, y, width, height in metres."""

    own: Sequence[Shape]
    near: Sequence[Shape]
    box: tuple[float, float, float, float]

    @classmethod
    def of(cls, own: Sequence[Geometry], near: Sequence[tuple[Mapping[str, Any], Geometry]]) -> Self | None:
        """None where there is nothing to draw."""
        corners = [place for geometry in (*own, *(geometry for _, geometry in near)) for place in _corners(geometry)]
        if not own:
            return None
        middle = ((min(x for x, _ in corners) + max(x for x, _ in corners)) / 2,
                  (min(y for _, y in corners) + max(y for _, y in corners)) / 2)  # fmt: skip
        flat = [_metres(place, middle) for place in corners]
        mine = [_shape(geometry, middle, "") for geometry in own]
        others = [_shape(geometry, middle, _label(told)) for told, geometry in near]
        return cls(mine, others, _box(flat))

    @property
    def size(self) -> float:
        return max(self.box[2], self.box[3])

    @property
    def bar(self) -> int:
        """A round number of metres, about a fifth of the width."""
        wanted = max(self.box[2] / 5, 1)
        power = 10 ** int(log10(wanted))
        return int(max(step * power for step in (1, 2, 5) if step * power <= wanted))


def _corners(geometry: Geometry) -> Iterator[Place]:
    for ring in _rings(geometry):
        yield from ring


def _rings(geometry: Geometry) -> list[list[Place]]:
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case "Point":
            return [[(coordinates[0], coordinates[1])]]
        case "Polygon":
            return [[(x, y) for x, y, *_ in ring] for ring in coordinates]
        case _:
            return [[(x, y) for x, y, *_ in ring] for polygon in coordinates for ring in polygon]


def _metres(place: Place, middle: Place) -> Place:
    """East and south of the middle: a screen's second axis goes down."""
    east = (place[0] - middle[0]) * _DEGREE * cos(radians(middle[1]))
    return round(east, 2), round((middle[1] - place[1]) * _DEGREE, 2)


def _shape(geometry: Geometry, middle: Place, label: str) -> Shape:
    rings = [[_metres(place, middle) for place in ring] for ring in _rings(geometry)]
    path = " ".join("M" + " L".join(f"{x} {y}" for x, y in ring) + " Z" for ring in rings)
    outer = rings[0]
    x, y = (sum(values) / len(outer) for values in zip(*outer, strict=True))
    return Shape(path, (round(x, 2), round(y, 2)), geometry["type"] == "Point", label)


def _label(told: Mapping[str, Any]) -> str:
    return str(told.get("number") or told.get("name") or "")


def _box(flat: Iterable[Place]) -> tuple[float, float, float, float]:
    xs, ys = zip(*flat, strict=True)
    width, height = max(max(xs) - min(xs), _LEAST), max(max(ys) - min(ys), _LEAST)
    x, y = (min(xs) + max(xs) - width) / 2, (min(ys) + max(ys) - height) / 2
    edge = max(width, height) * _MARGIN
    return round(x - edge, 2), round(y - edge, 2), round(width + 2 * edge, 2), round(height + 2 * edge, 2)
