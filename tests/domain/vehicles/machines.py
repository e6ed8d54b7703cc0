"""For tests that do anything in any order: what is refused leaves no trace, and a replay is the same as having been there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.events import Event
from domain.kernel.mandate import Mandate
from tests.domain.scenario import day, mandate, replayed
from tests.domain.vehicles.situations import CENTRE, EDUCATION, WATER, state

BOUNDS = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)

START = day("2026-01-01")
DAYS = st.integers(0, 60)
HOURS = st.integers(0, 30)
KILOMETRES = st.integers(0, 12)
UNITS = st.sampled_from([CENTRE, EDUCATION, WATER])
SLIPS = st.sampled_from(["XL-1", "XL-2"])


def on(days: int) -> Mandate:
    return mandate(START + timedelta(days=days))


class Logged(RuleBasedStateMachine):
    """Aggregates with their logs: what is refused leaves no trace, as in the registry."""

    def __init__(self) -> None:
        super().__init__()
        self.logs: dict[UUID, list[Event]] = {}
        self.live: dict[UUID, Aggregate] = {}

    def keep(self, aggregate: Aggregate) -> None:
        """From now on its events are kept. What it was told before is its past."""
        self.live[aggregate.id] = aggregate
        self.logs[aggregate.id] = list(aggregate.collect_events())

    def attempt(self, decide: Callable[[], object]) -> None:
        refusal = None
        try:
            decide()
        except Refusal as said:
            refusal = said
        if refusal is None:
            for id_, aggregate in self.live.items():
                self.logs[id_] += aggregate.collect_events()
            return
        assert "<" not in refusal.message_zh + refusal.message_en
        for id_, aggregate in self.live.items():
            self.live[id_] = replayed(type(aggregate)(id_), self.logs[id_])

    @invariant()
    def a_replay_is_the_same(self) -> None:
        for id_, aggregate in self.live.items():
            assert state(replayed(type(aggregate)(id_), self.logs[id_])) == state(aggregate)
