"""How a journey ends or changes: closed with its costs, cancelled, or with another vehicle."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from domain.kernel.events import FactCorrected, FactWithdrawn
from domain.vehicles import booking_events as booked
from domain.vehicles import dispatch_refusals as refused
from domain.vehicles import journey_events as happened
from domain.vehicles import refusals
from domain.vehicles.facets import JOURNEY_STATUS, RESERVED
from domain.vehicles.journey import Journey
from domain.vehicles.journey_events import CostItem
from domain.vehicles.terms import CostKind, JourneyStatus
from tests.domain.scenario import day, given, mandate
from tests.domain.vehicles.situations import (
    Trip,
    a_dispatched_trip,
    a_driver,
    a_fit_vehicle,
    a_requested_trip,
    a_returned_trip,
    an_approved_trip,
)
from tests.domain.vehicles.travelling import STEPS

COSTS = (
    CostItem(kind=CostKind.TOLL, amount=Decimal("70.00")),
    CostItem(kind=CostKind.PARKING, amount=Decimal("12.50"), note="县医院停车场"),
)


def closed(when: str = "2026-11-10T17:30", **changes: object) -> Callable[[Journey], None]:
    said = {"in_order": True, "costs": COSTS, **changes}
    return lambda j: j.close(mandate(when), **said)  # type: ignore[arg-type]  # the cases differ in what they say


def test_a_journey_is_closed_with_its_distance_and_costs() -> None:
    trip = a_returned_trip()
    given(trip.journey).when(closed()).then((happened.JourneyClosed, {"distance": 260, "costs": COSTS}))
    assert trip.journey.status is JourneyStatus.CLOSED


def test_the_costs_of_a_journey_add_up() -> None:
    trip = a_returned_trip()
    closed()(trip.journey)
    (event,) = trip.journey.pending
    assert isinstance(event, happened.JourneyClosed)
    assert event.cost == Decimal("82.50")


def test_the_track_is_bound_by_its_digest() -> None:
    digest = "ab" * 32
    given(a_returned_trip().journey).when(closed(track_metres=258_431, track_points=3_120, track_digest=digest)).then(
        (happened.JourneyClosed, {"track_digest": digest})
    )


def test_a_track_is_told_whole_or_not_at_all() -> None:
    given(a_returned_trip().journey).refused(refused.TrackIncomplete, closed(track_metres=258_431))


def test_a_closing_is_corrected() -> None:
    trip = a_returned_trip()
    closed()(trip.journey)
    given(trip.journey).correcting(6, closed(costs=())).then((FactCorrected, {"of": 6}))
    assert trip.journey.status is JourneyStatus.CLOSED


def test_a_closing_is_taken_back_before_the_readings_are_corrected() -> None:
    trip = a_returned_trip()
    closed()(trip.journey)
    trip.saved()
    trip.journey.begin_correction(5)
    given(trip.journey).refused(refused.JourneyClosedAlready, lambda _: trip.come_back(odometer=50_206))


def test_a_closing_is_withdrawn() -> None:
    trip = a_returned_trip()
    closed()(trip.journey)
    given(trip.journey).when(lambda j: j.withdraw(mandate(), of=6)).then(FactWithdrawn)
    assert trip.journey.status is JourneyStatus.RETURNED


def test_a_cancelled_journey_frees_the_vehicle_and_the_driver() -> None:
    trip = a_dispatched_trip()
    given(trip.journey).when(lambda _: trip.cancel()).then(happened.JourneyCancelled)
    assert [type(event) for event in trip.vehicle.pending] == [booked.VehicleReleased]
    assert [type(event) for event in trip.driver.pending] == [booked.DriverReleased]
    assert trip.journey.vehicle_id is None
    for asset in (trip.vehicle, trip.driver):
        assert asset.at(RESERVED, day("2026-11-10T09:00"), trip.journey.id) is None
    other = an_approved_trip("二", trip.vehicle, trip.driver)
    given(other.journey).when(lambda _: other.dispatch()).then(happened.JourneyDispatched)


def test_a_journey_cancelled_in_the_midst_of_its_plan_was_reserved_until_then() -> None:
    trip = a_dispatched_trip()
    trip.cancel("2026-11-10T10:00")
    assert trip.vehicle.at(RESERVED, day("2026-11-10T09:00"), trip.journey.id) is not None
    assert trip.vehicle.at(RESERVED, day("2026-11-10T10:00"), trip.journey.id) is None


def test_a_request_is_cancelled_before_anything_is_dispatched() -> None:
    journey = a_requested_trip().journey
    given(journey).when(lambda j: j.cancel(mandate("2026-11-09T12:00"), vehicle=None, driver=None)).then(
        happened.JourneyCancelled
    )


def test_a_swap_frees_one_vehicle_and_reserves_the_other() -> None:
    trip, other = a_dispatched_trip(), a_fit_vehicle("宁C2")
    given(trip.journey).when(lambda _: trip.swap(other)).then((happened.VehicleSwapped, {"vehicle": other.id}))
    assert [type(event) for event in trip.vehicle.pending] == [booked.VehicleReleased]
    assert [type(event) for event in other.pending] == [booked.VehicleReserved]
    assert trip.journey.vehicle_id == other.id
    assert trip.journey.at(JOURNEY_STATUS, day("2026-11-10")) is JourneyStatus.DISPATCHED


def test_a_swap_back_in_the_midst_of_the_plan_reserves_again() -> None:
    trip, other = a_dispatched_trip(), a_fit_vehicle("宁C2")
    trip.swap(other, "2026-11-10T09:00")
    back = Trip(journey=trip.journey, vehicle=other, driver=trip.driver)
    back.swap(trip.vehicle, "2026-11-10T10:00")
    assert trip.vehicle.at(RESERVED, day("2026-11-10T11:00"), trip.journey.id) is not None
    assert other.at(RESERVED, day("2026-11-10T11:00"), trip.journey.id) is None


def test_a_vehicle_is_not_swapped_for_itself() -> None:
    trip = a_dispatched_trip()
    given(trip.journey).refused(refused.SameVehicle, lambda _: trip.swap(trip.vehicle))


def test_a_swap_obeys_the_rules_of_dispatch() -> None:
    trip = a_dispatched_trip()
    busy = a_dispatched_trip("二", driver=a_driver("李师傅"), vehicle=a_fit_vehicle("宁C2")).vehicle
    given(trip.journey).refused(refusals.Taken, lambda _: trip.swap(busy))
    assert not trip.vehicle.pending


@pytest.mark.parametrize("step", ["swap", "depart", "cancel"])
def test_after_a_swap_nothing_is_told_of_the_time_before_it(step: str) -> None:
    trip, other = a_dispatched_trip(), a_fit_vehicle("宁C2")
    trip.swap(other, "2026-11-10T17:40")
    trip.saved()
    other.collect_events()
    after_swap = Trip(journey=trip.journey, vehicle=other, driver=trip.driver)
    given(trip.journey).refused(refused.BeforeTheSwap, lambda _: STEPS[step](after_swap))
