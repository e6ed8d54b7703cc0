"""Choosing a moment: what the time bar sends, the choices that it offers, and the investigations that can be opened in it."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.moment import chosen
from api.console.pages import Page, Pages
from api.console.showing import SHANGHAI
from api.console.signing import local

router = Pages()


@router.get("/moment", operation_id="page.moment")
async def moment(request: Request) -> Response:
    """Leads back to the page that asked, at the moment that was chosen there."""
    said = {name: request.query_params.get(name, "") for name in ("on", "known", "case")}
    today = datetime.now(SHANGHAI).date()
    to = chosen(local(request.query_params.get("to", "")), said["on"], said["known"], said["case"], today=today)
    return RedirectResponse(to, 303)


@router.get("/cases", operation_id="page.cases")
async def cases(request: Request) -> Response:
    """The investigations, each opened on the page that one came from."""
    page = Page(request)
    await page.enter()
    answer = await page.api.get("/v1/cases")
    return page.show("cases.html", cases=answer["cases"], to=local(request.query_params.get("to", "/")))
