"""Submitting a proposal, and submitting it again: its commands go to the desk, their digest into the log."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, cast
from uuid import UUID, uuid5

from fastapi.responses import Response

from api.access.jurisdiction import Errand
from api.approvals.proposed import Proposed, content_of, errands, proposed
from api.batches.lines import on_line
from api.bodies import validated
from api.commands import placed
from api.composition import Services
from api.dependencies import Asked, Change, Given, PathId
from api.errors import answer as refusal_answer
from api.executing import carry_out, errand, present, request_digest
from api.files.readable import Readable
from api.schemas import request_of
from domain.approvals.proposal import Papers
from domain.kernel.commands import Command
from domain.kernel.errors import Refusal
from domain.registry import Answer
from infra import proposed as papers


def endpoint(command: Command) -> Callable[..., Response]:
    def submitted(asked: Change, given: Given, id: PathId) -> Response:
        checked = validated(request_of(command), asked.body.raw, Readable(given, asked.principal))
        said = proposed(content_of(asked.body.data))
        refused = _first_wrong_line(said, asked, given)
        if refused is not None:
            return refused
        wanted = _with_papers(errand(command, checked, asked, id), said, asked)
        try:
            answer = _recorded(wanted, checked, said, asked, given)
        except Refusal as refusal:
            raise placed(refusal, command) from None
        return present(answer, command, wanted.id, created=command.creates)

    return submitted


def _first_wrong_line(said: Proposed, asked: Asked, given: Services) -> Response | None:
    """Only their form: whether the registry lets them happen is asked when they are to happen."""
    checked = 0
    try:
        for _ in errands(said.batch, asked, given):
            checked += 1
    except Refusal as refusal:
        refusal, prefix = on_line(refusal, said.batch, checked)
        return refusal_answer(refusal, line=checked + 1, prefix=prefix)
    return None


def _with_papers(wanted: Errand, said: Proposed, asked: Asked) -> Errand:
    known = Papers(digest=papers.digest_of(said.content), lines=len(said.batch.commands))
    # Named here and not by the registry, because the papers are kept under it.
    id = wanted.id or uuid5(asked.command_id, "proposal")
    return replace(wanted, id=id, arguments={**wanted.arguments, "commands": known})


def _recorded(wanted: Errand, checked: Any, said: Proposed, asked: Asked, given: Services) -> Answer:
    """The papers are there before the event that names them, and go again if it does not come."""
    request = request_digest(asked)
    proposal = cast("UUID", wanted.id)
    with given.pool.connection() as connection:
        papers.sweep(connection)
        is_new = papers.keep(connection, proposal, said.content)
    try:
        answer = carry_out(wanted, checked.mandate, asked, given, command_id=asked.command_id, request=request)
    except Exception:
        if is_new:
            _forget(given, proposal, said)
        raise
    if not answer.repeated:
        with given.pool.connection() as connection:
            papers.remove_all_but(connection, proposal, papers.digest_of(said.content))
    return answer


def _forget(given: Services, proposal: UUID, said: Proposed) -> None:
    # What cannot be deleted now is swept later; the caller is told of what came first.
    with suppress(Exception), given.pool.connection() as connection:
        papers.remove(connection, proposal, papers.digest_of(said.content))
