"""What a batch would do, found out without doing it: every line decided as it would be, and nothing written.

Each line is decided by a `Work` of its own over a stage: the registry's things, with what the lines accepted before did to them. A
refused line leaves nothing behind. What only the log knows is asked of its book (`domain/demands.py`): after each line where
lines stand for themselves, and of all of them together where they are one decision, because a later line may then hand over
what an earlier one must not leave.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID, uuid5

from domain.catalogue import BIRTHS
from domain.demands import Book, Demands, Kept, judged
from domain.kernel.aggregate import Aggregate
from domain.kernel.commands import DoesNotExist
from domain.kernel.errors import NotFound, Notice, Refusal
from domain.kernel.events import Event
from domain.kernel.saving import NothingChanged
from domain.work import Call, Shelf, Work

PASSES = 10
"""How often all lines are decided anew, without those that the log would refuse, before the rest is not judged."""


class CheckAgain(Refusal):
    """A line that is refused may make others impossible: where that goes on and on, it is told bit by bit."""

    code = "check-again"
    zh = "本行与已指出有误的行相互牵连，暂无法核对。请先改正那些行，再核对一次。"
    en = "This line hangs together with those that are refused. Mend those first, then check again."


class NeedsRefusedLine(Refusal):
    code = "needs-refused-line"
    zh = "本行所涉的对象由第 {line} 行登记，而第 {line} 行不能办理。请先改正第 {line} 行。"
    en = "This line is about what line {line} would register, and that line is refused. Mend line {line} first."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would come of one line: a refusal, or events and what a person should look at."""

    refusal: Refusal | None = None
    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()


Line: TypeAlias = Call | Refusal
"""A line of a batch, or why it is refused before anything is decided."""

Accept: TypeAlias = Callable[[int, Work], None]


Tell: TypeAlias = Callable[[int], None]


def _to_nobody(_: int) -> None:
    """For who does not wait."""


def rehearsed(
    shelf: Shelf, book: Book, command_id: UUID, lines: Sequence[Line], *, together: bool, tell: Tell = _to_nobody
) -> list[Verdict]:
    """A verdict for every line, in order. `together`: the lines are one decision, else each is one of its own.

    `tell` hears of each line that is come to; where some are refused, all are gone through again.
    """
    played = _together if together else _each
    return played(shelf, book, command_id, lines, tell)


def _each(shelf: Shelf, book: Book, command_id: UUID, lines: Sequence[Line], tell: Tell) -> list[Verdict]:
    kept = Kept(book)

    def accept(index: int, work: Work) -> None:
        if not work.changed():
            raise NothingChanged
        demands, conditions = Demands(), work.conditions()
        demands.add(index, conditions, _events(work))
        if refused := judged(demands, kept):
            raise refused[index]
        kept.keep(conditions)

    return _played(shelf, command_id, lines, accept, tell)


def _together(shelf: Shelf, book: Book, command_id: UUID, lines: Sequence[Line], tell: Tell) -> list[Verdict]:
    refused: dict[int, Refusal] = {}
    verdicts: list[Verdict] = []
    for _ in range(PASSES):
        demands = Demands()
        verdicts = _played(
            shelf,
            command_id,
            [refused.get(index, line) for index, line in enumerate(lines)],
            lambda index, work, to=demands: to.add(index, work.conditions(), _events(work)),  # type: ignore[misc]  # bound
            tell,
        )
        found = judged(demands, book)
        if not found:
            return verdicts if any(one.events for one in verdicts) else [_changing(one) for one in verdicts]
        refused |= found
    return [Verdict(refused.get(index) or one.refusal or CheckAgain()) for index, one in enumerate(verdicts)]


def _changing(verdict: Verdict) -> Verdict:
    """Rule: what is sent changes something, if only in one of its lines."""
    return verdict if verdict.refusal is not None else Verdict(NothingChanged())


def _events(work: Work) -> list[Event]:
    return [event for aggregate in work.changed() for event in aggregate.pending]


def _played(shelf: Shelf, command_id: UUID, lines: Sequence[Line], accept: Accept, tell: Tell) -> list[Verdict]:
    """The lines, decided one after the other on one stage; `accept` refuses by what the log alone knows, or takes note."""
    stage, verdicts = _Stage(shelf), list[Verdict]()
    missing: dict[UUID, int] = {}
    for index, line in enumerate(lines):
        tell(index)
        verdict = _decided(stage, uuid5(command_id, f"{index + 1}"), index, line, accept)
        if verdict.refusal is not None and isinstance(line, Call):
            verdict = Verdict(_explained(verdict.refusal, missing))
            if line.id is not None and line.command.creates and line.corrects is None:
                missing.setdefault(line.id, index + 1)
        verdicts.append(verdict)
    return verdicts


def _decided(stage: _Stage, command_id: UUID, index: int, line: Line, accept: Accept) -> Verdict:
    if isinstance(line, Refusal):
        return Verdict(line)
    work = Work(stage, command_id)
    try:
        work.carry_out(line)
        accept(index, work)
    except Refusal as refusal:
        stage.forget(work)
        return Verdict(refusal)
    notices = work.notices()
    return Verdict(None, stage.keep(work), notices)


def _explained(refusal: Refusal, missing: dict[UUID, int]) -> Refusal:
    """What is not there because the line that makes it is refused is told so."""
    line = missing.get(refusal.data.get("id", "")) if isinstance(refusal, NotFound | DoesNotExist) else None
    return refusal if line is None else NeedsRefusedLine(field=refusal.field, line=line)


class _Stage:
    """The registry's things, with what the accepted lines did to them."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._aggregates: dict[UUID, Aggregate] = {}
        self._done: dict[UUID, list[Event]] = {}

    def open(self, cls: type[Aggregate], id: UUID, version: int | None = None) -> Aggregate:
        if version is not None:
            return self._shelf.open(cls, id, version)
        if id not in self._aggregates:
            self._aggregates[id] = self._made_again(cls, id)
        found = self._aggregates[id]
        if not isinstance(found, cls):
            raise NotFound(kind=cls.en, zh=cls.zh, id=id, field="id")
        return found

    def version_at(self, position: int, id: UUID) -> int:
        return self._shelf.version_at(position, id)

    def is_known(self, id: UUID) -> bool:
        return id in self._done or self._shelf.is_known(id)

    def keep(self, work: Work) -> tuple[Event, ...]:
        """What the work did stays; returns its events."""
        events: list[Event] = []
        for aggregate, _ in work.opened():
            own = aggregate.collect_events()
            if own:
                self._done.setdefault(aggregate.id, []).extend(own)
                events += own
            self._put_back(aggregate, clean=aggregate.correcting is None)
        return tuple(events)

    def forget(self, work: Work) -> None:
        """What the work touched is made again when it is next opened."""
        for aggregate, version in work.opened():
            self._put_back(aggregate, clean=aggregate.version == version and aggregate.correcting is None)

    def _put_back(self, aggregate: Aggregate, *, clean: bool) -> None:
        if clean and aggregate.version:
            aggregate.notices.clear()
            self._aggregates[aggregate.id] = aggregate
        else:
            self._aggregates.pop(aggregate.id, None)

    def _made_again(self, cls: type[Aggregate], id: UUID) -> Aggregate:
        done = self._done.get(id, [])
        is_new = bool(done) and done[0].originator_version == 1
        aggregate = BIRTHS[type(done[0])](id) if is_new else self._shelf.open(cls, id)
        for event in done:
            aggregate.apply(event)
        return aggregate
