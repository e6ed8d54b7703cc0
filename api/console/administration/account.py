"""One account: what the system administrator changes about it, and what everybody who administers sees of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.console import toasts
from api.console.administration.accounts import HERE, can_be_confirmed
from api.console.administration.logins import id_of, logins
from api.console.asking import Refused
from api.console.missing import NOT_THERE
from api.console.pages import Page, Pages
from api.console.signing import form, going
from api.console.toasts import Toast
from projections.queries.words.divisions import NAMES

DONE: Final[Mapping[str, Toast]] = {
    "change": Toast("已修改。", "Changed."),
    "disable": Toast("账号已停用：会话和令牌立即失效。", "The account is closed: its sessions and tokens open nothing."),
    "enable": Toast("账号已启用。", "The account is open again."),
    "unlock": Toast("已解锁，可以立即再试。", "Unlocked: the next try is at once."),
    "sign-out": Toast("已结束全部会话。", "All its sessions are ended."),
    "remove-second-factor": Toast("已停用验证码；授权待确认后恢复。", "The second factor is removed; its roles rest until confirmed."),
    "identities": Toast("已关联；授权待确认后恢复。", "Linked; its roles rest until confirmed."),
    "confirm": Toast("已确认，授权生效。", "Confirmed: its roles hold."),
}  # fmt: skip
"""What can be done with an account without more being asked than a form says: what is told then."""

_SAYS: Final = {"change": ("name", "unit", "holder"), "identities": ("issuer", "subject")}
"""The fields of those that say something."""

router = Pages()


@router.get(HERE + "/{id:uuid}", operation_id="page.accounts.one")
async def account(request: Request, id: UUID) -> Response:
    page = Page(request)
    await page.enter()
    return await shown(page, id)


@router.post(HERE + "/{id:uuid}/reset-password", operation_id="page.accounts.password")
async def reset_password(request: Request, id: UUID) -> Response:
    """The password stands on this answer and nowhere else."""
    page, said = Page(request), await form(request)
    await page.enter()
    try:
        answer = await page.api.send(
            "POST", f"/v1/access/accounts/{id}/reset-password", None, proof=said.get("csrf", "")
        )
    except Refused as refused:
        return await shown(page, id, problem=refused.problem, status=refused.status)
    return await shown(page, id, password=answer.body["password"])


@router.post(HERE + "/{id:uuid}/{step}", operation_id="page.accounts.do")
async def do(request: Request, id: UUID, step: str) -> Response:
    page, said = Page(request), await form(request)
    await page.enter()
    if step not in DONE:
        raise Refused(HTTPStatus.NOT_FOUND, NOT_THERE)
    body = {name: said.get(name, "").strip() or None for name in _SAYS[step]} if step in _SAYS else None
    try:
        if body is not None and "holder" in body:
            body["holder"] = await id_of(page, said.get("holder", ""))
        await page.api.send("POST", f"/v1/access/accounts/{id}/{step}", body, proof=said.get("csrf", ""))
    except Refused as refused:
        return await shown(page, id, typed=said, problem=refused.problem, status=refused.status)
    return back(id, DONE[step])


def back(id: UUID, toast: Toast) -> Response:
    answer = going(f"{HERE}/{id}", ())
    toasts.leave(answer, toast)
    return answer


async def shown(page: Page, id: UUID, *, status: int = HTTPStatus.OK, **more: Any) -> Response:
    """`more`: what is shown this once, or what was refused and typed."""
    rights = page.me["rights"] if page.me else []
    one, roles = await asyncio.gather(page.api.get(f"/v1/access/accounts/{id}"), page.api.get("/v1/access/roles"))
    usual: dict[str, Any] = {"password": "", "problem": None, "typed": {}, "offered": []}
    return page.show(
        "administration/account.html",
        status=status,
        one=one,
        confirmable=can_be_confirmed(one),
        holder=(await logins(page, [one["holder"]])).get(one["holder"], ""),
        roles=roles["roles"],
        units=await _units(page, one) if "grants" in rights else {},
        divisions=NAMES,
        **{**usual, **more},
    )


async def _units(page: Page, one: Mapping[str, Any]) -> dict[str, str]:
    """What the units are called in which it has roles, for whoever gives them."""
    ids = [grant["unit"] for grant in one["grants"] if grant["unit"]]
    found = (await page.api.get("/v1/access/units", id=ids))["units"] if ids else []
    return {unit["id"]: unit["label"] for unit in found}
