"""A list as GeoJSON: one feature a thing, its columns as properties; EPSG:4490, longitude before latitude."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from psycopg.rows import DictRow

from api.lists_present import Telling

# RFC 7946 knows one system only, WGS 84. Programs that look here are told ours, which differs from it by centimetres.
_SYSTEM: Final = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
_encode: Final = msgspec.json.Encoder(enc_hook=str).encode


def parts(telling: Telling, batches: Iterable[Sequence[DictRow]], seen: dict[str, Any]) -> Iterator[bytes]:
    head = _encode({"type": "FeatureCollection", "crs": _SYSTEM, **seen})
    yield head[:-1] + b',"features":['
    between = b""
    for rows in batches:
        told = zip(rows, telling.rows(rows), strict=True)
        yield between + b",".join(_encode(_feature(row, properties)) for row, properties in told)
        between = b","
    yield b'],"words":' + _encode(telling.words()) + b"}"


def _feature(row: DictRow, properties: dict[str, Any]) -> dict[str, Any]:
    shape = None if row["shape"] is None else msgspec.Raw(row["shape"].encode())
    return {"type": "Feature", "id": row["asset"], "geometry": shape, "properties": properties}
