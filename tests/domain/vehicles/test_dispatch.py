"""The policy of dispatch: each rule refuses for its own reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.kernel.errors import Refusal
from domain.vehicles import booking_events as booked
from domain.vehicles import dispatch, refusals
from domain.vehicles import dispatch_refusals as refused
from domain.vehicles import journey_events as happened
from domain.vehicles.dispatch import DEPARTURE_RULES, DISPATCH_RULES
from domain.vehicles.facets import RESERVED
from domain.vehicles.terms import Body
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import day, given, mandate
from tests.domain.vehicles.situations import (
    EDUCATION,
    WATER,
    Trip,
    a_dispatched_trip,
    a_disposed_vehicle,
    a_driver,
    a_fit_vehicle,
    a_returned_trip,
    a_vehicle,
    a_vehicle_awaiting_disposal,
    an_approved_trip,
    inspected,
    insured,
    sealed_at_noon,
)


def test_a_dispatch_reserves_the_vehicle_and_the_driver() -> None:
    trip = an_approved_trip()
    given(trip.journey).when(lambda _: trip.dispatch()).then(
        (happened.JourneyDispatched, {"vehicle": trip.vehicle.id, "driver": trip.driver.id})
    )
    (reserved,) = trip.vehicle.pending
    assert isinstance(reserved, booked.VehicleReserved)
    assert (reserved.unit, reserved.until) == (EDUCATION.id, day("2026-11-10T18:00"))
    assert [type(event) for event in trip.driver.pending] == [booked.DriverReserved]
    assert trip.vehicle.at(RESERVED, day("2026-11-10T09:00"), trip.journey.id) == EDUCATION.id
    assert trip.vehicle.at(RESERVED, day("2026-11-10T18:00"), trip.journey.id) is None


def unfit(*preparations: Callable[[Vehicle], object], **changes: Any) -> Trip:
    return an_approved_trip(vehicle=a_vehicle("宁C12345", *preparations, **changes))


def stopped(v: Vehicle) -> None:
    v.take_out_of_service(mandate("2026-11-01"), cause="制动故障")


def posted(v: Vehicle) -> None:
    v.post(mandate("2026-11-10T12:00"), to=WATER, until=day("2026-12-01"))


FIT = (insured(), inspected())
SITUATIONS: dict[str, tuple[Callable[[], Trip], type[Refusal]]] = {
    "destination_is_outside_city": (lambda: an_approved_trip(outside_city=False), refused.InsideCity),
    "vehicle_is_not_disposed": (lambda: an_approved_trip(vehicle=a_disposed_vehicle()), refusals.VehicleDisposed),
    "vehicle_awaits_no_disposal": (
        lambda: an_approved_trip(vehicle=a_vehicle_awaiting_disposal()),
        refused.VehicleAwaitsDisposal,
    ),
    "vehicle_is_roadworthy": (lambda: unfit(*FIT, stopped), refused.VehicleNotRoadworthy),
    "vehicle_is_insured": (
        lambda: unfit(insured("2020-01-01", "2026-11-10T17:00"), inspected()),
        refused.VehicleNotInsured,
    ),
    "vehicle_is_inspected": (
        lambda: unfit(insured(), inspected("2020-01-01", "2026-11-10T17:00")),
        refused.VehicleNotInspected,
    ),
    "vehicle_is_not_sealed": (lambda: unfit(*FIT, sealed_at_noon), refused.VehicleIsSealed),
    "vehicle_is_not_posted_elsewhere": (lambda: unfit(*FIT, posted), refused.VehiclePostedElsewhere),
    "vehicle_has_seats": (lambda: an_approved_trip(passengers=5), refused.TooFewSeats),
    "vehicle_is_free": (
        lambda: an_approved_trip("二", vehicle=a_dispatched_trip().vehicle, driver=a_driver("李师傅")),
        refusals.Taken,
    ),
    "licence_allows_the_vehicle": (lambda: unfit(*FIT, body=Body.LARGE_BUS, seats=45), refused.LicenceTooSmall),
    "driver_is_on_duty": (
        lambda: an_approved_trip(driver=a_driver("王师傅", lambda d: d.suspend(mandate("2026-11-10T12:00")))),
        refusals.DriverNotOnDuty,
    ),
    "driver_has_valid_licence": (
        lambda: an_approved_trip(planned_from=day("2035-12-31"), planned_until=day("2036-01-02")),
        refused.LicenceNotValid,
    ),
    "driver_is_free": (
        lambda: an_approved_trip("二", vehicle=a_fit_vehicle("宁C2"), driver=a_dispatched_trip().driver),
        refusals.Taken,
    ),
}


def test_every_rule_of_dispatch_has_a_test() -> None:
    assert {rule.__name__ for rule in DISPATCH_RULES} == set(SITUATIONS)
    assert set(DEPARTURE_RULES) <= set(DISPATCH_RULES)


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_rule_refuses_for_its_own_reason(name: str) -> None:
    situation, refusal = SITUATIONS[name]
    trip = situation()
    slot = trip.journey.plan(mandate("2026-11-09T11:00"), trip.vehicle, trip.driver)
    with pytest.raises(refusal) as caught:
        getattr(dispatch, name)(slot)
    assert "<" not in caught.value.message_zh + caught.value.message_en


@pytest.mark.parametrize("name", [name for name in SITUATIONS if name != "driver_has_valid_licence"])
def test_a_dispatch_against_a_rule_is_refused_and_nothing_is_reserved(name: str) -> None:
    situation, refusal = SITUATIONS[name]
    trip = situation()
    given(trip.journey).refused(refusal, lambda _: trip.dispatch())
    assert not trip.vehicle.pending
    assert not trip.driver.pending


def test_a_gap_in_the_insurance_is_found_in_the_midst_of_a_period() -> None:
    trip = unfit(insured("2020-01-01", "2026-11-10T10:00"), insured("2026-11-10T11:00"), inspected())
    given(trip.journey).refused(refused.VehicleNotInsured, lambda _: trip.dispatch())


def test_insurances_that_follow_each_other_leave_no_gap() -> None:
    trip = unfit(insured("2020-01-01", "2026-11-10T10:00"), insured("2026-11-10T10:00"), inspected())
    given(trip.journey).when(lambda _: trip.dispatch()).then(happened.JourneyDispatched)


def test_a_posted_vehicle_is_dispatched_for_the_unit_that_has_it() -> None:
    vehicle = a_fit_vehicle("v", lambda v: v.post(mandate("2026-01-01"), to=EDUCATION, until=day("2027-01-01")))
    trip = an_approved_trip(vehicle=vehicle)
    given(trip.journey).when(lambda _: trip.dispatch()).then(happened.JourneyDispatched)


def test_a_journey_that_begins_when_another_ends_may_have_the_same_vehicle() -> None:
    first = a_dispatched_trip()
    following = an_approved_trip(
        "二", first.vehicle, first.driver, planned_from=day("2026-11-10T18:00"), planned_until=day("2026-11-10T20:00")
    )
    given(following.journey).when(lambda _: following.dispatch()).then(happened.JourneyDispatched)


def test_a_dispatch_told_late_still_collides() -> None:
    first = a_returned_trip()
    late = an_approved_trip("二", first.vehicle, a_driver("李师傅"))
    given(late.journey).refused(refusals.Taken, lambda _: late.dispatch("2026-11-09T12:00"))


def test_after_the_plan_nothing_is_dispatched() -> None:
    trip = an_approved_trip()
    given(trip.journey).refused(refused.PlanOver, lambda _: trip.dispatch("2026-11-10T18:00"))


def test_a_dispatch_in_the_midst_of_the_plan_reserves_what_is_left() -> None:
    trip = an_approved_trip()
    trip.dispatch("2026-11-10T12:00")
    assert trip.vehicle.at(RESERVED, day("2026-11-10T11:00"), trip.journey.id) is None
    assert trip.vehicle.at(RESERVED, day("2026-11-10T13:00"), trip.journey.id) == EDUCATION.id
