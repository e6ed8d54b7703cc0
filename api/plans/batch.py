"""A plan as the batch that it would be sent as, and its lines as calls."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from api.access.jurisdiction import Errand
from api.batches.lines import errand_of, named_on
from api.batches.schema import Batch
from api.bodies import Body, parsed, validated
from api.composition import Services
from api.dependencies import Asked
from api.executing import call_of, mandate, require_one_kind
from api.files.readable import Readable
from api.plans.sight import Seen
from api.whereabouts import Whereabouts
from domain.access.principal import Principal
from domain.kernel.errors import Refusal
from domain.rehearsal import Line as Rehearsed
from domain.work import Call
from infra.plans.lines import Line
from infra.plans.store import Plan
from infra.plans.store import batch_of as batch_of_plan


def body(plan: Plan, lines: Sequence[Line]) -> dict[str, Any]:
    return {"mode": "all-or-nothing", "mandate": plan.mandate, "commands": [line.said for line in lines]}


def asked_as(caller: Principal, plan: Plan, lines: Sequence[Line]) -> Asked:
    """What the caller would ask of `/v1/batches`."""
    return Asked(
        principal=caller,
        body=_body(plan, lines),
        command_id=batch_of_plan(plan.id),
        expected_version=None,
        method="POST",
        path="/v1/batches",
    )


def _body(plan: Plan, lines: Sequence[Line]) -> Body:
    return parsed(json.dumps(body(plan, lines), ensure_ascii=False).encode())


def batch_of(asked: Asked, given: Services) -> Batch:
    return validated(Batch, asked.body.raw, Readable(given, asked.principal))


class Judged:
    """The lines of a plan as a rehearsal takes them, under the caller's grants where these cover them.

    A line that the caller could not send is rehearsed all the same if it is about what they see, so that a reader is told what
    the plan would do; `not_theirs` says why they could not send it.
    """

    def __init__(self, batch: Batch, lines: Sequence[Line], asked: Asked, given: Services, seen: Seen) -> None:
        self.not_theirs: dict[int, Refusal] = {}
        self._batch, self._lines, self._asked, self._given, self._seen = batch, lines, asked, given, seen
        self._places = Whereabouts(given, chain.from_iterable(named_on(line) for line in batch.commands))

    def rehearsed(self) -> Iterator[Rehearsed]:
        for index in range(len(self._lines)):
            try:
                errand, said = errand_of(self._batch, index, self._asked, self._given)
                require_one_kind({}, errand)
            except Refusal as refusal:
                yield refusal
            else:
                yield self._under_a_grant(index, errand, said)

    def _under_a_grant(self, index: int, errand: Errand, said: Any) -> Rehearsed:
        try:
            return call_of(errand, said, self._asked, self._places, self._given)
        except Refusal as refusal:
            if not self._seen.shows_things(self._lines[index].said):
                return refusal
            self.not_theirs[index] = refusal
        caller = self._asked.principal
        role = caller.grants[0].role
        return Call(
            command=errand.command,
            id=errand.id,
            arguments=errand.arguments,
            mandate=mandate(said, caller, role),
            corrects=errand.corrects,
        )
