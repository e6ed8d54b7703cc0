"""What lies where: outlines and points with what a map colours them by, and the cells that low zooms count.

Rows are rectangles of the two axes, not the Ls of `projections/tiling.py`: one spatial index over place and both axes then
finds a past tile as quickly as a current one.
"""

from __future__ import annotations

from typing import Any

from domain.kernel.aggregate import Aggregate
from domain.premises import facets as premises
from domain.premises.building import Building
from domain.premises.compound import Compound
from domain.premises.room import Room
from domain.vehicles import facets as vehicles
from domain.vehicles import fence_facets as fences
from domain.vehicles.fence import Fence
from domain.vehicles.vehicle import Vehicle
from domain.warehouse import facets as warehouse
from domain.warehouse.warehouse import Warehouse
from projections.columns.making import one, ref, text
from projections.columns.vehicles import fence_status
from projections.shown import Shape, Shown
from projections.stream import Row, Stream
from projections.tables import ASSET, Column, Model, Table
from projections.tiling import Rectangle
from projections.values import ranges
from projections.whole import Whole

_METRES = (
    "111319.49 * greatest(ST_XMax(shape) - ST_XMin(shape),"
    " (ST_YMax(shape) - ST_YMin(shape)) / cos(radians(ST_YMax(shape) + ST_YMin(shape)) / 2))"
)
"""The greater side in metres of web Mercator: a degree is as long everywhere, but northward it is drawn longer. Reprojecting
once more for this would cost as much as all the rest of a row."""

_PLACE = "geometry(Geometry, 4490)"


def _nothing(name: str, type: str) -> Shown:
    return Shown(name, type, (), lambda _: None)


_WITHIN = _nothing("within", "uuid")
_FLOOR = _nothing("floor", "integer")
_UNIT = _nothing("unit", "uuid")
_CATEGORY = _nothing("category", "text")


def _shape(facet: Any) -> Shown:
    return one(facet, _PLACE, "位置", "Place", "shape")


SHOWN: dict[str, tuple[Shown, ...]] = {
    Compound.kind: (_shape(premises.OUTLINE), text(premises.NAME, "", "", "label"),
                    text(premises.COMPOUND_STATUS, "", "", "status"), _CATEGORY, _UNIT, _WITHIN, _FLOOR),
    Building.kind: (_shape(premises.OUTLINE), text(premises.NAME, "", "", "label"),
                    text(premises.BUILDING_STATUS, "", "", "status"), text(premises.TITLE, "", "", "category"),
                    ref(premises.OWNER, "", "", "unit"), ref(premises.COMPOUND, "", "", "within"), _FLOOR),
    Room.kind: (_shape(premises.OUTLINE), text(premises.NUMBER, "", "", "label"),
                text(premises.ROOM_STATUS, "", "", "status"), text(premises.CATEGORY, "", "", "category"),
                ref(premises.USING_UNIT, "", "", "unit"), ref(premises.BUILDING, "", "", "within"),
                one(premises.FLOOR, "integer", "", "", "floor")),
    Vehicle.kind: (_shape(vehicles.PARKING), text(vehicles.PLATE, "", "", "label"),
                   text(vehicles.VEHICLE_STATUS, "", "", "status"), text(vehicles.CATEGORY, "", "", "category"),
                   ref(vehicles.USING_UNIT, "", "", "unit"), _WITHIN, _FLOOR),
    Warehouse.kind: (_shape(warehouse.PLACE), text(warehouse.NAME, "", "", "label"),
                     text(warehouse.WAREHOUSE_STATUS, "", "", "status"),
                     text(warehouse.WAREHOUSE_FORM, "", "", "category"), ref(warehouse.MANAGING_UNIT, "", "", "unit"),
                     _WITHIN, _FLOOR),
    Fence.kind: (_shape(fences.OUTLINE), text(fences.NAME, "", "", "label"), fence_status("", ""),
                 text(fences.FENCE_PURPOSE, "", "", "category"), ref(fences.MANAGING_UNIT, "", "", "unit"), _WITHIN, _FLOOR),
}  # fmt: skip
"""What a map shows of a kind: the same columns for all, so that one table and one tile hold them."""


class MapRows(Whole):
    __slots__ = ("kind",)
    table = "map"

    def __init__(self, kind: str) -> None:
        super().__init__(_SHAPES[kind])
        self.kind = kind

    def rows(self, stream: Stream, after: int) -> list[Row]:
        return [
            _row(stream, self.kind, rectangle, version.content[0].ewkb)
            for version in self.versions(after)
            if version.content[0] is not None
            for rectangle in version.rectangles()
            if rectangle.touched > after
        ]


def _row(stream: Stream, kind: str, one: Rectangle, ewkb: str) -> list[Any]:
    return [stream.id, kind, one.start, one.since, *ranges(one), ewkb, *one.content[1:]]


_SHAPES = {kind: Shape.of(shown) for kind, shown in SHOWN.items()}


def _part(cls: type[Aggregate]) -> MapRows | None:
    return MapRows(cls.kind) if cls.kind in _SHAPES else None


MODEL = Model(
    "map",
    (
        Table(
            "map",
            (
                ASSET,
                Column("kind", "text NOT NULL", "种类", "Kind"),
                Column("begins", "timestamptz NOT NULL", "自", "From"),
                Column("since", "bigint NOT NULL", "登记于", "Known from"),
                Column("valid", "tstzrange NOT NULL", "有效期间", "Effective"),
                Column("known", "int8range NOT NULL", "已知期间", "Known"),
                Column("shape", _PLACE + " NOT NULL", "位置", "Place"),
                Column("label", "text", "名称", "Label"),
                Column("status", "text", "状态", "Status"),
                Column("category", "text", "类别", "Category"),
                Column("unit", "uuid", "单位", "Unit"),
                Column("within", "uuid", "所属", "Within"),
                Column("floor", "integer", "楼层", "Floor"),
            ),
            key=("asset", "begins", "since"),
            # Rooms are most of it and drawn last of all: what a town's map shows is found without passing over them.
            indexes=("USING gist (drawn, valid, known)", "USING gist (drawn, valid, known) WHERE kind <> 'rooms'"),
            computed=(
                # Tiles are drawn in web Mercator: reprojected once, when the row is written.
                "drawn geometry(Geometry, 3857) GENERATED ALWAYS AS (ST_Transform(shape, 3857)) STORED",
                # So that a tile leaves out what would be smaller than a pixel.
                f"size real GENERATED ALWAYS AS ({_METRES}) STORED",
            ),
        ),
    ),
    part=_part,
)
