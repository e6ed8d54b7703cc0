"""The description of this part of the API in OpenAPI 3.0, which is what the standard asks for."""

from __future__ import annotations

from typing import Any

from api.features.parameters import MOST, USUAL
from api.features.told import GEOJSON, HTML, JSON, SCHEMA
from maps.features.collections import COLLECTIONS
from maps.features.systems import CRS84, SYSTEMS


def document(base: str) -> dict[str, Any]:
    collection = _parameter("collectionId", "path", {"type": "string", "enum": list(COLLECTIONS)})
    feature = _parameter("featureId", "path", {"type": "string", "format": "uuid"})
    return {
        "openapi": "3.0.3",
        "info": {"title": "账图 · Zhangtu: OGC API – Features", "version": "1"},
        "servers": [{"url": base}],
        "security": [{"basic": []}, {"token": []}],
        "paths": {
            "/": _get("landing", JSON),
            "/api": _get("api", JSON),
            "/conformance": _get("conformance", JSON),
            "/collections": _get("collections", JSON),
            "/collections/{collectionId}": _get("collection", JSON, collection),
            "/collections/{collectionId}/queryables": _get("queryables", SCHEMA, collection),
            "/collections/{collectionId}/items": _get("items", GEOJSON, collection, *_items(), *_moments()),
            "/collections/{collectionId}/items/{featureId}": _get(
                "item", GEOJSON, collection, feature, _system("crs"), *_moments()
            ),
        },
        "components": {
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"},
                "token": {"type": "http", "scheme": "bearer"},
            }
        },
    }


def _get(operation: str, type: str, *parameters: dict[str, Any]) -> dict[str, Any]:
    shown = {"name": "f", "in": "query", "required": False, "schema": {"type": "string", "enum": ["json", "html"]}}
    content: dict[str, Any] = {type: {"schema": {"type": "object"}}, HTML: {"schema": {"type": "string"}}}
    answers = {"200": {"description": "OK", "content": content}, "default": {"description": "application/problem+json"}}
    return {"get": {"operationId": operation, "parameters": [*parameters, shown], "responses": answers}}


def _parameter(name: str, where: str, schema: dict[str, Any]) -> dict[str, Any]:
    more = {"style": "form", "explode": False} if where == "query" else {}
    return {"name": name, "in": where, "required": where == "path", "schema": schema, **more}


def _system(name: str) -> dict[str, Any]:
    return _parameter(name, "query", {"type": "string", "enum": list(SYSTEMS), "default": CRS84})


def _moments() -> list[dict[str, Any]]:
    return [_parameter(name, "query", {"type": "string"}) for name in ("datetime", "known", "case")]


def _items() -> list[dict[str, Any]]:
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    languages = {"type": "string", "enum": ["cql2-text", "cql2-json"], "default": "cql2-text"}
    return [
        _parameter("limit", "query", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
        _parameter("bbox", "query", numbers),
        _parameter("filter", "query", {"type": "string"}),
        _parameter("filter-lang", "query", languages),
        *(_system(name) for name in ("crs", "bbox-crs", "filter-crs")),
    ]
