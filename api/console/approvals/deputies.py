"""Deputies: who decides in one's place, from which day to which."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.approvals.sent import sent
from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.toasts import Toast, leave

router = Pages()


@router.get("/inbox/deputies", operation_id="page.deputies")
async def deputies(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    return await _shown(page, {}, None)


@router.post("/inbox/deputies", operation_id="page.deputies.make")
async def make(request: Request) -> Response:
    page, said = Page(request), await sent(request)
    await page.enter()
    body = {name: said.get(name, "") for name in ("deputy", "from_day", "until_day")}
    return await _done(page, said, "POST", "/v1/me/deputies", body, Toast("已委托。", "Your deputy can decide now."))


@router.post("/inbox/deputies/{id:uuid}/end", operation_id="page.deputies.end")
async def end(request: Request, id: UUID) -> Response:
    page, said = Page(request), await sent(request)
    await page.enter()
    return await _done(page, said, "DELETE", f"/v1/me/deputies/{id}", None, Toast("委托已结束。", "That has ended."))


async def _done(page: Page, said: Mapping[str, str], method: str, path: str, body: Any, toast: Toast) -> Response:
    try:
        await page.api.send(method, path, body, proof=said.get("csrf", ""))
    except Refused as refused:
        if refused.status == HTTPStatus.UNAUTHORIZED:
            raise
        return await _shown(page, said, refused.problem)
    gone = RedirectResponse("/inbox/deputies", HTTPStatus.SEE_OTHER)
    leave(gone, toast)
    return gone


async def _shown(page: Page, typed: Mapping[str, str], problem: Mapping[str, Any] | None) -> Response:
    told = await page.api.get("/v1/me/deputies")
    status = 200 if problem is None else int(problem.get("status", 409))
    return page.show("approvals/deputies.html", status=status, told=told, typed=typed, problem=problem)
