"""A list as GeoJSON: one feature a thing, its columns as properties; EPSG:4490, longitude before latitude."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from psycopg.rows import DictRow

from api.exports.asking import Form
from api.lists.present import Telling
from projections.queries.view import View

# RFC 7946 knows one system only, WGS 84. Programs that look here are told ours, which differs from it by centimetres.
_SYSTEM: Final = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
_encode: Final = msgspec.json.Encoder(enc_hook=str).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """`rows` are read while the file goes out, each with its shape; `seen` is what every answer says of itself."""

    view: View
    name: str
    zh: str
    rows: AbstractContextManager[Iterator[Sequence[DictRow]]]
    telling: Telling
    seen: dict[str, Any]

    def parts(self, _: Form, batches: Iterable[Sequence[DictRow]]) -> Iterator[bytes]:
        head = _encode({"type": "FeatureCollection", "crs": _SYSTEM, **self.seen})
        yield head[:-1] + b',"features":['
        between = b""
        for rows in batches:
            told = zip(rows, self.telling.rows(rows), strict=True)
            yield between + b",".join(_encode(_feature(row, properties)) for row, properties in told)
            between = b","
        yield b'],"words":' + _encode(self.telling.words()) + b"}"


def _feature(row: DictRow, properties: dict[str, Any]) -> dict[str, Any]:
    shape = None if row["shape"] is None else msgspec.Raw(row["shape"].encode())
    return {"type": "Feature", "id": row["asset"], "geometry": shape, "properties": properties}
