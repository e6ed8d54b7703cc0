"""Pages that look across everything: one document, and the search."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.pages import Page, Pages

FOUND = 50

router = Pages()


@router.get("/documents", operation_id="page.document")
async def document(request: Request) -> Response:
    """By its number, which may hold anything that an address cannot."""
    page = Page(request)
    return RedirectResponse(page.moment.link("/history", {"document": request.query_params.get("number", "")}), 303)


@router.get("/search", operation_id="page.search")
async def search(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    words = request.query_params.get("q", "").strip()
    found: list[dict[str, Any]] = []
    if words:
        found = (await page.look("/v1/search", q=words, limit=str(FOUND)))["hits"]
    return page.show("search.html", words=words, found=found)
