"""Aggregates: they decide commands, record events, and know the facts that their events state.

A public command decides (guards, then `record`); replaying an event only folds its facts and calls `evolve`, so a rule made
stricter tomorrow still loads what was recorded today.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar, TypeVar
from uuid import UUID

from annotated_types import Ge, Le

from domain.kernel.commands import AtPosition, command
from domain.kernel.errors import Notice, Refusal
from domain.kernel.events import Event, FactCorrected, FactWithdrawn, Stamp, Statement
from domain.kernel.facts import Facet, Fact, Known, prevailing, stretches, withdraw
from domain.kernel.mandate import Mandate

V = TypeVar("V")

Claim = tuple[str, str]

RecordAt = Annotated[int, Ge(1), Le(2**63 - 1), AtPosition()]
"""A record of the aggregate's own stream: its version here, its position in the log outside."""


class Aggregate:
    """One stream of events and what follows from them."""

    kind: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]

    def __init__(self, id: UUID) -> None:
        self.id = id
        self.version = 0
        self.born: datetime | None = None
        self.correcting: int | None = None
        self.notices: list[Notice] = []
        self.is_erased = False
        self._birth = 0
        self._topics: dict[int, type[Event]] = {}
        self._places: dict[int, int] = {}
        self._facts: dict[tuple[str, str], list[Known[Any]]] = {}
        self._before_correction: dict[tuple[str, str], list[Known[Any]]] | None = None
        self._pending: list[Event] = []

    # What aggregates declare -------------------------------------------------------------------------------------------

    def evolve(self, event: Event) -> None:
        """Follows an event beyond its facts. Most aggregates need nothing here."""

    def check(self) -> None:
        """Refuses a state that no sequence of events may reach; asked after every command."""

    def claims(self) -> frozenset[Claim]:
        """The values that nobody else may have while this aggregate has them, as (scope, value)."""
        return frozenset()

    def holders(self) -> dict[UUID, datetime | None]:
        """Who holds this aggregate now or later, and until when (None: no end known)."""
        return {}

    @property
    def emptied_from(self) -> datetime | None:
        """From when on it has ended, and so may hold nothing. The store refuses a save that would leave it something."""
        return None

    # What commands use -------------------------------------------------------------------------------------------------

    def next(self, mandate: Mandate) -> Stamp:
        return Stamp(originator_id=self.id, originator_version=self.version + 1, effective=mandate.effective)

    def record(self, event: Event) -> None:
        """Records a fact, or a correction of the fact that is being corrected."""
        if self.correcting is not None:
            event = self._as_correction(event, self.correcting)
            self._facts = self._before_correction or self._facts
            self.correcting = self._before_correction = None
        self.apply(event)
        if not self.never_was:
            self.check()
        self._pending.append(event)

    def warn(self, notice: Notice) -> None:
        self.notices.append(notice)

    def at(self, facet: Facet[V], moment: datetime, member: object = "") -> V | None:
        """The value of a facet at a moment, by the rule of facts."""
        fact = prevailing(self._facts.get((facet.name, str(member)), ()), moment)
        return None if fact is None else fact.value

    def facets(self) -> list[tuple[str, str]]:
        """The names of all facets that were ever spoken of, each with its member."""
        return sorted(self._facts)

    def members(self, facet: Facet[V], moment: datetime) -> dict[str, V]:
        """The values of a many-valued facet at a moment, by member; members whose value is None are gone."""
        found = {m: prevailing(facts, moment) for (name, m), facts in self._facts.items() if name == facet.name}
        return {member: fact.value for member, fact in found.items() if fact is not None and fact.value is not None}

    def stretches(self, facet: Facet[V], member: object = "") -> Iterator[Known[V]]:
        """What prevailed when, over all time."""
        return stretches(self._facts.get((facet.name, str(member)), ()))

    def all_members(self, facet: Facet[Any]) -> list[str]:
        """Every member that a many-valued facet was ever said to have."""
        return [member for name, member in self._facts if name == facet.name]

    def finally_(self, facet: Facet[V], member: object = "") -> V | None:
        """The value at the end of all that is known: the future included."""
        last = None
        for stretch in self.stretches(facet, member):
            last = stretch
        return last.value if last is not None and last.end is None else None

    def last_beginning(self) -> datetime | None:
        """The latest moment from which anything is said to hold."""
        starts = [fact.start for facts in self._facts.values() for fact in facts if fact.withdrawn is None]
        return max(starts, default=None)

    def require_beginning_first(self) -> None:
        """Rule: nothing holds before the beginning, also when that is corrected."""
        starts = [fact.start for facts in self._facts.values() for fact in facts if fact.withdrawn is None]
        if self.born is not None and starts and min(starts) < self.born:
            raise BeginsTooLate(zh=self.zh, born=self.born.isoformat(), earliest=min(starts).isoformat())

    def first_as(self, facet: Facet[V], *values: V) -> datetime | None:
        """From when on a facet first has one of these values."""
        return next((stretch.start for stretch in self.stretches(facet) if stretch.value in values), None)

    def held_through(self, *facets: Facet[Any]) -> dict[UUID, datetime | None]:
        """Whom these facets ever name, each with the last moment at which they do (None: no end known)."""
        holders: dict[UUID, datetime | None] = {}
        for facet in facets:
            for member in self.all_members(facet):
                for stretch in self.stretches(facet, member):
                    if isinstance(stretch.value, UUID):
                        holders[stretch.value] = _later(holders.get(stretch.value, stretch.end), stretch.end)
        return holders

    def require(self, holds: bool, refusal: Refusal) -> None:
        """Rule: raises the refusal unless it holds."""
        if not holds:
            raise refusal

    # The event store's side --------------------------------------------------------------------------------------------

    def apply(self, event: Event) -> None:
        """Folds one event into the state; the same on replay as when it was recorded."""
        self.version = event.originator_version
        stated: Event | None = event
        if isinstance(event, FactCorrected | FactWithdrawn):
            self._facts = {key: withdraw(facts, event.of, self.version) for key, facts in self._facts.items()}
            stated = event.statement.event() if isinstance(event, FactCorrected) else None
            self._topics.pop(event.of, None)
            self._places[self.version] = self._places.get(event.of, event.of)
        if stated is None:
            return
        if self.born is None or (isinstance(event, FactCorrected) and event.of == self._birth):
            self.born, self._birth = stated.effective, self.version
        self._topics[self.version] = type(stated)
        for fact in stated.facts():
            self._hold(fact)
        self.evolve(stated)

    def collect_events(self) -> Sequence[Event]:
        """The events decided since the last save (the library's protocol: they are handed over once)."""
        pending, self._pending = self._pending, []
        return pending

    @property
    def never_was(self) -> bool:
        """Its beginning was taken back: nothing can be done with it any more, and it has and holds nothing."""
        return self.version > 0 and self._birth not in self._topics

    @property
    def birth_type(self) -> type[Event]:
        """The type of the event that began this stream (or of the one that corrected it)."""
        return self._topics[self._birth]

    @property
    def pending(self) -> Sequence[Event]:
        return tuple(self._pending)

    def begin_correction(self, of: int) -> None:
        """Takes back, in memory, what version `of` stated, so that the correcting command is judged without it."""
        stated = self._topics.get(of)
        if stated is None or not stated.correctable:
            raise NothingToCorrect(version=of)
        self._before_correction = self._facts
        self._facts = {key: withdraw(facts, of, of) for key, facts in self._facts.items()}
        self.correcting = of

    @command("撤回错误记录", "Withdraw a wrong record")
    def withdraw(self, mandate: Mandate, *, of: RecordAt) -> None:
        """Takes back a fact that never happened. Its beginning is the last that can be: then the thing never was."""
        stated = self._topics.get(of)
        if stated is None or not stated.correctable:
            raise NothingToCorrect(version=of, field="of")
        if of == self._birth and len(self._topics) > 1:
            raise MoreStands(zh=self.zh, count=len(self._topics) - 1)
        self.record(FactWithdrawn(**self.next(mandate), of=of))

    def _hold(self, fact: Fact[Any]) -> None:
        place = self._places.get(self.version, self.version)
        known = Known(value=fact.value, start=fact.start, end=fact.end, order=self.version, place=place)
        self._facts.setdefault((fact.facet, fact.member), []).append(known)

    def _as_correction(self, event: Event, of: int) -> FactCorrected:
        if type(event) is not self._topics.get(of):
            raise CorrectsAnother(version=of, topic=event.topic)
        stamp = Stamp(originator_id=self.id, originator_version=self.version + 1, effective=event.effective)
        return FactCorrected(**stamp, of=of, statement=Statement.of(event))


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)


