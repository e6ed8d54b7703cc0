"""The page of one thing: its facts, its timeline, its history, and what it has to do with others."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import cursor
from api.console.kinds import KINDS, Kind
from api.console.pages import Page, Pages
from projections.queries.telling import line, value

TABS = {
    "": ("概况", "Facts"),
    "history": ("变更记录", "History"),
    "timeline": ("时间线", "Timeline"),
    "relations": ("关联", "Relations"),
}

router = Pages()


def _thing(kind: Kind, tab: str) -> Any:
    async def shown(request: Request, id: UUID) -> Response:
        page = Page(request)
        await page.enter()
        row = await page.look(f"/v1/{kind.name}", id=str(id), limit="1")
        if not row["rows"]:  # what is not there, or not yet, or not for this person, the history says in words
            await page.look(f"/v1/{kind.name}/{id}/history", limit="1")
        told = await _TOLD[tab](page, kind, id) if tab else {}
        thing = row["rows"][0] if row["rows"] else {"id": str(id), "label": None}
        shows = {
            "kind": kind,
            "tab": tab,
            "tabs": TABS,
            "thing": thing,
            "columns": row["columns"],
            "words": row["words"],
        }
        return page.show(f"thing_{tab or 'facts'}.html", **shows, **told)

    return shown


async def _history(page: Page, kind: Kind, id: UUID) -> dict[str, Any]:
    asked = {"cursor": page.request.query_params.get("cursor")}
    answer = await page.look(f"/v1/{kind.name}/{id}/history", **asked)
    return {"events": answer["events"], "next": cursor(answer)}


async def _timeline(page: Page, kind: Kind, id: UUID) -> dict[str, Any]:
    answer = await page.api.get(f"/v1/{kind.name}/{id}/timeline", **page.moment.asked)
    names = {one["id"]: one["label"] for one in answer["things"]}
    lines = [_line(kind.name, facet, names) for facet in answer["facets"]]
    facets = [
        {"zh": zh, "en": en, "lines": list(of)}
        for (zh, en), of in groupby(lines, key=lambda one: (one["zh"], one["en"]))
    ]
    return {"facets": facets}


def _line(kind: str, facet: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """One facet of one member, its versions in words, the latest first."""
    versions = [
        version | dict(zip(("zh", "en"), _words(kind, facet["name"], version["value"], names), strict=True))
        for version in sorted(facet["versions"], key=lambda one: one["from"], reverse=True)
    ]
    return {**line(kind, facet["name"], facet["member"], names), "versions": versions}


def _words(kind: str, facet: str, said: Any, names: Mapping[str, str]) -> tuple[str, str]:
    told = value(kind, facet, said, names)
    return told["zh"], told["en"]


async def _relations(page: Page, kind: Kind, id: UUID) -> dict[str, Any]:
    answer = await page.look(f"/v1/{kind.name}/{id}/relations")
    return {"points_at": answer["points_at"], "held": answer["held"], "counts": answer["counts"]}


_TOLD = {"history": _history, "timeline": _timeline, "relations": _relations}

for _kind in KINDS.values():
    for _tab in TABS:
        router.add_api_route(
            f"/{_kind.name}/{{id:uuid}}" + (f"/{_tab}" if _tab else ""),
            _thing(_kind, _tab),
            operation_id=f"page.{_kind.name}.{_tab or 'facts'}",
        )
