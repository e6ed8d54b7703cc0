"""Squares of the grid: a coarser one is the same number cut short, and a row is split only where a thing came, moved or went."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.places import CoordinateSystem, DeclaredPoint, Point
from domain.warehouse.terms import WarehouseForm
from domain.warehouse.warehouse import Warehouse
from domain.warehouse.warehouse_events import WarehouseOpened
from projections.cells import MODEL, ZOOM, square_of, z_order
from projections.stream import Record, read
from tests.domain.scenario import NOW, an_id, day, mandate

HERE, THERE = (106.23, 38.48), (106.38, 39.02)


def a_point(longitude: float, latitude: float) -> DeclaredPoint:
    return DeclaredPoint(system=CoordinateSystem.CGCS2000, x=longitude, y=latitude)


SIDES = st.integers(0, 2**ZOOM - 1)


@given(x=SIDES, y=SIDES)
def test_a_coarser_square_is_the_same_number_with_two_bits_less(x: int, y: int) -> None:
    assert z_order(x, y) >> 2 == z_order(x >> 1, y >> 1)


@given(x=SIDES, y=SIDES)
def test_no_two_squares_share_a_number(x: int, y: int) -> None:
    number = z_order(x, y)
    assert sum((number >> 2 * bit & 1) << bit for bit in range(ZOOM)) == x
    assert sum((number >> 2 * bit + 1 & 1) << bit for bit in range(ZOOM)) == y


@given(longitude=st.floats(74, 135), latitude=st.floats(4, 53))
def test_a_place_lies_in_the_tile_that_every_map_library_reckons(longitude: float, latitude: float) -> None:
    side = 2**ZOOM
    x = int((longitude + 180) / 360 * side)
    y = int(
        (1 - math.log(math.tan(math.radians(latitude)) + 1 / math.cos(math.radians(latitude))) / math.pi) / 2 * side
    )
    near = {z_order(x + right, y + down) for right in (-1, 0, 1) for down in (-1, 0, 1)}
    assert square_of(Point.declared(a_point(longitude, latitude)).ewkb) in near


def a_warehouse_that_moved(first: Point | None) -> Warehouse:
    warehouse = Warehouse(an_id("公物仓"))
    warehouse.record(
        WarehouseOpened(
            **warehouse.next(mandate("2018-01-01")),
            name="区直机关公物仓",
            form=WarehouseForm.PHYSICAL,
            managing_unit=an_id("机关事务管理局"),
            division="640100",
            address="银川市",
            place=first,
        )
    )
    warehouse.rename(mandate("2019-01-01"), name="区直机关第一公物仓")
    warehouse.move(mandate("2020-01-01"), division="640200", address="石嘴山市", place=a_point(*THERE))
    warehouse.close(mandate("2022-01-01"))
    return warehouse


def rows_of(warehouse: Warehouse) -> list[dict[str, Any]]:
    """In order of effective time, as all that is recorded leaves them."""
    records = [Record(position, NOW, event) for position, event in enumerate(warehouse.pending, 1)]
    stream = read(warehouse.id, records, lambda cls: [part for part in [MODEL.part(cls)] if part is not None])
    names = [column.name for column in MODEL.tables[0].columns]
    found = [dict(zip(names, values, strict=True)) for part in stream.parts for values in part.rows(stream, 0)]
    return sorted((row for row in found if row["until"] is None), key=lambda row: str(row["begins"]))


def square(longitude: float, latitude: float) -> int:
    return square_of(Point.declared(a_point(longitude, latitude)).ewkb)


def test_a_row_is_split_where_a_thing_moves_and_ends_where_it_is_gone_but_not_where_it_is_renamed() -> None:
    found = rows_of(a_warehouse_that_moved(Point.declared(a_point(*HERE))))
    assert [(row["cell"], row["begins"], row["ends"]) for row in found] == [
        (square(*HERE), day("2018-01-01"), day("2020-01-01")),
        (square(*THERE), day("2020-01-01"), day("2022-01-01")),
    ]


def test_what_has_no_place_has_no_row() -> None:
    assert [row["begins"] for row in rows_of(a_warehouse_that_moved(None))] == [day("2020-01-01")]
