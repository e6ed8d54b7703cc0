"""What lies in a place as a table: a row a building, a floor, a room, or a thing on a shelf."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final
from uuid import UUID

from api.angles.asking import kind_words
from api.angles.contents_told import Rooms, buildings, names_in, stored, told_room
from api.exports.cells import OF_IDS, Column, Row, coded, number, plain, thing, worded
from api.exports.table import Table, at_hand
from domain.warehouse.terms import ItemStatus, LotStatus
from projections.queries import contents, things
from projections.queries.question import Question
from projections.queries.view import View
from projections.queries.words.facets import Reads
from projections.queries.words.values import words

_BUILDING: Final = thing("楼栋", "Building", "building")
_FLOOR: Final = number("楼层", "Floor", "floor")
_SPACE: Final = (
    number("房间数", "Rooms", "rooms"),
    number("使用面积", "Net area", "net_area"),
    number("人数", "People", "people"),
    *thing("使用单位", "Units", "units"),
    number("无单位房间数", "Rooms without a unit", "without_unit"),
)
_ROOM: Final = (
    plain("房间号", "Number", "number"),
    plain("房间编号", "Room id", "id", OF_IDS, is_id=True),
    worded("类别", "Category", "category"),
    number("使用面积", "Net area", "net_area"),
    *thing("使用单位", "Using unit", "using_unit"),
    *thing("使用人", "Occupants", "occupants"),
)
_COLUMNS: Final = {
    "buildings": (*_BUILDING, *_SPACE),
    "floors": (*_BUILDING, _FLOOR, *_SPACE),
    "rooms": (*_BUILDING, _FLOOR, *_ROOM),
}
"""By how deep one looks."""


def of_buildings(view: View, name: str, zh: str, ids: Sequence[UUID], depth: str) -> Table:
    columns, found = _COLUMNS[depth], contents.rooms(view, ids)
    if depth == "rooms":
        return Table(view=view, name=name, zh=zh, columns=columns, rows=found.stream(), told=partial(_rooms, view))
    rooms = found.rows()
    told = buildings(ids, rooms, names_in(view, ids, rooms, people=False), depth)
    rows = told if depth == "buildings" else [one | floor for one in told for floor in one["floors"]]
    return Table(view=view, name=name, zh=zh, columns=columns, rows=at_hand(rows))


def _rooms(view: View, rows: Rooms) -> list[Row]:
    names = names_in(view, [row["building"] for row in rows], rows, people=True)
    return [
        told_room(row, names)
        | {"building": {"id": row["building"], "label": things.called(names, row["building"])}, "floor": row["floor"]}
        for row in rows
    ]


def _status(row: Row) -> Any:
    terms = ItemStatus if row["kind"] == "items" else LotStatus
    return None if row["status"] is None else words(row["status"], terms, {})


_STORED: Final = (
    Column("种类", "Kind", lambda row: kind_words(row["kind"])),
    *thing("对象", "Thing", "thing"),
    plain("货位", "Shelf", "shelf"),
    Column("状态", "Status", _status),
    coded("资产分类", "Asset class", "asset_class", Reads.ASSET_CLASS),
    number("数量", "Quantity", "quantity"),
    plain("计量单位", "Measure", "measure"),
    number("账面价值", "Book value", "value"),
)


def of_warehouse(view: View, found: Question) -> Table:
    told = partial(stored, view)
    return Table(view=view, name="warehouses-contents", zh="仓库内容", columns=_STORED, rows=found.stream(), told=told)
