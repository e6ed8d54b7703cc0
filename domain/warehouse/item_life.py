"""The life of an item: one chain of states, with the rules that hold over all time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated, TypeVar
from uuid import UUID

from annotated_types import Len

from domain.kernel.errors import Refusal
from domain.kernel.facts import Facet, Known
from domain.kernel.text import Digest
from domain.warehouse.facets import (
    BOUGHT,
    ENTERING,
    GRADE,
    IDLE,
    ITEM_STATUS,
    LOAN_DUE,
    LOAN_UNIT,
    MINIMUM_LIFE,
    OWNER,
    RECEIVING_UNIT,
    USING_UNIT,
    WAREHOUSE,
)
from domain.warehouse.life import Life, day_of
from domain.warehouse.states import STATES, TAKEN, WORDS, Step
from domain.warehouse.terms import Grade, ItemStatus

V = TypeVar("V")

Photos = Annotated[tuple[Digest, ...], Len(1, 20)]
AnyPhotos = Annotated[tuple[Digest, ...], Len(0, 20)]

_WORSE = list(Grade)


class ItemLife(Life):
    """What the aspects of an item (entry, loan, transfer, disposal …) share."""

    def status_at(self, moment: datetime) -> ItemStatus | None:
        return self.at(ITEM_STATUS, moment)

    def required(self, facet: Facet[V | None], moment: datetime) -> V:
        """A value that the state of the item promises (an owner, a borrower): the rules over all time keep the promise."""
        value = self.at(facet, moment)
        if value is None:
            zh, en = WORDS[facet.name]
            raise NotStated(id=self.id, at=moment.isoformat(), what_zh=zh, what_en=en)
        return value

    def is_overdue(self, moment: datetime) -> bool:
        """Whether it is lent, and the last day on which it was due is over."""
        due = self.at(LOAN_DUE, moment)
        return self.status_at(moment) is ItemStatus.LENT and due is not None and day_of(moment) > due

    def idle_since(self, moment: datetime) -> datetime | None:
        """Since when it has been idle without a break, if it is."""
        since = None
        for stretch in self.stretches(IDLE):
            if stretch.start <= moment:
                since = None if not stretch.value else since or stretch.start
        return since

    def end_of_life(self, moment: datetime) -> date | None:
        """The day on which the minimum life is over, if there is one."""
        bought, years = self.at(BOUGHT, moment), self.at(MINIMUM_LIFE, moment)
        if bought is None or years is None:
            return None
        # Bought on 29 February: over on 1 March, because most years have no 29th.
        leap = (bought.month, bought.day) == (2, 29)
        return date(bought.year + years, 3, 1) if leap else bought.replace(year=bought.year + years)

    def require_step(self, step: Step, moment: datetime) -> None:
        """Rule: each command has the states in which it may be given (the table in states.py)."""
        status = self.status_at(moment)
        if status not in step.from_:
            raise StepNotAllowed(
                at=moment.isoformat(),
                status="" if status is None else status.value,
                status_zh="未登记" if status is None else status.zh,
                status_en="not registered" if status is None else status.en,
                allowed_zh=[one.zh for one in step.from_],
                allowed_en=[one.en for one in step.from_],
            )

    def require_damage_note(self, before: datetime, grade: Grade, damage: str | None) -> None:
        """Rule: who gives a thing back worse than it was says what happened to it."""
        was = self.at(GRADE, before)
        if was is not None and _WORSE.index(grade) > _WORSE.index(was) and not (damage and damage.strip()):
            raise DamageNotDescribed(before=was.zh, after=grade.zh, field="damage")

    def home(self, moment: datetime) -> ItemStatus:
        """Where the item rests when what was intended with it comes to nothing."""
        if self.at(LOAN_DUE, moment) is not None:
            return ItemStatus.LENT
        return ItemStatus.WITH_UNIT if self.at(WAREHOUSE, moment) is None else ItemStatus.STORED

    def check(self) -> None:
        self.require_nothing_before_birth()
        self._require_states_in_order()
        for moment, status in self._moments():
            self._require_agreement(moment, status)

    def holders(self) -> dict[UUID, datetime | None]:
        return self.held_through(OWNER, USING_UNIT, WAREHOUSE, ENTERING, LOAN_UNIT, RECEIVING_UNIT)

    def _require_states_in_order(self) -> None:
        """Rule: every step was taken from a state in which it may be, and nothing follows disposal."""
        before: Known[ItemStatus] | None = None
        told: set[int] = set()
        for fact in self.stated(ITEM_STATUS):
            if not self._may_follow(before, fact, told):
                raise StatesOutOfOrder(**_words(before, fact), at=fact.start.isoformat())
            told.add(fact.order)
            before = fact
            if fact.value is ItemStatus.DISPOSED:
                self.require_nothing_after(fact.start)

    def _may_follow(self, before: Known[ItemStatus] | None, fact: Known[ItemStatus], told: set[int]) -> bool:
        if fact.order in told:  # a loan told as a whole: nothing lies between its beginning and its end
            return before is not None and before.order == fact.order
        return TAKEN[self._topics[fact.order]].leads(before.value if before else None, fact.value)

    def _moments(self) -> Iterator[tuple[datetime, ItemStatus]]:
        """Every moment at which something that a state speaks of changes, with the state then."""
        said = {facet for holds in STATES.values() for facet in (*holds.has, *holds.lacks)}
        moments = {end for fact in self.stated(ITEM_STATUS, *said) for end in (fact.start, fact.end) if end is not None}
        for moment in sorted(moments):
            status = self.status_at(moment)
            if status is not None:
                yield moment, status

    def _require_agreement(self, moment: datetime, status: ItemStatus) -> None:
        """Rule: what is stated of an item agrees with its state at every moment (lent: to whom, due when)."""
        holds = STATES[status]
        wrong = [facet for facet in holds.has if not self.at(facet, moment)]
        wrong += [facet for facet in holds.lacks if self.at(facet, moment)]
        if wrong:
            zh, en = zip(*(WORDS[facet.name] for facet in wrong), strict=True)
            raise DisagreesWithState(at=moment.isoformat(), status_zh=status.zh, status_en=status.en, zh=zh, en=en)


def _words(before: Known[ItemStatus] | None, after: Known[ItemStatus]) -> dict[str, str]:
    return {
        "before_zh": before.value.zh if before else "未登记",
        "before_en": before.value.en if before else "not registered",
        "after_zh": after.value.zh,
        "after_en": after.value.en,
    }


class NotStated(Refusal):
    code = "item-fact-missing"
    zh = "物品 {id} 在 {at} 没有{what_zh}。请核对时间，或先补登。"
    en = "Item {id} has no {what_en} at {at}. Check the time, or record it first."


class StepNotAllowed(Refusal):
    code = "item-step-not-allowed"
    zh = "该物品在 {at} 为“{status_zh}”，此事项只能在“{allowed_zh}”时办理。请先办理前一环节，或核对生效时间。"
    en = (
        "The item is “{status_en}” at {at}; this can be done only when it is: {allowed_en}. Take the step before first."
    )


class StatesOutOfOrder(Refusal):
    code = "item-states-out-of-order"
    zh = "这样登记后，该物品将在 {at} 由“{before_zh}”变为“{after_zh}”，其间缺少应有的环节，与已有记录矛盾。请核对时间，或先更正后来的记录。"
    en = (
        "The item would go from “{before_en}” to “{after_en}” at {at} without the step between that is needed. Check the time, "
        "or correct the later record first."
    )
    field = "mandate.effective"


class DisagreesWithState(Refusal):
    code = "item-disagrees-with-state"
    zh = "这样登记后，该物品在 {at} 为“{status_zh}”，而{zh}的记录与此不符。请核对时间，或先更正相关记录。"
    en = (
        "The item would be “{status_en}” at {at}, and what is recorded of its {en} does not agree. Check the time, or "
        "correct that record first."
    )
    field = "mandate.effective"


class DamageNotDescribed(Refusal):
    code = "damage-not-described"
    zh = "归还时成色由“{before}”降为“{after}”，须说明损坏情况。"
    en = "The item comes back worse than it was ({before} to {after}). Say what is damaged."
    field = "damage"
