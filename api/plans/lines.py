"""The lines of a plan: added, changed, removed, moved. Each is a line as `/v1/batches` takes it."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi.responses import Response

from api import openapi
from api.access.asking import Entered, changing
from api.batches.schema import BatchLine
from api.composition import Services
from api.dependencies import Given
from api.executing import json_response
from api.plans import told
from api.plans.answers import PlanLineTold, PlanTold
from api.plans.bodies import Expected, LineMoved, sent, takes
from api.plans.papers import REFUSALS, whole
from api.plans.sight import seen_by
from api.routing import Routes
from domain.access.principal import Principal
from domain.catalogue import COMMANDS
from infra.plans import lines as kept
from infra.plans import store
from infra.plans.refusals import LineUnknown
from infra.plans.terms import Part

router = Routes(tags=["plans"])
_LINE = "/v1/plans/{id:uuid}/lines/{line:uuid}"


@router.post("/v1/plans/{id:uuid}/lines", operation_id="plans.add", summary="添加一行 · Add a line", response_class=Response,
             status_code=201, openapi_extra=takes(BatchLine),
             responses={201: openapi.answers(PlanLineTold, "已添加 · Added"), **openapi.problems(*REFUSALS)})  # fmt: skip
def add(id: UUID, given: Given, entered: Entered, said: Annotated[Any, sent(BatchLine)]) -> Response:
    """与批次中的一行相同，加在最后；新对象不写编号的，由此处编定，其他行可以引用。能否办理由核对告知。

    A line as a batch has it, at the end. A new thing without an id gets one here, so that other lines can name it. Whether
    it could be carried out is told by the check.
    """
    account, line = entered.principal.account, _with_id(said)
    with changing(given) as connection:
        store.held(connection, account, id, Part.EDITOR)
        made = kept.add(connection, account, id, *_seen(given, line))
    return _one(given, entered.principal, id, made, status=201)


@router.put(_LINE, operation_id="plans.change", summary="修改一行 · Change a line", response_class=Response,
            openapi_extra=takes(BatchLine, versioned=True),
            responses={200: openapi.answers(PlanLineTold, "OK"), **openapi.problems(*REFUSALS)})  # fmt: skip
def change(
    id: UUID, line: UUID, given: Given, entered: Entered, expected: Expected, said: Annotated[Any, sent(BatchLine)]
) -> Response:
    """写 If-Match 时，只在这一行仍是该版本时修改；看不到的行不能改。With If-Match only over that version of the line."""
    account = entered.principal.account
    _require_seen(given, entered.principal, id, line)
    with changing(given) as connection:
        store.held(connection, account, id, Part.EDITOR)
        kept.change(connection, account, id, line, *_seen(given, _with_id(said)), expected=expected)
    return _one(given, entered.principal, id, line)


@router.delete(_LINE, operation_id="plans.remove", summary="删除一行 · Remove a line", response_class=Response,
               openapi_extra={"parameters": [openapi.IF_MATCH]},
               responses={200: openapi.answers(PlanTold, "OK"), **openapi.problems(401, 403, 404, 409, 412, 422, 500, 503)})  # fmt: skip
def remove(id: UUID, line: UUID, given: Given, entered: Entered, expected: Expected) -> Response:
    account = entered.principal.account
    _require_seen(given, entered.principal, id, line)
    with changing(given) as connection:
        store.held(connection, account, id, Part.EDITOR)
        kept.remove(connection, account, id, line, expected=expected)
    return whole(given, entered.principal, id)


@router.post(f"{_LINE}/move", operation_id="plans.move", summary="上移或下移 · Move a line up or down", response_class=Response,
             openapi_extra=takes(LineMoved),
             responses={200: openapi.answers(PlanTold, "OK"), **openapi.problems(*REFUSALS)})  # fmt: skip
def move(id: UUID, line: UUID, given: Given, entered: Entered, said: Annotated[Any, sent(LineMoved)]) -> Response:
    """各行按顺序办理。Lines are carried out in their order."""
    with changing(given) as connection:
        store.held(connection, entered.principal.account, id, Part.EDITOR)
        kept.move(connection, entered.principal.account, id, line, up=said["to"] == "up")
    return whole(given, entered.principal, id)


def _with_id(said: dict[str, Any]) -> dict[str, Any]:
    is_new = COMMANDS[said["command"]].creates and said.get("corrects") is None
    return {**said, "id": said.get("id") or str(uuid4())} if is_new else said


def _seen(given: Services, said: dict[str, Any]) -> tuple[dict[str, Any], int | None]:
    """The line, and which version of its thing it was written about: the one that its writer says they looked at, or the last."""
    line = {name: value for name, value in said.items() if name != "expected_version" and value is not None}
    about = said.get("id")
    last = None if about is None else given.log.last_versions([UUID(about)]).get(UUID(about))
    looked_at = said.get("expected_version")
    return line, last if looked_at is None else looked_at


def _require_seen(given: Services, caller: Principal, plan: UUID, id: UUID) -> None:
    """Rule: nobody changes what they may not see. Asked before the plan is held: a view may have to be waited for."""
    with given.pool.connection() as connection:
        store.find(connection, caller.account, plan)
        lines = kept.of(connection, plan)
    line = next((one for one in lines if one.id == id), None)
    if line is None or not seen_by(given, caller, lines).shows(line):
        raise LineUnknown(id=id)


def _one(given: Services, caller: Principal, plan: UUID, id: UUID, *, status: int = 200) -> Response:
    with given.pool.connection() as connection:
        lines = kept.of(connection, plan)
    number = next(index for index, one in enumerate(lines, 1) if one.id == id)
    line = lines[number - 1]
    # What was just written is answered at once: a wait that fails would have it written again.
    said = told.line(line, number, seen_by(given, caller, [line], wait=False))
    headers = {"ETag": f'"{line.version}"'} | ({"Location": f"/v1/plans/{plan}/lines/{id}"} if status == 201 else {})  # noqa: PLR2004 -- HTTP
    return json_response(said, status, headers)
