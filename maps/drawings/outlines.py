"""Rooms out of lines: closed outlines as they are, bare walls as the faces between them, each with what is written in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely

from maps.drawings.mending import GRID, met
from maps.drawings.raw import Label, Mark, Run
from maps.drawings.writing import Outline, written_into

GAP: Final = 0.10
"""Metres that lines may miss each other by."""
SMALLEST: Final = 1.5
"""m²: less is a shaft, a column or the inside of a wall."""
_THINNEST: Final = 0.6
"""Metres: what is narrower everywhere is the inside of a wall."""
_SAME: Final = 0.97
_MOST_MARKS: Final = 300


@dataclass(slots=True)
class Found:
    outlines: list[Outline] = field(default_factory=list)
    envelope: shapely.Polygon | None = None
    """An outline around all others: the building's."""
    marks: list[Mark] = field(default_factory=list)


def found_in(runs: Sequence[Run], labels: Sequence[Label], gap: float = GAP) -> Found:
    """`runs` and `labels` of one floor, in metres."""
    found = Found()
    closed, open_ = _closed(runs, gap, found.marks)
    faces = _faces(open_, gap, found.marks)
    shapes = _distinct([*closed, *faces])
    rooms, found.envelope = _without_envelopes(shapes)
    found.outlines, marks = written_into(rooms, labels)
    found.marks.extend(marks)
    del found.marks[_MOST_MARKS:]
    return found


def _closed(runs: Sequence[Run], gap: float, marks: list[Mark]) -> tuple[list[tuple[shapely.Polygon, str]], list[Run]]:
    """Closed outlines; and all other lines. One that crosses itself is taken apart like walls, and marked."""
    shapes, others = [], []
    for run in runs:
        ring = list(run.points)
        first, last = ring[0], ring[-1]
        near = np.hypot(first[0] - last[0], first[1] - last[1]) <= gap
        if len(ring) < 3 or not (run.is_closed or (near and len(ring) > 3)):  # noqa: PLR2004 -- corners of a triangle
            others.append(run)
            continue
        shape = shapely.Polygon(ring)
        if shape.is_valid and shape.area >= SMALLEST:
            shapes.append((shape, run.layer))
        elif not shape.is_valid and shape.convex_hull.area >= SMALLEST:
            marks.append(_crossing(shape))
            others.append(Run([*ring, first], run.layer))
    return shapes, others


def _crossing(shape: shapely.Polygon) -> Mark:
    reason = str(shapely.is_valid_reason(shape))
    place = reason.partition("[")[2].rstrip("]").split()
    x, y = (float(place[0]), float(place[1])) if len(place) == 2 else shape.exterior.coords[0][:2]  # noqa: PLR2004 -- x and y
    return Mark("crosses-itself", "轮廓在此自相交叉。", "The outline crosses itself here.", x, y)


def _faces(runs: Sequence[Run], gap: float, marks: list[Mark]) -> list[tuple[shapely.Polygon, str]]:
    """The rooms between bare walls; ends that meet nothing are marked where they end."""
    lines = [shapely.LineString(run.points) for run in runs if len(run.points) > 1]
    if not lines:
        return []
    joined = shapely.union_all(met([line for line in lines if line.length > GRID], gap), grid_size=GRID)
    polygons, _, dangles, _ = shapely.polygonize_full([joined])
    marks.extend(_loose_ends(dangles, joined, gap))
    return [(face, "") for face in polygons.geoms if isinstance(face, shapely.Polygon) and _is_room(face)]


def _is_room(face: shapely.Polygon) -> bool:
    return bool(face.area >= SMALLEST and not face.buffer(-_THINNEST / 2).is_empty)


def _loose_ends(dangles: shapely.GeometryCollection, joined: shapely.Geometry, gap: float) -> Iterator[Mark]:
    counted: dict[tuple[float, float], int] = {}
    for line in shapely.get_parts(joined):
        for place in (line.coords[0][:2], line.coords[-1][:2]):
            counted[place] = counted.get(place, 0) + 1
    for line in dangles.geoms:
        if line.length <= gap:
            continue
        for x, y in (line.coords[0][:2], line.coords[-1][:2]):
            if counted.get((x, y)) == 1:
                yield Mark(
                    "open-end",
                    "线到此中断，没有与其他线相接，轮廓未闭合。",
                    "The line ends here and meets no other: the outline is open.",
                    x,
                    y,
                )


def _distinct(shapes: Sequence[tuple[shapely.Polygon, str]]) -> list[tuple[shapely.Polygon, str]]:
    """Each once, however often it was drawn; of an outline and a face of the same place the outline."""
    kept: list[tuple[shapely.Polygon, str]] = []
    tree = shapely.STRtree([shape for shape, _ in shapes])
    dropped: set[int] = set()
    for index, (shape, layer) in enumerate(shapes):
        if index in dropped:
            continue
        kept.append((shape, layer))
        for other in tree.query(shape, predicate="intersects"):
            if other > index and _overlap(shape, shapes[other][0]) >= _SAME:
                dropped.add(int(other))
    return kept


def _overlap(one: shapely.Polygon, other: shapely.Polygon) -> float:
    """What both have in common, of what both have together."""
    if min(one.area, other.area) < _SAME * max(one.area, other.area):
        return 0.0
    common = one.intersection(other).area
    return float(common / (one.area + other.area - common))


def _without_envelopes(
    shapes: Sequence[tuple[shapely.Polygon, str]],
) -> tuple[list[tuple[shapely.Polygon, str]], shapely.Polygon | None]:
    """What holds two or more of the others is no room but a building, a wing or a frame; the closest around all is kept."""
    tree = shapely.STRtree([shape for shape, _ in shapes])
    rooms, envelopes = [], []
    for index, (shape, layer) in enumerate(shapes):
        inside = [int(one) for one in tree.query(shape.buffer(0.05), predicate="contains") if one != index]
        smaller = [shapes[one][0] for one in inside if shapes[one][0].area < shape.area * 0.9]
        if len(smaller) > 1 and sum(one.area for one in smaller) > shape.area * 0.3:
            envelopes.append((len(smaller), shape))
        else:
            rooms.append((shape, layer))
    widest = max((count for count, _ in envelopes), default=0)
    return rooms, min((shape for count, shape in envelopes if count == widest), key=lambda one: one.area, default=None)
