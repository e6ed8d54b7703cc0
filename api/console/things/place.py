"""Where a thing is: its outline or point among its neighbours, drawn to scale, and the coordinates as they were declared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from api.console.things.drawing import Drawing
from api.console.things.thing import Thing

_FACETS: Final = {"vehicles": "parking", "warehouses": "place"}
"""The facet that says where a thing is; of all other kinds it is the outline."""
_CORNERS: Final = 40
"""So many are listed; of an outline with more the export has the rest."""


async def told(thing: Thing) -> dict[str, Any]:
    declared = await _declared(thing)
    own = await _features(thing, thing.kind.name, id=str(thing.id))
    kind, asked = _neighbourhood(thing)
    near = await _features(thing, kind, **asked) if kind and own else []
    others = [one for one in near if one["id"] != str(thing.id)]
    drawing = Drawing.of([one["geometry"] for one in own], [(one["properties"], one["geometry"]) for one in others])
    return {"declared": declared, "drawing": drawing, "near": others, "near_kind": kind}


async def _declared(thing: Thing) -> Mapping[str, Any] | None:
    facet = _FACETS.get(thing.kind.name, "outline")
    answer = await thing.page.api.get(f"{thing.api}/timeline", **thing.fixed, facet=facet)
    versions = [version for one in answer["facets"] for version in one["versions"]]
    if not versions or not isinstance(versions[-1]["value"], dict):
        return None
    value = versions[-1]["value"]
    raw = json.loads(value["raw"])
    corners = _corners(raw["type"], raw["coordinates"])
    metres = {name: raw.get(name) for name in ("radius", "width")}
    more = {"corners": corners[:_CORNERS], "left": len(corners) - _CORNERS}
    return {**versions[-1], "system": value["system"], **metres, **more}


def _corners(type: str, coordinates: Any) -> list[Any]:
    """What a person would write down: the point, the line, or the corners of the outline once each."""
    corners: list[Any] = {"Point": [coordinates], "LineString": coordinates}.get(type) or coordinates[0][:-1]
    return corners


async def _features(thing: Thing, kind: str, **asked: str) -> list[dict[str, Any]]:
    """With their geometry; who may not export is not told it in this way."""
    page = thing.page
    if page.me is None or "export" not in page.me["rights"] or kind not in page.me["reads"]:
        return []
    answer = await page.look(f"/v1/{kind}", **asked, format="geojson", limit="200")
    return [one for one in answer["features"] if one["geometry"] is not None]


def _neighbourhood(thing: Thing) -> tuple[str, dict[str, str]]:
    """What is drawn around it: the rooms of its floor, the buildings of its compound."""
    row = thing.row
    match thing.kind.name:
        case "rooms" if row.get("building") and row.get("floor") is not None:
            return "rooms", {"building": row["building"]["id"], "floor": str(row["floor"]), "fields": "number"}
        case "buildings" if row.get("compound"):
            return "buildings", {"compound": row["compound"]["id"], "fields": "name"}
        case "compounds":
            return "buildings", {"compound": str(thing.id), "fields": "name"}
        case _:
            return "", {}
