"""One floor on a sheet: drawn rooms at their places, the others in a grid below, each with the writing that fits into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10
from typing import Final
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from maps.floors import schematic
from maps.floors.frame import Box, Frame, paths_of
from maps.floors.labels import Line, Said, fitted

_MARGIN: Final = 0.03
_WRITING: Final = 60
"""How often the writing of a full size goes into the width of a sheet."""
_LEAST: Final = 30.0
"""Metres across at least: a closet alone is not blown up to a hall."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room as it is to be drawn. `shape`: its outline of record in CGCS2000; None where nobody has drawn it."""

    id: UUID
    said: Said
    shape: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    id: UUID
    path: str
    is_schematic: bool
    label: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Plan:
    """`bar`: metres of the scale bar; none where nothing is to scale. `grid_from`: how far down the grid begins, if there is one."""

    box: Box
    north: float
    bar: int
    footprint: str
    grid_from: float | None
    rooms: Sequence[Drawn]


def frame_of(footprint: BaseGeometry | None, shapes: Sequence[BaseGeometry]) -> Frame | None:
    """One for all floors of a building, so that the same place lies at the same place on each sheet."""
    known = [footprint] if footprint is not None else list(shapes)
    return Frame.of(known) if known else None


@dataclass(frozen=True, slots=True)
class Laid:
    """The rooms of a floor in their places: drawn ones where they are, the others in a grid. `base`: what they stand on."""

    rooms: Sequence[Room]
    shapes: Sequence[BaseGeometry]
    in_grid: frozenset[UUID]
    base: BaseGeometry | None
    north: float

    @property
    def to_scale(self) -> bool:
        return len(self.in_grid) < len(self.rooms)


def laid(rooms: Sequence[Room], frame: Frame | None, footprint: BaseGeometry | None) -> Laid:
    placed = _placed(rooms, frame)
    base = frame.flat([footprint])[0] if frame is not None and footprint is not None and placed else None
    above = _box([*placed.values(), *([base] if base is not None else [])]) if placed else None
    grid = _in_grid([room for room in rooms if room.id not in placed], above)
    shapes = [placed.get(room.id) or grid[room.id] for room in rooms]
    return Laid(rooms, shapes, frozenset(grid), base, frame.north if frame is not None and placed else 0.0)


def plan(floor: Laid, only: Sequence[int] | None = None, *, labelled: bool = True) -> Plan:
    """All of a floor, or the rooms at these places with as much writing as fits when they have the sheet for themselves."""
    places = range(len(floor.rooms)) if only is None else only
    rooms, shapes = [floor.rooms[place] for place in places], [floor.shapes[place] for place in places]
    whole = _box([*shapes, *([floor.base] if floor.base is not None and only is None else [])])
    full = _width(whole) / _WRITING
    written = fitted(shapes, [room.said for room in rooms], full) if labelled else [[] for _ in rooms]
    drawn = [
        Drawn(room.id, path, room.id in floor.in_grid, lines)
        for room, path, lines in zip(rooms, paths_of(shapes), written, strict=True)
    ]
    return Plan(
        box=_with_margin(whole),
        north=floor.north,
        bar=_bar(whole[2]) if floor.to_scale else 0,
        footprint="" if floor.base is None else paths_of([floor.base])[0],
        grid_from=min(
            (shape.bounds[1] for shape, one in zip(shapes, drawn, strict=True) if one.is_schematic), default=None
        ),
        rooms=drawn,
    )


def _placed(rooms: Sequence[Room], frame: Frame | None) -> Mapping[UUID, BaseGeometry]:
    known = {room.id: room.shape for room in rooms if room.shape is not None}
    return {} if frame is None or not known else dict(zip(known, frame.flat(list(known.values())), strict=True))


def _in_grid(rooms: Sequence[Room], above: Box | None) -> Mapping[UUID, BaseGeometry]:
    order = schematic.in_order([room.said.number for room in rooms])
    return dict(zip((rooms[place].id for place in order), schematic.cells(len(rooms), above), strict=True))


def _box(shapes: Sequence[BaseGeometry]) -> Box:
    if not shapes:
        return 0.0, 0.0, _LEAST, _LEAST
    west, north, east, south = (float(side) for side in shapely.total_bounds(list(shapes)))
    width, height = max(east - west, _LEAST), max(south - north, _LEAST / 4)
    return (west + east - width) / 2, (north + south - height) / 2, width, height


def _width(box: Box) -> float:
    """What a page sets the writing by: a sheet that is taller than wide is shown narrower."""
    return max(box[2], box[3] * 1.5)


def _with_margin(box: Box) -> Box:
    edge = max(box[2], box[3]) * _MARGIN
    x, y, width, height = box
    return round(x - edge, 2), round(y - edge, 2), round(width + 2 * edge, 2), round(height + 2 * edge, 2)


def _bar(width: float) -> int:
    """A round number of metres, about a sixth of the width."""
    wanted = max(width / 6, 1.0)
    power = 10 ** int(log10(wanted))
    return int(max(step * power for step in (1, 2, 5) if step * power <= wanted))
