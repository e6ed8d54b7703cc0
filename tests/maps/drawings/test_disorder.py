"""DXF as it comes: ten kinds of disorder, in each of which the rooms are found, or what is wrong is marked where it is."""

from __future__ import annotations

import time

import pytest
from ezdxf.enums import TextEntityAlignment

from maps.drawings.laid import laid
from maps.drawings.opening import read_apart
from maps.drawings.raw import TooMuchDrawn, Unreadable
from maps.drawings.reading import Asked, DwgGiven, Read, read
from tests.maps.drawings import draughtsman as by
from tests.maps.drawings.draughtsman import a_document, numbers, rooms, saved, walls


def told(found: Read) -> dict[int | None, list[str]]:
    """The numbers by floor."""
    return {one.floor: sorted(room.number for room in one.found.outlines if room.number) for one in found.storeys}


def areas(found: Read) -> list[float]:
    return [round(room.shape.area, 1) for one in found.storeys for room in one.found.outlines if room.number]


def marks(found: Read) -> list[str]:
    return [mark.code for one in found.storeys for mark in one.found.marks]


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


def test_7_numbers_as_formatted_text_or_as_attributes_of_a_block() -> None:
    document = a_document()
    space = document.modelspace()
    rooms(space, writes=False)
    sign = document.blocks.new("SIGN")
    sign.add_attdef("NUMBER", (0, 0), dxfattribs={"height": 0.4})
    for place, (number, (x, y, width, height)) in enumerate(zip(numbers(), by.boxes(), strict=True)):
        at = (x + width / 2, y + height / 2)
        if place % 2:
            space.add_blockref("SIGN", at).add_auto_attribs({"NUMBER": number})
        else:
            space.add_mtext(r"{\fSimSun|b0;" + number + r"}\P{\H0.7x;办公室}\P42.00m²", dxfattribs={"insert": at})
    found = read(saved(document))
    assert told(found) == {3: numbers()}
    assert {room.category for room in found.storeys[0].found.outlines} == {None, "office"}


def test_7_writing_that_is_centred_lies_where_it_is_seen() -> None:
    document = a_document()
    rooms(document.modelspace(), writes=False)
    for number, (x, y, width, height) in zip(numbers(), by.boxes(), strict=True):
        text = document.modelspace().add_text(number, height=0.4)
        text.set_placement((x + width / 2, y + height / 2), align=TextEntityAlignment.MIDDLE_CENTER)
    assert told(read(saved(document))) == {3: numbers()}


def test_8_a_number_outside_belongs_to_the_nearest_room_without_one_and_is_marked_where_that_is_unclear() -> None:
    document = a_document()
    space = document.modelspace()
    rooms(space, writes=False, count=2)
    space.add_text("301", height=0.4).set_placement((3, by.DEEP + by.CORRIDOR - 0.6))
    space.add_text("302", height=0.4).set_placement((3, -1))
    space.add_text("309", height=0.4).set_placement((30, 30))
    found = read(saved(document))
    assert told(found) == {3: ["301", "302"]}
    assert marks(found) == ["number-without-outline"]


def test_8_lengths_written_beside_walls_and_into_rooms_are_no_numbers() -> None:
    document = a_document()
    space = document.modelspace()
    rooms(space)
    for text, x, y in (("6000", 3, 2), ("900", 9, 12), ("30000", 15, -1.5)):
        space.add_text(text, height=0.4).set_placement((x, y))
    found = read(saved(document))
    assert told(found) == {3: numbers()}
    assert marks(found) == []


@pytest.mark.parametrize("version", ["R12", "R2000", "R2010"])
def test_9_layers_named_in_chinese_are_read_whatever_encoding_the_file_is_in(version: str) -> None:
    document = a_document(version=version)
    document.encoding = "gbk"
    document.header["$DWGCODEPAGE"] = "ANSI_936"
    rooms(document.modelspace(), layer="三层房间", said=lambda number: f"{number}室")
    for encoding in ("gbk", "utf-8"):
        found = read(saved(document, encoding))
        assert [name for name, _ in found.layers if name != "0"] == ["三层房间"]
        assert told(found) == {3: numbers()}


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
