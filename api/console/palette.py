"""The command palette: from a few letters to any thing, unit, person, document, page or action. A plain page where there are no scripts."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.beginning import begun
from api.console.initials import initials
from api.console.kinds import KINDS, menu
from api.console.pages import Page, Pages

MOST: Final = 8
"""Of each sort: who sees more than that types another letter."""
LONGEST: Final = 100

router = Pages()


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go: what it is called in both languages, and the kind of thing or page it is."""

    href: str
    zh: str
    en: str
    icon: str
    of_zh: str = ""
    of_en: str = ""

    def fits(self, words: list[str]) -> bool:
        said = f"{self.zh} {self.en} {initials(self.zh)}".lower()
        return all(word in said for word in words)


@router.get("/palette", operation_id="page.palette")
async def palette(request: Request) -> Response:
    """Asked by a script for what was found only; else the whole page."""
    page = Page(request)
    me = await page.enter()
    words = " ".join(request.query_params.get("q", "").split())[:LONGEST]
    parts = words.lower().split()
    found, begins = await asyncio.gather(_found(page, me, words), begun(page, me))
    actions = [Place(one["page"], one["zh"], one["en"], "action", "办理", "Do") for one in begins]
    places = [*_pages(page, me), *actions]
    near = [one for one in places if one.fits(parts)][:MOST]
    template = "palette_found.html" if request.headers.get("hx-request") else "palette.html"
    return page.show(template, words=words, near=near, found=found)


async def _found(page: Page, me: Mapping[str, Any], words: str) -> list[Place]:
    """Things by their words, people by their names, a document by its number."""
    if not words or not me["reads"]:
        return []
    asked: dict[str, Any] = {"q": words, "limit": str(MOST)}
    questions = [page.look("/v1/search", **asked), page.look("/v1/history", document=words, limit="1")]
    if "people" in me["reads"] and "names" in me["rights"]:
        questions.append(page.look("/v1/search", **asked, kind="people"))
    things, cited, *people = await asyncio.gather(*questions)
    hits = [hit for answer in (things, *people) for hit in answer["hits"]]
    document = [Place(page.moment.link("/documents", {"number": words}), words, words, "history", "文件", "Document")]
    return [_thing(page, hit) for hit in hits] + (document if cited["events"] else [])


def _thing(page: Page, hit: Mapping[str, Any]) -> Place:
    kind = KINDS[hit["kind"]]
    label = hit["label"] or hit["id"]
    return Place(page.moment.link(f"/{kind.name}/{hit['id']}"), label, label, kind.icon, kind.zh, kind.en)


def _pages(page: Page, me: Mapping[str, Any]) -> Iterator[Place]:
    link = page.moment.link
    yield Place(link("/"), "首页", "Home", "home", "页面", "Page")
    if menu(page.me):
        yield Place(link("/map"), "一张图", "Map", "map", "页面", "Page")
    for kind in (kind for group in menu(me) for kind in group.kinds):
        yield Place(link(f"/{kind.name}"), kind.zh, kind.en, kind.icon, "列表", "List")
    for path, zh, en, icon in (one for group in menu(me) for one in group.more):
        yield Place(link(path), zh, en, icon, "页面", "Page")
    if me["reads"]:
        yield Place(link("/history"), "变更记录", "History", "history", "页面", "Page")
        yield Place(link("/documents"), "按文号查文件", "Documents by number", "history", "页面", "Page")
    if "cases" in me["rights"]:
        yield Place("/cases", "调查视图", "Investigations", "history", "页面", "Page")
    yield Place("/account", "我的账号", "Your account", "person", "本人", "Yours")
    yield Place("/password", "修改口令", "Change your password", "person", "本人", "Yours")
