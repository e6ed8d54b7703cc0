"""Positioning devices as a page: which is bound to which vehicle, when it was last heard of, and what of today's is odd."""

from __future__ import annotations

from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.pages import Page, Pages

HERE: Final = "/devices"

router = Pages()


@router.get(HERE, operation_id="page.devices")
async def devices(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    plate, cursor = (request.query_params.get(name, "").strip() for name in ("plate", "cursor"))
    found: Any = await page.api.get("/v1/positions/devices", plate=plate or None, cursor=cursor or None)
    return page.show("positions/devices.html", found=found, plate=plate, is_first=not cursor, oddities=_oddities)


def _oddities(page: Page, line: dict[str, Any]) -> str:
    """What is odd, in words, each with how often."""
    return page.say("，", ", ").join(f"{page.say(one['zh'], one['en'])} {one['count']:,}" for one in line["marks"])
