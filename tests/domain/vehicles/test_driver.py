"""Drivers: enrolled, licensed, suspended, removed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.kernel.commands import AlreadyExists
from domain.kernel.events import FactCorrected
from domain.organisations.person import PersonNotEmployed
from domain.vehicles import driver_events as happened
from domain.vehicles import refusals as refused
from domain.vehicles.driver import Driver
from domain.vehicles.facets import DUTY
from domain.vehicles.terms import Body, DriverStatus, LicenceClass
from tests.domain.scenario import an_id, day, given, mandate
from tests.domain.vehicles.situations import a_departed_trip, a_dispatched_trip, a_driver, a_person


def enrolled(since: str = "2020-01-01", until: str = "2026-01-01") -> Callable[[Driver], None]:
    return lambda d: d.enrol(mandate(since), person=a_person(), licence=LicenceClass.C1, valid_until=day(until))


def test_a_person_is_enrolled_as_a_driver() -> None:
    driver = Driver(an_id("d"))
    given(driver).when(enrolled()).then((happened.DriverEnrolled, {"person": a_person().id}))
    assert driver.claims() == {("driver", str(a_person().id))}
    assert driver.holders() == {}


def test_a_driver_is_enrolled_once() -> None:
    given(a_driver()).refused(AlreadyExists, enrolled())


def test_who_holds_no_post_is_not_enrolled() -> None:
    person = a_person()
    person.leave(mandate("2019-01-01"))
    given(Driver(an_id("d"))).refused(
        PersonNotEmployed,
        lambda d: d.enrol(mandate(), person=person, licence=LicenceClass.C1, valid_until=day("2030-01-01")),
    )


def test_an_expired_licence_is_not_enrolled() -> None:
    given(Driver(an_id("d"))).refused(refused.PeriodBackwards, enrolled("2020-01-01", "2019-01-01"))


def test_a_wrong_enrolment_is_corrected() -> None:
    driver = a_driver()
    given(driver).correcting(1, enrolled()).then((FactCorrected, {"of": 1}))
    assert driver.licence_at(day("2021-01-01")) is LicenceClass.C1


def test_an_enrolment_cannot_be_moved_behind_what_happened_since() -> None:
    driver = a_driver("王师傅", suspended("2021-01-01", None))
    driver.begin_correction(1)
    given(driver).refused(refused.EarlierRecords, enrolled("2022-01-01"))


def renewed(when: str, until: str) -> Callable[[Driver], None]:
    return lambda d: d.renew_licence(mandate(when), licence=LicenceClass.B1, valid_until=day(until))


def test_a_licence_runs_out_and_is_renewed() -> None:
    driver = Driver(an_id("d"))
    enrolled()(driver)
    driver.collect_events()
    assert driver.licence_at(day("2026-01-01")) is None
    given(driver).when(renewed("2026-02-01", "2032-02-01")).then(happened.LicenceRenewed)
    assert driver.licence_at(day("2026-03-01")) is LicenceClass.B1


def test_a_renewal_ends_after_it_begins() -> None:
    given(a_driver()).refused(refused.PeriodBackwards, renewed("2026-02-01", "2026-02-01"))


def suspended(since: str, until: str | None = "2026-06-01") -> Callable[[Driver], None]:
    return lambda d: d.suspend(mandate(since), until=None if until is None else day(until))


def test_a_suspension_ends_by_itself() -> None:
    driver = a_driver()
    given(driver).when(suspended("2026-05-01")).then(happened.DriverSuspended)
    assert driver.at(DUTY, day("2026-05-15")) is DriverStatus.SUSPENDED
    assert driver.at(DUTY, day("2026-06-01")) is DriverStatus.ON_DUTY


def test_a_suspension_ends_after_it_begins() -> None:
    given(a_driver()).refused(refused.PeriodBackwards, suspended("2026-07-01"))


def test_a_suspended_driver_is_not_suspended_again() -> None:
    given(a_driver("王师傅", suspended("2026-05-01"))).refused(refused.DriverNotOnDuty, suspended("2026-05-02"))


def test_a_suspended_driver_is_reinstated_early() -> None:
    driver = a_driver("王师傅", suspended("2026-05-01", None))
    given(driver).when(lambda d: d.reinstate(mandate("2026-05-10"))).then(happened.DriverReinstated)
    assert driver.at(DUTY, day("2026-05-15")) is DriverStatus.ON_DUTY


def test_a_driver_on_duty_is_not_reinstated() -> None:
    given(a_driver()).refused(refused.DriverNotSuspended, lambda d: d.reinstate(mandate()))


def removed(when: str = "2026-06-01") -> Callable[[Driver], None]:
    return lambda d: d.remove(mandate(when))


def test_a_removed_driver_may_be_enrolled_anew_as_another() -> None:
    driver = a_driver()
    given(driver).when(removed()).then(happened.DriverRemoved)
    assert driver.claims() == frozenset()


@pytest.mark.parametrize(
    "decide", [renewed("2026-07-01", "2030-01-01"), suspended("2026-07-01", None), removed("2026-07-01")],
    ids=["renew", "suspend", "remove"],
)  # fmt: skip
def test_a_removed_driver_takes_nothing_more(decide: Callable[[Driver], None]) -> None:
    given(a_driver("王师傅", removed())).refused(refused.DriverNotOnDuty, decide)


def test_a_late_removal_must_not_contradict_what_came_after() -> None:
    given(a_driver("王师傅", suspended("2026-07-01", None))).refused(refused.LaterRecords, removed())


def test_a_driver_with_a_journey_planned_is_not_removed() -> None:
    given(a_dispatched_trip().driver).refused(refused.Taken, removed("2026-11-10T09:00"))


def test_a_driver_who_is_away_is_not_removed() -> None:
    given(a_departed_trip().driver).refused(refused.Taken, removed("2026-11-19"))


@pytest.mark.parametrize(
    ("licence", "bodies"),
    [
        (LicenceClass.A1, {Body.CAR, Body.MEDIUM_BUS, Body.LARGE_BUS}),
        (LicenceClass.B1, {Body.CAR, Body.MEDIUM_BUS}),
        (LicenceClass.B2, {Body.CAR}),
        (LicenceClass.C1, {Body.CAR}),
    ],
    ids=lambda value: value if isinstance(value, str) else "allows",
)
def test_a_licence_allows_certain_bodies(licence: LicenceClass, bodies: set[Body]) -> None:
    asked = {Body.CAR, Body.MEDIUM_BUS, Body.LARGE_BUS}
    assert {body for body in asked if licence.allows(body)} == bodies
