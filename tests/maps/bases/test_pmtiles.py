"""Base maps out of one file: each tile is found where its makers put it, and a broken file breaks nothing."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from maps.bases import pmtiles
from maps.bases.pmtiles import ArchiveBroken, archive
from maps.bases.vectors import TileBroken, layers
from tests.pmtiles import PNG, tile_id, water
from tests.pmtiles import archive as written

PLACES = [(z, x, y) for z in range(4) for x in range(1 << z) for y in range(1 << z)]


def a_file(folder: Path, content: bytes) -> Path:
    file = folder / "ground.pmtiles"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("leaves", [0, 7])
def test_every_tile_is_found_through_directories_below_each_other(tmp_path: Path, leaves: int) -> None:
    tiles = {place: f"{place}".encode() for place in PLACES if place != (3, 4, 5)}
    found = archive(a_file(tmp_path, written(tiles, (0, 3), leaves=leaves)))
    assert (found.type, found.zooms, found.is_of_pictures) == (pmtiles.MVT, (0, 3), False)
    assert {place: found.tile(*place) for place in PLACES} == {**tiles, (3, 4, 5): None}
    assert found.tile(9, 1, 1) is None


def test_tiles_that_are_alike_stand_in_it_once(tmp_path: Path) -> None:
    file = a_file(tmp_path, written(dict.fromkeys(PLACES, b"sea"), (0, 3)))
    assert len(file.read_bytes()) < 400
    assert {archive(file).tile(*place) for place in PLACES} == {b"sea"}


def test_tiles_are_numbered_as_others_number_them() -> None:
    assert [pmtiles.number(*place) for place in PLACES] == [tile_id(*place) for place in PLACES]
    assert sorted(pmtiles.number(*place) for place in PLACES) == list(range(len(PLACES)))


def test_who_made_it_is_told_in_plain_words(tmp_path: Path) -> None:
    assert archive(a_file(tmp_path, written({(0, 0, 0): b"a"}, (0, 0), form=PNG))).attribution == "© Makers"


def test_a_file_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    for number, content in enumerate((b"before", b"then")):
        file = a_file(tmp_path, written({(0, 0, 0): content}, (0, 0)))
        os.utime(file, (number, number))
        assert archive(file).tile(0, 0, 0) == content


@pytest.mark.parametrize("content", [b"", b"PMTiles\x03", b"PMTiles\x02" + bytes(120), bytes(200)])
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ArchiveBroken):
        archive(a_file(tmp_path, content))


def test_no_part_of_a_file_leads_further_than_it_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written({(0, 0, 0): bytes(100_000)}, (0, 0))
    for length in range(130, len(whole), 7):
        with pytest.raises(ArchiveBroken):
            archive(a_file(tmp_path, whole[:length])).tile(0, 0, 0)
    monkeypatch.setattr(pmtiles, "LARGEST", 50_000)
    with pytest.raises(ArchiveBroken, match="50000"):
        archive(a_file(tmp_path, whole)).tile(0, 0, 0)


def test_a_vector_tile_is_read_as_far_as_it_is_wanted() -> None:
    tile = water(place="某城")
    [lake] = layers(tile, {"water"})
    assert (lake.name, lake.extent) == ("water", 4096)
    [feature] = lake.features
    assert (feature.form, feature.said) == ("area", {"kind": "lake"})
    assert feature.parts == [[(204, 204), (3890, 204), (3890, 3890), (204, 3890)]]
    [places] = layers(tile, {"places"})
    assert (places.features[0].form, places.features[0].said["name"]) == ("point", "某城")


@pytest.mark.parametrize(
    "tile",
    [b"x", gzip.compress(water()), water()[:-20], b"\x1a\x05water"],
    ids=["a letter", "packed", "cut off", "cut short"],
)
def test_what_is_no_vector_tile_is_refused(tile: bytes) -> None:
    with pytest.raises(TileBroken):
        layers(tile, {"water"})
