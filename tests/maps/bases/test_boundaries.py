"""Boundaries from files: in each form, in Chinese encodings, from the system that they are declared in."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

import psycopg
import pyproj
import pytest
import shapefile
import shapely

from domain.kernel.datums import CoordinateSystem, from_cgcs2000
from infra import boundaries
from infra.cluster import Urls
from maps.bases import invented, reading
from tests.stores import rows

SQUARE = shapely.box(106.1, 38.4, 106.4, 38.6)
GK = CoordinateSystem.GK_105E


def in_metres(shape: shapely.Geometry) -> list[list[float]]:
    return [list(from_cgcs2000(GK, x, y)) for x, y in shapely.get_coordinates(shape)]


def a_shapefile(folder: Path, encoding: str, cpg: str | None) -> Path:
    file = folder / "界线.shp"
    with shapefile.Writer(str(file), encoding=encoding) as writer:
        writer.field("名称", "C", 60)
        writer.poly([in_metres(SQUARE)[::-1]])  # outer rings go the way of the clock
        writer.record("金凤区")
    file.with_suffix(".prj").write_text(pyproj.CRS.from_epsg(4544).to_wkt("WKT1_ESRI"))
    if cpg is not None:
        file.with_suffix(".cpg").write_text(cpg)
    return file


def a_geojson(folder: Path) -> Path:
    file = folder / "lines.geojson"
    feature = {"type": "Feature", "properties": {"XZQMC": "金凤区"}, "geometry": json.loads(shapely.to_geojson(SQUARE))}
    file.write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False), encoding="utf-8"
    )
    return file


def a_geopackage(folder: Path) -> Path:
    file = folder / "lines.gpkg"
    with sqlite3.connect(file) as made:
        made.executescript("""
            CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
            CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);
            CREATE TABLE "界线" (fid INTEGER PRIMARY KEY, geom BLOB, "名称" TEXT);
            INSERT INTO gpkg_geometry_columns VALUES ('界线', 'geom', 4490);
            INSERT INTO gpkg_spatial_ref_sys VALUES (4490, 'EPSG', 4490);""")
        header = b"GP" + bytes([0, 0b00000011]) + struct.pack("<i", 4490) + struct.pack("<4d", 106.1, 106.4, 38.4, 38.6)
        made.execute('INSERT INTO "界线" VALUES (1, ?, ?)', [header + shapely.to_wkb(SQUARE), "金凤区"])
    made.close()
    return file


@pytest.mark.parametrize(
    ("make", "system"),
    [
        (lambda folder: a_shapefile(folder, "gb18030", None), GK),
        (lambda folder: a_shapefile(folder, "gb18030", "GBK"), GK),
        (lambda folder: a_shapefile(folder, "utf-8", "UTF-8"), GK),
        (a_geojson, CoordinateSystem.CGCS2000),
        (a_geopackage, CoordinateSystem.CGCS2000),
    ],
    ids=["in GBK, untold", "in GBK", "in UTF-8", "GeoJSON", "GeoPackage"],
)
def test_a_boundary_is_where_it_was_declared_and_called_as_it_is(
    tmp_path: Path, make: Callable[[Path], Path], system: CoordinateSystem
) -> None:
    [found] = reading.read(make(tmp_path), system)
    assert found.name == "金凤区"
    assert shapely.area(shapely.symmetric_difference(found.shape, SQUARE)) < 1e-9
    assert shapely.get_srid(found.shape) == 4490


def test_a_file_that_says_something_else_is_not_believed_either(tmp_path: Path) -> None:
    with pytest.raises(reading.SystemsDiffer, match="EPSG:4544"):
        reading.read(a_shapefile(tmp_path, "utf-8", None), CoordinateSystem.GK_108E)
    metres = tmp_path / "metres.geojson"
    corners = [in_metres(SQUARE)]
    metres.write_text(
        json.dumps({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": corners}})
    )
    with pytest.raises(reading.NotInChina):
        reading.read(metres, CoordinateSystem.CGCS2000)


@pytest.mark.parametrize("content", [b"", b"{", b'{"type": "FeatureCollection", "features": []}', b"\xff\xfe"])
def test_what_cannot_be_read_is_said_to_be(tmp_path: Path, content: bytes) -> None:
    for name in ("a.geojson", "a.shp", "a.gpkg", "a.dwg"):
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(reading.BoundariesUnreadable):
            reading.read(file, CoordinateSystem.CGCS2000)


def test_a_collection_takes_the_place_of_what_it_was_and_nobody_but_the_owner_writes(module_database: Urls) -> None:
    with psycopg.connect(module_database.owner) as owner:
        boundaries.replace(owner, "县界", [("甲", SQUARE), ("乙", SQUARE)], system="EPSG:4490", source="a.shp")
        boundaries.replace(owner, "县界", [("丙", shapely.set_srid(SQUARE, 4490))], system="EPSG:4490", source="b.shp")
    assert rows(module_database.application, "SELECT name, source FROM ground.boundaries") == [("丙", "b.shp")]
    with (
        psycopg.connect(module_database.application) as application,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        application.execute("DELETE FROM ground.boundaries")


def test_invented_boundaries_say_so_and_do_not_overlap() -> None:
    found = list(invented.boundaries())
    assert all("虚构" in name for name, _ in found)
    together = shapely.union_all([shape for _, shape in found])
    assert shapely.area(together) == pytest.approx(sum(shapely.area(shape) for _, shape in found))