class NothingToCorrect(Refusal):
    code = "nothing-to-correct"
    zh = "该对象的第 {version} 条记录不能更正：不存在、已被更正，或不属于可更正的事项。"
    en = "Record {version} of this stream cannot be corrected: it does not exist, is corrected already, or is no such fact."
    field = "corrects"


class MoreStands(Refusal):
    code = "more-stands"
    zh = "登记该{zh}之后还有 {count} 条记录，不能撤销登记。请先撤回那些记录；确实发生过的，应按注销、撤销等办理。"
    en = "{count} records follow the registration, so it cannot be withdrawn. Withdraw them first; what did happen is ended instead."
    field = "of"


class CorrectsAnother(Refusal):
    code = "corrects-another"
    zh = "更正须用原来的同一种操作：第 {version} 条记录不是“{topic}”。"
    en = "A correction must repeat the command it corrects: record {version} is not a {topic}."
    field = "corrects"


class BeginsTooLate(Refusal):
    code = "begins-too-late"
    zh = "{zh}不能自 {born} 起登记：已有自 {earliest} 起的记录。请把起始日期提前，或先更正那条记录。"
    en = (
        "It cannot begin at {born}: something is recorded from {earliest}. Begin earlier, or correct that record first."
    )
    field = "mandate.effective"
