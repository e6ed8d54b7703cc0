"""How one wishes to be told, and what one watches."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.signing import form, local

MAILS: Final = (
    ("never", "不发", "Never"),
    ("at-once", "有通知就发", "At once"),
    ("daily", "每天早上汇总一封", "Once a day, in the morning"),
)

router = Pages()


@router.get("/account/notices", operation_id="page.wishes")
async def wishes(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    return await _asking(page, saved="saved" in request.query_params)


@router.post("/account/notices", operation_id="page.wishes.send")
async def change(request: Request) -> Response:
    page, said = Page(request), await form(request)
    address = said.get("address", "").strip()
    body = {"language": said.get("language", ""), "mail": said.get("mail", ""), "address": address or None}
    try:
        await page.api.send("PUT", "/v1/notices/wishes", body, proof=said.get("csrf", ""))
    except Refused as refused:
        await page.enter()
        return await _asking(page, typed=body | {"address": address}, problem=refused.problem, status=refused.status)
    return RedirectResponse("/account/notices?saved=1", HTTPStatus.SEE_OTHER)


async def _asking(
    page: Page,
    *,
    typed: Mapping[str, Any] | None = None,
    problem: Mapping[str, Any] | None = None,
    saved: bool = False,
    status: int = HTTPStatus.OK,
) -> Response:
    """With what was typed, where it was refused."""
    wish = await page.api.get("/v1/notices/wishes")
    watches = (await page.api.get("/v1/watches"))["watches"]
    return page.show(
        "notices/wishes.html",
        status=status,
        mails=MAILS,
        wish={**wish, **(typed or {})},
        watches=watches,
        problem=problem,
        saved=saved,
    )


@router.post("/watches", operation_id="page.watch")
async def watch(request: Request) -> Response:
    """From the button on a thing's page, back to it."""
    page, said = Page(request), await form(request)
    body = {name: said[name] for name in ("thing", "unit", "topic") if said.get(name)}
    await page.api.send("POST", "/v1/watches", body, proof=said.get("csrf", ""))
    return RedirectResponse(local(said.get("to", "")), HTTPStatus.SEE_OTHER)


@router.post("/watches/{id:uuid}", operation_id="page.unwatch")
async def unwatch(request: Request, id: UUID) -> Response:
    page, said = Page(request), await form(request)
    await page.api.send("DELETE", f"/v1/watches/{id}", None, proof=said.get("csrf", ""))
    return RedirectResponse(local(said.get("to", "")), HTTPStatus.SEE_OTHER)


async def watched(page: Page, id: UUID) -> dict[str, str]:
    """For the buttons on the page of a thing (`notices/watch.html`): one's watches of it, by how it is watched."""
    found = (await page.api.get("/v1/watches", of=str(id)))["watches"]
    return {("thing" if one["thing"] else "unit"): one["id"] for one in found if one["topic"] is None}
