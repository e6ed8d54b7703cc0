"""Every account, and a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.signing import form, going

HERE: Final = "/administration/accounts"


def can_be_confirmed(one: Mapping[str, Any]) -> bool:
    """Whoever still has a password from somebody else has not come in yet."""
    return bool(one["resting_since"]) and one["password"] != "one-time" and not one["disabled_at"]  # noqa: S105 -- a state


STATES: Final[Mapping[str, tuple[str, str, Callable[[Mapping[str, Any]], bool]]]] = {
    "": ("在用", "In use", lambda one: not one["disabled_at"]),
    "resting": ("待确认", "To be confirmed", can_be_confirmed),
    "none": ("没有角色", "Without a role", lambda one: not one["roles"] and not one["disabled_at"]),
    "locked": ("锁定中", "Locked", lambda one: bool(one["locked_until"])),
    "service": ("服务账号", "Service accounts", lambda one: one["service"] and not one["disabled_at"]),
    "closed": ("已停用", "Closed", lambda one: bool(one["disabled_at"])),
}
"""Which accounts are listed, by what the address says of it."""

router = Pages()


@router.get(HERE, operation_id="page.accounts")
async def accounts(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    return await _shown(page)


@router.post(HERE, operation_id="page.accounts.make")
async def make(request: Request) -> Response:
    page, said = Page(request), await form(request)
    await page.enter()
    body = {name: said.get(name, "").strip() for name in ("login", "name", "unit")}
    more = {"service": True, "holder": said.get("holder") or None} if said.get("service") else {}
    try:
        answer = await page.api.send("POST", "/v1/access/accounts", body | more, proof=said.get("csrf", ""))
    except Refused as refused:
        return await _shown(page, typed=said, problem=refused.problem, status=refused.status)
    return going(f"{HERE}/{answer.body['id']}", ())


async def _shown(
    page: Page,
    *,
    typed: Mapping[str, str] | None = None,
    problem: Mapping[str, Any] | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    """With what was typed, where it was refused."""
    every = (await page.api.get("/v1/access/accounts"))["accounts"]
    state, words = page.request.query_params.get("state", ""), page.request.query_params.get("q", "").strip().lower()
    of_state = STATES.get(state, STATES[""])[2]
    found = [one for one in every if words in f"{one['login']} {one['name']} {one['unit']}".lower()]
    return page.show(
        "administration/accounts.html",
        status=status,
        accounts=[one for one in found if of_state(one)],
        counts={name: sum(map(of, found)) for name, (_, _, of) in STATES.items()},
        states=STATES,
        state=state if state in STATES else "",
        words=words,
        people=[one for one in every if not one["service"] and not one["disabled_at"]],
        typed=typed or {},
        problem=problem,
    )
