"""What a proposal would do if it were carried out now: rehearsed line by line, as its last approval would, and nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from api.access.jurisdiction import Errand
from api.approvals import proposed
from api.approvals.proposed import Proposed
from api.approvals.seeing import Looked
from api.batches.lines import errand_of, named_on, on_line
from api.batches.rehearsing import in_words, verdicts_of
from api.composition import Services
from api.dependencies import Asked
from api.errors import problem_of
from api.executing import call_of, notice_told
from api.whereabouts import Whereabouts
from domain.access.principal import Principal
from domain.approvals.terms import ProposalStatus
from domain.kernel.errors import Refusal
from domain.rehearsal import Line, Verdict


class _NotJudged(Refusal):
    """Neither the submitter nor the reader may carry it out; whoever approves last may. It is no fault of the line."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """One line: what it means, if it means anything, and what would come of it."""

    errand: Errand | None
    problem: dict[str, Any] | None
    notices: list[dict[str, Any]]
    events: list[dict[str, Any]]


def foretold(said: Proposed, look: Looked, caller: Principal, given: Services) -> list[Foretold]:
    submitter = proposed.submitter_of(given, look.proposal) or caller
    errands = [_errand(said, index, proposed.as_asked(submitter), given) for index in range(len(said.batch.commands))]
    lines = list(_lines(said, errands, look, (submitter, caller), given))
    is_open = look.proposal.status in (ProposalStatus.UNDER_WAY, ProposalStatus.SENT_BACK)
    asked = proposed.as_asked(caller)
    verdicts = (
        verdicts_of(given, caller, asked.command_id, lines, together=True) if is_open else [Verdict()] * len(lines)
    )
    events = in_words(given, caller, verdicts)
    return [
        Foretold(
            errand=None if isinstance(errand, Refusal) else errand[0],
            problem=_problem(said, index, verdict.refusal),
            notices=[notice_told(notice) for notice in verdict.notices],
            events=events[index],
        )
        for index, (errand, verdict) in enumerate(zip(errands, verdicts, strict=True))
    ]


_Read = tuple[Errand, Any]


def _errand(said: Proposed, index: int, asked: Asked, given: Services) -> _Read | Refusal:
    """Or why it means nothing any more: a file is gone, a bound is tighter."""
    try:
        return errand_of(said.batch, index, asked, given)
    except Refusal as refusal:
        return refusal


def _lines(
    said: Proposed,
    errands: Sequence[_Read | Refusal],
    look: Looked,
    whose: tuple[Principal, Principal],
    given: Services,
) -> Iterator[Line]:
    """Under the submitter's grants, or else the reader's."""
    places = Whereabouts(given, (named for line in said.batch.commands for named in named_on(line)))
    is_last = look.standing is not None and look.proposal.is_at_last_level
    for read in errands:
        yield read if isinstance(read, Refusal) else _call(read, whose, places, given, is_last=is_last)


def _call(
    read: _Read, whose: tuple[Principal, Principal], places: Whereabouts, given: Services, *, is_last: bool
) -> Line:
    refused: Refusal = _NotJudged()
    for principal in whose:
        try:
            return call_of(*read, proposed.as_asked(principal), places, given)
        except Refusal as refusal:
            refused = refusal
    return refused if is_last else _NotJudged()


def _problem(said: Proposed, index: int, refusal: Refusal | None) -> dict[str, Any] | None:
    if refusal is None or isinstance(refusal, _NotJudged):
        return None
    placed, prefix = on_line(refusal, said.batch, index)
    return problem_of(placed, index + 1, prefix)
