"""Coming in, going out, the language, and light or dark."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.bodies import raw_body
from api.console import appearance, carrying
from api.console.asking import Refused
from api.console.language import COOKIE
from api.console.pages import Page, Pages

FORM = "application/x-www-form-urlencoded"
LONGEST_FORM = 10_000
A_YEAR = 365 * 24 * 3600

router = Pages()


@router.get("/sign-in", operation_id="page.sign-in")
async def sign_in(request: Request) -> Response:
    return asking(Page(request), to=local(request.query_params.get("to", "")))


@router.post("/sign-in", operation_id="page.sign-in.send")
async def come_in(request: Request) -> Response:
    page, said = Page(request), await form(request, LONGEST_FORM + 2 * carrying.LONGEST)
    to, login, code = local(said.get("to", "")), said.get("login", ""), said.get("code")
    carried = said.get("carried", "")
    body = {"login": login, "password": said.get("password", "")} | ({"code": code} if code else {})
    try:
        answer = await page.api.send("POST", "/v1/session", body)
    except Refused as refused:
        needed = refused.problem.get("code") == "code-needed"
        return asking(
            page,
            to=to,
            login=login,
            problem=refused.problem,
            status=refused.status,
            code_needed=needed,
            carried=carried,
        )
    if carried:
        await carrying.put_down(page, carried, answer)
    return going(to, answer.cookies)


def asking(page: Page, *, to: str, status: int = 200, **shown: Any) -> Response:
    return page.show(
        "sign_in.html",
        status=status,
        **{"to": to, "login": "", "problem": None, "code_needed": False, "carried": ""} | shown,
    )


@router.post("/sign-out", operation_id="page.sign-out")
async def sign_out(request: Request) -> Response:
    page, said = Page(request), await form(request)
    answer = await page.api.send("DELETE", "/v1/session", None, proof=said.get("csrf", ""))
    return going("/sign-in", answer.cookies)


@router.get("/language", operation_id="page.language")
async def language(request: Request) -> Response:
    answer = going(local(request.query_params.get("to", "")), ())
    chosen = "en" if request.query_params.get("language") == "en" else "zh"
    answer.set_cookie(COOKIE, chosen, max_age=A_YEAR, samesite="lax", httponly=True)
    return answer


@router.get("/appearance", operation_id="page.appearance")
async def look(request: Request) -> Response:
    answer = going(local(request.query_params.get("to", "")), ())
    chosen = appearance.appearance(request.query_params.get("look"))
    answer.set_cookie(appearance.COOKIE, chosen, max_age=A_YEAR, samesite="lax", httponly=True)
    return answer


def local(address: str) -> str:
    """Rule: nobody is sent elsewhere. What does not plainly lead to a page of ours leads home."""
    plainly = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plainly and "\\" not in address else "/"


async def form(request: Request, longest: int = LONGEST_FORM) -> dict[str, str]:
    """What a form of ours sent."""
    return {name: values[0] for name, values in (await forms(request, longest)).items()}


async def forms(request: Request, longest: int = LONGEST_FORM) -> dict[str, list[str]]:
    """The same where a name may be given several values."""
    body = await raw_body(request, longest, FORM)
    return parse_qs(body.decode(errors="replace"), keep_blank_values=True)


def going(to: str, cookies: tuple[str, ...]) -> Response:
    """On to another page, with the cookies that the API sent."""
    answer = RedirectResponse(to, HTTPStatus.SEE_OTHER)
    for cookie in cookies:
        answer.headers.append("Set-Cookie", cookie)
    return answer
