"""One's own account: where one is signed in, the second factor, and the tokens of one's programs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.console import toasts
from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.signing import form, going
from api.console.toasts import Toast

HERE: Final = "/account"
_ENDED: Final = Toast("已结束该处的登录。", "Signed out there.")
_CONFIRMED: Final = Toast("已启用验证码，下次登录起需要。", "The second factor is in use from the next sign-in on.")
_REMOVED: Final = Toast("已停用验证码。", "The second factor is removed.")
_REVOKED: Final = Toast("令牌已吊销。", "The token is revoked.")

router = Pages()


@router.get(HERE, operation_id="page.account")
async def account(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    return await _shown(page)


async def _shown(page: Page, *, status: int = HTTPStatus.OK, **more: Any) -> Response:
    """`more`: what is shown this once (a secret), or what was refused, with the part of the page that it belongs to."""
    sessions, factor, tokens = await asyncio.gather(
        page.api.get("/v1/sessions"), page.api.get("/v1/me/second-factor"), page.api.get("/v1/access/tokens")
    )
    told = {"sessions": sessions["sessions"], "confirmed": factor["confirmed"], "tokens": tokens["tokens"]}
    usual: dict[str, Any] = {"begun": None, "secret": "", "problem": None, "part": "", "typed": {}}
    return page.show("account/account.html", status=status, **told, **{**usual, **more})


@router.post("/account/sessions/{id:uuid}/end", operation_id="page.account.session.end")
async def end_session(request: Request, id: UUID) -> Response:
    return await _done(request, "DELETE", f"/v1/sessions/{id}", "sessions", _ENDED)


@router.post("/account/sessions/end", operation_id="page.account.sessions.end")
async def end_all(request: Request) -> Response:
    """Everywhere, here as well."""
    page, said = Page(request), await form(request)
    answer = await page.api.send("DELETE", "/v1/sessions", None, proof=said.get("csrf", ""))
    return going("/sign-in", answer.cookies)


@router.post("/account/second-factor", operation_id="page.account.factor.begin")
async def begin_factor(request: Request) -> Response:
    page, said = Page(request), await form(request)
    await page.enter()
    try:
        answer = await page.api.send("POST", "/v1/me/second-factor", None, proof=said.get("csrf", ""))
    except Refused as refused:
        return await _shown(page, status=refused.status, problem=refused.problem, part="factor")
    return await _shown(page, begun=answer.body)


@router.post("/account/second-factor/confirm", operation_id="page.account.factor.confirm")
async def confirm_factor(request: Request) -> Response:
    """A wrong code is typed again beside the same secret, which the form brings along: it is told to nobody else."""
    page, said = Page(request), await form(request)
    body = {"code": said.get("code", "").strip()}
    try:
        await page.api.send("POST", "/v1/me/second-factor/confirm", body, proof=said.get("csrf", ""))
    except Refused as refused:
        await page.enter()
        begun = {"secret": said.get("secret", ""), "uri": said.get("uri", "")}
        return await _shown(page, status=refused.status, problem=refused.problem, part="factor", begun=begun)
    return _back(_CONFIRMED)


@router.post("/account/second-factor/remove", operation_id="page.account.factor.remove")
async def remove_factor(request: Request) -> Response:
    said = await form(request)
    body = {"password": said.get("password", "")}
    return await _done(request, "POST", "/v1/me/second-factor/remove", "factor", _REMOVED, body=body, said=said)


@router.post("/account/tokens", operation_id="page.account.tokens.make")
async def make_token(request: Request) -> Response:
    page, said = Page(request), await form(request)
    await page.enter()
    days = said.get("days", "")
    body = {"name": said.get("name", "").strip(), "days": int(days) if days.isdecimal() else days}
    try:
        answer = await page.api.send("POST", "/v1/access/tokens", body, proof=said.get("csrf", ""))
    except Refused as refused:
        return await _shown(page, status=refused.status, problem=refused.problem, part="tokens", typed=said)
    return await _shown(page, secret=answer.body["secret"])


@router.post("/account/tokens/{id:uuid}/revoke", operation_id="page.account.tokens.revoke")
async def revoke_token(request: Request, id: UUID) -> Response:
    return await _done(request, "DELETE", f"/v1/access/tokens/{id}", "tokens", _REVOKED)


async def _done(
    request: Request,
    method: str,
    path: str,
    part: str,
    toast: Toast,
    *,
    body: Mapping[str, Any] | None = None,
    said: Mapping[str, str] | None = None,
) -> Response:
    """Sends it, and says on the page what came of it."""
    page, said = Page(request), said or await form(request)
    try:
        await page.api.send(method, path, body, proof=said.get("csrf", ""))
    except Refused as refused:
        await page.enter()
        return await _shown(page, status=refused.status, problem=refused.problem, part=part)
    return _back(toast)


def _back(toast: Toast) -> Response:
    answer = going(HERE, ())
    toasts.leave(answer, toast)
    return answer
