"""What the state machines share: try a command, keep what is accepted, forget what is refused, compare with a replay."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar, Generic, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.events import Event
from domain.kernel.facts import Known
from tests.domain.premises.builders import BUREAU, CULTURE, FINANCE
from tests.domain.scenario import an_id, mandate, replayed

A = TypeVar("A", bound=Aggregate)

BORN = datetime(2000, 1, 1, tzinfo=UTC)
BOUNDED = settings(max_examples=40, stateful_step_count=25, deadline=None, database=None, derandomize=True)

FLAGS = st.booleans()
VERSIONS = st.integers(min_value=1, max_value=25)
UNITS = st.sampled_from((BUREAU, FINANCE, CULTURE))


def _year(after: int) -> datetime:
    return BORN.replace(year=BORN.year + after)


# Few days, so that facts meet on one of them, come late, and lie between others.
days = st.integers(min_value=1, max_value=12).map(_year)
mandates = days.map(mandate)
untils = st.none() | st.integers(min_value=2, max_value=14).map(_year)

# What lives only from a command to its save is no part of the state.
_PASSING = frozenset({"_pending", "_facts", "notices", "emptied_from", "correcting"})


class Machine(RuleBasedStateMachine, Generic[A]):
    """Gives one aggregate any commands in any order, each perhaps as the correction of an earlier one like it."""

    kind: ClassVar[type[Aggregate]]

    def __init__(self) -> None:
        super().__init__()
        self.log: list[Event] = []
        self.given: dict[str, int] = {}
        self.it: A = self._from_log()

    def attempt(self, name: str, decide: Callable[[A], None], *, correct: bool = False) -> bool:
        """Give the command; what is refused leaves no trace, as when nothing is saved."""
        try:
            if correct and name in self.given:
                self.it.begin_correction(self.given[name])
            decide(self.it)
        except Refusal:
            self.it = self._from_log()
            return False
        self.log += self.it.collect_events()
        self.given[name] = self.it.version
        return True

    def _from_log(self) -> A:
        empty = self.kind(an_id(self.kind.kind))
        return replayed(empty, self.log)  # type: ignore[return-value]  # the kind is A, which a class cannot say

    def moments(self) -> list[datetime]:
        """Every moment at which anything may change."""
        known = [fact for facts in standing(self.it).values() for fact in facts]
        return sorted({fact.start for fact in known} | {fact.end for fact in known if fact.end is not None})

    @invariant()
    def a_replay_tells_the_same(self) -> None:
        twin = self._from_log()
        assert standing(twin) == standing(self.it)
        assert _state(twin) == _state(self.it)
        assert twin.claims() == self.it.claims()
        assert twin.holders() == self.it.holders()


def standing(it: Aggregate) -> dict[tuple[str, str], list[Known[Any]]]:
    """The facts that nobody has taken back."""
    kept = {key: [fact for fact in facts if fact.withdrawn is None] for key, facts in it._facts.items()}
    return {key: facts for key, facts in kept.items() if facts}


def _state(it: Aggregate) -> dict[str, object]:
    return {name: value for name, value in vars(it).items() if name not in _PASSING}
