"""No sequence of accepted commands, late, future or correcting, brings a building into an impossible state."""

from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from domain.kernel.mandate import Mandate
from domain.organisations.unit import Unit
from domain.premises.building import Building
from domain.premises.facets import (
    ALLOCATED_AREA,
    ALLOCATED_TO,
    BUILDING_STATUS,
    CERTIFICATE,
    DISPOSAL,
    DISPUTED_WITH,
    OWNER,
    REPAIR,
    TITLE,
)
from domain.premises.terms import AllocationMode, BuildingStatus, DisposalMode, Purpose, TitleState
from tests.domain.premises import builders as b
from tests.domain.premises.machine import BORN, BOUNDED, FLAGS, UNITS, VERSIONS, Machine, mandates, untils
from tests.domain.scenario import mandate

AREAS = st.sampled_from(("200", "500", "1000", "1600")).map(Decimal)
CERTIFICATES = st.sampled_from((b.CERTIFICATE, b.ANOTHER_CERTIFICATE))


class BuildingMachine(Machine[Building]):
    """What both machines do: two, so that each reaches deep enough into its half."""

    kind = Building

    @initialize()
    def register(self) -> None:
        self.attempt("register", lambda it: self._register(it, Decimal(1000)))
        self.attempt("title", b.title_registered("2000-07-01"))

    @rule(area=AREAS)
    def register_otherwise(self, area: Decimal) -> None:
        self.attempt("register", lambda it: self._register(it, area), correct=True)

    @rule(at=mandates, mode=st.sampled_from(DisposalMode), correct=FLAGS)
    def open_disposal(self, at: Mandate, mode: DisposalMode, correct: bool) -> None:
        self.attempt("open", lambda it: it.open_disposal(at, mode=mode), correct=correct)

    @rule(at=mandates, correct=FLAGS)
    def approve(self, at: Mandate, correct: bool) -> None:
        self.attempt("approve", lambda it: it.approve_disposal(at), correct=correct)

    @rule(at=mandates, correct=FLAGS)
    def complete(self, at: Mandate, correct: bool) -> None:
        def complete(it: Building) -> None:
            it.complete_disposal(at, counterparty="某公司", purpose=Purpose.COMMUNITY)

        self.attempt("complete", complete, correct=correct)

    @rule(at=mandates, mode=st.sampled_from(DisposalMode))
    def dispose_at_once(self, at: Mandate, mode: DisposalMode) -> None:
        self.open_disposal(at, mode, correct=False)
        self.approve(at, correct=False)
        self.complete(at, correct=False)

    @rule(at=mandates)
    def abandon(self, at: Mandate) -> None:
        self.attempt("abandon", lambda it: it.abandon_disposal(at))

    @rule(at=mandates, version=VERSIONS)
    def take_back(self, at: Mandate, version: int) -> None:
        self.attempt("withdraw", lambda it: it.withdraw(at, of=version))

    @invariant()
    def what_stands_has_an_owner_and_what_is_gone_stays_gone(self) -> None:
        gone = False
        for moment in self.moments():
            stands = self.it.at(BUILDING_STATUS, moment) is BuildingStatus.STANDING
            assert stands == (self.it.at(OWNER, moment) is not None)
            assert not (gone and stands)
            gone = not stands

    @invariant()
    def a_disposal_goes_through_its_stages(self) -> None:
        stages = [step.value.value for step in self.it.told(DISPOSAL)]
        follow = {"opened": {"approved", "abandoned"}, "approved": {"completed", "abandoned"}}
        assert stages[:1] in ([], ["opened"])
        assert all(other in follow.get(one, {"opened"}) for one, other in pairwise(stages))

    def _register(self, building: Building, area: Decimal) -> None:
        building.register(mandate(BORN), building=b.the_building(str(area), footprint=None), owner=b.BUREAU)


