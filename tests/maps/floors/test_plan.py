"""Floors on a sheet: to scale, level, every room with the writing that fits into it."""

from __future__ import annotations

from decimal import Decimal
from math import cos, radians, sin
from time import process_time
from uuid import uuid4

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from maps.floors.colouring import UNITS_TOLD_APART, Counted, Finding, coloured, ranked
from maps.floors.frame import paths_of
from maps.floors.labels import Said, fitted
from maps.floors.parts import parts
from maps.floors.plan import Drawn, Plan, Room, frame_of, laid, plan
from maps.floors.schematic import in_order

WEST, SOUTH = 106.23, 38.486
DEGREE = 111_320.0


def placed(x: float, y: float, turned: float) -> tuple[float, float]:
    turn = radians(turned)
    east, north = x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)
    return WEST + east / (DEGREE * cos(radians(SOUTH))), SOUTH + north / DEGREE


def a_box(x: float, y: float, width: float, height: float, turned: float = 0.0) -> shapely.Polygon:
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return shapely.Polygon([placed(*corner, turned) for corner in corners])


def a_row(count: int, turned: float) -> list[Room]:
    return [Room(uuid4(), Said(f"2{n:02d}", "县财政局", 2), a_box(n * 7.0, 0, 6.8, 7.2, turned)) for n in range(count)]


def drawn_on(rooms: list[Room]) -> Plan:
    shapes = [room.shape for room in rooms if room.shape is not None]
    return plan(laid(rooms, frame_of(None, shapes), None))


def shape_of(drawn: Drawn) -> shapely.Polygon:
    numbers = drawn.path.replace("M", "").replace("L", "").replace("Z", "").split()
    return shapely.Polygon(list(zip(map(float, numbers[::2]), map(float, numbers[1::2]), strict=True)))


@given(st.floats(-180, 180))
def test_a_building_lies_level_on_the_sheet_however_it_stands_and_keeps_its_measures(turned: float) -> None:
    for room in drawn_on(a_row(6, turned)).rooms:
        west, south, east, north = shape_of(room).bounds
        assert east - west == pytest.approx(6.8, abs=0.12)
        assert north - south == pytest.approx(7.2, abs=0.12)


def test_north_points_to_where_it_is() -> None:
    assert drawn_on(a_row(6, 0)).north == 0
    assert drawn_on(a_row(6, 12)).north == pytest.approx(12, abs=0.1)
    assert drawn_on(a_row(6, -30)).north == pytest.approx(-30, abs=0.1)


def test_rooms_without_an_outline_stand_in_a_grid_below_in_the_order_of_their_numbers() -> None:
    rooms = [*a_row(5, 0), Room(uuid4(), Said("210")), Room(uuid4(), Said("29")), Room(uuid4(), Said(""))]
    told = drawn_on(rooms)
    grid = [one for one in told.rooms if one.is_schematic]
    assert [one.is_schematic for one in told.rooms] == [False] * 5 + [True] * 3
    lowest = max(shape_of(one).bounds[3] for one in told.rooms if not one.is_schematic)
    assert told.grid_from is not None
    assert told.grid_from > lowest
    assert shape_of(grid[1]).bounds[0] < shape_of(grid[0]).bounds[0] < shape_of(grid[2]).bounds[0]


def test_a_floor_that_nobody_has_drawn_is_a_grid_without_a_scale() -> None:
    told = plan(laid([Room(uuid4(), Said(f"3{n:02d}")) for n in range(23)], None, None))
    assert (told.bar, all(one.is_schematic for one in told.rooms)) == (0, True)
    shapes = [shape_of(one) for one in told.rooms]
    apart = shapely.union_all(shapes).area
    assert apart == pytest.approx(sum(one.area for one in shapes))


@given(
    st.floats(1, 30),
    st.floats(1, 30),
    st.sampled_from(["", "县财政局", "宁夏回族自治区机关事务管理局办公用房管理处（演示）", "A" * 40]),
    st.integers(0, 40),
)
def test_what_is_written_into_a_room_lies_in_it(width: float, height: float, unit: str, people: int) -> None:
    shape = shapely.box(0, 0, width, height)
    for line in fitted([shape], [Said("A-1024", unit, people)], full=0.8)[0]:
        half = line.size * (1 if line.text.isascii() else 1.72) * 0.58 * len(line.text) / 2
        assert shape.buffer(0.05).contains(shapely.box(line.x - half, line.y - line.size / 2, line.x + half, line.y))


def test_in_a_hooked_room_the_writing_stands_in_one_arm_and_not_in_the_corner_outside() -> None:
    hooked = shapely.Polygon([(0, 0), (20, 0), (20, 4), (4, 4), (4, 20), (0, 20)])
    lines = fitted([hooked], [Said("301", "县财政局")], full=0.8)[0]
    assert lines
    assert all(hooked.contains(shapely.Point(line.x, line.y)) for line in lines)


