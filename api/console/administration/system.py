"""How the system runs: the log, the views that follow it, what they set aside, notices and mails."""

from __future__ import annotations

import asyncio

from fastapi import Request
from fastapi.responses import Response

from api.console.pages import Page, Pages

router = Pages()


@router.get("/administration/system", operation_id="page.system")
async def system(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    health, told, hooks = await asyncio.gather(
        page.api.get("/healthz"), page.api.get("/v1/generations"), page.api.get("/v1/webhooks")
    )
    parked = [stop | {"generation": one["schema"]} for one in told["generations"] for stop in one["parked"]]
    return page.show(
        "administration/system.html",
        health=health,
        generations=sorted(told["generations"], key=lambda one: (one["role"] != "live", -one["id"])),
        parked=parked,
        failing=[one for one in hooks["webhooks"] if not one["ended_at"] and (one["paused_at"] or one["attempts"])],
    )
