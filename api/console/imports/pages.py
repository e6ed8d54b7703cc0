"""Imports as pages: which table, the file and its authority, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from itertools import groupby
from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.bodies import BYTES
from api.console import toasts
from api.console.asking import Refused
from api.console.imports import mandates
from api.console.kinds import KINDS
from api.console.multipart import Sent, sent
from api.console.pages import Page, Pages
from api.console.showing import SHANGHAI
from api.console.signing import form
from api.console.toasts import Toast

FINDINGS_SHOWN = 200
STEPS = {
    "": ("等待处理", "Waiting"),
    "waiting": ("等待读模型跟上日志", "Waiting for the views to catch up with the log"),
    "read": ("读取文件", "Reading the file"),
    "names": ("核对名称", "Looking up names"),
    "rules": ("核对每一行", "Checking each row"),
    "rehearsal": ("试办（不写入）", "Rehearsing, without writing"),
    "deciding": ("办理每一行", "Deciding each row"),
    "writing": ("写入", "Writing"),
    "undo": ("核对能否撤销", "Checking what can be undone"),
}
DONE = {
    "check": Toast("已开始重新核对。", "The check has begun anew."),
    "apply": Toast("已开始写入。", "Writing has begun."),
    "undo": Toast("已开始撤销。", "Undoing has begun."),
}

NO_TABLE = {
    "detail": "这个文件不是表格，或者已经损坏；有的系统导出的“.xls”其实是网页。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。",
    "detail_en": "This file is no table, or it is damaged; some systems export a web page as “.xls”. Open it in Excel or WPS,"
    " save it as .xlsx and send that.",
}

router = Pages()


@router.get("/imports", operation_id="page.imports")
async def imports(request: Request) -> Response:
    page = Page(request)
    await page.enter()
    sheets = (await page.api.get("/v1/imports/sheets"))["sheets"]
    mine = (await page.api.get("/v1/imports"))["imports"]
    groups = [(KINDS[kind], list(of)) for kind, of in groupby(sheets, key=lambda sheet: sheet["kind"])]
    return page.show("imports/imports.html", groups=groups, mine=mine, steps=STEPS)


@router.get("/imports/new/{command}", operation_id="page.imports.new")
async def new(request: Request, command: str) -> Response:
    page = Page(request)
    await page.enter()
    today = datetime.now(SHANGHAI).date().isoformat()
    said = {"effective": today, "file": "", "name": "", **await mandates.last(page)}
    return await _asking(page, command, said)


@router.post("/imports/new/{command}", operation_id="page.imports.send")
async def send(request: Request, command: str) -> Response:
    """A refusal leaves everything as it was typed, and the file where it was put."""
    page, given = Page(request), await sent(request)
    await page.enter()
    said = {name: given.fields.get(name, "").strip() for name in ("reason", "document", "effective", "file", "name")}
    proof = given.fields.get("csrf", "")
    try:
        said |= await _uploaded(page, given, proof)
        body: dict[str, Any] = {
            "command": command,
            "file": said["file"],
            "name": said["name"],
            "mandate": _mandate(said),
        }
        answer = await page.api.send("POST", "/v1/imports", body, proof=proof)
        await mandates.keep(page, body["mandate"], [one["number"] for one in body["mandate"]["documents"]], proof)
    except Refused as refused:
        return await _asking(page, command, said, problem=refused.problem, status=refused.status)
    return RedirectResponse(f"/imports/{answer.body['id']}", HTTPStatus.SEE_OTHER)


async def _uploaded(page: Page, given: Sent, proof: str) -> dict[str, str]:
    """Kept under its digest; a file that was chosen before is there still."""
    if not given.content and given.fields.get("file"):
        return {}
    headers = {"content-type": BYTES, "x-csrf-token": proof}
    try:
        answer = await page.api.ask("POST", "/v1/files", {"name": given.name}, given.content, headers)
    except Refused as refused:
        raise _of_a_table(refused) from None
    return {"file": answer.body["digest"], "name": given.name}


def _of_a_table(refused: Refused) -> Refused:
    """Whoever brings a table is not told of all the other kinds of files that there are."""
    told = NO_TABLE if refused.problem.get("code") == "file-kind-refused" else {}
    return Refused(refused.status, {**refused.problem, **told})


def _mandate(said: Mapping[str, str]) -> dict[str, Any]:
    documents = [{"number": number} for number in said["document"].replace("；", ";").split(";") if number.strip()]
    return {"reason": said["reason"], "effective": said["effective"], "documents": documents}


async def _asking(
    page: Page, command: str, said: Mapping[str, str], *, problem: Mapping[str, Any] | None = None, status: int = 200
) -> Response:
    sheets = (await page.api.get("/v1/imports/sheets"))["sheets"]
    sheet = next((one for one in sheets if one["command"] == command), None)
    if sheet is None:
        raise Refused(
            HTTPStatus.NOT_FOUND,
            {"code": "not-found", "detail": "没有这张表，或您不能办理这一事项。",
             "detail_en": "There is no such table, or it is not for you to send."},
        )  # fmt: skip
    faults = {one["field"]: one for one in (problem or {}).get("errors", [])}
    return page.show("imports/new.html", status=status, sheet=sheet, typed=said, problem=problem, faults=faults)


@router.get("/imports/{id:uuid}", operation_id="page.import")
async def one(request: Request, id: UUID) -> Response:
    page = Page(request)
    await page.enter()
    return await _told(page, id)


@router.post("/imports/{id:uuid}/{step}", operation_id="page.import.do")
async def do(request: Request, id: UUID, step: str) -> Response:
    page, said = Page(request), await form(request)
    await page.enter()
    if step not in DONE:
        raise Refused(
            HTTPStatus.NOT_FOUND, {"code": "not-found", "detail": "没有这一步。", "detail_en": "There is no such step."}
        )
    now = datetime.now(SHANGHAI).replace(microsecond=0).isoformat()
    body = None if step != "undo" else {"mandate": _mandate({"document": "", "effective": now, **said})}
    try:
        await page.api.send("POST", f"/v1/imports/{id}/{step}", body, proof=said.get("csrf", ""))
    except Refused as refused:
        return await _told(page, id, problem=refused.problem, status=refused.status, reason=said.get("reason", ""))
    answer = RedirectResponse(f"/imports/{id}", HTTPStatus.SEE_OTHER)
    toasts.leave(answer, DONE[step])
    return answer


async def _told(
    page: Page, id: UUID, *, problem: Mapping[str, Any] | None = None, status: int = 200, reason: str = ""
) -> Response:
    told = await page.api.get(f"/v1/imports/{id}")
    found = (told["outcome"] or {}).get("findings", [])
    working = told["state"] in ("checking", "applying", "undoing") and not told["cut_off"]
    return page.show(
        "imports/import.html",
        status=status,
        told=told,
        kind=KINDS[told["command"].partition(".")[0]],
        working=working,
        step=STEPS.get(told["step"], STEPS[""]),
        errors=[one for one in found if one["severity"] == "error"][:FINDINGS_SHOWN],
        warnings=[one for one in found if one["severity"] == "warning"][:FINDINGS_SHOWN],
        problem=problem or told["problem"],
        reason=reason,
    )
