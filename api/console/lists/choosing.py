"""Things to choose from while a filter is typed: a piece of a page, which the page asks for and also has without scripts."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import Refused
from api.console.kinds import KINDS
from api.console.pages import Page, Pages

OFFERED = 8
LONGEST = 200

router = Pages()


@router.get("/choices", operation_id="page.choices")
async def choices(request: Request) -> Response:
    """`of`: the kind of thing; `name`: the filter that they would be chosen for; its words are under `find.` and its name."""
    page = Page(request)
    kind, name = request.query_params.get("of", ""), request.query_params.get("name", "")
    words = request.query_params.get(f"find.{name}", "")
    found = await offered(page, kind, words)
    return page.show("lists/choices.html", name=name, words=words, found=found)


async def offered(page: Page, kind: str, words: str) -> list[tuple[str, str]]:
    """The things with these words, by id and name. Of what one may not read there is nothing to choose."""
    if kind not in KINDS or not words.strip():
        return []
    asked: dict[str, Any] = {"q": words.strip()[:LONGEST], "fields": KINDS[kind].columns[0], "limit": str(OFFERED)}
    try:
        answer = await page.look(f"/v1/{kind}", **asked)
    except Refused:
        return []
    return [(row["id"], row["label"] or row["id"][:8]) for row in answer["rows"]]
