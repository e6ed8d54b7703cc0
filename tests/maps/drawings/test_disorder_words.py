"""Drawings as they come: numbers and names, wherever they stand and in whatever encoding."""

from __future__ import annotations

import pytest
from ezdxf.enums import TextEntityAlignment

from maps.drawings.reading import read
from tests.maps.drawings import draughtsman as by
from tests.maps.drawings.draughtsman import a_document, numbers, rooms, saved
from tests.maps.drawings.finding import marks, told


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
