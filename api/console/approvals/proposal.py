"""The page of a proposal: what it would change, its levels with who decided and why, and deciding."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.approvals.sent import mandate, marks, sent
from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.toasts import Toast, leave

router = Pages()

_DONE: Final[Mapping[str, Toast]] = {
    "approve": Toast("已同意，转下一级。", "Approved; it went on to the next level."),
    "carried-out": Toast("已同意并办理。", "Approved, and carried out."),
    "send-back": Toast("已退回呈报人修改。", "Sent back for correction."),
    "refuse": Toast("已记为不同意。", "Refused."),
    "hand-on": Toast("已转办。", "Handed on."),
    "take-back": Toast("已撤回。", "Taken back."),
}
_AGREED: Final = "同意"
_REMARK_MISSING: Final = {
    "detail": "请填写意见：退回的写明要改什么，不同意、转办、撤回的写明理由。",
    "detail_en": "Say why: what is to be corrected, or why you refuse, hand on or take back.",
    "field": "/mandate/reason",
}


@router.get("/proposals/{id:uuid}", operation_id="page.proposals.content")
async def proposal(request: Request, id: UUID) -> Response:
    page = Page(request)
    await page.enter()
    return await _shown(page, id, {}, None)


@router.post("/proposals/{id:uuid}/decide", operation_id="page.proposals.decide")
async def decide(request: Request, id: UUID) -> Response:
    """Nothing typed is lost: where it is refused, the page comes again with all of it."""
    page, said = Page(request), await sent(request)
    await page.enter()
    decision = said.get("decision", "")
    if decision not in _DONE:
        raise Refused(HTTPStatus.NOT_FOUND, _UNKNOWN)
    if not said.get("remark") and decision != "approve":
        return await _shown(page, id, said, {**_REMARK_MISSING, "status": 422})
    try:
        answer = await page.api.send(
            "POST", f"/v1/proposals/{id}/{decision}", _body(decision, said), proof=said.get("csrf", "")
        )
    except Refused as refused:
        if refused.status == HTTPStatus.UNAUTHORIZED:
            raise
        return await _shown(page, id, said, refused.problem)
    carried = any(event["topic"] == "approvals.ProposalCarriedOut" for event in answer.body["events"])
    gone = RedirectResponse(
        page.moment.link("/inbox" if decision != "take-back" else f"/proposals/{id}"), HTTPStatus.SEE_OTHER
    )
    leave(gone, _DONE["carried-out" if carried else decision])
    return gone


_UNKNOWN: Final = {"detail": "没有这种操作。", "detail_en": "There is no such decision.", "status": 404}


def _body(decision: str, said: Mapping[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {"mandate": mandate(said.get("remark") or _AGREED)}
    if decision == "take-back":
        return body
    behalf = {"on_behalf_of": said["on_behalf_of"]} if said.get("on_behalf_of") else {}
    only: dict[str, dict[str, Any]] = {"send-back": {"marks": marks(said)}, "hand-on": {"to": said.get("to", "")}}
    own = only.get(decision, {})
    return {**body, "at": said.get("at", ""), **behalf, **own}


async def _shown(page: Page, id: UUID, typed: Mapping[str, str], problem: Mapping[str, Any] | None) -> Response:
    told = await page.api.get(f"/v1/proposals/{id}/content")
    status = 200 if problem is None else int(problem.get("status", 409))
    return page.show("approvals/proposal.html", status=status, told=told, typed=typed, problem=problem)
