"""GeoJSON and shapefiles: rooms with their numbers, floors and systems, whatever their tables are called and encoded in."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pyproj
import pytest
import shapefile

from domain.kernel.datums import CoordinateSystem, from_cgcs2000
from maps.drawings.raw import TooMuchDrawn, Unreadable
from maps.drawings.reading import Read, read
from tests.maps.drawings.draughtsman import boxes, numbers

LONGITUDE, LATITUDE = 106.23, 38.48
ZONE = CoordinateSystem.GK_105E
EAST, NORTH = from_cgcs2000(ZONE, LONGITUDE, LATITUDE)


def rings() -> list[list[tuple[float, float]]]:
    """In metres of the zone."""
    return [
        [(EAST + x, NORTH + y), (EAST + x, NORTH + y + high), (EAST + x + wide, NORTH + y + high), (EAST + x + wide, NORTH + y), (EAST + x, NORTH + y)]
        for x, y, wide, high in boxes()
    ]  # fmt: skip


def a_shapefile(encoding: str, *, cpg: str | None, prj: str | None, number: str = "房间号") -> bytes:
    parts = {"shp": io.BytesIO(), "shx": io.BytesIO(), "dbf": io.BytesIO()}
    with shapefile.Writer(**parts, encoding=encoding, shapeType=shapefile.POLYGON) as writer:
        writer.field(number, "C", size=20)
        writer.field("楼层", "N", size=4)
        writer.field("用途", "C", size=40)
        for name, ring in zip(numbers(), rings(), strict=True):
            writer.poly([ring])
            writer.record(name, 3, "会议室")
    files: dict[str, bytes] = {f"rooms.{ending}": part.getvalue() for ending, part in parts.items()}
    files |= {"rooms.cpg": cpg.encode()} if cpg else {}
    files |= {"rooms.prj": prj.encode()} if prj else {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"导出/{name}", content)
    return out.getvalue()


def told(found: Read) -> dict[int | None, list[str]]:
    return {one.floor: sorted(room.number for room in one.found.outlines if room.number) for one in found.storeys}


@pytest.mark.parametrize(
    ("encoding", "cpg"), [("gb18030", "GBK"), ("gb18030", None), ("utf-8", "UTF-8"), ("utf-8", None)]
)
def test_a_shapefile_is_read_in_the_encoding_that_it_has(encoding: str, cpg: str | None) -> None:
    found = read(a_shapefile(encoding, cpg=cpg, prj=pyproj.CRS.from_epsg(4544).to_wkt("WKT1_ESRI")))
    assert told(found) == {3: numbers()}
    assert (found.system, found.scale.metres) == ("EPSG:4544", 1.0)
    assert {room.category for room in found.storeys[0].found.outlines} == {"service"}


def test_a_shapefile_that_says_nothing_of_its_system_leaves_it_open() -> None:
    assert read(a_shapefile("utf-8", cpg=None, prj=None)).system is None
    assert read(a_shapefile("utf-8", cpg=None, prj='LOCAL_CS["here"]')).system is None


def a_collection(**more: Any) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": {"NUMBER": int(name), "floor": "3F"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for name, ring in zip(numbers(), rings(), strict=True)
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features, **more}


def test_geojson_in_a_declared_system_keeps_its_metres() -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4544"}}
    found = read(json.dumps(a_collection(crs=crs)).encode())
    assert (told(found), found.system) == ({3: numbers()}, "EPSG:4544")
    assert [round(room.shape.area, 2) for room in found.storeys[0].found.outlines] == [42.0] * 10


def test_degrees_are_laid_out_in_metres() -> None:
    box = [
        [LONGITUDE, LATITUDE],
        [LONGITUDE + 3e-4, LATITUDE],
        [LONGITUDE + 3e-4, LATITUDE + 1e-4],
        [LONGITUDE, LATITUDE + 1e-4],
        [LONGITUDE, LATITUDE],
    ]
    feature = {
        "type": "Feature",
        "properties": {"房号": "101"},
        "geometry": {"type": "MultiPolygon", "coordinates": [[box]]},
    }
    found = read(json.dumps(feature).encode())
    assert (told(found), found.system) == ({1: ["101"]}, "EPSG:4544")
    assert found.storeys[0].found.outlines[0].shape.area == pytest.approx(26.2 * 11.1, rel=0.01)


def test_what_is_no_shapefile_or_unfolds_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", b"nothing")
    with pytest.raises(Unreadable):
        read(out.getvalue())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", bytes(210 * 1024 * 1024))
    with pytest.raises(TooMuchDrawn):
        read(out.getvalue())
