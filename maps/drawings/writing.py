"""Writing and outlines joined: what stands in a room is the room's, and a number beside one may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import shapely

from domain.premises.terms import RoomCategory
from maps.drawings import said
from maps.drawings.raw import Label, Mark

_BESIDE: Final = 2.5
"""Metres from a room that its number may stand outside of it."""
_NEARER: Final = 0.6
"""Of two rooms beside a number, the one that is so much nearer than the other has it."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One room as drawn, in metres of the drawing."""

    shape: shapely.Polygon
    layer: str = ""
    number: str | None = None
    category: RoomCategory | None = None
    texts: Sequence[str] = ()


def written_into(
    rooms: Sequence[tuple[shapely.Polygon, str]], labels: Sequence[Label]
) -> tuple[list[Outline], list[Mark]]:
    """Each shape with its number and use; and what is unclear, where it is."""
    shapes = [shape for shape, _ in rooms]
    tree = shapely.STRtree(shapes)
    inside = _inside(shapes, tree, labels)
    own: list[list[Label]] = [[] for _ in rooms]
    for label, room in zip(labels, inside, strict=True):
        if room is not None:
            own[room].append(label)
    numbers = [_numbers(held) for held in own]
    outside = [label for label, room in zip(labels, inside, strict=True) if room is None and _is_number(label)]
    marks = [*_beside(outside, shapes, tree, numbers)]
    outlines = [
        _outline(shape, layer, held, mine) for (shape, layer), held, mine in zip(rooms, own, numbers, strict=True)
    ]
    for mine in numbers:
        marks.extend(_two_numbers(mine))
    return outlines, [*marks, *_twice(outlines)]


def _inside(shapes: Sequence[shapely.Polygon], tree: shapely.STRtree, labels: Sequence[Label]) -> list[int | None]:
    """The room that each label stands in: the smallest, where one lies in another."""
    held: list[int | None] = [None] * len(labels)
    if not labels or not shapes:
        return held
    points = shapely.points([(label.x, label.y) for label in labels])
    for label, room in zip(*tree.query(points, predicate="within"), strict=True):
        known = held[label]
        if known is None or shapes[room].area < shapes[known].area:
            held[label] = int(room)
    return held


def _outline(shape: shapely.Polygon, layer: str, held: Sequence[Label], numbers: Sequence[Label]) -> Outline:
    texts = [label.text for label in held]
    number = said.number_of(numbers[0].text) if numbers else None
    return Outline(shape, layer, number, said.use_of([*texts, *(one.text for one in numbers)]), texts)


def _numbers(held: Sequence[Label]) -> list[Label]:
    """Lengths beside a number are lengths."""
    found = [label for label in held if said.number_of(label.text)]
    return [label for label in found if not said.is_measure(label.text)] or found


def _is_number(label: Label) -> bool:
    """Of what stands outside of all rooms."""
    return bool(said.number_of(label.text)) and not said.is_title(label.text) and not said.is_measure(label.text)


def _beside(
    outside: Sequence[Label], shapes: Sequence[shapely.Polygon], tree: shapely.STRtree, numbers: list[list[Label]]
) -> Iterator[Mark]:
    for label in outside:
        point = shapely.Point(label.x, label.y)
        near: Iterable[int] = tree.query(point, predicate="dwithin", distance=_BESIDE) if shapes else []
        free = sorted((shapes[room].distance(point), int(room)) for room in near if not numbers[room])
        if free and (len(free) == 1 or free[0][0] < free[1][0] * _NEARER):
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
