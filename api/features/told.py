"""What is told of collections and features, as the standard has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

import msgspec

from maps.features.asking import properties_of
from maps.features.collections import COLLECTIONS, GEOMETRY, Collection
from maps.features.systems import CRS84, STORED, SYSTEMS

GEOJSON: Final = "application/geo+json"
JSON: Final = "application/json"
HTML: Final = "text/html"
SCHEMA: Final = "application/schema+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"

_QUERYABLES: Final = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
_CONF: Final = "http://www.opengis.net/spec"
CONFORMANCE: Final = (
    *(f"{_CONF}/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "oas30", "geojson", "html")),
    f"{_CONF}/ogcapi-features-2/1.0/conf/crs",
    *(f"{_CONF}/ogcapi-features-3/1.0/conf/{name}" for name in ("queryables", "filter", "features-filter")),
    *(
        f"{_CONF}/cql2/1.0/conf/{name}"
        for name in (
            "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators", "case-insensitive-comparison",
            "basic-spatial-functions", "spatial-functions", "property-property",
        )
    ),
)  # fmt: skip


def link(href: str, rel: str, type: str, title: str) -> dict[str, str]:
    return {"href": href, "rel": rel, "type": type, "title": title}


def landing(base: str) -> dict[str, Any]:
    return {
        "title": "账图 · Zhangtu",
        "description": "公共资产：供 QGIS、GDAL 等地图软件读取 · Public assets, for map programs such as QGIS and GDAL",
        "links": [
            link(base, "self", JSON, "本页 · This page"),
            link(f"{base}?f=html", "alternate", HTML, "网页 · As a page"),
            link(f"{base}/api", "service-desc", OPENAPI, "接口说明 · What can be asked"),
            link(f"{base}/api?f=html", "service-doc", HTML, "接口说明（网页） · What can be asked, as a page"),
            link(f"{base}/conformance", "conformance", JSON, "遵循的标准 · Standards kept to"),
            link(f"{base}/collections", "data", JSON, "数据集 · Collections"),
        ],
    }


def conformance(base: str) -> dict[str, Any]:
    return {
        "conformsTo": list(CONFORMANCE),
        "links": [link(f"{base}/conformance", "self", JSON, "遵循的标准 · Standards")],
    }


def collections(base: str, kinds: Iterable[str]) -> dict[str, Any]:
    readable = frozenset(kinds)
    return {
        "links": [
            link(f"{base}/collections", "self", JSON, "数据集 · Collections"),
            link(f"{base}/collections?f=html", "alternate", HTML, "网页 · As a page"),
        ],
        "collections": [collection(base, one) for one in COLLECTIONS.values() if one.kind in readable],
        "crs": list(SYSTEMS),
    }


def collection(base: str, one: Collection, box: tuple[float, ...] | None = None) -> dict[str, Any]:
    here = f"{base}/collections/{one.id}"
    extent = {} if box is None else {"extent": {"spatial": {"bbox": [list(box)], "crs": CRS84}}}
    return {
        "id": one.id,
        "title": f"{one.zh} · {one.en}",
        "itemType": "feature",
        **extent,
        "crs": list(SYSTEMS),
        "storageCrs": STORED,
        "links": [
            link(here, "self", JSON, one.zh),
            link(f"{here}?f=html", "alternate", HTML, one.zh),
            link(f"{here}/items", "items", GEOJSON, "要素 · Features"),
            link(f"{here}/items?f=html", "items", HTML, "要素（网页） · Features, as a page"),
            link(f"{here}/queryables", _QUERYABLES, SCHEMA, "可筛选的字段 · What can be filtered by"),
        ],
    }


def queryables(base: str, one: Collection) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{base}/collections/{one.id}/queryables",
        "type": "object",
        "title": f"{one.zh} · {one.en}",
        "properties": {
            **{property.name: property.schema() for property in one.properties.values()},
            GEOMETRY: {"title": "位置 · Place", "format": "geometry-any"},
        },
        "additionalProperties": False,
    }


def feature(one: Collection, row: Mapping[str, Any]) -> dict[str, Any]:
    properties = {name: _plain(value) for name, value in properties_of(one, row).items()}
    shape = None if row["shape"] is None else msgspec.Raw(row["shape"].encode())
    return {"type": "Feature", "id": row["id"], "geometry": shape, "properties": properties}


def _plain(value: Any) -> Any:
    """As GeoJSON has it, and as map programs read it: figures are numbers."""
    match value:
        case Decimal():
            return float(value)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return value
