"""From the lines of a batch to calls, and from what goes wrong back to the line that it happened in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import overload
from uuid import UUID, uuid5

from api.batch_schema import Batch, BatchLine
from api.bodies import validated
from api.commands import placed
from api.dependencies import Asked
from api.executing import arguments, mandate, require_id, require_one_kind
from api.refusals import Faulty, LineInvalid, MandateMissing, RequestInvalid
from api.schemas import Strictly, arguments_of
from domain.catalogue import COMMANDS
from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.saving import Conflict, StillHeld, ValueTaken
from domain.work import Call, Shelf, Work

_ON_THE_LINE = frozenset({"id", "corrects", "expected_version"})


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


def calls_of(batch: Batch, asked: Asked, files: object) -> Iterator[Call]:
    kinds: dict[UUID, type[Aggregate]] = {}
    for index in range(len(batch.commands)):
        call = call_of(batch, index, asked, files)
        require_one_kind(kinds, call)
        yield call


def call_of(batch: Batch, index: int, asked: Asked, files: object) -> Call:
    """The call that a line means, its arguments checked by the command's own model."""
    line = batch.commands[index]
    command = COMMANDS[line.command]
    given = line.mandate or batch.mandate
    if given is None:
        raise MandateMissing
    id = require_id(command, line.id, line.corrects)
    return Call(
        command=command,
        # Made here and not by the registry, so that the answer can say which line made which.
        id=id or uuid5(asked.command_id, f"line {index + 1}"),
        arguments=arguments(command, _checked(line, files)),
        mandate=mandate(given, asked.principal),
        corrects=line.corrects,
        expected_version=line.expected_version,
    )


def _checked(line: BatchLine, files: object) -> Strictly:
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
