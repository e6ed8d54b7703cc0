"""Journeys: requested, approved by someone else, dispatched, gone, back, closed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from domain.kernel.commands import AlreadyExists, DoesNotExist
from domain.kernel.events import FactCorrected, FactWithdrawn
from domain.organisations.unit import UnitNotActive
from domain.vehicles import booking_events as booked
from domain.vehicles import dispatch_refusals as refused
from domain.vehicles import journey_events as happened
from domain.vehicles import refusals
from domain.vehicles.facets import AWAY, DESTINATION, JOURNEY_STATUS, ODOMETER, RESERVED
from domain.vehicles.journey import Journey
from domain.vehicles.journey_events import CostItem
from domain.vehicles.process import StepsOutOfOrder
from domain.vehicles.terms import CostKind, JourneyStatus
from tests.domain.scenario import an_id, day, given, mandate
from tests.domain.vehicles.situations import (
    Trip,
    a_departed_trip,
    a_dispatched_trip,
    a_driver,
    a_fit_vehicle,
    a_requested_trip,
    a_returned_trip,
    an_approved_trip,
    an_ended_unit,
)


def asked(trip: Trip, when: str = "2026-11-09T09:00", **changes: object) -> Callable[[Journey], None]:
    return lambda _: trip.request(mandate(when), **changes)


def a_new_trip() -> Trip:
    return Trip(journey=Journey(an_id("新")), vehicle=a_fit_vehicle(), driver=a_driver())


def test_a_journey_is_requested() -> None:
    trip = a_new_trip()
    given(trip.journey).when(asked(trip)).then((happened.JourneyRequested, {"requester": "li", "passengers": 3}))
    assert trip.journey.status is JourneyStatus.REQUESTED
    assert trip.journey.claims() == frozenset()
    assert trip.journey.holders() == {}


def test_a_journey_is_requested_once() -> None:
    trip = a_requested_trip()
    given(trip.journey).refused(AlreadyExists, asked(trip))


def test_a_journey_ends_after_it_begins() -> None:
    trip = a_new_trip()
    given(trip.journey).refused(refusals.PeriodBackwards, asked(trip, planned_until=day("2026-11-10T08:00")))


def test_a_unit_that_has_ended_asks_for_nothing() -> None:
    trip = a_new_trip()
    given(trip.journey).refused(UnitNotActive, asked(trip, unit=an_ended_unit()))


def test_a_request_is_corrected_before_it_is_decided() -> None:
    trip = a_requested_trip()
    given(trip.journey).correcting(1, asked(trip, destination="盐池县")).then((FactCorrected, {"of": 1}))
    assert trip.journey.at(DESTINATION, day("2026-11-10")) == "盐池县"


def test_what_was_approved_is_what_was_asked() -> None:
    trip = an_approved_trip()
    trip.journey.begin_correction(1)
    given(trip.journey).refused(refused.JourneyDecidedAlready, asked(trip, destination="盐池县"))


def test_who_corrected_a_request_does_not_approve_it() -> None:
    trip = a_requested_trip()
    trip.journey.begin_correction(1)
    trip.request(mandate("2026-11-09T09:30", user="zhang"))
    trip.saved()
    given(trip.journey).refused(refused.ApprovedByRequester, lambda _: trip.approve())
    given(trip.journey).refused(refused.ApprovedByRequester, lambda j: j.approve(mandate("2026-11-09T10:00")))


def test_someone_else_approves() -> None:
    trip = a_requested_trip()
    given(trip.journey).when(lambda _: trip.approve()).then(happened.JourneyApproved)


def test_nobody_decides_on_their_own_request() -> None:
    journey = a_requested_trip().journey
    given(journey).refused(refused.ApprovedByRequester, lambda j: j.approve(mandate("2026-11-09T10:00")))
    given(journey).refused(refused.ApprovedByRequester, lambda j: j.refuse(mandate("2026-11-09T10:00"), because="无车"))


def turned_down(when: str = "2026-11-09T10:00") -> Callable[[Journey], None]:
    return lambda j: j.refuse(mandate(when, user="zhang"), because="可乘公共交通")


def test_a_request_is_refused_with_a_reason() -> None:
    trip = a_requested_trip()
    given(trip.journey).when(turned_down()).then((happened.JourneyRefused, {"because": "可乘公共交通"}))
    given(trip.journey).refused(refused.JourneyNotAtStep, lambda _: trip.approve("2026-11-09T12:00"))


STEPS: dict[str, Callable[[Trip], None]] = {
    "approve": lambda trip: trip.approve("2026-11-10T17:30"),
    "refuse": lambda trip: turned_down("2026-11-10T17:30")(trip.journey),
    "dispatch": lambda trip: trip.dispatch("2026-11-10T17:30"),
    "swap": lambda trip: trip.swap(a_fit_vehicle("宁C2"), "2026-11-10T17:30"),
    "depart": lambda trip: trip.depart("2026-11-10T17:30"),
    "return": lambda trip: trip.come_back("2026-11-10T17:30"),
    "close": lambda trip: trip.journey.close(mandate("2026-11-10T17:30"), in_order=True),
    "cancel": lambda trip: trip.cancel("2026-11-10T17:30"),
}


@pytest.mark.parametrize(
    ("situation", "possible"),
    [
        (a_requested_trip, {"approve", "refuse", "cancel"}),
        (an_approved_trip, {"dispatch", "cancel"}),
        (a_dispatched_trip, {"swap", "depart", "cancel"}),
        (a_departed_trip, {"return"}),
        (a_returned_trip, {"close"}),
    ],
    ids=["requested", "approved", "dispatched", "departed", "returned"],
)
def test_the_steps_are_taken_in_their_order(situation: Callable[[], Trip], possible: set[str]) -> None:
    for name, step in STEPS.items():
        trip = situation()
        if name in possible:
            step(trip)
        else:
            given(trip.journey).refused(refused.JourneyNotAtStep, taken(step, trip))


def taken(step: Callable[[Trip], None], trip: Trip) -> Callable[[Journey], None]:
    return lambda _: step(trip)


def test_a_step_is_not_earlier_than_the_step_before_it() -> None:
    trip = a_dispatched_trip()
    given(trip.journey).refused(refused.JourneyNotAtStep, lambda _: trip.depart("2026-11-09T10:30"))


def test_a_journey_that_was_never_asked_for_does_not_exist() -> None:
    trip = a_new_trip()
    given(trip.journey).refused(DoesNotExist, lambda _: trip.approve())


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
