"""Webhooks: those that one answers for, or all of them for whoever runs the system; a new one; and what became of each delivery."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.console import toasts
from api.console.administration.events import events
from api.console.asking import Refused
from api.console.choosing import names_where_seen
from api.console.missing import NOT_THERE
from api.console.pages import Page, Pages
from api.console.signing import form, forms, going
from api.console.toasts import Toast
from projections.queries.words.divisions import PREFIXES

HERE: Final = "/webhooks"
_DONE: Final[Mapping[str, tuple[str, str, Any, Toast]]] = {
    "pause": ("POST", "/pause", None, Toast("已暂停，位置保留。", "Paused; it keeps its place.")),
    "resume": ("POST", "/resume", {}, Toast("已继续。", "It goes on.")),
    "end": ("DELETE", "", None, Toast("已停用。", "It has ended.")),
}

LONGEST: Final = 40_000
"""Of a form in which every kind of event is ticked."""

router = Pages()


@router.get(HERE, operation_id="page.webhooks")
async def webhooks(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    return await _shown(page)


@router.post(HERE, operation_id="page.webhooks.make")
async def make(request: Request) -> Response:
    """The secret stands on this answer and nowhere else."""
    page, said = Page(request), await forms(request, LONGEST)
    await page.enter()
    first = {name: values[0].strip() for name, values in said.items()}
    whole = {name: first.get(name, "") for name in ("name", "url")}
    filters = {name: first[name] for name in ("unit", "division") if first.get(name)}
    body = {**whole, **filters, **{name: said.get(name, []) for name in ("kinds", "topics")}}
    try:
        answer = await page.api.send("POST", "/v1/webhooks", body, proof=first.get("csrf", ""))
    except Refused as refused:
        return await _shown(page, typed=said, problem=refused.problem, status=refused.status)
    return await _shown(page, secret=answer.body["secret"])


@router.post(HERE + "/{id:uuid}/{step}", operation_id="page.webhooks.do")
async def do(request: Request, id: UUID, step: str) -> Response:
    page, said = Page(request), await form(request)
    await page.enter()
    if step not in _DONE:
        raise Refused(HTTPStatus.NOT_FOUND, NOT_THERE)
    method, path, body, toast = _DONE[step]
    try:
        await page.api.send(method, f"/v1/webhooks/{id}{path}", body, proof=said.get("csrf", ""))
    except Refused as refused:
        return await _shown(page, problem=refused.problem, status=refused.status)
    answer = going(HERE, ())
    toasts.leave(answer, toast)
    return answer


@router.get(HERE + "/{id:uuid}", operation_id="page.webhook")
async def one(request: Request, id: UUID) -> Response:
    page = Page(request)
    await page.enter()
    found, told = await asyncio.gather(
        page.api.get("/v1/webhooks"),
        page.api.get(f"/v1/webhooks/{id}/deliveries", before=request.query_params.get("before")),
    )
    hook = next((one for one in found["webhooks"] if one["id"] == str(id)), None)
    next_ = (told["next"] or "").rpartition("before=")[2]
    return page.show("administration/webhook.html", hook=hook, deliveries=told["deliveries"], next=next_)


async def _shown(page: Page, *, status: int = HTTPStatus.OK, **more: Any) -> Response:
    """`more`: what is shown this once, or what was refused and typed."""
    found = (await page.api.get("/v1/webhooks"))["webhooks"]
    usual: dict[str, Any] = {"secret": "", "problem": None, "typed": {}}
    units = [*(one["unit"] for one in found), *more.get("typed", {}).get("unit", ())]
    return page.show(
        "administration/webhooks.html",
        status=status,
        hooks=[one for one in found if not one["ended_at"]],
        ended=sum(1 for one in found if one["ended_at"]),
        events=events(),
        divisions=PREFIXES,
        units=await names_where_seen(page, "units", [one for one in units if one]),
        **{**usual, **more},
    )
