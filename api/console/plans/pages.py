"""Plans: those that one works on, a new one, and one with its lines, its check and its members."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console import toasts
from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.showing import SHANGHAI
from api.console.signing import form
from api.console.toasts import Toast
from api.moments import moment

STATES = {"draft": "way", "submitted": "past", "applied": "good", "dropped": ""}
"""The tone of each state's badge."""

router = Pages()


@router.get("/plans", operation_id="page.plans")
async def plans(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    told = await page.api.get("/v1/plans")
    return page.show("plans/plans.html", plans=told["plans"], tones=STATES)


@router.get("/plans/new", operation_id="page.plans.new")
async def new(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    today = datetime.now(SHANGHAI).date().isoformat()
    return page.show("plans/new.html", **_asking({"effective": today}))


@router.post("/plans/new", operation_id="page.plans.make")
async def make(request: Request) -> Response:
    """A refusal leaves everything as it was typed."""
    page, said = Page(request), await form(request)
    await page.enter()
    try:
        answer = await page.api.send("POST", "/v1/plans", head(said), proof=said.get("csrf", ""))
    except Refused as refused:
        return page.show("plans/new.html", status=refused.status, **_asking(said, refused.problem))
    return RedirectResponse(f"/plans/{answer.body['id']}", HTTPStatus.SEE_OTHER)


def head(said: Mapping[str, str]) -> dict[str, Any]:
    """What a plan says of itself, as its form sends it."""
    numbers = said.get("document", "").replace("；", ";").split(";")
    mandate = {
        "reason": said.get("reason", ""),
        "effective": said.get("effective", ""),
        "documents": [{"number": number.strip()} for number in numbers if number.strip()],
    }
    return {"title": said.get("title", ""), "note": said.get("note", ""), "mandate": mandate}


_FIELDS = {
    "/title": "title", "/note": "note", "/mandate/reason": "reason", "/mandate/effective": "effective",
    "/mandate/documents": "document",
}  # fmt: skip


def _asking(said: Mapping[str, str], problem: Mapping[str, Any] | None = None) -> dict[str, Any]:
    typed = {name: said.get(name, "") for name in ("title", "note", "reason", "document", "effective")}
    errors = (problem or {}).get("errors", [])
    faults = {_FIELDS.get(error["field"], error["field"]): error for error in errors}
    return {"typed": typed, "problem": problem, "faults": faults}


@router.get("/plans/{id:uuid}", operation_id="page.plan")
async def plan(request: Request, id: UUID) -> Response:
    page = Page(request)
    await page.enter()
    return await told(page, id)


async def told(page: Page, id: UUID, *, problem: Mapping[str, Any] | None = None, status: int = 200) -> Response:
    """The plan with its check; where a request was refused, with why."""
    one = await page.api.get(f"/v1/plans/{id}")
    check = await page.api.get(f"/v1/plans/{id}/check") if one["state"] == "draft" else None
    deeds = (await page.api.get(f"/v1/plans/{id}/deeds"))["deeds"]
    units = await _units(page, one)
    results = {} if check is None else {result["line"]: result for result in check["results"]}
    return page.show(
        "plans/plan.html",
        status=status,
        plan=one,
        check=check,
        results=results,
        deeds=deeds,
        remarks=_remarks(deeds),
        open=one["state"] == "draft",
        writes=one["state"] == "draft" and one["part"] != "reader",
        problem=problem,
        tones=STATES,
        typed=_typed(one),
        units=units,
    )


async def _units(page: Page, plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Whom the plan can be sent to for approval, for who may send it."""
    me = page.me or {}
    if plan["state"] != "draft" or plan["part"] != "owner" or "proposals.submit" not in me["commands"]:
        return []
    found: list[dict[str, Any]] = (await page.api.get("/v1/units", status="active", limit="500", fields="name"))["rows"]
    return found


def _typed(plan: Mapping[str, Any]) -> dict[str, str]:
    """The head as its form has it."""
    mandate = plan["mandate"]
    return {
        "title": plan["title"],
        "note": plan["note"],
        "reason": mandate["reason"],
        "effective": f"{moment(mandate['effective']).astimezone(SHANGHAI):%Y-%m-%d}",
        "document": "；".join(document["number"] for document in mandate.get("documents", ())),
    }


def _remarks(deeds: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """By line, the oldest first; those about the plan as a whole under nothing."""
    found: dict[str, list[dict[str, Any]]] = {}
    for deed in reversed(deeds):
        if deed["deed"] == "remarked":
            found.setdefault(deed["line"] or "", []).append(deed)
    return found


def done(id: UUID, toast: Toast, *, at: str = "") -> Response:
    """Back to the plan, with what was done."""
    answer = RedirectResponse(f"/plans/{id}" + (f"#{at}" if at else ""), HTTPStatus.SEE_OTHER)
    toasts.leave(answer, toast)
    return answer
