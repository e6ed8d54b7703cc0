"""The floors of all files laid together: one frame in metres, its origin at the lower left corner of the first floor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any, Final

import numpy as np
import shapely

from maps.drawings.matching import Drawn, rounded
from maps.drawings.placing import Placing
from maps.drawings.raw import Point
from maps.drawings.reading import Read
from maps.drawings.storeys import Storey

_FAR: Final = 60.0
"""Metres: floors of several files whose corners lie closer than this were drawn about one origin."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A floor in the frame. `origin`: what of the drawing lies at the frame's origin; `floor`: None leaves it out."""

    key: str
    file: int
    floor: int | None
    storey: Storey
    origin: Point

    def framed(self, shape: shapely.Polygon) -> shapely.Polygon:
        x, y = self.origin
        return shapely.transform(shape, lambda places: places - np.array([x, y]))

    def point(self, place: Point) -> Point:
        return place[0] - self.origin[0], place[1] - self.origin[1]

    def drawn(self, placing: Placing | None) -> list[Drawn]:
        """Its rooms, at their places where these are known."""
        return [
            Drawn(
                key=f"{self.key}#{number}",
                floor=self.floor if self.floor is not None else 0,
                number=one.number,
                category=one.category,
                area=rounded(one.shape.area),
                shape=None if placing is None else placing.onto(self.framed(one.shape)),
            )
            for number, one in enumerate(self.storey.found.outlines)
        ]


def laid(
    files: Sequence[Read], floors: Mapping[str, int | None], shifts: Mapping[str, Sequence[float]]
) -> tuple[list[Laid], Point]:
    """`floors` and `shifts`: as chosen, by key. Floors that lie apart are laid corner on corner, and shifted from there.

    The second: where the frame's origin lies in the coordinates of the first file.
    """
    told: list[Laid] = []
    base: Point | None = None
    for index, read in enumerate(files):
        for storey in read.storeys:
            key = f"{index}:{storey.key}"
            base = storey.corner if base is None else base
            apart = read.split == "beside" or hypot(storey.corner[0] - base[0], storey.corner[1] - base[1]) > _FAR
            corner = storey.corner if apart else base
            dx, dy = shifts.get(key, (0.0, 0.0))
            floor = floors.get(key, storey.floor)
            told.append(Laid(key, index, floor, storey, (corner[0] - dx, corner[1] - dy)))
    return told, base or (0.0, 0.0)


def path_of(points: Sequence[Point], *, closed: bool = False) -> str:
    """As an SVG path on a sheet, on which y grows downward."""
    return "M" + " L".join(f"{x:.2f} {-y:.2f}" for x, y in points) + (" Z" if closed else "")


def shape_path(shape: shapely.Polygon) -> str:
    rings: list[Any] = [shape.exterior, *shape.interiors]
    return " ".join(path_of([(x, y) for x, y in ring.coords[:-1]], closed=True) for ring in rings)
