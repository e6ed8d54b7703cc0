"""Correcting what was sent back: its lines as their forms have them, the marks at the fields, lines left out, and more lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.approvals.corrected import ADDED, Line, added, begun, lines, marked, opened, wrong
from api.console.approvals.sent import mandate
from api.console.asking import Refused
from api.console.forms import drafts
from api.console.forms.acting import act
from api.console.forms.opened import Opened, name
from api.console.forms.sent import sent
from api.console.forms.typed import Typed, compact, first
from api.console.forms.uploading import upload
from api.console.kinds import KINDS
from api.console.pages import Page, Pages
from api.console.toasts import Toast, leave

router = Pages()

_SENT: Final = Toast("已重新呈报，从第一级起审批。", "Submitted again; it begins at the first level.")


@router.get("/proposals/{id:uuid}/correct", operation_id="page.proposals.correct")
async def correct(request: Request, id: UUID) -> Response:
    page = Page(request)
    await page.enter()
    told = await page.api.get(f"/v1/proposals/{id}/content")
    draft = await drafts.find(page, _draft(id)) if told["may"]["resubmit"] else None
    typed: Typed | None = None if draft is None else draft["content"]["typed"]
    found = await lines(page, told, typed)
    form = opened(found, begun(found) if typed is None else typed)
    form.restored = None if draft is None else draft["kept_at"]
    form.faults = marked(found, form)
    return await _shown(page, told, found, form)


@router.post("/proposals/{id:uuid}/correct", operation_id="page.proposals.correct.send")
async def send(request: Request, id: UUID) -> Response:
    page, came = Page(request), await sent(request)
    await page.enter()
    proof, step = came.own("csrf"), came.own("act")
    told = await page.api.get(f"/v1/proposals/{id}/content")
    if step == "discard":
        await drafts.drop(page, _draft(id), proof)
        return RedirectResponse(page.here, HTTPStatus.SEE_OTHER)
    _stepped(came.typed, step, len(told["lines"]))
    found = await lines(page, told, came.typed)
    form = opened(found, came.typed)
    await upload(page, form, came, proof)
    if step or form.faults:
        await act(page, form, step)
        form.faults += marked(found, form)
        form.looks_on = True
        return await _shown(page, told, found, form)
    return await _sent(page, told, found, form, proof)


@router.post("/proposals/{id:uuid}/correct/draft", operation_id="page.proposals.correct.draft")
async def keep_draft(request: Request, id: UUID) -> Response:
    """Sent by itself while somebody types; answers with a few words about when it was kept."""
    page, came = Page(request), await sent(request)
    await page.enter()
    proof, title = came.own("csrf"), came.own("title")
    came.own("act")
    where = {"title": title, "href": f"/proposals/{id}/correct"}
    kept = await drafts.keep(page, _draft(id), came.typed, where, proof)
    return page.show("forms/kept.html", kept=kept["kept_at"])


def _draft(id: UUID) -> str:
    return f"proposals.correct:{id}"


def _stepped(typed: Typed, step: str, sent: int) -> None:
    """A line more, or an added one less."""
    name, _, number = step.partition(":")
    key = first(typed, "_command")
    typed.pop("_command", None)
    if name == "add" and key:
        last = max((number for number, _ in added(typed)), default=sent)
        typed.setdefault(ADDED, []).append(f"{max(last, sent) + 1} {key}")
    elif name == "drop":
        typed[ADDED] = [one for one in typed.get(ADDED, ()) if one.partition(" ")[0] != number]
        for field in [field for field in typed if field.startswith(f"{number}.")]:
            del typed[field]


async def _sent(page: Page, told: Mapping[str, Any], found: Sequence[Line], form: Opened, proof: str) -> Response:
    form.typed = compact(form.form["fields"], form.typed)
    body = {
        "mandate": mandate(first(form.typed, "remark").strip() or "已按意见修改", first(form.typed, "documents")),
        "commands": [line.command(form.typed) for line in found if not line.is_dropped(form.typed)],
    }
    try:
        await page.api.send("POST", f"/v1/proposals/{told['id']}/resubmit", body, proof=proof)
    except Refused as refused:
        if refused.status == HTTPStatus.UNAUTHORIZED:
            raise
        form.faults = wrong(found, form, refused.problem)
        return await _shown(page, told, found, form, refused.problem)
    await drafts.drop(page, _draft(UUID(told["id"])), proof)
    gone = RedirectResponse(f"/proposals/{told['id']}", HTTPStatus.SEE_OTHER)
    leave(gone, _SENT)
    return gone


async def _shown(
    page: Page, told: Mapping[str, Any], found: Sequence[Line], form: Opened, problem: Mapping[str, Any] | None = None
) -> Response:
    await name(page, form)
    return page.show(
        "approvals/correct.html",
        status=200 if problem is None else int(problem.get("status", 409)),
        told=told,
        lines=found,
        found=form,
        problem=problem,
        commands=await _commands(page, found),
    )


async def _commands(page: Page, found: Sequence[Line]) -> list[tuple[str, str, list[Mapping[str, Any]]]]:
    """What a line more may do, as groups of a choice: what this proposal does already, then what else one may send, kind by kind."""
    mine, here = (page.me or {"commands": ()})["commands"], {line.form["key"] for line in found}
    every = [one for one in (await page.api.get("/v1/commands"))["commands"] if one["key"] in mine]
    same = [one for one in every if one["key"] in here]
    kinds = [
        (kind.zh, kind.en, [one for one in every if one["kind"] == kind.name])
        for kind in KINDS.values()
        if kind.name != "proposals"
    ]
    return [("与本件相同的", "As in this proposal", same), *kinds]
