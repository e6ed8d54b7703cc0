"""Things to choose from while a filter is typed: a piece of a page, which the page asks for and also has without scripts."""

from __future__ import annotations

import asyncio

from fastapi import Request
from fastapi.responses import Response

from api.console.lists.asked import names, offered
from api.console.pages import Page, Pages

router = Pages()


@router.get("/choices", operation_id="page.choices")
async def choices(request: Request) -> Response:
    """`of`: the kind of thing; `name`: the filter that they would be chosen for; its words are under `find.` and its name.

    What was chosen already stays, on top.
    """
    page = Page(request)
    kind, name = request.query_params.get("of", ""), request.query_params.get("name", "")
    words = request.query_params.get(f"find.{name}", "")
    chosen = request.query_params.getlist(name)
    offers, called = await asyncio.gather(offered(page, kind, words), names(page, kind, chosen))
    shown = [(id, called.get(id, id[:8])) for id in chosen]
    return page.show("lists/choices.html", name=name, words=words, offers=offers, chosen=shown)