class UseMachine(BuildingMachine):
    @rule(at=mandates, area=AREAS, correct=FLAGS)
    def resurvey(self, at: Mandate, area: Decimal, correct: bool) -> None:
        self.attempt("survey", lambda it: it.resurvey(at, gross_area=area, floors_above=6), correct=correct)

    @rule(at=mandates, unit=UNITS, area=st.none() | AREAS, until=untils, correct=FLAGS)
    def allocate(self, at: Mandate, unit: Unit, area: Decimal | None, until: datetime | None, correct: bool) -> None:
        mode = AllocationMode.REALLOCATE
        self.attempt(
            "allocate",
            lambda it: it.allocate(at, unit=unit, mode=mode, area=area, until=until),
            correct=correct,
        )

    @rule(at=mandates, area=st.none() | AREAS, correct=FLAGS)
    def hand_back(self, at: Mandate, area: Decimal | None, correct: bool) -> None:
        unit = self._user(at)
        self.attempt("hand back", lambda it: it.hand_back(at, unit=unit, area=area), correct=correct)

    @rule(at=mandates)
    def certify(self, at: Mandate) -> None:
        unit = self._user(at)
        self.attempt("certify", lambda it: it.issue_use_certificate(at, unit=unit, certificate="凭3号"))

    @invariant()
    def no_more_is_allocated_than_there_is_and_only_where_it_may_be(self) -> None:
        for moment in self.moments():
            shares = self.it.allocated_at(moment)
            assert sum(shares.values(), Decimal(0)) <= self.it.gross_area_at(moment)
            stage = self.it.at(DISPOSAL, moment)
            if shares:
                assert self.it.at(BUILDING_STATUS, moment) is BuildingStatus.STANDING
                assert stage is None or not stage.is_under_way

    @invariant()
    def a_share_has_a_unit_and_an_area_together(self) -> None:
        for moment in self.moments():
            allocated = self.it.members(ALLOCATED_TO, moment)
            assert set(self.it.members(ALLOCATED_AREA, moment)) == set(allocated)
            assert all(member == str(unit) for member, unit in allocated.items())

    def _user(self, at: Mandate) -> Unit:
        """Prefer a unit that has something to hand back."""
        users = self.it.allocated_at(at.effective)
        return next((unit for unit in (b.BUREAU, b.FINANCE, b.CULTURE) if unit.id in users), b.FINANCE)


class TitleMachine(BuildingMachine):
    @rule(at=mandates, certificate=CERTIFICATES, correct=FLAGS)
    def register_title(self, at: Mandate, certificate: str, correct: bool) -> None:
        owner = self._owner(at)
        self.attempt("title", lambda it: it.register_title(at, owner=owner, certificate=certificate), correct=correct)

    @rule(at=mandates, until=untils, correct=FLAGS)
    def dispute(self, at: Mandate, until: datetime | None, correct: bool) -> None:
        self.attempt("dispute", lambda it: it.dispute_title(at, disputed_with="某公司", until=until), correct=correct)

    @rule(at=mandates, outcome=st.sampled_from(TitleState), owner=UNITS, correct=FLAGS)
    def settle(self, at: Mandate, outcome: TitleState, owner: Unit, correct: bool) -> None:
        self.attempt("settle", lambda it: it.settle_title_dispute(at, outcome=outcome, owner=owner), correct=correct)

    @rule(at=mandates, to=UNITS, certificate=CERTIFICATES)
    def transfer(self, at: Mandate, to: Unit, certificate: str) -> None:
        self.attempt("transfer", lambda it: it.transfer_title(at, to=to, certificate=certificate))

    @rule(at=mandates, filed=FLAGS)
    def lose_title(self, at: Mandate, filed: bool) -> None:
        self.attempt("unknown", lambda it: it.declare_title_unknown(at))
        if filed:
            self.attempt("file", lambda it: it.file_title(at, owner=b.BUREAU, missing="档案遗失"))

    @rule(at=mandates, done=FLAGS, correct=FLAGS)
    def repair(self, at: Mandate, done: bool, correct: bool) -> None:
        if done:
            self.attempt("accept", lambda it: it.accept_major_repair(at, cost=Decimal(1)), correct=correct)
        else:
            self.attempt("start", lambda it: it.start_major_repair(at, project="外墙"), correct=correct)

    @invariant()
    def a_registered_title_has_a_certificate_and_a_disputed_one_an_opponent(self) -> None:
        for moment in self.moments():
            title = self.it.at(TITLE, moment)
            assert title is not TitleState.REGISTERED or self.it.at(CERTIFICATE, moment) is not None
            assert (title is TitleState.DISPUTED) == (self.it.at(DISPUTED_WITH, moment) is not None)

    @invariant()
    def repairs_start_and_are_accepted_in_turn(self) -> None:
        stages = [step.value.value for step in self.it.told(REPAIR)]
        assert stages[:1] in ([], ["under-way"])
        assert all(one != other for one, other in pairwise(stages))

    def _owner(self, at: Mandate) -> Unit:
        """Prefer the owner on the books: another one needs a transfer."""
        owner = self.it.at(OWNER, at.effective)
        return next((unit for unit in (b.BUREAU, b.FINANCE, b.CULTURE) if unit.id == owner), b.BUREAU)


TestUse = UseMachine.TestCase
TestUse.settings = BOUNDED
TestTitle = TitleMachine.TestCase
TestTitle.settings = BOUNDED
