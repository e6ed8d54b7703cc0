"""The forms in which lists go out, and what they are called on the wire."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

from api import openapi
from api.exports import xlsx as exports_xlsx

TYPES: Final = {
    "geojson": "application/geo+json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": exports_xlsx.CONTENT_TYPE,
}
FORMATS: Final = ("json", *TYPES)
TABLES: Final = ("json", "csv", "xlsx")
"""Of what lies nowhere on a map."""


def reads(model: type[BaseModel], *statuses: int) -> dict[str, Any]:
    """Documentation of a list that can be had as a page and as a table."""
    told = openapi.reads(model, *statuses)
    content = told["responses"][200]["content"]
    content["text/csv"] = {"schema": {"type": "string"}}
    content[TYPES["xlsx"]] = {"schema": {"type": "string", "format": "binary"}}
    return told
