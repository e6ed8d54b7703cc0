"""The timeline of a thing: which value each of its facets had when, drawn along one axis, and as a table; what was superseded on demand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from api.console.things.axis import Axis
from api.console.things.groups import PLACE
from api.console.things.thing import Thing
from projections.queries.telling import line, value

MOST_LINES: Final = 6
"""Of a facet with more members than that all are drawn in one row."""
MOST_ROWS: Final = 8
"""Of each facet in the table, unless it alone was asked for."""


async def told(thing: Thing) -> dict[str, Any]:
    asked = thing.asked("facet", "superseded")
    answer = await _versions(thing, asked)
    names = {one["id"]: one["label"] for one in answer["things"]}
    things = {one["id"]: one for one in answer["things"]}
    lines = sorted(
        (_line(thing.kind.name, facet, names, things) for facet in answer["facets"]),
        key=lambda one: (PLACE.get(one["facet"], len(PLACE)), one["member_zh"]),
    )
    axis = Axis.over(_moments(lines), thing.fixed["at"])
    facets = [_facet(list(of), whole=bool(asked["facet"])) for _, of in groupby(lines, key=lambda one: one["facet"])]
    for drawn in (one for facet in facets for one in facet["drawn"]):
        drawn["bars"] = [axis.bar(one) for one in drawn["versions"] if one["said"]["value"] not in (None, False)]
    return {"facets": facets, "axis": axis, "asked": asked}


def _facet(lines: list[dict[str, Any]], *, whole: bool) -> dict[str, Any]:
    """One row a member, or one for all of many; the table begins with the latest, and the facet alone has all of them."""
    drawn = [dict(line) for line in lines]
    if not whole and len(lines) > MOST_LINES:
        versions = [version for line in lines for version in line["versions"]]
        drawn = [lines[0] | {"member": "", "member_zh": "", "member_en": "", "versions": versions}]
    rows = [(line, version) for line in lines for version in line["versions"]]
    rows.sort(key=lambda row: row[1]["from"], reverse=True)
    return {
        **lines[0],
        "drawn": drawn,
        "rows": rows if whole else rows[:MOST_ROWS],
        "left": 0 if whole else len(rows) - MOST_ROWS,
    }


async def _versions(thing: Thing, asked: Mapping[str, str]) -> Any:
    """As known at the moment; with all that was ever known, where superseded versions are wanted."""
    kept = {name: said for name, said in thing.fixed.items() if name != "at"}
    if asked["superseded"]:
        kept = thing.page.moment.asked
        kept.pop("at", None)
    return await thing.page.api.get(f"{thing.api}/timeline", **kept, facet=asked["facet"])


def _line(kind: str, facet: Mapping[str, Any], names: Mapping[str, str], things: Mapping[str, Any]) -> dict[str, Any]:
    """One facet of one member, its versions in words, the latest first."""
    ordered = sorted(facet["versions"], key=lambda one: (one["from"], one["stated_by"]), reverse=True)
    versions = [version | _said(value(kind, facet["name"], version["value"], names), things) for version in ordered]
    return {**line(kind, facet["name"], facet["member"], names), "versions": versions}


def _said(said: Mapping[str, Any], things: Mapping[str, Any]) -> dict[str, Any]:
    """What a version says, and the thing that it names, if it names one."""
    return {"said": said, "thing": things.get(said["value"]) if isinstance(said["value"], str) else None}


def _moments(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    versions = [version for one in lines for version in one["versions"]]
    return [moment for version in versions for moment in (version["from"], version["to"]) if moment]
