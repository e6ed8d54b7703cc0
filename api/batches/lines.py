"""From the lines of a batch to calls, and from what goes wrong back to the line that it happened in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, overload
from uuid import UUID, uuid5

from api.access.jurisdiction import Errand, named_by
from api.batches.schema import Batch, BatchLine
from api.bodies import validated
from api.commands import placed
from api.composition import Services
from api.dependencies import Asked
from api.executing import arguments, call_of, require_id, require_one_kind
from api.files.readable import Readable
from api.refusals import Faulty, LineInvalid, MandateMissing, ProposalByItself, RequestInvalid
from api.schemas import Strictly, arguments_of
from api.whereabouts import Whereabouts
from domain.approvals.proposal import Proposal
from domain.catalogue import COMMANDS
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.saving import Conflict, StillHeld, ValueTaken
from domain.rehearsal import Line
from domain.work import Call, Shelf, Work

_ON_THE_LINE = frozenset({"command", "id", "corrects", "expected_version"})


class Lines(Sequence[Call]):
    """The calls of a batch, noting which one the registry has come to: None once it is past the last."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self._calls = calls
        self.current: int | None = None

    def __iter__(self) -> Iterator[Call]:
        for index, call in enumerate(self._calls):
            self.current = index
            yield call
        self.current = None

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Call]: ...
    def __getitem__(self, index: int | slice) -> Call | Sequence[Call]:
        return self._calls[index]

    def __len__(self) -> int:
        return len(self._calls)


def calls_of(batch: Batch, asked: Asked, given: Services) -> Iterator[Call]:
    """The calls of all lines, each under a grant that covers it; where things lie is asked for all lines at once."""
    kinds: dict[UUID, type[Aggregate]] = {}
    places = Whereabouts(given, chain.from_iterable(named_on(line) for line in batch.commands))
    for index in range(len(batch.commands)):
        errand, said = errand_of(batch, index, asked, given)
        require_one_kind(kinds, errand)
        yield call_of(errand, said, asked, places, given)


def lines_of(batch: Batch, asked: Asked, given: Services) -> Iterator[Line]:
    """The same for a rehearsal, which also judges the lines after one that is refused already.

    That one id is one thing it finds out itself: only there is it known which of the earlier lines made something.
    """
    places = Whereabouts(given, chain.from_iterable(named_on(line) for line in batch.commands))
    for index in range(len(batch.commands)):
        try:
            errand, said = errand_of(batch, index, asked, given)
            require_one_kind({}, errand)
            yield call_of(errand, said, asked, places, given)
        except Refusal as refusal:
            yield refusal


def named_on(line: BatchLine) -> Iterator[tuple[str, UUID]]:
    return named_by(line.command, line.id, line.arguments)


def id_on(line: BatchLine, command_id: UUID, index: int) -> UUID:
    """What a line is about. Made here and not by the registry, so that the answer can say which line made which."""
    return line.id or uuid5(command_id, f"line {index + 1}")


def errand_of(batch: Batch, index: int, asked: Asked, given: Services) -> tuple[Errand, Any]:
    """What a line means, its arguments checked by the command's own model, and the mandate that was given for it."""
    line = batch.commands[index]
    command = COMMANDS[line.command]
    if command.aggregate is Proposal:
        raise ProposalByItself
    said = line.mandate or batch.mandate
    if said is None:
        raise MandateMissing
    require_id(command, line.id, line.corrects)
    made = Errand(
        command=command,
        id=id_on(line, asked.command_id, index),
        arguments=arguments(command, _checked(line, Readable(given, asked.principal))),
        corrects=line.corrects,
        expected_version=line.expected_version,
    )
    return made, said


def _checked(line: BatchLine, files: Readable) -> Strictly:
    try:
        return validated(arguments_of(COMMANDS[line.command]), json.dumps(line.arguments).encode(), files)
    except RequestInvalid as invalid:
        # The schema of a batch leaves arguments open, so the batch itself is well formed: this is a refusal of its line.
        raise LineInvalid([fault.under("/arguments") for fault in invalid.faults]) from None
    except Faulty as impossible:
        raise type(impossible)([fault.under("/arguments") for fault in impossible.faults]) from None


def on_line(refusal: Refusal, batch: Batch, index: int) -> tuple[Refusal, str]:
    """The refusal with its field as this line says it, and what to put before the field."""
    line = batch.commands[index]
    refusal = placed(refusal, COMMANDS[line.command])
    if isinstance(refusal, Conflict):
        # 412 is about the header `If-Match`, which a batch has none of.
        refusal = Conflict(field="expected_version", **refusal.data)
    head = (refusal.field or "").partition(".")[0]
    if head == "mandate":
        return refusal, f"/commands/{index}" if line.mandate is not None else ""
    inside = head and head not in _ON_THE_LINE
    return refusal, f"/commands/{index}" + ("/arguments" if inside else "")


def line_to_blame(shelf: Shelf, command_id: UUID, calls: Sequence[Call], refusal: Refusal) -> int | None:
    """Which line wanted what the log refused: the decisions are made once more, without saving, until one wants it."""
    if not isinstance(refusal, ValueTaken | StillHeld):
        return None
    work = Work(shelf, command_id)
    try:
        for index, call in enumerate(calls):
            work.carry_out(call)
            if _wants(work, refusal):
                return index
    except Refusal:
        pass  # things have changed since; the refusal stands for the batch as a whole
    return None


def _wants(work: Work, refusal: Refusal) -> bool:
    conditions, data = work.conditions(), refusal.data
    claimed = any((scope, value) == (data.get("scope"), data.get("value")) for scope, value, _ in conditions.claims)
    return claimed or any(str(holder) == str(data.get("holder")) for holder, _ in conditions.emptied)
