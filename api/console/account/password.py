"""Changing one's password: by one's own wish, and first of all where somebody else chose it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.signing import form, going

_DIFFERENT: Final = {
    "detail": "两次输入的新口令不一致，请重新输入。",
    "detail_en": "The new password was not typed the same twice; type it again.",
}

router = Pages()


@router.get("/password", operation_id="page.password")
async def password(request: Request) -> Response:
    page = Page(request)
    await page.enter(to_change_password=True)
    return _asking(page)


@router.post("/password", operation_id="page.password.send")
async def change(request: Request) -> Response:
    """Nothing of a password is ever shown again: whoever is refused types it anew."""
    page, said = Page(request), await form(request)
    await page.enter(to_change_password=True)
    if said.get("new") != said.get("again"):
        return _asking(page, problem=_DIFFERENT, status=HTTPStatus.CONFLICT)
    body = {"old": said.get("old", ""), "new": said.get("new", "")}
    try:
        answer = await page.api.send("POST", "/v1/me/password", body, proof=said.get("csrf", ""))
    except Refused as refused:
        return _asking(page, problem=refused.problem, status=refused.status)
    return going("/", answer.cookies)


def _asking(page: Page, *, problem: Mapping[str, Any] | None = None, status: int = HTTPStatus.OK) -> Response:
    return page.show("account/password.html", status=status, problem=problem)
