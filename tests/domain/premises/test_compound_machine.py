"""No sequence of accepted commands, late or correcting, brings a compound into an impossible state."""

from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from domain.kernel.mandate import Mandate
from domain.premises.compound import Compound
from domain.premises.facets import COMPOUND_STATUS
from domain.premises.terms import CompoundStatus
from tests.domain.premises.machine import BORN, BOUNDED, FLAGS, VERSIONS, Machine, days, mandates
from tests.domain.scenario import mandate


class CompoundMachine(Machine[Compound]):
    kind = Compound

    @initialize()
    def register(self) -> None:
        self.attempt("register", lambda c: self._register(c, mandate(BORN)))

    @rule(at=days)
    def register_otherwise(self, at: datetime) -> None:
        self.attempt("register", lambda c: self._register(c, mandate(at)), correct=True)

    @rule(at=mandates, name=st.sampled_from(("一号院", "二号院")), correct=FLAGS)
    def rename(self, at: Mandate, name: str, correct: bool) -> None:
        self.attempt("rename", lambda c: c.rename(at, name=name), correct=correct)

    @rule(at=mandates, correct=FLAGS)
    def close(self, at: Mandate, correct: bool) -> None:
        self.attempt("close", lambda c: c.close(at), correct=correct)

    @rule(at=mandates, version=VERSIONS)
    def take_back(self, at: Mandate, version: int) -> None:
        self.attempt("withdraw", lambda c: c.withdraw(at, of=version))

    @invariant()
    def what_is_closed_stays_closed_and_nothing_follows(self) -> None:
        closed = [m for m in self.moments() if self.it.at(COMPOUND_STATUS, m) is CompoundStatus.CLOSED]
        assert closed in ([], self.moments()[-1:])

    def _register(self, compound: Compound, at: Mandate) -> None:
        compound.register(at, name="院", address="某处", division="640104")


TestCompounds = CompoundMachine.TestCase
TestCompounds.settings = BOUNDED
