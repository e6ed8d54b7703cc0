"""The records of access, for the audit administrator: asked, paged, taken along, and reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.access.words import WHAT
from api.console import toasts
from api.console.administration.logins import id_of, logins
from api.console.asking import Refused
from api.console.moment import end_of
from api.console.pages import Page, Pages
from api.console.signing import form, going
from api.console.toasts import Toast

HERE: Final = "/administration/records"
_REVIEWED: Final = Toast("已记下审阅。", "Your review is noted.")

router = Pages()


@router.get(HERE, operation_id="page.records")
async def records(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    asked = {name: request.query_params.get(name, "") for name in ("what", "account", "subject", "since", "until")}
    try:
        of = {name: await id_of(page, asked[name]) or "" for name in ("account", "subject")}
    except Refused as refused:
        return await _shown(page, asked, asked, None, refused.problem)
    put = {**asked, **of, "until": end_of(asked["until"])}
    found = await page.api.get("/v1/access/records", **put, before=request.query_params.get("before"))
    return await _shown(page, asked, put, found, None)


async def _shown(
    page: Page,
    asked: Mapping[str, str],
    put: Mapping[str, str],
    found: Mapping[str, Any] | None,
    problem: Mapping[str, Any] | None,
) -> Response:
    """`asked`: as it was typed; `put`: as the API takes it."""
    told = found or {"records": [], "reviewed": 0, "next": None}
    called = (
        await logins(page, [*(one["subject"] for one in told["records"]), put["account"], put["subject"]])
        if found
        else {}
    )
    return page.show(
        "administration/records.html",
        status=HTTPStatus.OK if problem is None else HTTPStatus.UNPROCESSABLE_ENTITY,
        problem=problem,
        found=told,
        asked={name: called.get(put[name]) or text for name, text in asked.items()},
        put={name: value for name, value in put.items() if value},
        first="before" not in page.request.query_params,
        next=(told["next"] or "").rpartition("before=")[2],
        logins=called,
        what=WHAT,
    )


@router.post(HERE, operation_id="page.records.review")
async def review(request: Request) -> Response:
    page, said = Page(request), await form(request)
    up_to = said.get("up_to", "")
    body: dict[str, Any] = {"up_to": int(up_to) if up_to.isdecimal() else 0, "remark": said.get("remark", "").strip()}
    await page.api.send("POST", "/v1/access/records/reviews", body, proof=said.get("csrf", ""))
    answer = going(HERE, ())
    toasts.leave(answer, _REVIEWED)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
