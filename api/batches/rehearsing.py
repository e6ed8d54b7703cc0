"""A batch rehearsed: each line decided as it would be under its own grant, nothing written, and every line told what would come of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from fastapi.responses import Response

from api import openapi
from api.batches.answers import BatchVerdict
from api.batches.lines import lines_of, on_line
from api.batches.schema import Batch
from api.bodies import validated
from api.composition import Services
from api.dependencies import Asked, Change, Given
from api.errors import problem_of
from api.executing import json_response, notice_told, told_to
from api.files.readable import Readable
from api.reading import looking
from api.routing import Routes
from domain.access.principal import Principal
from domain.rehearsal import Line, Verdict, rehearsed
from domain.work import Call
from infra.eventstore.book import LogBook
from projections.queries import view as views
from projections.queries.foretelling import Foretelling
from projections.queries.things import labels, named
from projections.queries.view import View

router = Routes(tags=["batches"])


@router.post(
    "/v1/batches/check",
    operation_id="batches.check",
    summary="核对批次而不办理 · Check a batch without sending it",
    response_class=Response,
    responses={
        200: openapi.answers(BatchVerdict, "逐行结果 · What would come of each line"),
        **openapi.problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503),
    },
    openapi_extra=openapi.body_of(Batch),
)
def check(asked: Change, given: Given) -> Response:
    """逐行按实际办理的规则、权限核对，什么也不写入；每一行都有结果。

    Every line as it would be decided and under the same rights, also those after a refused one; nothing is written. Who has
    jurisdiction is asked as things are now. With the Idempotency-Key of the later batch, new things get the same ids.
    """
    batch = validated(Batch, asked.body.raw, Readable(given, asked.principal))
    return json_response(checked(batch, asked, given))


def checked(batch: Batch, asked: Asked, given: Services) -> dict[str, Any]:
    """What would come of each line of a batch, in words."""
    lines = list(lines_of(batch, asked, given))
    verdicts = verdicts_of(given, asked.principal, asked.command_id, lines, together=batch.mode == "all-or-nothing")
    told = in_words(given, asked.principal, verdicts)
    results = [_result(batch, index, lines[index], one, told[index]) for index, one in enumerate(verdicts)]
    refused = sum(one.refusal is not None for one in verdicts)
    return {"mode": batch.mode, "accepted": len(results) - refused, "refused": refused, "results": results}


def verdicts_of(
    given: Services, caller: Principal, command_id: UUID, lines: Sequence[Line], *, together: bool
) -> list[Verdict]:
    """The core of it, for as many lines as one likes. What stands in the way is told as far as the caller may know of it."""
    shelf = given.registry.ahead(line for line in lines if isinstance(line, Call))
    found = rehearsed(shelf, LogBook(given.pool), command_id, lines, together=together)
    return [one if one.refusal is None else Verdict(told_to(caller, one.refusal)) for one in found]


def in_words(given: Services, caller: Principal, verdicts: Sequence[Verdict]) -> list[list[dict[str, Any]]]:
    """The events of each line, field by field, shown by a view that knows all that they go on from."""
    events = [event for verdict in verdicts for event in verdict.events]
    if not events:
        return [[] for _ in verdicts]
    after = given.log.last_position([event.originator_id for event in events])
    with looking(given, views.Asked(sight=caller.sight, after=after)) as view:
        return eventsin_words(view, [verdict.events for verdict in verdicts])


def eventsin_words(view: View, lines: Iterable[Sequence[Any]]) -> list[list[dict[str, Any]]]:
    lines = list(lines)
    foretelling = Foretelling(view, (event for line in lines for event in line))
    found = [foretelling.foretold(line) for line in lines]
    things = {str(id) for line in found for one in line for id in one.things()}
    names = labels(named(view, things)) | foretelling.new_names()
    return [[one.told(names) for one in line] for line in found]


def _result(batch: Batch, index: int, line: Line, verdict: Verdict, events: list[dict[str, Any]]) -> dict[str, Any]:
    said = batch.commands[index]
    problem = None
    if verdict.refusal is not None:
        refusal, prefix = on_line(verdict.refusal, batch, index)
        problem = problem_of(refusal, index + 1, prefix)
    return {
        "line": index + 1,
        "command": said.command,
        "id": said.id if isinstance(line, Exception) else line.id,
        "problem": problem,
        "notices": [notice_told(notice) for notice in verdict.notices],
        "events": events,
    }