def test_what_does_not_fit_is_left_out_the_number_last() -> None:
    roles = [{line.role for line in fitted([shapely.box(0, 0, w, h)], [Said("301", "县财政局", 2)], 0.8)[0]}
             for w, h in ((8, 8), (1.7, 1.6), (1.6, 1), (0.3, 0.3))]  # fmt: skip
    assert roles == [{"number", "unit", "people"}, {"number", "people"}, {"number"}, set()]


def test_numbers_are_ordered_as_people_count() -> None:
    numbers = ["110", "11", "B2", "9", None, "101-2", "101-10"]
    assert [numbers[place] for place in in_order(numbers)] == ["9", "11", "101-2", "101-10", "110", "B2", None]


def a_room(unit: str | None = None, area: str = "20", people: int = 0, *findings: Finding) -> Counted:
    return Counted(unit, "office", Decimal(area), people, findings)


def test_the_legend_counts_every_room_once_whatever_it_is_coloured_by() -> None:
    late = Finding("rooms-not-vacated", "逾期未腾退的房间", "Rooms not vacated in time")
    rooms = [a_room("a", "30", 2), a_room("b", "20", 1, late), a_room(None), a_room("a", "8", 4)]
    for colour in ("unit", "category", "occupancy", "finding"):
        tones, legend = coloured(colour, rooms, ranked(rooms), {"a": "甲", "b": "乙"})
        assert sum(entry.rooms for entry in legend) == len(tones) == 4
        assert sum(entry.net_area for entry in legend) == 78
    tones, legend = coloured("occupancy", rooms, [], {})
    assert [entry.zh for entry in legend] == ["人均不超过 6 m²", "人均 12–18 m²", "人均超过 18 m²", "无人使用"]


def test_more_units_than_colours_share_the_last() -> None:
    rooms = [a_room(f"{n:02d}", str(100 - n)) for n in range(UNITS_TOLD_APART + 3)]
    names = {f"{n:02d}": f"单位{n}" for n in range(len(rooms))}
    tones, legend = coloured("unit", rooms, ranked(rooms), names)
    assert len({*tones}) == UNITS_TOLD_APART + 1
    assert (legend[-1].zh, legend[-1].rooms) == ("其他单位", 3)


# Very many rooms ------------------------------------------------------------------------------------------------------


def a_hall(across: int, down: int) -> list[Room]:
    """Rooms of a real size in rows, like a parking level or a dormitory."""
    return [
        Room(uuid4(), Said(f"{row:02d}{column:02d}", "县财政局", 2), a_box(column * 6.0, row * -7.0, 5.8, 6.8))
        for row in range(down)
        for column in range(across)
    ]


def test_a_floor_of_very_many_rooms_has_parts_that_lie_together_and_are_read_in_order() -> None:
    floor = laid(rooms := a_hall(60, 30), frame_of(None, [one.shape for one in rooms if one.shape]), None)
    found = parts(floor.shapes, most=100)
    assert sorted(place for part in found for place in part) == list(range(1800))
    assert all(len(part) <= 100 for part in found)
    boxes = [shapely.box(*shapely.total_bounds([floor.shapes[place] for place in part])) for part in found]
    assert shapely.union_all(boxes).area == pytest.approx(sum(box.area for box in boxes))
    assert [0 in part for part in found].index(True) == 0
    assert [1799 in part for part in found].index(True) == len(found) - 1


def test_few_rooms_are_one_part() -> None:
    assert parts([a_box(n * 6.0, 0, 5.8, 6.8) for n in range(12)], most=12) == [list(range(12))]
    assert parts([], most=12) == []


def test_rooms_at_one_place_are_parted_all_the_same() -> None:
    assert [len(part) for part in parts([a_box(0, 0, 5, 5)] * 10, most=3)] == [2, 3, 2, 3]


def test_what_cannot_be_read_on_the_whole_floor_is_written_into_a_part_of_it() -> None:
    floor = laid(rooms := a_hall(60, 30), frame_of(None, [one.shape for one in rooms if one.shape]), None)
    assert not any(one.label for one in plan(floor).rooms)
    part = plan(floor, parts(floor.shapes, most=100)[3])
    assert all(one.label for one in part.rooms)
    x, y, width, height = part.box
    assert all(shapely.box(x, y, x + width, y + height).contains(shape_of(one)) for one in part.rooms)


def test_a_floor_of_thousands_of_rooms_is_laid_out_in_a_few_seconds_of_reckoning() -> None:
    rooms = a_hall(160, 50)
    begun = process_time()
    plan(laid(rooms, frame_of(None, [one.shape for one in rooms if one.shape]), None))
    assert process_time() - begun < 3


def test_a_room_of_several_pieces_is_drawn_with_all_of_them_and_its_holes() -> None:
    ring = shapely.Polygon(shapely.box(0, 0, 10, 10).exterior, [shapely.box(4, 4, 6, 6).exterior])
    [path, other] = paths_of([shapely.MultiPolygon([ring, shapely.box(20, 0, 25, 5)]), shapely.box(0, 0, 1, 1)])
    assert (path.count("M"), path.count("Z"), other.count("M")) == (3, 3, 1)
