"""Every account, and a new one."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from fastapi import Request
from fastapi.responses import Response

from api.console.administration.logins import id_of
from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.signing import form, going

HERE: Final = "/administration/accounts"
ROWS: Final = "50"
LONGEST: Final = 100


def can_be_confirmed(one: Mapping[str, Any]) -> bool:
    """Whoever still has a password from somebody else has not come in yet."""
    return bool(one["resting_since"]) and one["password"] != "one-time" and not one["disabled_at"]  # noqa: S105 -- a state


STATES: Final[Mapping[str, tuple[str, str]]] = {
    "active": ("在用", "In use"),
    "resting": ("待确认", "To be confirmed"),
    "none": ("没有角色", "Without a role"),
    "locked": ("锁定中", "Locked"),
    "service": ("服务账号", "Service accounts"),
    "closed": ("已停用", "Closed"),
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
    try:
        more = {"service": True, "holder": await id_of(page, said.get("holder", ""))} if said.get("service") else {}
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
    given = page.request.query_params
    state = given.get("state", "") if given.get("state", "") in STATES else "active"
    words, after = given.get("q", "").strip()[:LONGEST], given.get("after", "")
    found = await page.api.get("/v1/access/accounts", q=words, state=state, after=after, limit=ROWS)
    return page.show(
        "administration/accounts.html",
        status=status,
        accounts=found["accounts"],
        counts=found["counts"],
        first=not after,
        next=next_of(found),
        states=STATES,
        state=state,
        words=words,
        typed=typed or {},
        problem=problem,
    )


def next_of(answer: Mapping[str, Any]) -> str:
    """The login after which the next page begins; nothing at the end."""
    return parse_qs(urlsplit(answer["next"] or "").query).get("after", [""])[0]
