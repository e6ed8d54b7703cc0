"""A base map of vectors beneath a sheet: its tiles painted as lines of the paper, so that a PDF of it stays sharp."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Literal

from maps.bases.vectors import Feature, Layer, TileBroken, layers
from maps.pictures.ground import HALF, SIDE, Fetch, Tiles, covering
from maps.pictures.paints import LAYERS, PAINTS, PLACE_INKS, PLACES, Paint
from maps.pictures.strokes import Room, haloed, width
from maps.pictures.view import Frame

UNITS: Final = 512
"""Of the paper, that a tile is wide: vectors are made for twice the size of a picture's tile."""
MOST_NAMES: Final = 60
_SIZE: Final = 11.0


@dataclass(frozen=True, slots=True)
class _Placed:
    """What a tile holds in a layer, and how its numbers become places on the paper."""

    layer: Layer
    left: float
    top: float
    scale: float

    def at(self, point: tuple[int, int]) -> tuple[float, float]:
        return self.left + point[0] * self.scale, self.top + point[1] * self.scale

    def path(self, one: Feature) -> Iterator[str]:
        end = "Z" if one.form == "area" else ""
        for part in one.parts:
            # Points that fall together on the paper are one.
            points = [point for point, _ in groupby(f"{x:.1f} {y:.1f}" for x, y in map(self.at, part))]
            if len(points) > 1:
                yield f"M{'L'.join(points)}{end}"


@dataclass(frozen=True, slots=True)
class Vectors:
    """Tiles of vectors; `missing`: how many of them could not be read. `language`: in which places are called."""

    placed: Sequence[_Placed]
    zoom: float
    language: Literal["zh", "en"]
    missing: int = 0

    def drawn(self, frame: Frame) -> Iterator[str]:
        for paint in PAINTS:
            if self.zoom >= paint.least_zoom:
                yield from self._painted(paint)
        yield from self._names(frame)

    def _painted(self, paint: Paint) -> Iterator[str]:
        """All of one paint together: where tiles overlap at their edges, nothing is painted twice."""
        lines = [
            line
            for one in self.placed
            if one.layer.name == paint.layer
            for feature in one.layer.features
            if paint.is_of(feature)
            for line in one.path(feature)
        ]
        wide = paint.width(self.zoom) if paint.widths else 0.0
        if lines and paint.form == "area":
            yield f'<path d="{"".join(lines)}" fill="{paint.colour}" fill-opacity="{paint.opacity}"/>'
        elif lines and wide:
            dash = f' stroke-dasharray="{paint.dash}"' if paint.dash else ""
            yield f'<path d="{"".join(lines)}" fill="none" stroke="{paint.colour}" stroke-width="{wide:.2f}" stroke-linejoin="round"{dash}/>'

    def _names(self, frame: Frame) -> Iterator[str]:
        """The greatest first, each once, as far as there is room."""
        room, said = Room(), set[str]()
        for feature, (x, y) in sorted(self._places(), key=lambda one: -_rank(one[0])):
            name = str(feature.said.get(f"name:{self.language}") or feature.said.get("name") or "")
            is_inside = frame.left < x < frame.left + frame.width and frame.top < y < frame.top + frame.height
            if not name or name in said or not is_inside or not room.takes(x, y, width(name, _SIZE), _SIZE):
                continue
            said.add(name)
            yield haloed(x, y, name, _SIZE, fill=PLACE_INKS[feature.said["kind"]])
            if len(said) >= MOST_NAMES:
                return

    def _places(self) -> Iterator[tuple[Feature, tuple[float, float]]]:
        for one in self.placed:
            if one.layer.name == PLACES:
                for feature in one.layer.features:
                    if feature.form == "point" and feature.said.get("kind") in PLACE_INKS and feature.parts:
                        yield feature, one.at(feature.parts[0][0])


def _rank(place: Feature) -> float:
    told: Any = place.said.get("population_rank", 0)
    return float(told) if isinstance(told, int | float) else 0.0


def painted(fetch: Fetch, frame: Frame, zooms: tuple[int, int], language: Literal["zh", "en"]) -> Vectors | None:
    """None where the file has nothing at this distance."""
    tiles = covering(frame, zooms, UNITS)
    if tiles is None:
        return None
    found = [_read(fetch(tiles.z, x, y), (x, y), tiles, frame) for x, y in tiles.each()]
    placed = [layer for one in found if one is not None for layer in one]
    zoom = math.log2(2 * HALF / SIDE / frame.unit)
    return Vectors(placed, zoom, language, found.count(None)) if placed else None


def _read(content: bytes | None, place: tuple[int, int], tiles: Tiles, frame: Frame) -> list[_Placed] | None:
    """None: it could not be read. Nothing is in an empty one."""
    if content is None:
        return None
    try:
        return list(_placed(layers(content, LAYERS), place, tiles, frame))
    except TileBroken:
        return None


def _placed(found: Iterable[Layer], place: tuple[int, int], tiles: Tiles, frame: Frame) -> Iterator[_Placed]:
    side = 2 * HALF / (1 << tiles.z)
    left, top = frame.at(place[0] * side - HALF, HALF - place[1] * side)
    for layer in found:
        yield _Placed(layer, left, top, side / frame.unit / layer.extent)
