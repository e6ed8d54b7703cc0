"""Shapefiles, packed into one zip: outlines with their table, in the encoding that .cpg or the table itself tells, or Chinese."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Any, Final

import pyproj
import shapefile

from domain.kernel.datums import CoordinateSystem
from maps.drawings.geojson import laid_out
from maps.drawings.raw import Raw, TooMuchDrawn, Unreadable

LARGEST: Final = 200 * 1024 * 1024
"""Unpacked: a small archive can hold a very large nothing."""
_GBK: Final = frozenset(["gbk", "gb2312", "936", "cp936", "ansi 936"])


_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, shapefile.ShapefileException),
    *(OSError, ValueError, KeyError, IndexError, AttributeError, TypeError),
)


def read(content: bytes) -> Raw:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except _BROKEN:
        raise Unreadable from None


def _read(archive: zipfile.ZipFile) -> Raw:
    if sum(one.file_size for one in archive.infolist()) > LARGEST:
        raise TooMuchDrawn
    names = {name.lower(): name for name in archive.namelist()}
    stem = next((PurePosixPath(name).with_suffix("") for name in names if name.endswith(".shp")), None)
    if stem is None:
        raise Unreadable

    def part(ending: str) -> bytes | None:
        name = names.get(f"{stem}{ending}")
        return None if name is None else archive.read(name)

    table = part(".dbf")
    for encoding in encodings(part(".cpg")):
        try:
            return _features(part(".shp") or b"", part(".shx"), table, encoding, system_of(part(".prj")))
        except (UnicodeDecodeError, shapefile.ShapefileException):
            continue
    raise Unreadable


def encodings(told: bytes | None) -> list[str]:
    said = (told or b"").decode("ascii", "ignore").strip().lower()
    first = "gb18030" if said in _GBK else "utf-8" if re.fullmatch(r"utf-?8|65001", said) else None
    return [one for one in dict.fromkeys([first, "utf-8", "gb18030", "latin-1"]) if one]


def _features(shp: bytes, shx: bytes | None, dbf: bytes | None, encoding: str, system: str | None) -> Raw:
    given: dict[str, Any] = {"shp": io.BytesIO(shp), "encoding": encoding}
    given |= {"shx": io.BytesIO(shx)} if shx else {}
    given |= {"dbf": io.BytesIO(dbf)} if dbf else {}
    with shapefile.Reader(**given) as reader:
        if dbf is None:
            found: list[tuple[dict[str, Any], Any]] = [({}, shape.__geo_interface__) for shape in reader.iterShapes()]
        else:
            found = [(one.record.as_dict(), one.shape.__geo_interface__) for one in reader.iterShapeRecords()]
    return laid_out(((said, dict(shape)) for said, shape in found if shape.get("coordinates")), system)


def system_of(projection: bytes | None) -> str | None:
    """By what the .prj says; None where it says nothing that we know."""
    if projection is None:
        return None
    try:
        crs = pyproj.CRS.from_wkt(projection.decode("utf-8", "replace"))
        code = crs.to_epsg(min_confidence=25)
    except pyproj.exceptions.CRSError:
        return None
    found = next((one.value for one in CoordinateSystem if one.value == f"EPSG:{code}"), None)
    return found or _of_zone(crs)


def _of_zone(crs: pyproj.CRS) -> str | None:
    """CGCS2000 in degrees, or in a three-degree zone without the zone's number before the easting, whatever it is called."""
    if crs.is_geographic:
        return CoordinateSystem.CGCS2000.value
    way = crs.coordinate_operation
    told: dict[str, Any] = {} if way is None else {one.name: one.value for one in way.params}
    middle, east = told.get("Longitude of natural origin"), told.get("False easting")
    if middle is None or east != 500_000 or middle % 3:  # noqa: PLR2004 -- metres, degrees
        return None
    code = f"EPSG:{4509 + round(middle / 3)}"
    return next((one.value for one in CoordinateSystem if one.value == code), None)
