"""No sequence of accepted commands brings a driver into an impossible state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from domain.vehicles.driver import Driver
from domain.vehicles.facets import DUTY, LICENCE
from domain.vehicles.terms import DriverStatus, LicenceClass
from tests.domain.scenario import an_id, mandate
from tests.domain.vehicles.machines import BOUNDS, DAYS, START, Logged, on
from tests.domain.vehicles.situations import a_person


class DriverMachine(Logged):
    """Everything that may be done to a driver."""

    def __init__(self) -> None:
        super().__init__()
        driver = Driver(an_id("d"))
        driver.enrol(on(0), person=a_person(), licence=LicenceClass.C1, valid_until=START + timedelta(days=40))
        self.keep(driver)

    @property
    def driver(self) -> Driver:
        driver = self.live[an_id("d")]
        assert isinstance(driver, Driver)
        return driver

    def tell(self, decide: Callable[[Driver], object], corrects: int | None = None) -> None:
        def told() -> None:
            if corrects is not None:
                self.driver.begin_correction(corrects)
            decide(self.driver)

        self.attempt(told)

    @rule(days=DAYS, length=st.integers(-5, 30), corrects=st.none() | st.integers(1, 8))
    def renew(self, days: int, length: int, corrects: int | None) -> None:
        until = START + timedelta(days=days + length)
        self.tell(lambda d: d.renew_licence(on(days), licence=LicenceClass.B1, valid_until=until), corrects)

    @rule(days=DAYS, length=st.none() | st.integers(1, 10))
    def suspend(self, days: int, length: int | None) -> None:
        until = None if length is None else START + timedelta(days=days + length)
        self.tell(lambda d: d.suspend(on(days), until=until))

    @rule(days=DAYS)
    def reinstate(self, days: int) -> None:
        self.tell(lambda d: d.reinstate(on(days)))

    @rule(days=DAYS)
    def remove(self, days: int) -> None:
        self.tell(lambda d: d.remove(on(days)))

    @rule(of=st.integers(1, 10))
    def withdraw(self, of: int) -> None:
        self.tell(lambda d: d.withdraw(mandate(), of=of))

    @precondition(lambda self: not self.driver.never_was)
    @invariant()
    def a_removed_driver_has_no_later_facts_and_claims_nothing(self) -> None:
        ended = [s.start for s in self.driver.stretches(DUTY) if s.value is DriverStatus.RELEASED]
        for moment in ended:
            assert max(self.driver._effective.values()) <= moment
            assert self.driver.at(DUTY, moment + timedelta(days=400)) is DriverStatus.RELEASED
        assert self.driver.claims() == (frozenset() if ended else {("driver", str(a_person().id))})

    @invariant()
    def a_licence_ends(self) -> None:
        assert all(stretch.end is not None for stretch in self.driver.stretches(LICENCE))


TestDriverMachine = DriverMachine.TestCase
TestDriverMachine.settings = BOUNDS
