"""Imports over the API: a file is sent and checked, looked at, applied, and undone. Each is its sender's alone."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID, uuid4

from fastapi import Query
from fastapi.responses import Response

from api import openapi
from api.bodies import validated
from api.composition import Services
from api.dependencies import Caller, Change, Given
from api.door_refusals import not_sent
from api.executing import json_response
from api.exports.types import TYPES
from api.faults import Fault
from api.files.readable import Readable
from api.imports import running, workbooks
from api.imports.answers import FindingsTold, ImportAsked, ImportsTold, ImportTold, Sheet, SheetsTold, UndoAsked
from api.imports.columns import Column, columns_of, sheets
from api.refusals import FileMissing, NotThere
from api.routing import Routes
from domain.access.principal import Principal
from domain.catalogue import COMMANDS
from domain.kernel.commands import Command
from domain.kernel.saving import CommandIdReused
from infra import imports
from infra.imports import Import

LISTED = 100
_WRITES = (400, 403, 404, 409, 413, 415, 422, 500, 503)

router = Routes(tags=["imports"])

Lang: TypeAlias = Annotated[Literal["zh", "en"], Query()]
_FILE: dict[str, Any] = {
    "responses": {
        200: {"description": "OK", "content": {TYPES["xlsx"]: {"schema": {"type": "string", "format": "binary"}}}},
        **openapi.problems(401, 403, 404, 409, 422, 500, 503),
    }
}


class ImportUnknown(NotThere):
    zh = "没有这份导入。只有上传者本人能看到自己的导入。"
    en = "There is no such import. Only who sent it sees it."


@router.get("/v1/imports/sheets", operation_id="imports.sheets", summary="可导入的表 · What can be imported",
            response_class=Response, **openapi.reads(SheetsTold, 403))  # fmt: skip
def listed_sheets(caller: Caller) -> Response:
    """您可以导入的表，每张表的列。The tables that you may send, with their columns."""
    mine = [command for command in sheets() if caller.sends(command.key)]
    return json_response({"sheets": [_sheet(command) for command in mine]})


@router.get("/v1/imports/templates/{command}.xlsx", operation_id="imports.template", summary="模板 · A template",
            response_class=Response, **_FILE)  # fmt: skip
def template(command: Sheet, _: Caller, lang: Lang = "zh") -> Response:
    """带列名、说明和可选词的空表。An empty table with its columns, what goes in them, and the words to choose from."""
    wanted = COMMANDS[command]
    name = wanted.zh if lang == "zh" else wanted.en
    return workbooks.answer(workbooks.template(wanted, lang), f"{wanted.key}.xlsx", f"{name}.xlsx")


@router.post("/v1/imports", operation_id="imports.make", summary="导入 · Import a file", status_code=201,
             response_class=Response, openapi_extra=openapi.body_of(ImportAsked),
             responses={201: openapi.answers(ImportTold, "已收下，正在核对 · Taken, being checked"),
                        **openapi.problems(*_WRITES)})  # fmt: skip
def make(asked: Change, given: Given) -> Response:
    """先上传文件，再在此核对；核对不写入任何内容。Upload the file first; it is then checked, which writes nothing."""
    files = Readable(given, asked.principal)
    sent = validated(ImportAsked, asked.body.raw, files)
    if not asked.principal.sends(sent.command):
        raise not_sent(sent.command)
    if not files.has(sent.file):
        raise FileMissing([_missing(sent.file)])
    run, id = uuid4(), asked.command_id
    with given.pool.connection() as connection:
        is_new = imports.make(
            connection, id=id, account=asked.principal.account, command=sent.command, file=sent.file, name=sent.name,
            mandate=_said(sent.mandate), run=run,
        )  # fmt: skip
        found = imports.find(connection, asked.principal.account, id)
    if found is None:
        raise CommandIdReused(command_id=id)
    if is_new:
        running.put("check", run, running.order_of(found, asked.principal, given), id, given)
    return json_response(told(found), 201, {"Location": f"/v1/imports/{id}"})


@router.get("/v1/imports", operation_id="imports", summary="本人的导入 · One's imports", response_class=Response,
            **openapi.reads(ImportsTold, 403))  # fmt: skip
def all_of(caller: Caller, given: Given) -> Response:
    """最近的在前。The latest first."""
    with given.pool.connection() as connection:
        found = imports.of(connection, caller.account, LISTED)
    return json_response({"imports": [told(one, whole=False) for one in found]})


@router.get("/v1/imports/{id:uuid}", operation_id="imports.one", summary="一份导入 · One import",
            response_class=Response, **openapi.reads(ImportTold, 403, 404))  # fmt: skip
def one(id: UUID, caller: Caller, given: Given) -> Response:
    """进度、核对结果和预览。How far it is, what the check found, and what would change."""
    return json_response(told(_mine(id, caller, given)))


@router.get("/v1/imports/{id:uuid}/findings", operation_id="imports.findings", summary="核对结果 · What the check found",
            response_class=Response, **openapi.reads(FindingsTold, 403, 404))  # fmt: skip
def findings(
    id: UUID, caller: Caller, given: Given, severity: Annotated[Literal["error", "warning"] | None, Query()] = None
) -> Response:
    """每处问题所在的单元格和改法，按行排列。Each at its cell with what to do, from the top to the bottom."""
    found = _mine(id, caller, given).outcome or {"errors": 0, "warnings": 0, "findings": []}
    shown = [one for one in found["findings"] if severity in (None, one["severity"])]
    return json_response({"errors": found["errors"], "warnings": found["warnings"], "findings": shown})


@router.get("/v1/imports/{id:uuid}/marked.xlsx", operation_id="imports.marked", summary="标注后的文件 · The file, marked",
            response_class=Response, **_FILE)  # fmt: skip
def marked(id: UUID, caller: Caller, given: Given, lang: Lang = "zh") -> Response:
    """原表，有问题的单元格已着色，末列写明问题。改好后可直接再次上传。

    The table as it came, cells in question coloured, the last column saying what is wrong. Mend it and send it again.
    """
    found = _mine(id, caller, given)
    order = running.order_of(found, caller, given)
    return workbooks.answer(workbooks.marked(order, found.outcome, lang), f"{id}.xlsx", found.name.rpartition(".")[0])


@router.post("/v1/imports/{id:uuid}/check", operation_id="imports.check", summary="重新核对 · Check again",
             response_class=Response, responses={200: openapi.answers(ImportTold, "OK"), **openapi.problems(*_WRITES)})  # fmt: skip
def check_again(id: UUID, caller: Caller, given: Given) -> Response:
    return _begun("check", id, caller, given)


@router.post("/v1/imports/{id:uuid}/apply", operation_id="imports.apply", summary="写入 · Apply", response_class=Response,
             responses={200: openapi.answers(ImportTold, "OK"), **openapi.problems(*_WRITES)})  # fmt: skip
def apply(id: UUID, caller: Caller, given: Given) -> Response:
    """全部写入，或一行也不写入；中断后再做一次，不会重复写入。All of it or nothing; begun again after a cut, nothing is written twice."""
    return _begun("apply", id, caller, given)


@router.post("/v1/imports/{id:uuid}/undo", operation_id="imports.undo", summary="撤销 · Undo", response_class=Response,
             openapi_extra=openapi.body_of(UndoAsked),
             responses={200: openapi.answers(ImportTold, "OK"), **openapi.problems(*_WRITES)})  # fmt: skip
def undo(id: UUID, asked: Change, given: Given) -> Response:
    """以更正事件撤回写入的每一条记录；之后已用到的，一行也不撤销并逐行说明。

    Every record that it wrote is withdrawn by a correcting event; where one was used since, none is, and each such row is told.
    """
    sent = validated(UndoAsked, asked.body.raw, Readable(given, asked.principal))
    return _begun("undo", id, asked.principal, given, sent.mandate)


def _begun(name: str, id: UUID, caller: Principal, given: Services, said: Any = None) -> Response:
    running.begin(name, _mine(id, caller, given), caller, given, said)
    return json_response(told(_mine(id, caller, given)))


def _mine(id: UUID, caller: Principal, given: Services) -> Import:
    with given.pool.connection() as connection:
        found = imports.find(connection, caller.account, id)
    if found is None:
        raise ImportUnknown
    return found


def told(found: Import, *, whole: bool = True) -> dict[str, Any]:
    """`whole`: with all that the check found."""
    command = COMMANDS[found.command]
    outcome = found.outcome
    if outcome and not whole:
        outcome = {name: value for name, value in outcome.items() if name not in ("findings", "first", "tallies")}
    return {
        "id": found.id, "command": found.command, "zh": command.zh, "en": command.en, "file": found.file, "name": found.name,
        "mandate": found.mandate, "state": found.state, "step": found.step, "done": found.done, "total": found.total,
        "cut_off": found.is_cut_off, "may": running.may(found), "outcome": outcome, "undoing": found.undoing,
        "problem": found.problem, "made_at": found.made_at, "ended_at": found.ended_at,
    }  # fmt: skip


def _said(mandate: Any) -> dict[str, Any]:
    """As it was given, to be read again when the work begins."""
    documents = [
        {"number": one.number} | ({"digest": one.digest} if one.digest else {}) for one in mandate.documents
    ]  # fmt: skip
    return {"reason": mandate.reason, "documents": documents, "effective": mandate.effective.isoformat()}


def _missing(digest: str) -> Fault:
    return Fault(
        code="file-missing", field="/file", zh=f"文件 {digest} 尚未上传。", en=f"The file {digest} was not uploaded."
    )


def _sheet(command: Command) -> dict[str, Any]:
    return {
        "command": command.key,
        "kind": command.aggregate.kind,
        "zh": command.zh,
        "en": command.en,
        "creates": command.creates,
        "template": f"/v1/imports/templates/{command.key}.xlsx",
        "columns": [_column(column) for column in columns_of(command)],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "path": ".".join(column.path),
        "zh": column.zh,
        "en": column.en,
        "required": column.required,
        "words": [{"value": one.value, "zh": one.zh, "en": one.en} for one in column.term or ()],
        "kind": column.kind,
    }
