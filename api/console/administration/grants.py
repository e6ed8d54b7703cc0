"""Roles given and taken by the security administrator, each in one place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.console.administration.account import back, shown
from api.console.administration.accounts import HERE
from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.signing import form
from api.console.toasts import Toast

_GIVEN: Final = Toast("已授予。", "The role is given.")
_TAKEN: Final = Toast("已收回。", "The role is taken back.")
_NO_UNIT: Final = {
    "detail": "没有找到叫这个名称的单位，请从提示中选一个。",
    "detail_en": "No unit has exactly this name; choose one of those that are offered.",
}

router = Pages()


@router.get("/administration/units", operation_id="page.units-to-give-in")
async def units(request: Request) -> Response:
    """Names to choose from while one types: a piece of a page."""
    page = Page(request)
    return page.show("administration/units.html", offered=await _offered(page, request.query_params.get("unit", "")))


@router.post(HERE + "/{id:uuid}/grants", operation_id="page.grants.give")
async def give(request: Request, id: UUID) -> Response:
    page, said = Page(request), await form(request)
    await page.enter()
    place = said.get("place", "")
    body: dict[str, Any] = {"role": said.get("role", "")}
    if place == "division":
        body["division"] = said.get("division", "")[:6]
    elif place == "unit":
        offered = await _offered(page, said.get("unit", ""))
        named = [one["id"] for one in offered if one["label"] == said.get("unit", "").strip()]
        if len(named) != 1:
            return await shown(page, id, typed=said, problem=_NO_UNIT, offered=offered, status=422)
        body["unit"] = named[0]
    return await _done(page, id, "POST", f"/v1/access/accounts/{id}/grants", body, _GIVEN, said)


@router.post(HERE + "/{id:uuid}/grants/{grant:uuid}/take", operation_id="page.grants.take")
async def take(request: Request, id: UUID, grant: UUID) -> Response:
    page, said = Page(request), await form(request)
    await page.enter()
    return await _done(page, id, "DELETE", f"/v1/access/grants/{grant}", None, _TAKEN, said)


async def _offered(page: Page, words: str) -> list[dict[str, Any]]:
    if not words.strip():
        return []
    found: list[dict[str, Any]] = (await page.api.get("/v1/access/units", q=words.strip()[:200]))["units"]
    return found


async def _done(
    page: Page, id: UUID, method: str, path: str, body: Any, toast: Toast, said: Mapping[str, str]
) -> Response:
    try:
        await page.api.send(method, path, body, proof=said.get("csrf", ""))
    except Refused as refused:
        return await shown(page, id, typed=said, problem=refused.problem, status=refused.status)
    return back(id, toast)
