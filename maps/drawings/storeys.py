"""The floors of a file: by what layers or blocks are called, or lying beside each other, or all of it one floor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

import numpy as np
import shapely

from maps.drawings import said
from maps.drawings.outlines import Found, found_in
from maps.drawings.raw import Label, Mark, Point, Raw, Run
from maps.drawings.writing import Outline

Split: TypeAlias = Literal["layer", "block", "beside", "one"]

_APART: Final = 6.0
"""Metres between what is drawn of two floors that lie beside each other."""
_MOST_SEEN: Final = 6_000
_LEAST_RUNS: Final = 4
"""Fewer lines are a title or a north arrow, not a floor."""


@dataclass(slots=True)
class Storey:
    """One floor as drawn. `key`: what the file tells it apart by; `floor`: which it is, as far as the file tells."""

    key: str
    floor: int | None
    found: Found
    corner: Point
    """The lowest and leftmost place of its outlines: where floors that lie beside each other are laid together."""
    lines: Sequence[Sequence[Point]] = ()
    """What was drawn, to be seen below what was read."""


@dataclass(slots=True)
class _Part:
    runs: list[Run] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def storeys(raw: Raw, metres: float, split: Split | None, layers: frozenset[str] | None) -> tuple[Split, list[Storey]]:
    """`layers`: only what lies on these; None: on all. Without a `split` the one is taken that tells floors apart."""
    runs = [_scaled(run, metres) for run in raw.runs if layers is None or run.layer in layers]
    labels = [_moved(label, metres) for label in raw.labels if layers is None or label.layer in layers]
    ways = {"layer": _by_layer(raw), "block": _by_block}
    for way in [split] if split else ["layer", "block", "beside"]:
        parts = _beside(runs, labels) if way == "beside" else _parted(runs, labels, ways.get(way, _together))
        if split or len(parts) > 1:
            return way, _told(parts)  # type: ignore[return-value]  # one of the words above
    return "one", _told({"": _Part(runs, labels)})


def _scaled(run: Run, metres: float) -> Run:
    return Run([(x * metres, y * metres) for x, y in run.points], run.layer, run.block, run.is_closed)


def _moved(label: Label, metres: float) -> Label:
    return Label(label.text, label.x * metres, label.y * metres, label.layer, label.block)


Named: TypeAlias = Callable[[Run | Label], str | None]
"""Which floor something is on; None: on none."""


def _by_layer(raw: Raw) -> Named:
    def named(one: Run | Label) -> str | None:
        floor = raw.floors.get(one.layer, said.floor_of(one.layer))
        return None if floor is None else str(floor)

    return named


def _by_block(one: Run | Label) -> str | None:
    floor = said.floor_of(one.block)
    return None if floor is None else str(floor)


def _together(_: Run | Label) -> str | None:
    return ""


def _parted(runs: Sequence[Run], labels: Sequence[Label], named: Named) -> dict[str, _Part]:
    parts: dict[str, _Part] = defaultdict(_Part)
    for run in runs:
        key = named(run)
        if key is not None:
            parts[key].runs.append(run)
    for label in labels:
        key = named(label)
        if key is not None and key in parts:
            parts[key].labels.append(label)
    # Writing on a layer of its own belongs to the floor that it lies on, where floors lie apart.
    loose = [label for label in labels if named(label) is None]
    _share(loose, parts)
    return dict(parts)


def _share(labels: Sequence[Label], parts: dict[str, _Part]) -> None:
    boxes = {key: _box(part.runs).buffer(_APART / 2) for key, part in parts.items()}
    for label in labels:
        at = [key for key, box in boxes.items() if box.contains(shapely.Point(label.x, label.y))]
        own = (
            at
            if len(at) == 1
            else [key for key in at if str(said.floor_in_number(said.number_of(label.text) or "")) == key]
        )
        for key in own:
            parts[key].labels.append(label)


def _beside(runs: Sequence[Run], labels: Sequence[Label]) -> dict[str, _Part]:
    """What lies close together is one floor; in the order of reading, from the top, then from the left."""
    if not runs:
        return {}
    boxes = np.array([_box([run]) for run in runs])
    grown = shapely.get_parts(shapely.union_all(shapely.buffer(boxes, _APART / 2, quad_segs=1)))
    areas = list(grown)
    tree = shapely.STRtree(areas)
    of, inside = tree.query(boxes, predicate="intersects")
    parts: dict[int, _Part] = defaultdict(_Part)
    for run, area in zip(of, inside, strict=True):
        parts[int(area)].runs.append(runs[run])
    kept = {area: part for area, part in parts.items() if len(part.runs) >= _LEAST_RUNS}
    order = sorted(kept, key=lambda area: (-round(areas[area].centroid.y / _APART / 4), areas[area].centroid.x))
    found = {str(place + 1): kept[area] for place, area in enumerate(order)}
    for label in labels:
        point = shapely.Point(label.x, label.y)
        distances = [(areas[area].distance(point), str(place + 1)) for place, area in enumerate(order)]
        if distances and min(distances)[0] <= _APART * 2:
            found[min(distances)[1]].labels.append(label)
    return found


def _box(runs: Sequence[Run]) -> shapely.Polygon:
    points = np.array([point for run in runs for point in run.points])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return shapely.box(float(west), float(south), float(east), float(north))


def _told(parts: dict[str, _Part]) -> list[Storey]:
    told = []
    for key, part in parts.items():
        found = found_in(part.runs, part.labels)
        told.append(Storey(key, _floor(key, part, found.outlines), found, _corner(found, part), _seen(part)))
    return sorted(told, key=lambda one: (one.floor is None, one.floor or 0, one.key))


def _seen(part: _Part) -> list[Sequence[Point]]:
    return [run.points for run in part.runs[:_MOST_SEEN]]


def _floor(key: str, part: _Part, outlines: Sequence[Outline]) -> int | None:
    """A title says it best, then what most numbers begin with, then what its layer or block is called."""
    titles = [said.floor_of(label.text) for label in part.labels if said.is_title(label.text)]
    if any(titles):
        return next(filter(None, titles))
    numbers = Counter(filter(None, (said.floor_in_number(one.number) for one in outlines if one.number)))
    named = int(key) if key.lstrip("-").isdigit() and not outlines else None
    return numbers.most_common(1)[0][0] if numbers else named


def _corner(found: Found, part: _Part) -> Point:
    shapes = [one.shape for one in found.outlines] or ([_box(part.runs)] if part.runs else [])
    if not shapes:
        return 0.0, 0.0
    west, south, _, _ = shapely.total_bounds(shapes)
    return float(west), float(south)


def marks_of(told: Sequence[Storey]) -> list[Mark]:
    return [mark for one in told for mark in one.found.marks]
