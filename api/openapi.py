"""The OpenAPI document: complete enough to make a client from, and made from the same models that check requests."""

from __future__ import annotations

import inspect
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.answers import ANSWERS, CommandAnswer, Problem
from api.bodies import JSON
from api.errors import PROBLEM_JSON
from api.needs import NEEDS
from api.schemas import name_of_request, request_of
from domain.catalogue import COMMANDS
from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import Command

REFS = "#/components/schemas/{model}"
DESCRIPTION = """
账图：公共资产登记。每一次变更都是一个命令，记为日志中的事件。
A registry of public assets. Every change is a command, recorded as events in one log.

- `Authorization: Bearer <token>`：办理人、单位和角色由令牌决定。 Actor, unit and role come from the token.
- `Idempotency-Key: <UUID>`：命令编号；重复提交得到第一次的答复，不会重复写入。
  The command's id; a repeat gets the first answer and writes nothing.
- `If-Match: "<version>"`：只在对象仍是该版本时办理，否则 412。版本即答复和读取中的 ETag。
  Only if the object still has that version, else 412. The version is the ETag of answers and reads.
- 错误均为 `application/problem+json`，含中文 detail 和英文 detail_en。 Every error is a problem with both languages.
- 409：请求格式正确，但业务规则不允许。 409: well formed, but a rule of the registry says no.
"""
_TAGS = {
    "organisations": "单位与人员 · Units and people",
    "premises": "院落、房屋与房间 · Compounds, buildings and rooms",
    "vehicles": "公务用车、驾驶员与出车 · Vehicles, drivers and journeys",
    "warehouse": "公物仓与资产 · Warehouses, items and lots",
    "approvals": "呈批与审批 · Proposals and their approval",
    "statistics": "统计 · Figures",
    "compare": "比较 · Side by side",
    "positions": "车辆定位与轨迹 · Where vehicles are, and went",
    "map": "地图 · The map",
    "features": "供地图软件读取 · For map programs (OGC API – Features)",
    "batches": "批量办理 · Many commands at once",
    "plans": "方案 · Plans: draft batches of several people",
    "commands": "命令目录 · The index of commands",
    "cases": "调查视图 · Cases",
    "search": "查找 · Search",
    "events": "日志 · The log",
    "files": "附件 · Attached files",
    "imports": "导入表格 · Spreadsheets in",
    "desk": "本人的工作资料 · What one keeps while working",
    "notices": "通知与关注 · Notices and watches",
    "webhooks": "Webhook（事件推送到外部系统） · Webhooks: events sent to other systems",
    "session": "登录与本人账号 · Signing in, and one's own account",
    "access": "账号与权限 · Accounts and rights",
    "health": "运行状况 · Health",
}
UUID_SCHEMA = {"type": "string", "format": "uuid"}
PATH_ID = {"name": "id", "in": "path", "required": True, "schema": UUID_SCHEMA}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": UUID_SCHEMA,
    "description": "命令编号，重复提交时不变 · The command's id, the same when it is sent again",
}

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    "description": "只在仍是该版本时 · Only if it still has this version",
}


def tag_of(aggregate: type[Aggregate]) -> str:
    """The context: domain.<context>.…"""
    return aggregate.__module__.split(".")[1]


def description_of(command: Command) -> str:
    own = inspect.getdoc(command.decide) or ""
    when = "可以将来生效。May take effect later. " if command.future else ""
    return f"{own}\n\n{when}If-Match: 412 when the version is not the latest."


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    content = {PROBLEM_JSON: {"schema": ref(Problem)}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in sorted(statuses)}


def ref(model: type[BaseModel]) -> dict[str, str]:
    return _ref(model.__name__)


def _ref(name: str) -> dict[str, str]:
    return {"$ref": REFS.format(model=name)}


def answers(model: type[BaseModel], description: str, **more: Any) -> dict[str, Any]:
    return {"description": description, "content": {JSON: {"schema": ref(model)}}, **more}


def reads(model: type[BaseModel], *statuses: int, not_modified: bool = False) -> dict[str, Any]:
    """Documentation of a read; `not_modified`: of one that has an ETag and heeds If-None-Match."""
    done = answers(model, "OK", **({"headers": _headers("ETag")} if not_modified else {}))
    same = {304: {"description": "未变化 · Not modified"}} if not_modified else {}
    return {"responses": {200: done, **same, **problems(401, 422, 500, 503, *statuses)}}


def command_operation(command: Command) -> dict[str, Any]:
    """Documentation of one command."""
    done = answers(
        CommandAnswer, "已记录 · Recorded", headers=_headers("ETag", "Idempotency-Key", "Idempotency-Replayed")
    )
    failures = problems(400, 401, 403, 404, 409, 412, 413, 415, 422, 500, 503)
    if not command.creates:
        extra = {"parameters": [PATH_ID, KEY], "requestBody": _body(name_of_request(command))}
        return {"responses": {200: done, **failures}, "openapi_extra": extra}
    made = {**done, "headers": {**done["headers"], **_headers("Location")}, "links": _links(command.aggregate)}
    extra = {"parameters": [KEY], "requestBody": _body(name_of_request(command))}
    return {"status_code": 201, "responses": {200: done, 201: made, **failures}, "openapi_extra": extra}


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    return {"parameters": [KEY], "requestBody": _body(model.__name__)}


def install(app: FastAPI, *requests: type[BaseModel]) -> None:
    """Makes the document when it is first asked for."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app, requests)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # the framework's documented way


def _document(app: FastAPI, requests: tuple[type[BaseModel], ...]) -> dict[str, Any]:
    made = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
        tags=[{"name": name, "description": text} for name, text in _TAGS.items()],
    )
    made["components"]["schemas"] = _schemas(requests)
    for methods in made["paths"].values():
        for operation in methods.values():
            _at_the_door(operation)
    return made


def _at_the_door(operation: dict[str, Any]) -> None:
    """What the one door adds to every operation, and to those that are open to anybody does not."""
    is_open = NEEDS[operation["operationId"]].anybody
    if is_open:
        del operation["security"]
    refused = {str(status): answer for status, answer in problems(*((429,) if is_open else (401, 403, 429))).items()}
    operation["responses"] = dict(sorted({**operation["responses"], **refused}.items()))


def _schemas(requests: tuple[type[BaseModel], ...]) -> dict[str, Any]:
    models = [*ANSWERS, *requests, *(request_of(command) for command in COMMANDS.values())]
    refs, found = models_json_schema([(model, "validation") for model in models], ref_template=REFS)
    for model in models:
        if refs[model, "validation"] != ref(model):
            raise TypeError(f"two models are called {model.__name__}")
    schemas: dict[str, Any] = found["$defs"]
    return schemas


def _body(name: str) -> dict[str, Any]:
    return {"required": True, "content": {JSON: {"schema": _ref(name)}}}


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"schema": {"type": "string"}} for name in names}


def _links(aggregate: type[Aggregate]) -> dict[str, Any]:
    """Where the new one can be read, and what can be done with it next."""
    following = [f"{aggregate.kind}.state", f"{aggregate.kind}.events"]
    following += [key for key, other in COMMANDS.items() if other.aggregate is aggregate and not other.creates]
    return {key: {"operationId": key, "parameters": {"id": "$response.body#/id"}} for key in following}
