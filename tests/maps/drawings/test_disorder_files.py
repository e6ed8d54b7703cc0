"""Drawings as they come: floors in one file, layers, what is no drawing, and five hundred rooms at once."""

from __future__ import annotations

import time

import pytest

from maps.drawings.laid import laid
from maps.drawings.opening import read_apart
from maps.drawings.raw import TooMuchDrawn, Unreadable
from maps.drawings.reading import Asked, DwgGiven, read
from tests.maps.drawings.draughtsman import a_document, numbers, rooms, saved, walls
from tests.maps.drawings.finding import marks, told


@pytest.mark.parametrize("way", ["layer", "block", "beside"])
def test_10_several_floors_of_one_file_are_told_apart(way: str) -> None:
    document = a_document()
    space = document.modelspace()
    for floor in (1, 2, 3):
        match way:
            case "layer":
                rooms(space, floor=floor, layer=f"{floor}F-房间")
            case "block":
                rooms(document.blocks.new(f"{floor}层平面"), floor=floor, layer="房间")
                space.add_blockref(f"{floor}层平面", (0, 0))
            case _:
                rooms(space, floor=floor, at=(floor * 60, 0))
                space.add_text("一二三"[floor - 1] + "层平面图", height=1).set_placement((floor * 60 + 10, -4))
    found = read(saved(document))
    assert found.split == way
    assert told(found) == {floor: numbers(floor) for floor in (1, 2, 3)}


def test_an_outline_around_all_is_the_buildings_and_no_room() -> None:
    document = a_document()
    rooms(document.modelspace())
    document.modelspace().add_lwpolyline([(-0.3, -0.3), (30.3, -0.3), (30.3, 16.7), (-0.3, 16.7)], close=True)
    [floor] = read(saved(document)).storeys
    assert (len(floor.found.outlines), floor.found.envelope is not None) == (10, True)


def test_only_the_layers_that_were_chosen_are_read() -> None:
    document = a_document()
    rooms(document.modelspace(), layer="房间")
    walls(document.modelspace(), layer="家具", gap=0.8, writes=False)
    assert marks(read(saved(document), Asked(layers=frozenset(["房间"])))) == []


def test_a_dwg_a_broken_file_and_a_file_that_unfolds_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "maps.drawings.dxf.MOST_INSERTS", 500
    )  # as many as there may be are unfolded below, in a process apart
    with pytest.raises(DwgGiven):
        read(b"AC1032" + bytes(100))
    for content in (
        b"",
        b"hello",
        b"  0\nSECTION\n  2\nENTITIES\n  0\nLINE\n 10\nx\n",
        b"PK\x03\x04" + bytes(40),
        b'{"type": "FeatureCollection"}',
    ):
        with pytest.raises(Unreadable):
            read(content)
    with pytest.raises(TooMuchDrawn):
        read(a_tower())


def a_tower() -> bytes:
    """Ten blocks in each of ten blocks, seven high."""
    document = a_document()
    document.blocks.new("b0").add_line((0, 0), (1, 1))
    for depth in range(1, 8):
        block = document.blocks.new(f"b{depth}")
        for _ in range(10):
            block.add_blockref(f"b{depth - 1}", (0, 0))
    document.modelspace().add_blockref("b7", (0, 0))
    return saved(document)


def test_500_rooms_are_read_in_well_under_a_second() -> None:
    document = a_document()
    for floor in range(1, 11):
        rooms(document.modelspace(), floor=floor, count=50, layer=f"{floor}F")
    content = saved(document)
    begun = time.process_time()
    found = read(content)
    assert sum(len(one.found.outlines) for one in found.storeys) == 500
    assert time.process_time() - begun < 2  # a busy machine; by itself it takes a fifth of that


def test_a_file_is_read_apart_as_it_is_read_here() -> None:
    document = a_document()
    rooms(document.modelspace())
    apart = read_apart(saved(document), Asked())
    assert told(apart) == {3: numbers()}
    for content, refused in ((b"AC1032", DwgGiven), (b"hello", Unreadable), (a_tower(), TooMuchDrawn)):
        with pytest.raises(refused):
            read_apart(content, Asked())


def test_floors_are_laid_together_by_their_corners_or_by_the_origin_that_their_files_share() -> None:
    beside, apart = a_document(), []
    for floor in (1, 2):
        rooms(beside.modelspace(), floor=floor, at=(floor * 70, floor * 3))
        file = a_document()
        rooms(file.modelspace(), floor=floor, at=(0, (floor - 1) * 7), count=10)
        apart.append(read(saved(file)))
    told_beside, base = laid([read(saved(beside))], {}, {})
    assert [tuple(map(round, one.origin)) for one in told_beside] == [(70, 3), (140, 6)]
    assert tuple(map(round, base)) == (70, 3)
    told_apart, _ = laid(apart, {"1:": 5}, {"1:": (1.0, 0.0)})
    places = [(one.key, one.floor, *map(round, one.origin)) for one in told_apart]
    assert places == [("0:", 1, 0, 0), ("1:", 5, -1, 0)]
