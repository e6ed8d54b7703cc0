"""No sequence of accepted commands brings a unit or a person into an impossible state, and a replay tells the same."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.events import Event
from domain.kernel.mandate import Mandate
from domain.organisations.events import MEMBER_OF, UNIT_STATUS
from domain.organisations.person import Person
from domain.organisations.terms import Rank, StaffType, UnitStatus
from domain.organisations.unit import Unit
from tests.domain.organisations.test_unit import FINANCE
from tests.domain.scenario import NOW, an_id, mandate, replayed

moments = st.integers(-2000, 400).map(lambda days: mandate(NOW + timedelta(days=days)))


class Organisations(RuleBasedStateMachine):
    """Two units and a person; every command at any moment, refused or not."""

    @initialize()
    def begin(self) -> None:
        self.one, self.other = Unit(an_id("one")), Unit(an_id("other"))
        for unit in (self.one, self.other):
            unit.establish(mandate(NOW - timedelta(days=1500)), unit=FINANCE)
        self.person = Person(an_id("person"))
        self.person.join(
            mandate(NOW - timedelta(days=1000)), unit=self.one, name="马晓兰", staff_type=StaffType.ESTABLISHED
        )

    @rule(at=moments, name=st.sampled_from(["甲局", "乙局", "丙局"]))
    def rename(self, at: Mandate, name: str) -> None:
        self.attempt(lambda: self.one.rename(at, name=name))

    @rule(at=moments)
    def move_under(self, at: Mandate) -> None:
        self.attempt(lambda: self.one.move_under(at, parent=self.other, above=(self.other,)))

    @rule(at=moments)
    def abolish(self, at: Mandate) -> None:
        self.attempt(lambda: self.other.abolish(at))

    @rule(at=moments)
    def merge(self, at: Mandate) -> None:
        self.attempt(lambda: self.other.merge_into(at, successor=self.one))

    @rule(at=moments, of=st.integers(1, 20))
    def withdraw(self, at: Mandate, of: int) -> None:
        self.attempt(lambda: self.one.withdraw(at, of=of))

    @rule(at=moments)
    def move(self, at: Mandate) -> None:
        self.attempt(lambda: self.person.move(at, to=self.other))

    @rule(at=moments)
    def leave(self, at: Mandate) -> None:
        self.attempt(lambda: self.person.leave(at))

    @rule(at=moments, rank=st.sampled_from(Rank))
    def change_rank(self, at: Mandate, rank: Rank) -> None:
        self.attempt(lambda: self.person.change_rank(at, rank=rank))

    def attempt(self, decide: object) -> None:
        try:
            decide()  # type: ignore[operator]  # a lambda of one of the rules above
        except Refusal as refusal:
            assert "<" not in refusal.message_zh  # noqa: PT017 -- a refusal is an ordinary outcome here

    @invariant()
    def a_replay_tells_the_same(self) -> None:
        for aggregate in (self.one, self.other, self.person):
            events: list[Event] = list(aggregate.pending)
            assert state_of(replayed(aggregate, events)) == state_of(aggregate)

    @invariant()
    def an_ended_unit_stays_ended(self) -> None:
        said = [stretch.value for stretch in self.other.stretches(UNIT_STATUS)]
        assert said[0] is UnitStatus.ACTIVE
        assert UnitStatus.ACTIVE not in said[1:]
        assert len(said) <= 2

    @invariant()
    def a_person_belongs_to_one_unit_at_a_time(self) -> None:
        stretches = list(self.person.stretches(MEMBER_OF))
        assert all(a.end == b.start for a, b in pairwise(stretches))


def state_of(aggregate: Aggregate) -> object:
    return aggregate._facts, aggregate.version, aggregate.born, aggregate.claims(), aggregate.holders()


TestOrganisations = Organisations.TestCase
TestOrganisations.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
