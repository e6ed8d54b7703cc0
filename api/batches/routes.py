"""Many commands in one request: all of them or none, or each for itself."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import uuid5

from fastapi.responses import Response

from api import openapi
from api.answers import BatchAnswer
from api.batches.lines import Lines, calls_of, errand_of, id_on, line_to_blame, on_line
from api.batches.schema import Batch
from api.bodies import validated
from api.composition import Services
from api.dependencies import Asked, Change, Given
from api.errors import answer as refusal_answer
from api.errors import problem_of
from api.executing import carry_out, execute, json_response, request_digest, require_one_kind, told
from api.files.readable import Readable
from api.routing import Routes
from domain.kernel.errors import Refusal
from domain.registry import Answer
from domain.work import Call

router = Routes(tags=["batches"])


@router.post(
    "/v1/batches",
    operation_id="batches",
    summary="批量办理 · Many commands at once",
    response_class=Response,
    responses={
        200: openapi.answers(BatchAnswer, "已办理；逐行结果见 results · Done; see results line by line"),
        **openapi.problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503),
    },
    openapi_extra=openapi.body_of(Batch),
)
def batches(asked: Change, given: Given) -> Response:
    """`all-or-nothing`: one decision, written together or not at all; the problem names the line.

    `each`: every line is a command of its own, with an id made from the batch's; refused lines do not stop the others.
    """
    batch = validated(Batch, asked.body.raw, Readable(given, asked.principal))
    if batch.mode == "each":
        return _each(batch, asked, given)
    answer = together(batch, asked, given)
    return answer if isinstance(answer, Response) else _answered(_told_together(batch, answer))


def together(batch: Batch, asked: Asked, given: Services) -> Answer | Response:
    """One decision of all lines; or the refusal, which names the line."""
    calls: list[Call] = []
    request = request_digest(asked)
    try:
        # Extended one by one, so that at a refusal its length is the line that was refused.
        calls.extend(calls_of(batch, asked, given))
    except Refusal as refusal:
        first = given.registry.repeated(asked.command_id, request)
        if first is None:
            return _refused(refusal, batch, len(calls))
        return first
    lines = Lines(calls)
    try:
        return execute(given, asked, asked.command_id, lines, request)
    except Refusal as refusal:
        line = lines.current
        return _refused(refusal, batch, _blamed(refusal, asked, given, calls) if line is None else line)


def _blamed(refusal: Refusal, asked: Asked, given: Services, calls: list[Call]) -> int | None:
    return line_to_blame(given.registry, asked.command_id, calls, refusal)


def _refused(refusal: Refusal, batch: Batch, index: int | None) -> Response:
    if index is None:
        return refusal_answer(refusal)
    refusal, prefix = on_line(refusal, batch, index)
    return refusal_answer(refusal, line=index + 1, prefix=prefix)


def _each(batch: Batch, asked: Asked, given: Services) -> Response:
    digest = request_digest(asked)
    results = [_alone(batch, index, asked, given, digest) for index in range(len(batch.commands))]
    answers = [result["answer"] for result in results if result["answer"] is not None]
    said = {
        "mode": batch.mode,
        "command_id": asked.command_id,
        "position": max((answer["position"] for answer in answers), default=None),
        "accepted": len(answers),
        "refused": len(results) - len(answers),
        "events": [event for answer in answers for event in answer["events"]],
        "notices": [notice for answer in answers for notice in answer["notices"]],
        "replayed": bool(answers) and all(answer["replayed"] for answer in answers),
        "results": results,
    }
    return _answered(said)


def _answered(said: dict[str, Any]) -> Response:
    headers = {"Idempotency-Key": str(said["command_id"]), "Idempotency-Replayed": str(said["replayed"]).lower()}
    return json_response(said, 200, headers)


def _alone(batch: Batch, index: int, asked: Asked, given: Services, digest: str) -> dict[str, Any]:
    command_id = uuid5(asked.command_id, str(index + 1))
    request = hashlib.sha256(f"{digest}:{index + 1}".encode()).hexdigest()
    said: dict[str, Any] = {"line": index + 1, "command": batch.commands[index].command, "command_id": command_id}
    try:
        wanted, mandate = errand_of(batch, index, asked, given)
        require_one_kind({}, wanted)
        answer = carry_out(wanted, mandate, asked, given, command_id=command_id, request=request)
    except Refusal as refusal:
        refusal, prefix = on_line(refusal, batch, index)
        problem = problem_of(refusal, index + 1, prefix)
        return {**said, "id": batch.commands[index].id, "answer": None, "problem": problem}
    return {**said, "id": wanted.id, "answer": told(answer, wanted.id), "problem": None}


def _told_together(batch: Batch, answer: Answer) -> dict[str, Any]:
    ids = [id_on(line, answer.command_id, index) for index, line in enumerate(batch.commands)]
    whole = told(answer, ids[0])
    results = [
        {"line": index + 1, "command": batch.commands[index].command, "command_id": answer.command_id}
        | {"id": id, "answer": None, "problem": None}
        for index, id in enumerate(ids)
    ]
    return {
        "mode": batch.mode,
        "command_id": answer.command_id,
        "position": answer.position,
        "accepted": len(ids),
        "refused": 0,
        "events": whole["events"],
        "notices": whole["notices"],
        "replayed": answer.repeated,
        "results": results,
    }
