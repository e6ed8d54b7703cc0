"""What the page of a plan sends: lines moved and removed, members, remarks, the head, and the whole plan."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias
from urllib.parse import quote
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.plans.pages import done, head, told
from api.console.signing import form
from api.console.toasts import Toast

router = Pages()

Said: TypeAlias = Mapping[str, str]
Step: TypeAlias = tuple[str, str, Any, Toast]
"""Method, the end of the address, the body, and what to say when it is done."""


def _head(said: Said) -> Step:
    return "PUT", "", head(said), Toast("已保存。", "Saved.")


def _move(said: Said) -> Step:
    return "POST", f"/lines/{said['line']}/move", {"to": said["to"]}, Toast("已调整顺序。", "Moved.")


def _remove(said: Said) -> Step:
    return (
        "DELETE",
        f"/lines/{said['line']}",
        None,
        Toast("已删除这一行，可在记录里查到。", "Removed; what was done lists it."),
    )


def _remark(said: Said) -> Step:
    line = {"line": said["line"]} if said.get("line") else {}
    return "POST", "/remarks", {"words": said.get("words", ""), **line}, Toast("已留言。", "Remarked.")


def _join(said: Said) -> Step:
    login = quote(said.get("login", "").strip() or "?", safe="")
    return "PUT", f"/members/{login}", {"part": said.get("part", "")}, Toast("成员已更新。", "The members are updated.")


def _leave(said: Said) -> Step:
    return "DELETE", f"/members/{quote(said['login'], safe='')}", None, Toast("已移出。", "Removed from the plan.")


def _apply(said: Said) -> Step:
    return "POST", "/apply", {"version": int(said["version"])}, Toast("方案已全部办理。", "The whole plan is applied.")


def _submit(said: Said) -> Step:
    levels = [said[name] for name in ("first", "second", "third") if said.get(name)]
    body = {"version": int(said["version"]), "unit": said["unit"], "levels": levels}
    return (
        "POST",
        "/submit",
        body,
        Toast("已送审，批准后一次办理。", "Sent for approval; applied at once when approved."),
    )


def _drop(_: Said) -> Step:
    return "POST", "/drop", None, Toast("方案已放弃，仍可查看。", "The plan is dropped; it can still be read.", "past")


STEPS: Mapping[str, Callable[[Said], Step]] = {
    "head": _head, "move": _move, "remove": _remove, "remark": _remark, "join": _join, "leave": _leave, "apply": _apply,
    "drop": _drop, "submit": _submit,
}  # fmt: skip


def _sent(name: str, step: Callable[[Said], Step]) -> Callable[[Request, UUID], Awaitable[Response]]:
    async def sent(request: Request, id: UUID) -> Response:
        page, said = Page(request), await form(request)
        await page.enter()
        try:
            method, end, body, toast = step(said)
        except (KeyError, ValueError):  # a form of ours has these; whoever sends another is shown the plan
            return await told(page, id, status=422)
        try:
            await page.api.send(method, f"/v1/plans/{id}{end}", body, proof=said.get("csrf", ""))
        except Refused as refused:
            return await told(page, id, problem=refused.problem, status=refused.status)
        line = said.get("line", "") if name in ("move", "remark") else ""
        return done(id, toast, at=f"l{line}" if line else "")

    return sent


for _name, _step in STEPS.items():
    router.add_api_route(
        f"/plans/{{id:uuid}}/{_name}", _sent(_name, _step), methods=["POST"], operation_id=f"page.plan.{_name}"
    )
