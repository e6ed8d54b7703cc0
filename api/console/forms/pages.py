"""Pages of forms: opened, filled in step by step, sent, and what came of it."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.approvals.proposing import offered
from api.console.asking import Refused
from api.console.carrying import LONGEST, Carried, packed
from api.console.forms import drafts, planning, state
from api.console.forms.acting import act
from api.console.forms.clash import choose, side_by_side
from api.console.forms.done import came_of
from api.console.forms.faults import faults, missing, named
from api.console.forms.opened import Opened, name, opened
from api.console.forms.reckoning import reckon
from api.console.forms.sending import carry_out, check, lines, ways
from api.console.forms.sent import sent
from api.console.forms.typed import compact
from api.console.forms.uploading import upload
from api.console.pages import Page, Pages
from api.console.signing import asking
from api.refusals import BodyTooLarge

router = Pages()


@router.get("/{kind}/do/{command}", operation_id="page.do")
async def open_form(request: Request, kind: str, command: str) -> Response:
    page = Page(request)
    found = await _opened(page, kind, command)
    draft = await drafts.find(page, found.draft)
    if draft is not None:
        found.typed, found.restored = draft["content"]["typed"], draft["kept_at"]
    found.key = str(uuid4())
    return await _shown(page, found)


@router.post("/{kind}/do/{command}", operation_id="page.do.send")
async def send_form(request: Request, kind: str, command: str) -> Response:
    page = Page(request)
    try:
        found = await _opened(page, kind, command)
    except Refused as refused:
        if refused.status != HTTPStatus.UNAUTHORIZED:
            raise
        return await _sign_in_first(page, f"{kind}.{command}")
    came = await sent(request)
    proof, step, plan = came.own("csrf"), came.own("act"), came.own("plan")
    found.key = came.own("key") or str(uuid4())
    found.typed = came.typed
    choose(found)
    if step == "discard":
        await drafts.drop(page, found.draft, proof)
        return RedirectResponse(page.here, HTTPStatus.SEE_OTHER)
    await upload(page, found, came, proof)
    if step == planning.PLAN:
        return await _planned(page, found, plan, proof)
    if step not in _SENT:
        await act(page, found, step)
        return await _shown(page, found)
    return await _send(page, found, proof, step)


_SENT = ("", "check", "propose")
"""What the lines are made for; every other step only changes the form."""


@router.post("/{kind}/do/{command}/draft", operation_id="page.do.draft")
async def keep_draft(request: Request, kind: str, command: str) -> Response:
    """Sent by itself while somebody types; answers with a few words about when it was kept."""
    page = Page(request)
    await page.enter()
    came = await sent(request)
    proof = came.own("csrf")
    title, ids, corrects = came.own("title"), _ids(page), _corrects(page)
    came.own("act"), came.own("key"), came.own("plan")
    name = drafts.name_of(f"{kind}.{command}", ids, corrects)
    kept = await drafts.keep(
        page, name, came.typed, {"title": title, "href": page.here.replace("/draft", "", 1)}, proof
    )
    return page.show("forms/kept.html", kept=kept["kept_at"])


@router.post("/{kind}/do/{command}/suggest", operation_id="page.do.suggest")
async def suggest(request: Request, kind: str, command: str) -> Response:
    """Sent by itself while somebody types; answers with what stands beside the fields."""
    page = Page(request)
    found = await _opened(page, kind, command)
    came = await sent(request)
    found.typed = came.typed
    await reckon(page, found, came.own("csrf"))
    return page.show("forms/suggested.html", found=found)


async def _sign_in_first(page: Page, key: str) -> Response:
    """The session ended while somebody typed: what they typed goes with them over the sign-in. Files are sent again."""
    try:
        came = await sent(page.request, LONGEST)
    except BodyTooLarge:  # with its files; the draft that was kept meanwhile is on the desk
        return asking(page, to=page.here, status=HTTPStatus.UNAUTHORIZED)
    title = came.own("title")
    came.own("csrf"), came.own("act"), came.own("key"), came.own("plan")
    name = drafts.name_of(key, _ids(page), _corrects(page))
    carried = packed(Carried(name, title, page.here, came.typed))
    return asking(page, to=page.here, status=HTTPStatus.UNAUTHORIZED, carried=carried)


async def _opened(page: Page, kind: str, command: str) -> Opened:
    me = await page.enter()
    key = f"{kind}.{command}"
    if key not in me["commands"]:
        await page.api.get(f"/v1/commands/{key}")
        raise Refused(HTTPStatus.FORBIDDEN, _NOT_YOURS)
    return await opened(page, key, _ids(page), _corrects(page))


_NOT_YOURS = {
    "status": 403,
    "code": "command-not-allowed",
    "detail": "您的角色不能办理此事项。需要办理的，请联系有此权限的同事，或请安全管理员授予角色。",
    "detail_en": "Your role does not send this command. Ask a colleague whose role does, or the security administrator for the role.",
}


def _ids(page: Page) -> list[str]:
    """The things that the form is about, as its address names them."""
    found = []
    for text in page.request.query_params.getlist("id")[: state.MOST]:
        try:
            found.append(str(UUID(text)))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _corrects(page: Page) -> int | None:
    text = page.request.query_params.get("corrects", "")
    return int(text) if text.isdecimal() else None


async def _send(page: Page, found: Opened, proof: str, step: str) -> Response:
    found.typed = compact(found.all_fields, found.typed)
    if found.faults:
        return await _shown(page, found)
    told = lines(found.form, found.ids, found.typed, found.corrects)
    try:
        if step == "propose":
            return await offered(page, told, title=page.say(found.form["zh"], found.form["en"]), key=found.key)
        if step == "check":
            return await _rehearsed(page, found, await check(page, told, key=found.key, proof=proof))
        answer = await carry_out(page, told, key=found.key, proof=proof)
    except Refused as refused:
        if refused.status == HTTPStatus.UNAUTHORIZED:
            raise
        return await _refused(page, found, refused)
    await asyncio.gather(drafts.drop(page, found.draft, proof), drafts.keep_mandate(page, found.typed, proof))
    return page.show("forms/done.html", found=found, answer=answer, **await came_of(page, found, answer))


async def _planned(page: Page, found: Opened, plan: str, proof: str) -> Response:
    found.typed = compact(found.all_fields, found.typed)
    if found.faults:
        return await _shown(page, found)
    told = lines(found.form, found.ids, found.typed, found.corrects)
    try:
        answer = await planning.add(page, plan, told, proof=proof)
    except Refused as refused:
        if refused.status == HTTPStatus.UNAUTHORIZED:
            raise
        return await _refused(page, found, refused)
    await drafts.drop(page, found.draft, proof)
    return answer


async def _rehearsed(page: Page, found: Opened, results: list[dict[str, Any]]) -> Response:
    wrong = next((one["problem"] for one in results if one["problem"] is not None), None)
    if wrong is not None:
        return await _refused(page, found, Refused(200, wrong))
    found.foretold = results
    return await _shown(page, found)


async def _refused(page: Page, found: Opened, refused: Refused) -> Response:
    fields = found.by_path
    told = faults(refused.problem, fields)
    known, order = {fault.path for fault in told}, list(fields)
    told += [one for one in missing(fields, found.typed) if one.path not in known]
    found.faults = sorted(told, key=lambda one: order.index(one.path) if one.path in fields else -1)
    await side_by_side(page, found, refused)
    return await _shown(page, found, refused.status)


async def _shown(page: Page, found: Opened, status: int = 200) -> Response:
    fields = found.form["fields"]
    found.now = {} if found.form["creates"] else state.present(fields, found.about)
    await name(page, found)
    found.faults = named(found.faults, {thing.id: thing.label or "" for thing in found.about} | found.names)
    await reckon(page, found, str((page.me or {}).get("csrf") or ""))
    last = await drafts.last_mandate(page)
    shows = {"found": found, "last": last, "ways": ways(page.me or {"commands": ()})}
    return page.show("forms/form.html", status=status, **shows, plans=await planning.plans(page))
