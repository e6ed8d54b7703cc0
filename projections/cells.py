"""Where everything lies, as one number: the square of a world-wide grid, numbered so that squares near each other stand together.

A low zoom shows counts, not outlines. The squares within a tile are one run of numbers (Z-order), so a tile is a range of an
index, and a coarser square is the same number with bits cut off. A row is split only when the thing moves, comes or goes.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import shapely

from domain.kernel.aggregate import Aggregate
from domain.kernel.facts import Facet
from domain.kernel.places import Outline, Point
from domain.premises import facets as premises
from domain.premises.building import Building
from domain.premises.compound import Compound
from domain.premises.room import Room
from domain.premises.terms import BuildingStatus, CompoundStatus, RoomStatus
from domain.vehicles import facets as vehicles
from domain.vehicles import fence_facets as fences
from domain.vehicles.fence import Fence
from domain.vehicles.terms import FenceStatus, VehicleStatus
from domain.vehicles.vehicle import Vehicle
from domain.warehouse import facets as warehouse
from domain.warehouse.terms import WarehouseStatus
from domain.warehouse.warehouse import Warehouse
from projections.shown import Members, Shape, Shown
from projections.stream import Row, Stream
from projections.tables import ASSET, AXES, Column, Model, Table
from projections.values import row_of
from projections.whole import Whole

ZOOM = 20
"""Of the grid: squares of about 30 m, two bits a zoom."""

PLACED: dict[str, tuple[Facet[Any], Facet[Any], frozenset[str]]] = {
    Compound.kind: (premises.OUTLINE, premises.COMPOUND_STATUS, frozenset([CompoundStatus.CLOSED])),
    Building.kind: (
        premises.OUTLINE, premises.BUILDING_STATUS, frozenset(BuildingStatus) - {BuildingStatus.STANDING}),
    Room.kind: (premises.OUTLINE, premises.ROOM_STATUS, frozenset(RoomStatus) - {RoomStatus.IN_SERVICE}),
    Vehicle.kind: (vehicles.PARKING, vehicles.VEHICLE_STATUS, frozenset([VehicleStatus.DISPOSED])),
    Fence.kind: (fences.OUTLINE, fences.FENCE_STATUS, frozenset([FenceStatus.RETIRED])),
    Warehouse.kind: (warehouse.PLACE, warehouse.WAREHOUSE_STATUS, frozenset([WarehouseStatus.CLOSED])),
}  # fmt: skip
"""What has a place: the facets of its place and its status, and the statuses in which it is there no longer."""

GONE = frozenset(str(status) for _, _, gone in PLACED.values() for status in gone)


@lru_cache(maxsize=1024)
def square_of(ewkb: str) -> int:
    """The square in which a point, or a point surely inside an outline, lies."""
    inside = shapely.from_wkb(ewkb).representative_point()
    latitude = math.radians(inside.y)
    x = (inside.x + 180) / 360
    y = (1 - math.asinh(math.tan(latitude)) / math.pi) / 2
    return z_order(*(min(max(int(side * 2**ZOOM), 0), 2**ZOOM - 1) for side in (x, y)))


def z_order(x: int, y: int) -> int:
    """The bits of both, woven: x on even places, y on odd ones."""
    return _spread(x) | _spread(y) << 1


def _spread(side: int) -> int:
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
                        (2, 0x3333333333333333), (1, 0x5555555555555555)):  # fmt: skip
        side = (side | side << shift) & mask
    return side


def _square(kind: str) -> Shown:
    place, status, gone = PLACED[kind]

    def made(held: Members) -> int | None:
        shape: Outline | Point | None = next((fact.value for _, fact in held.facts(place)), None)
        ended = any(fact.value in gone for _, fact in held.facts(status))
        return None if shape is None or ended else square_of(shape.ewkb)

    return Shown("cell", "bigint", (place, status), made)


class CellRows(Whole):
    __slots__ = ("kind",)
    table = "cells"

    def __init__(self, kind: str) -> None:
        super().__init__(_SHAPES[kind])
        self.kind = kind

    def rows(self, stream: Stream, after: int) -> list[Row]:
        head = [stream.id]
        placed = ((version, version.content[0]) for version in self.versions(after))
        return [row_of(head, version, [self.kind, cell]) for version, cell in placed if cell is not None]


_SHAPES = {kind: Shape.of((_square(kind),)) for kind in PLACED}


def _part(cls: type[Aggregate]) -> CellRows | None:
    return CellRows(cls.kind) if cls.kind in _SHAPES else None


_COUNTED = "(cell) INCLUDE (asset, kind, begins, ends, since, until, cut, ended)"

MODEL = Model(
    "cells",
    (
        Table(
            "cells",
            (
                ASSET,
                *AXES,
                Column("kind", "text NOT NULL", "种类", "Kind"),
                Column("cell", "bigint NOT NULL", "网格", "Square"),
            ),
            key=("asset", "begins", "since"),
            # All that a count asks for stands in the index, so that it need not look at the rows. Rooms are most of it. By the three
            # others the pyramid finds what was learned between two positions.
            indexes=(
                _COUNTED,
                f"{_COUNTED} WHERE kind <> 'rooms'",
                "(since)",
                "(cut) WHERE cut IS NOT NULL",
                "(until) WHERE until IS NOT NULL",
            ),
        ),
    ),
    part=_part,
)
