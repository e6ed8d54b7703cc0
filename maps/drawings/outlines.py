"""Rooms out of lines: closed outlines as they are, bare walls as the faces between them, each with what is written in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely

from domain.premises.terms import RoomCategory
from maps.drawings import said
from maps.drawings.mending import GRID, met
from maps.drawings.raw import Label, Mark, Run

GAP: Final = 0.10
"""Metres that lines may miss each other by."""
SMALLEST: Final = 1.5
"""m²: less is a shaft, a column or the inside of a wall."""
_THINNEST: Final = 0.6
"""Metres: what is narrower everywhere is the inside of a wall."""
_BESIDE: Final = 2.5
"""Metres from a room that its number may stand outside of it."""
_SAME: Final = 0.97
_MOST_MARKS: Final = 300


@dataclass(frozen=True, slots=True)
class Outline:
    """One room as drawn, in metres of the drawing."""

    shape: shapely.Polygon
    layer: str = ""
    number: str | None = None
    category: RoomCategory | None = None
    texts: Sequence[str] = ()


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
    _write_into(rooms, labels, found)
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


def _write_into(rooms: Sequence[tuple[shapely.Polygon, str]], labels: Sequence[Label], found: Found) -> None:
    """What stands in a room is the room's; a number outside belongs to the nearest room that has none."""
    shapes = [shape for shape, _ in rooms]
    tree = shapely.STRtree(shapes)
    texts: list[list[str]] = [[] for _ in rooms]
    numbers: list[list[Label]] = [[] for _ in rooms]
    outside: list[Label] = []
    points = shapely.points([(label.x, label.y) for label in labels]) if labels else np.array([])
    at, inside = tree.query(points, predicate="within") if labels and shapes else ([], [])
    held: dict[int, int] = {}
    for label, room in zip(at, inside, strict=True):
        # The smallest that holds it, where one lies in another.
        if int(label) not in held or shapes[room].area < shapes[held[int(label)]].area:
            held[int(label)] = int(room)
    for index, label in enumerate(labels):
        number = said.number_of(label.text)
        if index in held and number:
            numbers[held[index]].append(label)
        elif index in held:
            texts[held[index]].append(label.text)
        elif number and not said.is_title(label.text):
            outside.append(label)
    found.marks.extend(_beside(outside, shapes, tree, numbers))
    for (shape, layer), written, own in zip(rooms, texts, numbers, strict=True):
        found.marks.extend(_two_numbers(own))
        number = said.number_of(own[0].text) if own else None
        found.outlines.append(
            Outline(shape, layer, number, said.use_of([*written, *(one.text for one in own)]), written)
        )
    found.marks.extend(_twice(found.outlines))


def _beside(
    outside: Sequence[Label], shapes: Sequence[shapely.Polygon], tree: shapely.STRtree, numbers: list[list[Label]]
) -> Iterator[Mark]:
    for label in outside:
        point = shapely.Point(label.x, label.y)
        near: Iterable[int] = tree.query(point, predicate="dwithin", distance=_BESIDE) if shapes else []
        free = sorted((shapes[room].distance(point), int(room)) for room in near if not numbers[room])
        if free and (len(free) == 1 or free[0][0] < free[1][0] * 0.6):
            numbers[free[0][1]].append(label)
            continue
        number = said.number_of(label.text)
        yield Mark(
            "number-without-outline",
            f"房间号 {number} 不在任何闭合轮廓内。",
            f"Number {number} lies in no closed outline.",
            label.x,
            label.y,
        )


def _two_numbers(own: Sequence[Label]) -> Iterator[Mark]:
    different = {said.number_of(one.text) for one in own}
    if len(different) > 1:
        told = "、".join(sorted(filter(None, different)))
        yield Mark(
            "two-numbers",
            f"一个轮廓里有几个房间号：{told}。中间的墙可能没画完整。",
            f"One outline has several numbers: {told}. A wall between may be missing.",
            own[1].x,
            own[1].y,
        )


def _twice(outlines: Sequence[Outline]) -> Iterator[Mark]:
    seen: set[str] = set()
    for one in outlines:
        if one.number is None:
            continue
        if one.number in seen:
            middle = one.shape.representative_point()
            yield Mark(
                "number-twice",
                f"同一层有两个 {one.number}。",
                f"Two rooms of this floor have the number {one.number}.",
                middle.x,
                middle.y,
            )
        seen.add(one.number)
