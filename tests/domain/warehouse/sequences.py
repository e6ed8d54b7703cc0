"""What every machine that tries any sequence of commands has in common: who is there, and how a command is tried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar, Generic, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.events import Event
from domain.kernel.mandate import Mandate
from tests.domain.scenario import an_id, day, mandate, replayed
from tests.domain.warehouse.situations import a_person, a_unit, a_warehouse, same_facts

A = TypeVar("A", bound=Aggregate)

OWNER, BORROWER, OTHER = a_unit(), a_unit("信访局"), a_unit("档案局")
PERSON = a_person("李建", BORROWER)
HOUSE, FAIR = a_warehouse(), a_warehouse("会展公物仓")
FIRST = day("2021-01-01")
DAYS = st.integers(0, 40)

BOUNDED = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def on(index: int) -> Mandate:
    return mandate(FIRST + timedelta(days=index))


class AnySequence(RuleBasedStateMachine, Generic[A]):
    """Tries each command on a copy, as the registry does, and keeps what was accepted."""

    kind: ClassVar[type[Aggregate]]

    def __init__(self) -> None:
        super().__init__()
        self.stored: list[Event] = []
        self.live: A = self.fresh()
        self.clock = 0
        self.begin()

    def fresh(self) -> A:
        return replayed(self.kind(an_id("any")), self.stored)  # type: ignore[return-value]  # a subclass names its kind

    def begin(self) -> None:
        raise NotImplementedError

    def attempt(self, decide: Callable[[A], object], corrects: int | None = None) -> bool:
        copy = self.fresh()
        refusal = _refusal(copy, decide, corrects)
        if refusal is not None:
            assert "<" not in refusal.message_zh + refusal.message_en
            return False
        if copy.never_was:  # nothing is true of it any more: tests/domain/kernel/test_never_was.py looks at that
            return False
        self.stored += copy.collect_events()
        self.live = copy
        return True

    @rule(at=st.integers(0, 1000))
    @precondition(lambda self: len(self.stored) > 1)
    def withdraw_something(self, at: int) -> None:
        self.attempt(lambda it: it.withdraw(on(self.clock), of=at % len(self.stored) + 1))

    @invariant()
    def a_replay_tells_the_same(self) -> None:
        assert same_facts(self.live, self.fresh())

    @invariant()
    def nothing_is_said_of_a_time_before_the_beginning(self) -> None:
        assert self.live.born is not None
        assert all(moment >= self.live.born for moment in self.moments())

    def moments(self) -> list[datetime]:
        said = [fact for facts in self.live._facts.values() for fact in facts if fact.withdrawn is None]
        return sorted({fact.start for fact in said} | {fact.end for fact in said if fact.end is not None})


def _refusal(copy: A, decide: Callable[[A], object], corrects: int | None) -> Refusal | None:
    try:
        if corrects is not None:
            copy.begin_correction(corrects)
        decide(copy)
    except Refusal as refusal:
        return refusal
    return None
