"""The first page: how much there is of everything that one looks after, and what changed last."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from api.console.kinds import Kind, menu
from api.console.pages import Page, Pages

LATEST = 8

router = Pages()


@router.get("/", operation_id="page.home")
async def home(request: Request) -> Response:
    page = Page(request)
    me = await page.enter()
    kinds = [kind for group in menu(me) for kind in group.kinds]
    counts = await asyncio.gather(*(_count(page, kind) for kind in kinds))
    latest = await page.look("/v1/history", limit=str(LATEST)) if kinds else {"events": []}
    return page.show("home.html", counts=list(zip(kinds, counts, strict=True)), events=latest["events"])


async def _count(page: Page, kind: Kind) -> Any:
    answer = await page.look(f"/v1/{kind.name}", limit="1", count="true", fields=kind.columns[0])
    return answer["count"]
