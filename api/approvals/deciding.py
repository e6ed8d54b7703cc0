"""Deciding at a level. The last approval carries out what was proposed: both are one decision of the registry, or neither is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from fastapi.responses import Response

from api.access.jurisdiction import Errand, grant_for, named_by
from api.approvals import proposed
from api.approvals.deputies import authority, require_approver
from api.approvals.proposed import Proposed
from api.batches.lines import Lines, line_to_blame, on_line
from api.bodies import validated
from api.commands import placed
from api.composition import Services
from api.dependencies import Asked, Change, Given, PathId
from api.errors import answer as refusal_answer
from api.executing import errand, execute, mandate, present, request_digest
from api.files.readable import Readable
from api.schemas import request_of
from api.whereabouts import Whereabouts
from domain.approvals.proposal import Proposal
from domain.approvals.terms import ProposalStatus
from domain.kernel.commands import Command
from domain.kernel.errors import Refusal
from domain.kernel.saving import Conflict
from domain.registry import Answer
from domain.work import Call
from infra import proposed as papers


def endpoint(command: Command) -> Callable[..., Response]:
    def decided(asked: Change, given: Given, id: PathId) -> Response:
        checked = validated(request_of(command), asked.body.raw, Readable(given, asked.principal))
        wanted = errand(command, checked, asked, id)
        first = given.registry.repeated(asked.command_id, request_digest(asked))
        if first is not None:
            return present(first, command, wanted.id, created=False)
        try:
            return _decided(wanted, cast("Any", checked).mandate, asked, given)
        except Refusal as refusal:
            raise placed(refusal, command) from None

    return decided


def _decided(wanted: Errand, said: Any, asked: Asked, given: Services) -> Response:
    call = _call(wanted, said, asked, given)
    proposal = proposed.opened(given, wanted.id)
    if not _is_last_approval(wanted, proposal):
        answer = execute(given, asked, asked.command_id, [call], request_digest(asked))
        return present(answer, wanted.command, wanted.id, created=False)
    return _carried_out(_as_looked_at(call, proposal), proposal, asked, given)


def _call(wanted: Errand, said: Any, asked: Asked, given: Services) -> Call:
    """Under a grant of whoever decides, or of the one on whose behalf they do; always in their own name."""
    whose = authority(wanted, asked, given)
    places = Whereabouts(given, named_by(wanted.command.key, wanted.id, wanted.arguments))
    grant = grant_for(whose, wanted, places, given)
    require_approver(wanted, given)
    return Call(
        command=wanted.command,
        id=wanted.id,
        arguments=wanted.arguments,
        mandate=mandate(said, asked.principal, grant.role),
        corrects=wanted.corrects,
        expected_version=wanted.expected_version,
    )


def _is_last_approval(wanted: Errand, proposal: Proposal) -> bool:
    waits = proposal.status is ProposalStatus.UNDER_WAY and proposal.is_at_last_level
    return wanted.command.name == "approve" and waits


def _as_looked_at(call: Call, proposal: Proposal) -> Call:
    """What is carried out was read for this version: another one may have been corrected meanwhile."""
    return call if call.expected_version is not None else replace(call, expected_version=proposal.version)


def _carried_out(call: Call, proposal: Proposal, asked: Asked, given: Services) -> Response:
    said = proposed.of(given, proposal)
    calls: list[Call] = [call]
    try:
        # Extended one by one, so that at a refusal its length is the line that was refused, counted from 1.
        calls.extend(proposed.calls(said.batch, proposal, asked, given))
    except Refusal as refusal:
        return _refused(refusal, said, len(calls))
    lines = Lines(calls)
    try:
        answer = execute(given, asked, asked.command_id, lines, request_digest(asked))
    except Conflict as conflict:
        raise _raced(conflict, asked) from None
    except Refusal as refusal:
        return _refused(refusal, said, _blamed(refusal, lines, calls, asked, given))
    _tidied(given, proposal.id)
    return _answered(answer, call)


def _answered(answer: Answer, call: Call) -> Response:
    return present(answer, call.command, call.id, created=False)


def _raced(conflict: Conflict, asked: Asked) -> Conflict:
    """412 is about the header `If-Match`: who sent none only lost a race."""
    return conflict if asked.expected_version is not None else Conflict(field="id", **conflict.data)


def _blamed(refusal: Refusal, lines: Lines, calls: Sequence[Call], asked: Asked, given: Services) -> int:
    """0 is the approval itself."""
    blamed = lines.current
    if blamed is None:
        blamed = line_to_blame(given.registry, asked.command_id, calls, refusal)
    return blamed or 0


def _refused(refusal: Refusal, said: Proposed, line: int) -> Response:
    """Nothing was written: the approver is told which line cannot be carried out, and why, and may send it back."""
    if line == 0:
        raise refusal
    refusal, prefix = on_line(refusal, said.batch, line - 1)
    return refusal_answer(refusal, line=line, prefix=prefix)


def _tidied(given: Services, proposal: UUID) -> None:
    """What was carried out is in the log: nobody needs its papers any more."""
    with given.pool.connection() as connection:
        papers.remove_all_but(connection, proposal)
