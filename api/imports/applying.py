"""What a checked file says, written as one command; and the same taken back by withdrawing every event of it, as one command too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec

from api import executing
from api.access.jurisdiction import Errand, grant_for
from api.batches.lines import Lines
from api.composition import Services
from api.imports.checking import Checked, check
from api.imports.findings import MOST_KEPT, Finding
from api.imports.naming import named
from api.imports.orders import Order, Tell
from api.imports.waiting import caught_up
from api.reading import looking
from api.whereabouts import Whereabouts
from domain.catalogue import BIRTHS, COMMANDS
from domain.kernel.errors import Refusal
from domain.kernel.events import EVENTS
from domain.kernel.saving import Line
from domain.registry import Answer
from domain.rehearsal import rehearsed
from domain.work import Call
from infra.eventstore.book import LogBook
from projections.queries.view import Asked

_LAST_ROW: Final = 60_000


class NotAsChecked(Refusal):
    code = "import-not-right"
    zh = "自上次核对以来情况有变，文件中有 {count} 处不能办理，未写入任何内容。请看核对结果。"
    en = "Things have changed since the check: {count} places of the file are refused now, and nothing was written. See the findings."


class NotUndoable(Refusal):
    code = "import-not-undoable"
    zh = "有 {count} 行不能撤销，因此一行也没有撤销。原因逐行列出。"
    en = "{count} rows cannot be undone, so none was. The reasons are listed row by row."


class NothingToUndo(Refusal):
    code = "import-nothing-to-undo"
    zh = "日志中没有这次导入写入的内容，无需撤销。"
    en = "The log holds nothing that this import wrote; there is nothing to undo."


def applied(order: Order, given: Services, tell: Tell) -> tuple[Answer | None, Checked | None]:
    """The answer of the command; or, when the file is not right any more, what is wrong with it now.

    A repeat finds that it was written already, and writes nothing.
    """
    request = request_of(order)
    first = given.registry.repeated(order.command_id, request)
    if first is not None:
        return first, None
    checked = check(order, given, tell, rehearse=False)
    if not checked.is_right:
        return None, checked
    try:
        return given.registry.execute(order.command_id, Told(checked.calls, tell), request=request), checked
    except Refusal as refusal:
        found = check(order, given, tell)
        if found.is_right:
            raise executing.told_to(order.principal, refusal) from None
        return None, found


class Told(Lines):
    """Calls that tell which one is come to; past the last, they are being written."""

    def __init__(self, calls: Sequence[Call], tell: Tell) -> None:
        super().__init__(calls)
        self._tell = tell

    def __iter__(self) -> Iterator[Call]:
        for call in super().__iter__():
            self._tell("deciding", self.current or 0, len(self))
            yield call
        self._tell("writing", len(self), len(self))


def request_of(order: Order) -> str:
    """What makes two requests to apply the same: the same file, for the same command, on the same authority, by the same account."""
    said = [str(order.command_id), order.digest, order.command.key, str(order.principal.account)]
    return hashlib.sha256(msgspec.json.encode([*said, msgspec.to_builtins(order.said, enc_hook=str)])).hexdigest()


def undo(order: Order, given: Services, tell: Tell) -> list[dict[str, Any]]:
    """Nothing when all of it is taken back; else what stands in the way, and nothing is taken back."""
    command_id = uuid5(order.command_id, "undo")
    request = hashlib.sha256(f"{command_id}:{order.principal.account}".encode()).hexdigest()
    if given.registry.repeated(command_id, request) is not None:
        return []
    answered = given.log.first_answer(order.command_id)
    if answered is None:
        raise NothingToUndo
    caught_up(order, given, tell)
    # What came last goes first: a unit before the one that it is under.
    lines = list(reversed(answered.lines))
    tell("undo", 0, len(lines))
    calls = list(_withdrawals(lines, order, given))
    in_the_way = [*_refused(lines, calls, command_id, given, tell), *_used(lines, order, given)]
    if not in_the_way:
        tell("writing", 0, len(lines))
        given.registry.execute(command_id, [one for one in calls if isinstance(one, Call)], request=request)
        return []
    rows = {uuid5(order.command_id, f"row {row + 1}"): row for row in range(_LAST_ROW)}
    asked = Asked(sight=order.principal.sight)
    found = [Finding(code="", zh=zh, en=en, row=rows.get(id)) for id, zh, en in in_the_way[:MOST_KEPT]]
    return [
        {"row": None if one.row is None else one.row + 1, "id": str(id), "zh": one.zh, "en": one.en}
        for (id, _, _), one in zip(in_the_way, named(found, rows, given, asked), strict=False)
    ]


def _withdrawals(lines: Sequence[Line], order: Order, given: Services) -> Iterator[Call | Refusal]:
    kinds = _kinds(lines, given)
    places = Whereabouts(given, ((kinds[line.aggregate_id], line.aggregate_id) for line in lines))
    for line in lines:
        command = COMMANDS[f"{kinds[line.aggregate_id]}.withdraw"]
        errand = Errand(
            command=command, id=line.aggregate_id, arguments={"of": line.position}, topic=line.topic
        )  # fmt: skip
        try:
            role = grant_for(order.principal, errand, places, given).role
        except Refusal as refusal:
            yield refusal
            continue
        mandate = executing.mandate(order.said, order.principal, role, order.source)
        yield Call(command=command, id=errand.id, arguments=errand.arguments, mandate=mandate)


def _kinds(lines: Sequence[Line], given: Services) -> dict[UUID, str]:
    begun = given.log.beginnings({line.aggregate_id for line in lines})
    return {id: BIRTHS[EVENTS[topic]].kind for id, topic in begun.items()}


Way = tuple[UUID, str, str]


def _refused(
    lines: Sequence[Line], calls: Sequence[Call | Refusal], command_id: UUID, given: Services, tell: Tell
) -> Iterator[Way]:
    shelf = given.registry.ahead([one for one in calls if isinstance(one, Call)])
    verdicts = rehearsed(
        shelf, LogBook(given.pool), command_id, calls, together=True, tell=lambda index: tell("undo", index, len(lines))
    )
    for line, verdict in zip(lines, verdicts, strict=True):
        if verdict.refusal is not None:
            yield line.aggregate_id, verdict.refusal.message_zh, verdict.refusal.message_en


def _used(lines: Sequence[Line], order: Order, given: Services) -> Iterator[Way]:
    """Things that others name now, also where naming is no holding: a person as custodian, a vehicle on a journey."""
    born = [line.aggregate_id for line in lines if EVENTS[line.topic] in BIRTHS]
    statement = (
        "SELECT h.holder, count(*) AS things FROM {holdings} WHERE h.holder = ANY(%(ids)s::uuid[])"
        " AND NOT h.asset = ANY(%(ids)s::uuid[]) AND h.until IS NULL GROUP BY h.holder"
    )
    everything = replace(Asked(sight=order.principal.sight), after=given.log.head())
    with looking(given, everything) as view:
        for row in view.rows(statement.format(holdings=view.of("holdings", "h")), {"ids": born}):
            zh = f"之后有 {row['things']} 项记录用到了它，不能撤销登记。请先更正那些记录。"
            yield (
                row["holder"],
                zh,
                f"{row['things']} later records name it, so it cannot be withdrawn. Correct those first.",
            )
