"""The records of access, for the audit administrator: asked, paged, taken along, and reviewed."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from api.access.words import WHAT
from api.console import toasts
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
    put = {**asked, "until": end_of(asked["until"])}
    found, every = await asyncio.gather(
        page.api.get("/v1/access/records", **put, before=request.query_params.get("before")),
        page.api.get("/v1/access/accounts"),
    )
    return page.show(
        "administration/records.html",
        found=found,
        asked=asked,
        put={name: value for name, value in put.items() if value},
        first="before" not in request.query_params,
        next=(found["next"] or "").rpartition("before=")[2],
        accounts=every["accounts"],
        logins={one["id"]: one["login"] for one in every["accounts"]},
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
