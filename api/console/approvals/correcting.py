"""Correcting what was sent back: every value of its lines in a field, the marks beside those that are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.console.approvals.sent import mandate, sent
from api.console.asking import Refused
from api.console.pages import Page, Pages
from api.console.toasts import Toast, leave

ONE_LINE = 60
"""Longer texts get a field of several lines."""

router = Pages()

_SENT = Toast("已重新呈报，从第一级起审批。", "Submitted again; it begins at the first level.")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a line: where it stands in its arguments, and as it is typed."""

    path: tuple[str | int, ...]
    name: str
    typed: str
    given: Any


@router.get("/proposals/{id:uuid}/correct", operation_id="page.proposals.correct")
async def correct(request: Request, id: UUID) -> Response:
    page = Page(request)
    await page.enter()
    return await _shown(page, id, {}, None)


@router.post("/proposals/{id:uuid}/correct", operation_id="page.proposals.correct.send")
async def send(request: Request, id: UUID) -> Response:
    page, said = Page(request), await sent(request)
    await page.enter()
    told = await page.api.get(f"/v1/proposals/{id}/content")
    body = {
        "mandate": mandate(said.get("remark") or "已按意见修改", said.get("documents", "")),
        "commands": list(_commands(told, said)),
    }
    try:
        await page.api.send("POST", f"/v1/proposals/{id}/resubmit", body, proof=said.get("csrf", ""))
    except Refused as refused:
        if refused.status == HTTPStatus.UNAUTHORIZED:
            raise
        return await _shown(page, id, said, refused.problem)
    gone = RedirectResponse(f"/proposals/{id}", HTTPStatus.SEE_OTHER)
    leave(gone, _SENT)
    return gone


async def _shown(page: Page, id: UUID, said: Mapping[str, str], problem: Mapping[str, Any] | None) -> Response:
    told = await page.api.get(f"/v1/proposals/{id}/content")
    status = 200 if problem is None else int(problem.get("status", 409))
    lines = [{**line, "values": list(_values(line, said))} for line in told["lines"]]
    faults = _faults(told, said, problem)
    return page.show(
        "approvals/correct.html", status=status, told=told, lines=lines, typed=said, problem=problem, faults=faults
    )


def _values(line: Mapping[str, Any], said: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    words = {one["field"]: one for one in line["arguments"]}
    for one in _flat(line["as_given"]["arguments"], ()):
        name = name_of(line["line"], one.path)
        own = str(one.path[-1]) if isinstance(one.path[-1], str) else str(one.path[-2])
        yield {
            "name": name,
            "field": own,
            "pointer": "/".join(str(part) for part in one.path),
            "words": words.get(own),
            "typed": said.get(name, one.typed),
            "long": len(one.typed) > ONE_LINE,
            "given": one.given,
        }


def name_of(line: int, path: tuple[str | int, ...]) -> str:
    return f"{line}." + ".".join(str(part) for part in path)


def _flat(given: Any, path: tuple[str | int, ...]) -> Iterator[Value]:
    """Each text, number and flag by itself; what is empty has nothing to correct in it."""
    if isinstance(given, dict):
        for name, inner in given.items():
            yield from _flat(inner, (*path, name))
    elif isinstance(given, list):
        for index, inner in enumerate(given):
            yield from _flat(inner, (*path, index))
    elif path:
        yield Value(path, str(path[-1]), _typed(given), given)


def _typed(given: Any) -> str:
    return (
        ""
        if given is None
        else {True: "true", False: "false"}.get(given, str(given))
        if isinstance(given, bool)
        else str(given)
    )


def _commands(told: Mapping[str, Any], said: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for line in told["lines"]:
        if not _is_dropped(line, said):
            yield {**line["as_given"], "arguments": _corrected(line["as_given"]["arguments"], said, line["line"], ())}


def _corrected(given: Any, said: Mapping[str, str], line: int, path: tuple[str | int, ...]) -> Any:
    if isinstance(given, dict):
        return {name: _corrected(inner, said, line, (*path, name)) for name, inner in given.items()}
    if isinstance(given, list):
        return [_corrected(inner, said, line, (*path, index)) for index, inner in enumerate(given)]
    typed = said.get(name_of(line, path))
    return given if typed is None else _as(typed, given)


def _as(typed: str, given: Any) -> Any:
    """What was typed as the kind of value that stood there; what is no such value is sent as it is, and refused with its reason."""
    if isinstance(given, bool):
        return {"true": True, "false": False}.get(typed, typed)
    if isinstance(given, int | float):
        try:
            return float(typed) if isinstance(given, float) else int(typed)
        except ValueError:
            return typed
    return None if typed == "" and given is None else typed


def _faults(told: Mapping[str, Any], said: Mapping[str, str], problem: Mapping[str, Any] | None) -> dict[str, Any]:
    """By line, and by the place in its arguments: what the API says is wrong there. It counts the lines that were sent."""
    if problem is None:
        return {}
    own = {"field": problem.get("field", ""), "zh": problem.get("detail"), "en": problem.get("detail_en")}
    sent = [line["line"] for line in told["lines"] if not _is_dropped(line, said)]
    found = {}
    for one in (*problem.get("errors", []), own):
        place = _PLACE.match(one["field"])
        if place is not None and int(place[1]) < len(sent):
            found[f"{sent[int(place[1])]}/{place[2]}"] = one
    return found


_PLACE = re.compile(r"^/commands/([0-9]+)/arguments/(.+)$")


def _is_dropped(line: Mapping[str, Any], said: Mapping[str, str]) -> bool:
    return said.get(f"{line['line']}.drop") == "yes"
