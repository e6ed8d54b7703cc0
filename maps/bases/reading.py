"""Boundaries out of files: shapefiles, GeoJSON and GeoPackage, from the system that they are declared in to CGCS2000."""

from __future__ import annotations

import io
import json
import sqlite3
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
import shapefile
import shapely

from domain.kernel.datums import CoordinateSystem, to_cgcs2000
from infra.problems import Problem
from maps.drawings.shp import encodings, system_of

NAMES: Final = ("name", "名称", "xzqmc", "行政区", "mc", "区划名称", "title", "label")
"""The columns that a name is looked for in, where none is told."""
CHINA: Final = (73.0, 3.0, 136.0, 54.0)
_DEGREES: Final = frozenset({CoordinateSystem.CGCS2000, CoordinateSystem.WGS84})
_ENVELOPES: Final = (0, 32, 48, 48, 64)
"""By its code: how many bytes an envelope takes in the header of a GeoPackage's geometry."""


class BoundariesUnreadable(Problem):
    zh = "文件 {file} 读不了：{why}。可以导入 SHP（.shp，旁边放 .dbf、.prj、.cpg）、GeoJSON（.geojson）和 GeoPackage（.gpkg）。"
    en = "The file {file} cannot be read: {why}. Shapefiles (.shp beside its .dbf, .prj, .cpg), GeoJSON (.geojson) and GeoPackage (.gpkg) can be."


class SystemsDiffer(Problem):
    zh = "文件自称坐标系为 {found}，而 --system 写的是 {declared}。请核对后改正其一。"
    en = "The file says that it is in {found}, and --system says {declared}. Find out which is right."


class NotInChina(Problem):
    zh = "按 {declared} 换算后，“{name}”落在中国以外（{box}）。坐标系多半写错了，请核对 --system。"
    en = "Read as {declared}, “{name}” lies outside China ({box}). The system is probably another one: check --system."


@dataclass(frozen=True, slots=True)
class Boundary:
    name: str
    shape: shapely.Geometry


def read(path: Path, declared: CoordinateSystem, column: str | None = None) -> list[Boundary]:
    """Every shape of the file, in CGCS2000, by the name in a column."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise BoundariesUnreadable(file=path, why=path.suffix or "?")
    try:
        said, rows = reader(path)
    except (OSError, ValueError, KeyError, TypeError, IndexError, sqlite3.Error, struct.error,
            shapefile.ShapefileException, shapely.errors.GEOSException) as error:  # fmt: skip
        raise BoundariesUnreadable(file=path, why=error) from None
    _require_same(said, declared)
    found = [
        Boundary(_name(told, column), _converted(shape, declared))
        for told, shape in rows
        if not shapely.is_empty(shape)
    ]
    if not found:
        raise BoundariesUnreadable(file=path, why="0")
    for one in found:
        _require_in_china(one, declared)
    return found


_Read: TypeAlias = tuple[str | None, Sequence[tuple[Mapping[str, Any], shapely.Geometry]]]


def _geojson(path: Path) -> _Read:
    told = json.loads(path.read_text(encoding="utf-8-sig"))
    features = told["features"] if told["type"] == "FeatureCollection" else [told]
    crs = str(((told.get("crs") or {}).get("properties") or {}).get("name", ""))
    said = f"EPSG:{crs.rpartition(':')[2]}" if "EPSG" in crs else None
    shapes = [(one.get("properties") or {}, shapely.from_geojson(json.dumps(one["geometry"]))) for one in features]
    return said, shapes


def _shapefile(path: Path) -> _Read:
    """In the encoding that .cpg tells; else in whichever reads all of it, Chinese before Western."""
    beside = {file.suffix.lower(): file.read_bytes() for file in path.parent.glob(f"{path.stem}.*") if file.is_file()}
    # Handed over opened: by their name the .cpg would be read again, and contradict us.
    parts: dict[str, Any] = {name: beside[f".{name}"] for name in ("shp", "shx", "dbf") if f".{name}" in beside}
    for encoding in encodings(beside.get(".cpg")):
        try:
            opened = {name: io.BytesIO(content) for name, content in parts.items()}
            with shapefile.Reader(**opened, encoding=encoding) as reader:
                rows = [(one.record.as_dict(), _shape(one.shape)) for one in reader.iterShapeRecords()]
                return system_of(beside.get(".prj")), rows
        except (UnicodeDecodeError, shapefile.ShapefileException):
            continue
    raise ValueError("dbf")


def _shape(found: Any) -> shapely.Geometry:
    return shapely.geometry.shape(found.__geo_interface__)


def _geopackage(path: Path) -> _Read:
    """The first layer of shapes in it."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        connection.row_factory = sqlite3.Row
        layer = connection.execute(
            "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns LIMIT 1"
        ).fetchone()
        if layer is None:
            raise ValueError("gpkg_geometry_columns")
        system = connection.execute("SELECT organization || ':' || organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
                                    [layer["srs_id"]]).fetchone()  # fmt: skip
        table = '"' + layer["table_name"].replace('"', '""') + '"'
        rows = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608 -- quoted; their own file
        shapes = [(row, _from_geopackage(row.pop(layer["column_name"]))) for row in rows if row[layer["column_name"]]]
        return None if system is None else str(system[0]).upper(), shapes
    finally:
        connection.close()


def _from_geopackage(blob: bytes) -> shapely.Geometry:
    if blob[:2] != b"GP":
        raise ValueError("GeoPackageBinary")
    return shapely.from_wkb(blob[8 + _ENVELOPES[(blob[3] >> 1) & 7] :])


_READERS: Final = {".geojson": _geojson, ".json": _geojson, ".shp": _shapefile, ".gpkg": _geopackage}


def _require_same(said: str | None, declared: CoordinateSystem) -> None:
    found = next((one for one in CoordinateSystem if one.value == said), None)
    if found is not None and found is not declared and not {found, declared} <= _DEGREES:
        raise SystemsDiffer(found=found.value, declared=declared.value)


def _name(told: Mapping[str, Any], column: str | None) -> str:
    by_name = {key.lower(): value for key, value in told.items()}
    wanted: Iterable[str] = NAMES if column is None else (column.lower(),)
    return next((str(by_name[one]).strip()[:200] for one in wanted if by_name.get(one)), "")


def _converted(shape: shapely.Geometry, declared: CoordinateSystem) -> shapely.Geometry:
    flat = shapely.force_2d(shape)
    if declared in _DEGREES:
        return shapely.set_srid(flat, 4490)
    return shapely.set_srid(shapely.transform(flat, lambda points: np.array(list(_each(points, declared)))), 4490)


def _each(points: Any, declared: CoordinateSystem) -> Iterator[tuple[float, float]]:
    for x, y in points:
        yield to_cgcs2000(declared, float(x), float(y))


def _require_in_china(one: Boundary, declared: CoordinateSystem) -> None:
    west, south, east, north = shapely.bounds(one.shape)
    if not (CHINA[0] <= west <= east <= CHINA[2] and CHINA[1] <= south <= north <= CHINA[3]):
        raise NotInChina(
            declared=declared.value, name=one.name, box=f"{west:.4f}, {south:.4f}, {east:.4f}, {north:.4f}"
        )
