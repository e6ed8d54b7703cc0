"""One's own notices: the list, one followed to what it is about, and all of them read."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.pages import Page, Pages
from api.console.signing import form, local

router = Pages()


@router.get("/notices", operation_id="page.notices")
async def notices(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    unread = request.query_params.get("unread", "")
    asked = {"unread": unread, "before": request.query_params.get("before", "")}
    answer = await page.api.get("/v1/notices", **asked)
    next = (answer["next"] or "").rpartition("before=")[2]
    return page.show(
        "notices/list.html", notices=answer["notices"], unread=unread, next=next, first=not asked["before"]
    )


@router.get("/notices/{id:int}", operation_id="page.notices.one")
async def one(request: Request, id: int) -> Response:
    """On to what it is about; it has been read then."""
    page = Page(request)
    me = await page.enter()
    await page.api.send("POST", "/v1/notices/read", {"ids": [id]}, proof=me["csrf"] or "")
    return RedirectResponse(local(request.query_params.get("to", "")), HTTPStatus.SEE_OTHER)


@router.post("/notices", operation_id="page.notices.read")
async def read(request: Request) -> Response:
    page, said = Page(request), await form(request)
    up_to = said.get("up_to", "")
    body = {"up_to": int(up_to) if up_to.isdecimal() else 0}
    await page.api.send("POST", "/v1/notices/read", body, proof=said.get("csrf", ""))
    return RedirectResponse("/notices", HTTPStatus.SEE_OTHER)
