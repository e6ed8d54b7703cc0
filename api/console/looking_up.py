"""Pages that look across everything: one event, one document, and the search."""

from __future__ import annotations

from http import HTTPStatus
from itertools import groupby
from operator import itemgetter
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import Refused, cursor
from api.console.pages import Page, Pages

FOUND = 50

router = Pages()


@router.get("/events/{position:int}", operation_id="page.event")
async def event(request: Request, position: int) -> Response:
    """One event: in words for whoever sees the thing; as it is stored for those who read the log."""
    page = Page(request)
    me = await page.enter()
    told = await page.look("/v1/history", position=str(position))
    stored = await page.api.get(f"/v1/events/{position}") if "log" in me["rights"] else None
    if not told["events"]:
        raise Refused(HTTPStatus.NOT_FOUND, _NO_EVENT)
    return page.show("event.html", one=told["events"][0], stored=stored, position=position)


_NO_EVENT = {
    "status": 404,
    "detail": "账册中没有这个位置，或者它不在您的管理范围内，或者在所看的时间还没有登记。",
    "detail_en": "The log has no such position, or it is not within your reach, or it was not recorded yet at the moment that you look at.",
}


@router.get("/documents", operation_id="page.document")
async def document(request: Request) -> Response:
    """What a document decided, by its number, which may hold anything that an address cannot."""
    page = Page(request)
    await page.enter()
    asked = {name: request.query_params.get(name, "") for name in ("number", "cursor")}
    if not asked["number"].strip():
        return page.show("document.html", number="", found=None, next="", asked=asked)
    found = await page.look("/v1/documents", **asked)
    kinds = [(kind, list(of)) for kind, of in groupby(found["changed"], key=itemgetter("kind"))]
    return page.show(
        "document.html", number=asked["number"], found=found, kinds_of=kinds, next=cursor(found), asked=asked
    )


@router.get("/search", operation_id="page.search")
async def search(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    words = request.query_params.get("q", "").strip()
    found: list[dict[str, Any]] = []
    if words:
        found = (await page.look("/v1/search", q=words, limit=str(FOUND)))["hits"]
    return page.show("search.html", words=words, found=found)
