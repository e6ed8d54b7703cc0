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
from maps.floors.frame import Box, Frame, path_of
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


def plan(rooms: Sequence[Room], frame: Frame | None, footprint: BaseGeometry | None, *, labelled: bool = True) -> Plan:
    placed = {room.id: frame.flat(room.shape) for room in rooms if room.shape is not None and frame is not None}
    base = frame.flat(footprint) if frame is not None and footprint is not None and placed else None
    above = _box([*placed.values(), *([base] if base is not None else [])]) if placed else None
    grid = _in_grid([room for room in rooms if room.id not in placed], above)
    whole = _box([*placed.values(), *grid.values(), *([base] if base is not None else [])])
    full = _width(whole) / _WRITING
    shapes = {**placed, **grid}
    drawn = [
        Drawn(
            room.id,
            path_of(shapes[room.id]),
            room.id in grid,
            fitted(shapes[room.id], room.said, full) if labelled else (),
        )
        for room in rooms
    ]
    grid_from = min((shape.bounds[1] for shape in grid.values()), default=None)
    north = frame.north if frame is not None and placed else 0.0
    bar = _bar(whole[2]) if placed else 0
    return Plan(_with_margin(whole), north, bar, "" if base is None else path_of(base), grid_from, drawn)


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
