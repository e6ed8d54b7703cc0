"""The inbox: what waits for whoever looks, what came back to them, what is under way, and what is done."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import Refused, cursor
from api.console.pages import Page, Pages

TABS: Final = {
    "waiting": ("待我审批", "Waiting for me"),
    "returned": ("退回给我", "Sent back to me"),
    "mine": ("我呈报的", "Mine, under way"),
    "done": ("已办", "Done"),
}

router = Pages()


@router.get("/inbox", operation_id="page.inbox")
async def inbox(request: Request) -> Response:
    page = Page(request)
    me = await page.enter()
    which = request.query_params.get("which", "")
    which = which if which in TABS else "waiting"
    answer = await page.api.get("/v1/inbox", which=which, cursor=request.query_params.get("cursor"))
    deputies = await page.api.get("/v1/me/deputies")
    attention = await page.api.get("/v1/attention", only="waits") if which == "waiting" else {"waits": []}
    acting = [one for one in deputies["acting_for"] if one["acts"]]
    return page.show(
        "approvals/inbox.html",
        tabs=TABS,
        which=which,
        answer=answer,
        next=cursor(answer),
        acting=acting,
        others=[one for one in attention["waits"] if one["count"]],
        decides="proposals.approve" in me["commands"],
    )


@router.get("/inbox/waiting", operation_id="page.inbox.waiting")
async def waiting(request: Request) -> Response:
    """How many wait, for the menu: asked for by itself, so that no page waits for it."""
    page = Page(request)
    await page.enter()
    counts: dict[str, Any] = {"waiting": 0, "returned": 0}
    with suppress(Refused):  # a view that is being built: the number comes with the next page
        counts = (await page.api.get("/v1/inbox", limit="1"))["counts"]
    return page.show("approvals/waiting.html", number=counts["waiting"] + counts["returned"])
