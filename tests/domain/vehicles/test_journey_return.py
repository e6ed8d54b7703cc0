"""Departure and return: told to the vehicle and the driver, and corrected in all three files."""

from __future__ import annotations

import pytest

from domain.kernel.events import FactCorrected
from domain.vehicles import booking_events as booked
from domain.vehicles import dispatch_refusals as refused
from domain.vehicles import journey_events as happened
from domain.vehicles import refusals
from domain.vehicles.facets import AWAY, ODOMETER, RESERVED
from domain.vehicles.process import StepsOutOfOrder
from tests.domain.scenario import day, given, mandate
from tests.domain.vehicles.situations import a_departed_trip, a_dispatched_trip, a_returned_trip, an_approved_trip


def test_a_departure_is_told_to_the_vehicle_and_the_driver() -> None:
    trip = a_dispatched_trip()
    given(trip.journey).when(lambda _: trip.depart()).then((happened.JourneyDeparted, {"odometer": 50_000}))
    assert [type(event) for event in trip.vehicle.pending] == [booked.VehicleLeft]
    assert [type(event) for event in trip.driver.pending] == [booked.DriverLeft]
    assert trip.vehicle.at(ODOMETER, day("2026-11-10T09:00")) == 50_000
    assert trip.vehicle.away_with(day("2026-11-10T09:00")) == trip.journey.id


def test_a_departure_cannot_turn_the_odometer_back() -> None:
    trip = a_dispatched_trip()
    trip.vehicle.note_odometer(mandate("2026-11-09"), odometer=50_001)
    given(trip.journey).refused(refusals.OdometerBackwards, lambda _: trip.depart())


def test_a_departure_from_one_day_on_is_not_recorded_before_another_is_back() -> None:
    first = a_departed_trip()
    other = an_approved_trip(
        "二", first.vehicle, first.driver, planned_from=day("2026-11-25"), planned_until=day("2026-11-26")
    )
    other.dispatch()
    given(other.saved().journey).refused(refusals.AlreadyAway, lambda _: other.depart("2026-11-19", 50_300))


def test_a_return_is_told_to_the_vehicle_and_the_driver() -> None:
    trip = a_departed_trip()
    given(trip.journey).when(lambda _: trip.come_back()).then((happened.JourneyReturned, {"odometer": 50_260}))
    assert [type(event) for event in trip.vehicle.pending] == [booked.VehicleCameBack]
    assert [type(event) for event in trip.driver.pending] == [booked.DriverCameBack]
    assert trip.journey.distance == 260
    assert trip.vehicle.away_with(day("2026-11-10T17:00")) is None
    assert trip.vehicle.at(AWAY, day("2026-11-10T17:00"), trip.journey.id) is None


def test_a_return_shows_no_less_than_the_departure() -> None:
    trip = a_departed_trip()
    given(trip.journey).refused(refused.ReturnBelowDeparture, lambda _: trip.come_back(odometer=49_999))


def test_an_implausible_return_is_recorded_with_a_warning() -> None:
    trip = a_departed_trip()
    trip.come_back(odometer=59_000)
    assert [type(notice) for notice in trip.vehicle.notices] == [refusals.OdometerImplausible]


def test_a_wrong_return_is_corrected_in_all_three_files() -> None:
    trip = a_returned_trip()
    given(trip.journey).correcting(5, lambda _: trip.come_back(odometer=50_206)).then((FactCorrected, {"of": 5}))
    assert [type(event) for event in trip.vehicle.pending] == [FactCorrected]
    assert [type(event) for event in trip.driver.pending] == [FactCorrected]
    assert trip.vehicle.at(ODOMETER, day("2026-11-11")) == 50_206
    assert trip.journey.distance == 206


def test_a_return_corrected_twice_is_the_last_one() -> None:
    trip = a_returned_trip()
    given(trip.journey).correcting(5, lambda _: trip.come_back(odometer=50_206))
    given(trip.saved().journey).correcting(6, lambda _: trip.come_back(odometer=50_210))
    assert trip.vehicle.at(ODOMETER, day("2026-11-11")) == 50_210


def test_a_wrong_departure_is_corrected_after_the_return() -> None:
    trip = a_returned_trip()
    given(trip.journey).correcting(4, lambda _: trip.depart("2026-11-10T07:30", 49_990)).then(FactCorrected)
    assert trip.journey.distance == 270
    assert trip.vehicle.away_with(day("2026-11-10T07:45")) == trip.journey.id
    assert trip.vehicle.away_with(day("2026-11-10T17:30")) is None
    assert trip.vehicle.at(RESERVED, day("2026-11-10T17:30"), trip.journey.id) is None


def test_a_departure_is_not_corrected_behind_the_return() -> None:
    trip = a_returned_trip()
    trip.journey.begin_correction(4)
    with pytest.raises((refused.JourneyNotAtStep, StepsOutOfOrder)):
        trip.depart("2026-11-10T17:00", 50_000)


def test_a_departure_is_not_corrected_above_the_return() -> None:
    trip = a_returned_trip()
    trip.journey.begin_correction(4)
    with pytest.raises(refusals.OdometerAhead):
        trip.depart(odometer=50_261)


def test_a_return_is_not_corrected_into_the_next_journey() -> None:
    first = a_returned_trip()
    following = an_approved_trip(
        "二", first.vehicle, first.driver, planned_from=day("2026-11-10T18:00"), planned_until=day("2026-11-10T20:00")
    )
    following.dispatch()
    following.depart("2026-11-10T18:00", 50_300)
    following.saved()
    first.journey.begin_correction(5)
    with pytest.raises(refusals.AwayOnAnother):
        first.come_back("2026-11-10T18:30")


@pytest.mark.parametrize("version", [4, 5])
def test_a_departure_or_return_is_not_just_withdrawn(version: int) -> None:
    given(a_returned_trip().journey).refused(refused.ToldToTheVehicle, lambda j: j.withdraw(mandate(), of=version))
