"""Proposing what a form was filled in for: what it is called, for which unit, and who decides on it, level by level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec
from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.approvals.sent import mandate, sent
from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.toasts import Toast, leave

MOST_UNITS: Final = "500"
LEVELS: Final = (1, 2, 3, 4, 5)

router = Pages()

_SENT: Final = Toast("已呈报，可在“我呈报的”中查看进度。", "Submitted; follow it under “Mine, under way”.")


async def offered(page: Page, told: Sequence[Mapping[str, Any]], *, title: str, key: str) -> Response:
    """The lines of a form, before they are proposed. They come back with the page: nothing of them is kept meanwhile."""
    typed = {"commands": msgspec.json.encode(told).decode(), "title": title, "key": key, "remark": _reason(told)}
    return await _shown(page, typed, None)


@router.post("/proposals/propose", operation_id="page.proposals.propose")
async def propose(request: Request) -> Response:
    page, said = Page(request), await sent(request)
    await page.enter()
    body = {
        "title": said.get("title", ""),
        "unit": said.get("unit", ""),
        "levels": [unit for number in LEVELS if (unit := said.get(f"level-{number}"))],
        "commands": _commands(said),
        "mandate": mandate(said.get("remark", "")),
    }
    headers = {"idempotency-key": said["key"]} if said.get("key") else None
    try:
        answer = await page.api.send("POST", "/v1/proposals", body, proof=said.get("csrf", ""), headers=headers)
    except Refused as refused:
        if refused.status == HTTPStatus.UNAUTHORIZED:
            raise
        return await _shown(page, said, refused.problem)
    gone = RedirectResponse(f"/proposals/{answer.body['id']}", HTTPStatus.SEE_OTHER)
    leave(gone, _SENT)
    return gone


def _commands(said: Mapping[str, str]) -> Any:
    """As they were sent to this page; what is no JSON any more is refused as no lines at all."""
    try:
        return msgspec.json.decode(said.get("commands", ""))
    except msgspec.DecodeError:
        return []


def _reason(told: Sequence[Mapping[str, Any]]) -> str:
    return str((told[0].get("mandate") or {}).get("reason") or "") if told else ""


async def _shown(page: Page, typed: Mapping[str, str], problem: Mapping[str, Any] | None) -> Response:
    units = await page.api.get("/v1/units", fields="name", sort="name", limit=MOST_UNITS, status="active")
    own = next((one["unit"] for one in (page.me or {}).get("grants", ()) if one["unit"]), "")
    status = 200 if problem is None else int(problem.get("status", 409))
    return page.show(
        "approvals/propose.html",
        status=status,
        units=[(row["id"], row["name"]) for row in units["rows"]],
        own=own,
        levels=LEVELS,
        typed=typed,
        problem=problem,
    )
