"""Drawings over the API: brought in, looked at, chosen about, checked and recorded. Each is its sender's alone until it is recorded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi.responses import Response

from api import openapi
from api.angles.asking import subject
from api.batches.answers import BatchVerdict
from api.batches.rehearsing import checked
from api.batches.routes import together
from api.bodies import validated
from api.composition import Services
from api.dependencies import Asked, Caller, Change, Given
from api.drawings import told
from api.drawings.answers import DrawingHead, DrawingRecordedTold, DrawingsTold, DrawingTold
from api.drawings.batch import asked_as, command_id
from api.drawings.bodies import Choices, DrawingAsked, RecordAsked
from api.drawings.refusals import DrawingRecorded, DrawingUnknown
from api.drawings.work import Work, worked
from api.executing import json_response
from api.faults import Fault
from api.files.readable import Readable
from api.reading import looking
from api.refusals import FileMissing
from api.routing import Routes
from domain.access.principal import Principal
from domain.kernel.saving import CommandIdReused
from domain.premises.building import Building
from infra import drawings
from infra.drawings import Drawing
from projections.queries import view as views
from projections.queries.things import Names, named

LISTED = 100
_WRITES = (400, 403, 404, 409, 413, 415, 422, 500, 503)

router = Routes(tags=["drawings"])


@router.post("/v1/drawings", operation_id="drawings.make", summary="导入图纸 · Bring in a drawing", status_code=201,
             response_class=Response, openapi_extra=openapi.body_of(DrawingAsked),
             responses={201: openapi.answers(DrawingHead, "已收下 · Taken"), **openapi.problems(*_WRITES)})  # fmt: skip
def make(asked: Change, given: Given) -> Response:
    """先上传文件，再在此指明是哪栋楼；读取和比对不写入任何内容。

    Upload the files first, then say of which building they are. Reading and comparing writes nothing.
    """
    files = Readable(given, asked.principal)
    sent = validated(DrawingAsked, asked.body.raw, files)
    faults = [_missing(place, one.file) for place, one in enumerate(sent.files) if not files.has(one.file)]
    if faults:
        raise FileMissing(faults)
    _, names = _building(sent.building, asked.principal, given)
    said = [{"file": one.file, "name": one.name} for one in sent.files]
    id, account = asked.command_id, asked.principal.account
    with given.pool.connection() as connection:
        drawings.make(connection, id=id, account=account, building=sent.building, files=said)
        kept = drawings.find(connection, account, id)
    if kept is None or kept.building != sent.building or kept.files != said:
        raise CommandIdReused(command_id=id)
    return json_response(told.head(kept, names), 201, {"Location": f"/v1/drawings/{id}"})


@router.get("/v1/drawings", operation_id="drawings", summary="本人导入的图纸 · One's drawings", response_class=Response,
            **openapi.reads(DrawingsTold, 403))  # fmt: skip
def all_of(caller: Caller, given: Given) -> Response:
    """最近的在前。The latest first."""
    with given.pool.connection() as connection:
        found = drawings.of(connection, caller.account, LISTED)
    with looking(given, views.Asked(sight=caller.sight)) as view:
        names = named(view, [one.building for one in found])
    return json_response({"drawings": [told.head(one, names) for one in found]})


@router.get("/v1/drawings/{id:uuid}", operation_id="drawings.one", summary="一份图纸 · One drawing",
            response_class=Response, **openapi.reads(DrawingTold, 403, 404, 409))  # fmt: skip
def one(id: UUID, caller: Caller, given: Given) -> Response:
    """读到的楼层和房间、标出的问题、定位和误差、与台账的差异及可选的处理。

    The floors and rooms that were read, what is wrong where, the placing and its residual, the differences from the ledger with
    what may be done about each.
    """
    work, names = _worked(_mine(id, caller, given), caller, given)
    return json_response(told.told(work, names))


@router.put("/v1/drawings/{id:uuid}/choices", operation_id="drawings.choose", summary="选择 · Choose", response_class=Response,
            openapi_extra=openapi.body_of(Choices),
            responses={200: openapi.answers(DrawingHead, "OK"), **openapi.problems(*_WRITES)})  # fmt: skip
def choose(id: UUID, asked: Change, given: Given) -> Response:
    """怎样读取、怎样定位、每处差异怎样处理；整份替换。How it is read and placed, and what of each difference; as a whole."""
    said = validated(Choices, asked.body.raw)
    kept = _mine(id, asked.principal, given)
    with given.pool.connection() as connection:
        if not drawings.choose(connection, asked.principal.account, id, said.model_dump(mode="json")):
            raise DrawingRecorded
    _, names = _building(kept.building, asked.principal, given)
    return json_response(told.head(kept, names))


@router.delete("/v1/drawings/{id:uuid}", operation_id="drawings.drop", summary="放弃 · Drop", status_code=204,
               response_class=Response, responses={204: {"description": "已放弃 · Dropped"}, **openapi.problems(401, 403, 404, 422, 500, 503)})  # fmt: skip
def drop(id: UUID, caller: Caller, given: Given) -> Response:
    """只放弃工作底稿；已登记入账的仍在账上。The working paper alone: what was recorded stays recorded."""
    with given.pool.connection() as connection:
        if not drawings.drop(connection, caller.account, id):
            raise DrawingUnknown
    return Response(status_code=204)


@router.post("/v1/drawings/{id:uuid}/check", operation_id="drawings.check", summary="试办 · Rehearse",
             response_class=Response, openapi_extra=openapi.body_of(RecordAsked),
             responses={200: openapi.answers(BatchVerdict, "逐行结果 · What would come of each line"), **openapi.problems(*_WRITES)})  # fmt: skip
def check(id: UUID, asked: Change, given: Given) -> Response:
    """按所选处理逐行试办，不写入任何内容。Every line as it would be decided; nothing is written."""
    work, _ = _worked(_mine(id, asked.principal, given), asked.principal, given)
    sent, batch = asked_as(asked, work, _mandate(asked, given), given)
    return json_response(checked(batch, sent, given))


@router.post("/v1/drawings/{id:uuid}/record", operation_id="drawings.record", summary="登记入账 · Record",
             response_class=Response, openapi_extra=openapi.body_of(RecordAsked),
             responses={200: openapi.answers(DrawingRecordedTold, "已登记 · Recorded"), **openapi.problems(*_WRITES)})  # fmt: skip
def record(id: UUID, asked: Change, given: Given) -> Response:
    """全部登记，或一行也不登记；图纸文件按摘要附在依据文件上。再次提交不会重复登记。

    All of it or nothing; the files are attached to the documents by their digests. Asked again, nothing is recorded twice.
    """
    kept, mandate = _mine(id, asked.principal, given), _mandate(asked, given)
    first = _already(kept, given)
    if first is not None:
        return first
    work, _ = _worked(kept, asked.principal, given)
    sent, batch = asked_as(asked, work, mandate, given)
    answer = together(batch, sent, given)
    if isinstance(answer, Response):
        return answer
    return _recorded(kept, answer.position, len(batch.commands), given)


def _already(kept: Drawing, given: Services) -> Response | None:
    """The log decides, also where the answer to it was lost on its way."""
    answered = given.log.first_answer(command_id(kept.id))
    if answered is None:
        return None
    return _recorded(kept, answered.lines[-1].position, len({line.aggregate_id for line in answered.lines}), given)


def _recorded(kept: Drawing, position: int, lines: int, given: Services) -> Response:
    with given.pool.connection() as connection:
        drawings.recorded(connection, kept.account, kept.id, position)
    return json_response({"id": kept.id, "position": position, "lines": lines})


def _mandate(asked: Asked, given: Services) -> Any:
    return validated(RecordAsked, asked.body.raw, Readable(given, asked.principal)).mandate


def _mine(id: UUID, caller: Principal, given: Services) -> Drawing:
    with given.pool.connection() as connection:
        found = drawings.find(connection, caller.account, id)
    if found is None:
        raise DrawingUnknown
    return found


def _building(id: UUID, caller: Principal, given: Services) -> tuple[UUID, Names]:
    """Of what lies out of sight there is nothing to draw."""
    asked = views.Asked(sight=caller.sight)
    with looking(given, asked) as view:
        subject(view, asked, Building, id)
        return id, named(view, [id])


def _worked(kept: Drawing, caller: Principal, given: Services) -> tuple[Work, Names]:
    asked = views.Asked(sight=caller.sight, after=kept.position)
    with looking(given, asked) as view:
        subject(view, asked, Building, kept.building)
        work = worked(kept, given, caller, view)
        return work, named(view, told.ids_of(work))


def _missing(place: int, digest: str) -> Fault:
    return Fault(
        code="file-missing",
        field=f"/files/{place}/file",
        zh=f"文件 {digest} 尚未上传。",
        en=f"The file {digest} was not uploaded.",
    )
