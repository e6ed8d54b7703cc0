"""A file checked whole before anything is written: its cells, the names in them, the rules of the domain, and what the log knows.

What comes out is either findings, or the calls of one command: all of the file, to be carried out together or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

from api import executing
from api.access.jurisdiction import Errand, grant_for, named_by
from api.bodies import validated
from api.commands import placed
from api.composition import Services
from api.errors import problem_of
from api.files.readable import Readable
from api.imports import headings
from api.imports.columns import EFFECTIVE, SUBJECT, columns_of
from api.imports.findings import Finding
from api.imports.grids import MOST_ROWS, TooManyRows, grids
from api.imports.naming import named
from api.imports.orders import Order, Tell
from api.imports.references import Directory
from api.imports.rows import Reading, Row, alike
from api.imports.waiting import caught_up
from api.moments import moment
from api.reading import looking
from api.refusals import Faulty, RequestInvalid
from api.schemas import arguments_of
from api.whereabouts import Whereabouts
from domain.kernel.errors import Notice, Refusal
from domain.kernel.mandate import Mandate
from domain.kernel.saving import ValueTaken
from domain.rehearsal import NeedsRefusedLine, rehearsed
from domain.work import Call
from infra.eventstore.book import LogBook
from projections.queries.view import Asked

_EVERY: Final = 500
_MAY_BE_ALIKE: Final = frozenset({"lots.receive", "journeys.request"})
"""What may well happen twice on one day."""


@dataclass(frozen=True, slots=True)
class Checked:
    """`calls` are there when nothing is wrong; `rows` stand beside them in the same order."""

    reading: Reading
    rows: list[Row]
    calls: list[Call]

    @property
    def findings(self) -> list[Finding]:
        return self.reading.findings

    @property
    def is_right(self) -> bool:
        return not any(not one.is_warning for one in self.findings)


def check(order: Order, given: Services, tell: Tell, *, rehearse: bool = True) -> Checked:
    """The whole check. A refusal is about the file as such: no table, no header.

    Without `rehearse` what only the domain and the log can say is left to them: whoever writes at once hears it anyway.
    """
    tell("read", 0, 0)
    reading = Reading(headings.layout(grids(order.content), columns_of(order.command)))
    rows = list(reading.rows())
    if len(rows) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    if not rows:
        reading.findings.append(_NOTHING)
    caught_up(order, given, tell)
    checking = _Checking(order, given, reading, tell)
    checking.look_for_doubles(rows)
    checking.resolve(rows)
    ordered = checking.in_order(rows)
    lines = checking.lines(ordered)
    if rehearse or not all(isinstance(line, Call) for line in lines):
        checking.rehearse(ordered, lines)
    reading.findings = checking.named(rows)
    return Checked(reading, ordered, [line for line in lines if isinstance(line, Call)])


_NOTHING: Final = Finding(
    code="import-empty-table", zh="表头下面没有数据。", en="There is nothing below the header of the table."
)


class _Checking:
    def __init__(self, order: Order, given: Services, reading: Reading, tell: Tell) -> None:
        self._order, self._given, self._reading, self._tell = order, given, reading, tell
        self._mandates: dict[tuple[str, Any], Mandate] = {}
        self._model = arguments_of(order.command)
        self._files = Readable(given, order.principal)

    def look_for_doubles(self, rows: Sequence[Row]) -> None:
        """Rule: nothing is made twice because a line was pasted twice. What only happens to a thing may happen twice."""
        command = self._order.command

        def told(row: Row, other: Row) -> None:
            zh = f"与第 {other.at + 1} 行完全相同。重复的请删去一行；确是两条的，请填写能区分的内容。"
            en = f"The same as row {other.at + 1}. Delete one of them; if there are two, fill in what tells them apart."
            if command.creates and command.key not in _MAY_BE_ALIKE:
                self._reading.error(row, None, "import-row-twice", zh, en)
            else:
                self._reading.warn(row.at, "import-row-twice", zh, en)

        alike(rows, told)

    def resolve(self, rows: Sequence[Row]) -> None:
        with looking(self._given, Asked(sight=self._order.principal.sight, after=self._given.log.head())) as view:
            directory = Directory(view)
            self._introduce(rows, directory)
            for row in self._told(rows, "names"):
                self._reading.resolve(row, directory)

    def _introduce(self, rows: Sequence[Row], directory: Directory) -> None:
        """What the file makes may be named in it as well: a unit and, below it, those under it."""
        kind = self._order.command.aggregate.kind
        if self._order.command.creates and any(one.kind == kind for one in self._reading.layout.places.values()):
            for row in rows:
                called = [value for path, value in row.said.items() if path[-1] in ("name", "credit_code", "number")]
                if called:
                    directory.made(kind, self.id_of(row), *called)

    def in_order(self, rows: Sequence[Row]) -> list[Row]:
        """What is named in another row comes before it; else as in the file."""
        made = {str(self.id_of(row)): row for row in rows} if self._order.command.creates else {}
        ordered: dict[int, Row] = {}

        def put(row: Row, below: frozenset[int]) -> None:
            for value in row.said.values():
                other = made.get(value) if isinstance(value, str) else None
                if other is not None and other.at not in ordered and other.at not in below:
                    put(other, below | {row.at})
            ordered.setdefault(row.at, row)

        for row in rows:
            put(row, frozenset({row.at}))
        return list(ordered.values())

    def id_of(self, row: Row) -> UUID:
        """What a row makes has the same id however often the file is checked."""
        return uuid5(self._order.command_id, f"row {row.at + 1}")

    def lines(self, rows: Sequence[Row]) -> list[Call | Refusal]:
        errands = [self._errand(row) for row in self._told(rows, "rules")]
        named = [pair for one in errands if one for pair in named_by(one.command.key, one.id, one.arguments)]
        places = Whereabouts(self._given, named)
        return [self._line(row, errand, places) for row, errand in zip(rows, errands, strict=True)]

    def _errand(self, row: Row) -> Errand | None:
        if row.wrong:
            return None
        command = self._order.command
        try:
            checked = validated(self._model, json.dumps(row.arguments()).encode(), self._files)
        except (RequestInvalid, Faulty) as invalid:
            for fault in invalid.faults:
                place = self._reading.place_of(fault.field.strip("/").split("/"))
                self._reading.error(row, place, fault.code, fault.zh, fault.en)
            return None
        id = self.id_of(row) if command.creates else UUID(row.said[SUBJECT])
        return Errand(command=command, id=id, arguments=executing.arguments(command, checked))

    def _line(self, row: Row, errand: Errand | None, places: Whereabouts) -> Call | Refusal:
        if errand is None:
            return _Wrong()
        try:
            grant = grant_for(self._order.principal, errand, places, self._given)
            mandate = self._mandate(grant.role, row.said.get(EFFECTIVE))
        except Refusal as refusal:
            return refusal
        return Call(command=errand.command, id=errand.id, arguments=errand.arguments, mandate=mandate)

    def _mandate(self, role: str, effective: str | None) -> Mandate:
        """One for all rows of a day, so that the log encodes it once."""
        if (role, effective) not in self._mandates:
            whole = executing.mandate(self._order.said, self._order.principal, role, self._order.source)
            self._mandates[role, effective] = whole if effective is None else whole.at(moment(effective))
        return self._mandates[role, effective]

    def rehearse(self, rows: Sequence[Row], lines: Sequence[Call | Refusal]) -> None:
        given = self._given
        shelf = given.registry.ahead([one for one in lines if isinstance(one, Call)])
        verdicts = rehearsed(
            shelf, LogBook(given.pool), self._order.command_id, lines, together=True,
            tell=lambda index: self._tell("rehearsal", index, len(lines)),
        )  # fmt: skip
        for row, verdict in zip(rows, verdicts, strict=True):
            if verdict.refusal is not None and not isinstance(verdict.refusal, _Wrong):
                self._refused(row, verdict.refusal, rows)
            for notice in verdict.notices:
                self._noticed(row, notice)

    def _refused(self, row: Row, refusal: Refusal, rows: Sequence[Row]) -> None:
        if isinstance(refusal, NeedsRefusedLine):
            refusal = NeedsRefusedLine(field=refusal.field, line=rows[refusal.data["line"] - 1].at + 1)
        place = self._holding(row, refusal) if isinstance(refusal, ValueTaken) else None
        refusal = executing.told_to(self._order.principal, refusal)
        problem = problem_of(placed(refusal, self._order.command))
        if place is None and "field" in problem:
            place = self._reading.place_of(problem["field"].strip("/").split("/"))
        self._reading.error(row, place, refusal.code, refusal.message_zh, refusal.message_en)

    def _holding(self, row: Row, taken: ValueTaken) -> int | None:
        """The cell in which the value stands that somebody else has."""
        value = str(taken.data.get("value"))
        return next((self._reading.places[path] for path, said in row.said.items() if str(said) == value), None)

    def _noticed(self, row: Row, notice: Notice) -> None:
        place = None if notice.field is None else self._reading.place_of(self._path_of(notice.field))
        self._reading.warn(row.at, notice.code, notice.message_zh, notice.message_en, place)

    def _path_of(self, field: str) -> Sequence[str]:
        """A field that is named without the value that it is part of."""
        return next((path for path in self._reading.places if path[-1] == field), (field,))

    def named(self, rows: Sequence[Row]) -> list[Finding]:
        made = {self.id_of(row): row.at for row in rows} if self._order.command.creates else {}
        return named(self._reading.findings, made, self._given, Asked(sight=self._order.principal.sight))

    def _told(self, rows: Sequence[Row], step: str) -> Iterator[Row]:
        for number, row in enumerate(rows):
            if number % _EVERY == 0:
                self._tell(step, number, len(rows))
            yield row


class _Wrong(Refusal):
    """Stands in the place of a row of which everything is told already."""
