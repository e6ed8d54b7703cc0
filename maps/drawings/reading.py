"""A file of any kind that we read, by what is in it: DXF, GeoJSON, a shapefile in a zip. Of DWG it is said what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Final, Literal

from maps.drawings.raw import Raw, TooMuchDrawn, Unreadable
from maps.drawings.scale import Scale, scale_of
from maps.drawings.storeys import Split, Storey, storeys

__all__ = ["Asked", "DwgGiven", "Read", "TooMuchDrawn", "Unreadable", "kind_of", "raw_of", "read"]

_DXF: Final = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s*999\r?\n[^\n]*\n)*\s*0\r?\n\s*SECTION|\AAutoCAD Binary DXF")


_READERS: Final = {
    "dxf": "maps.drawings.dxf:read",
    "geojson": "maps.drawings.geojson:read",
    "shp": "maps.drawings.shp:read",
}
"""Loaded with the first file of the kind: what reads DXF takes half a second, and the process that serves pages never reads one."""


class DwgGiven(Exception):
    """A DWG: its format is nobody's but its maker's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read, where somebody has chosen: otherwise as it seems best."""

    metres: float | None = None
    split: Split | None = None
    layers: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """`layers`: each with how many lines lie on it."""

    scale: Scale
    split: Split
    layers: Sequence[tuple[str, int]]
    system: str | None
    storeys: Sequence[Storey]


def kind_of(content: bytes) -> Literal["dxf", "geojson", "shp", "dwg"] | None:
    if content[:4] == b"AC10":
        return "dwg"
    if content[:4] == b"PK\x03\x04":
        return "shp"
    if _DXF.match(content[:4096]):
        return "dxf"
    return "geojson" if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" else None


def raw_of(content: bytes) -> Raw:
    kind = kind_of(content)
    if kind is None:
        raise Unreadable
    if kind == "dwg":
        raise DwgGiven
    reader: Callable[[bytes], Raw] = resolve_name(_READERS[kind])
    return reader(content)


def read(content: bytes, asked: Asked = Asked()) -> Read:
    raw = raw_of(content)
    scale = scale_of(raw.runs, raw.metres, asked.metres)
    split, found = storeys(raw, scale.metres, asked.split, asked.layers)
    return Read(scale, split, _layers(raw), raw.system, found)


def _layers(raw: Raw) -> list[tuple[str, int]]:
    counted: dict[str, int] = {}
    for run in raw.runs:
        counted[run.layer] = counted.get(run.layer, 0) + 1
    for label in raw.labels:
        counted.setdefault(label.layer, 0)
    return sorted(counted.items())
