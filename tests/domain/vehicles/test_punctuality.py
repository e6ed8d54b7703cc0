"""Early and late: nobody is blocked or free without reason."""

from __future__ import annotations

import pytest

from domain.vehicles import dispatch_refusals as refused
from domain.vehicles import journey_events as happened
from domain.vehicles import refusals
from domain.vehicles.facets import AWAY, RESERVED
from domain.vehicles.terms import Body, DisposalMode, LicenceClass
from tests.domain.scenario import day, given, mandate
from tests.domain.vehicles.situations import (
    EDUCATION,
    Trip,
    a_departed_trip,
    a_dispatched_trip,
    a_driver,
    a_fit_vehicle,
    a_returned_trip,
    an_approved_trip,
    sealed_at_noon,
)

# Early and late --------------------------------------------------------------------------------------------------------


def evening(first: Trip, name: str = "二", begins: str = "2026-11-10T18:00") -> Trip:
    return an_approved_trip(
        name, first.vehicle, first.driver, planned_from=day(begins), planned_until=day("2026-11-10T22:00")
    )


def test_an_early_return_frees_at_once() -> None:
    first = a_departed_trip()
    first.come_back("2026-11-10T15:00")
    following = evening(first.saved(), begins="2026-11-10T15:00")
    given(following.journey).when(lambda _: following.dispatch()).then(happened.JourneyDispatched)


def test_a_late_return_keeps_taken_until_then() -> None:
    first = a_departed_trip()
    first.come_back("2026-11-10T19:00")
    late = evening(first.saved(), begins="2026-11-10T18:30")
    given(late.journey).refused(refusals.Taken, lambda _: late.dispatch())
    later = evening(first, "三", begins="2026-11-10T19:00")
    given(later.journey).when(lambda _: later.dispatch()).then(happened.JourneyDispatched)


def test_who_is_overdue_is_not_free_now() -> None:
    first = a_departed_trip()
    overdue = evening(first)
    given(overdue.journey).refused(refusals.Taken, lambda _: overdue.dispatch())


def test_who_is_overdue_may_be_planned_for_a_day_to_come() -> None:
    first = a_departed_trip()
    trip = an_approved_trip(
        "二", first.vehicle, first.driver, planned_from=day("2026-11-25"), planned_until=day("2026-11-26")
    )
    given(trip.journey).when(lambda _: trip.dispatch()).then(happened.JourneyDispatched)


def test_a_late_return_into_the_next_plan_is_recorded_and_the_next_leaves_after_it() -> None:
    first = a_dispatched_trip()
    following = evening(first)
    following.dispatch()
    following.saved()
    first.depart()
    first.saved()
    given(following.journey).refused(refusals.AlreadyAway, lambda _: following.depart("2026-11-10T18:10", 50_300))
    first.come_back("2026-11-10T19:00")
    first.saved()
    given(following.journey).when(lambda _: following.depart("2026-11-10T19:10", 50_300)).then(happened.JourneyDeparted)


def test_an_early_departure_takes_from_then_on() -> None:
    trip = a_dispatched_trip()
    trip.depart("2026-11-10T06:00")
    assert trip.vehicle.at(RESERVED, day("2026-11-10T07:00"), trip.journey.id) == EDUCATION.id
    assert trip.vehicle.at(AWAY, day("2026-11-10T07:00"), trip.journey.id) is True


def test_an_early_departure_gives_way_to_another_plan() -> None:
    morning = a_dispatched_trip()
    following = evening(morning)
    following.dispatch()
    following.saved()
    given(following.journey).refused(refusals.Taken, lambda _: following.depart("2026-11-10T07:00"))


def test_a_departure_asks_again_whether_the_vehicle_may_go() -> None:
    trip = a_dispatched_trip()
    sealed_at_noon(trip.vehicle)
    trip.saved()
    given(trip.journey).refused(refused.VehicleIsSealed, lambda _: trip.depart("2026-11-10T13:00"))
    given(trip.journey).when(lambda _: trip.depart("2026-11-10T09:00")).then(happened.JourneyDeparted)


@pytest.mark.parametrize("back", [0, 1, 2])
def test_what_a_journey_recorded_is_not_withdrawn_behind_its_back(back: int) -> None:
    trip = a_returned_trip()
    given(trip.vehicle).refused(refusals.PartOfJourney, lambda v: v.withdraw(mandate(), of=v.version - back))
    given(trip.driver).refused(refusals.PartOfJourney, lambda d: d.withdraw(mandate(), of=d.version - back))


def test_a_large_bus_needs_a_large_licence() -> None:
    trip = an_approved_trip(
        vehicle=a_fit_vehicle("bus", body=Body.LARGE_BUS, seats=45),
        driver=a_driver(licence=LicenceClass.A1),
        passengers=40,
    )
    given(trip.journey).when(lambda _: trip.dispatch()).then(happened.JourneyDispatched)


def test_a_vehicle_whose_disposal_is_only_requested_is_still_sent() -> None:
    vehicle = a_fit_vehicle()
    vehicle.request_disposal(mandate("2026-11-01"), mode=DisposalMode.SCRAP, early_because="水淹报损")
    trip = an_approved_trip(vehicle=vehicle)
    given(trip.journey).when(lambda _: trip.dispatch()).then(happened.JourneyDispatched)
