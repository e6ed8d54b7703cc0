"""What a proposal proposes: the lines of a batch, from their bytes on the desk to calls under somebody's grants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from api.access.jurisdiction import Errand
from api.approvals.refusals import PapersGone
from api.batches.lines import errand_of, named_on
from api.batches.schema import Batch
from api.bodies import parsed, validated
from api.composition import Services
from api.dependencies import Asked
from api.executing import call_of, require_one_kind
from api.whereabouts import Whereabouts
from domain.access.principal import Principal
from domain.approvals.proposal import Proposal
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import NotFound, Refusal
from domain.work import Call
from infra import proposed as papers
from infra.access import principals


@dataclass(frozen=True, slots=True)
class Proposed:
    """The bytes that are kept, and the batch that they are."""

    content: bytes
    batch: Batch


def content_of(body: Any) -> bytes:
    """The commands of a request in the one form that its digest is made of; its mandate is that of all lines with none."""
    said = {"mode": "all-or-nothing", "mandate": body["mandate"], "commands": body["commands"]}
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def proposed(content: bytes) -> Proposed:
    """Files that lines cite are looked for when the lines are read one by one."""
    return Proposed(content, validated(Batch, content))


def of(given: Services, proposal: Proposal) -> Proposed:
    with given.pool.connection() as connection:
        content = papers.read(connection, proposal.id, proposal.papers.digest)
    if content is None:
        raise PapersGone
    return proposed(content)


def as_asked(principal: Principal) -> Asked:
    """What a reader asks for, where lines are only read: nothing is sent."""
    return Asked(principal=principal, body=parsed(b"{}"), command_id=uuid4(), expected_version=None, method="", path="")


def errands(batch: Batch, asked: Asked, given: Services) -> Iterator[tuple[Errand, Any]]:
    """What the lines mean, each with its mandate; refuses the first that is not as its command requires."""
    kinds: dict[UUID, type[Aggregate]] = {}
    for index in range(len(batch.commands)):
        errand, said = errand_of(batch, index, asked, given)
        require_one_kind(kinds, errand)
        yield errand, said


def calls(batch: Batch, proposal: Proposal, asked: Asked, given: Services) -> Iterator[Call]:
    """Each line under the submitter's present grants, or else those of whoever asks now: the last approver."""
    submitter = submitter_of(given, proposal)
    theirs = asked if submitter is None else replace(asked, principal=submitter)
    places = Whereabouts(given, (named for line in batch.commands for named in named_on(line)))
    for errand, said in errands(batch, theirs, given):
        call = _call(errand, said, (theirs, asked), places, given)
        correlation = call.mandate.correlation or proposal.id
        yield replace(call, mandate=replace(call.mandate, correlation=correlation, causation=proposal.id))


def _call(errand: Errand, said: Any, askers: tuple[Asked, Asked], places: Whereabouts, given: Services) -> Call:
    submitter, approver = askers
    try:
        return call_of(errand, said, submitter, places, given)
    except Refusal:
        return call_of(errand, said, approver, places, given)


def submitter_of(given: Services, proposal: Proposal) -> Principal | None:
    """With what they are granted now. None: the account was closed since."""
    with given.pool.connection() as connection:
        return principals.of_login(connection, proposal.submitter)


def opened(given: Services, id: UUID | None) -> Proposal:
    """The proposal itself, from the log."""
    if id is None:
        raise NotFound(kind=Proposal.en, id="?", zh=Proposal.zh, field="id")
    found = given.registry.open(Proposal, id)
    if not isinstance(found, Proposal):
        raise NotFound(kind=Proposal.en, id=id, zh=Proposal.zh, field="id")
    return found
