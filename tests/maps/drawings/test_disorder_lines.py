"""Drawings as they come: units, open and crossing outlines, bare walls, arcs and blocks in blocks."""

from __future__ import annotations

import pytest

from maps.drawings.reading import Read, read
from tests.maps.drawings import draughtsman as by
from tests.maps.drawings.draughtsman import a_document, numbers, rooms, saved, walls
from tests.maps.drawings.finding import marks, told


def areas(found: Read) -> list[float]:
    return [round(room.shape.area, 1) for one in found.storeys for room in one.found.outlines if room.number]


def test_in_order_every_room_has_its_number_and_area() -> None:
    document = a_document()
    rooms(document.modelspace())
    found = read(saved(document))
    assert told(found) == {3: numbers()}
    assert (areas(found), marks(found)) == ([42.0] * 10, [])
    assert (found.scale.by, found.split) == ("said", "one")


@pytest.mark.parametrize(("units", "scale"), [(by.MILLIMETRES, 1000), (by.CENTIMETRES, 100), (by.METRES, 1)])
def test_1_units_are_as_the_file_says(units: int, scale: float) -> None:
    document = a_document(units)
    rooms(document.modelspace(), scale=scale)
    found = read(saved(document))
    assert (areas(found), found.scale.by) == ([42.0] * 10, "said")


@pytest.mark.parametrize("units", [by.UNSAID, by.METRES])
def test_1_units_that_are_missing_or_impossible_are_guessed_and_said_to_be(units: int) -> None:
    document = a_document(units)
    rooms(document.modelspace(), scale=1000)
    found = read(saved(document))
    assert (areas(found), found.scale.by) == ([42.0] * 10, "doubted" if units else "guessed")


def test_2_an_open_outline_is_marked_where_its_line_ends_and_the_others_are_read() -> None:
    document = a_document()
    space = document.modelspace()
    rooms(space)
    space.add_lwpolyline([(40, 0), (46, 0), (46, 7), (40, 7), (40, 2)])
    space.add_text("399", height=0.4).set_placement((43, 3))
    found = read(saved(document))
    assert told(found) == {3: numbers()}
    [end] = [
        (round(one.x), round(one.y)) for one in found.storeys[0].found.marks if one.code == "open-end" and one.y > 1
    ]
    assert end == (40, 2)
    assert "number-without-outline" in marks(found)


def test_2_an_outline_that_crosses_itself_is_marked_at_the_crossing() -> None:
    document = a_document()
    space = document.modelspace()
    rooms(space)
    space.add_lwpolyline([(40, 0), (46, 6), (46, 0), (40, 6)], close=True)
    [mark] = [one for one in read(saved(document)).storeys[0].found.marks if one.code == "crosses-itself"]
    assert mark.x == pytest.approx(43)
    assert mark.y == pytest.approx(3)


def test_3_what_was_drawn_twice_is_one_room() -> None:
    document = a_document()
    for shift in (0, 0, 0.01):
        rooms(document.modelspace(), at=(shift, 0), writes=shift == 0.01)
    walls(document.modelspace(), writes=False)
    found = read(saved(document))
    assert told(found) == {3: numbers()}
    assert areas(found) == [42.0] * 10


@pytest.mark.parametrize("gap", [0.0, 0.001, 0.03, 0.08])
def test_4_bare_walls_that_nearly_meet_enclose_rooms(gap: float) -> None:
    document = a_document()
    walls(document.modelspace(), gap=gap)
    found = read(saved(document))
    assert told(found) == {3: numbers()}
    assert areas(found) == [42.0] * 10
    assert marks(found) == []


def test_4_a_gap_that_one_could_walk_through_is_no_wall() -> None:
    document = a_document()
    walls(document.modelspace(), gap=0.8)
    found = read(saved(document))
    assert {"number-without-outline", "open-end"} <= set(marks(found))


def test_5_arcs_and_bulges_are_rooms_with_round_walls() -> None:
    document = a_document()
    space = document.modelspace()
    space.add_lwpolyline([(0, 0, 0), (10, 0, 1), (10, 6, 0), (0, 6, 0)], format="xyb", close=True)
    space.add_text("301", height=0.4).set_placement((5, 3))
    space.add_line((30, 0), (20, 0))
    space.add_line((20, 0), (20, 6))
    space.add_line((20, 6), (30, 6))
    space.add_arc((30, 3), 3, 270, 90)
    space.add_text("302", height=0.4).set_placement((25, 3))
    space.add_circle((50, 3), 3)
    space.add_text("303", height=0.4).set_placement((50, 3))
    found = read(saved(document))
    assert told(found) == {3: ["301", "302", "303"]}
    assert areas(found) == [pytest.approx(74.1, abs=0.2), pytest.approx(28.3, abs=0.2), pytest.approx(74.1, abs=0.2)]


def test_6_blocks_in_blocks_turned_and_stretched_are_drawn_where_they_lie() -> None:
    document = a_document()
    room = document.blocks.new("room")
    room.add_lwpolyline([(0, 0), (3, 0), (3, 3.5), (0, 3.5)], close=True)
    pair = document.blocks.new("pair")
    for x in (0, 3):
        pair.add_blockref("room", (x, 0))
    document.modelspace().add_blockref("pair", (10, 10), dxfattribs={"xscale": 2, "yscale": 2, "rotation": 90})
    for x, y, number in ((6, 13, "301"), (6, 19, "302")):
        document.modelspace().add_text(number, height=0.4).set_placement((x, y))
    found = read(saved(document))
    assert (told(found), areas(found)) == ({3: ["301", "302"]}, [42.0, 42.0])
