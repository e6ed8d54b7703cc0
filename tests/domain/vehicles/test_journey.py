"""A journey from the request to the departure: in what order, by whom, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.kernel.commands import AlreadyExists, DoesNotExist
from domain.kernel.events import FactCorrected
from domain.organisations.unit import UnitNotActive
from domain.vehicles import dispatch_refusals as refused
from domain.vehicles import journey_events as happened
from domain.vehicles import refusals
from domain.vehicles.facets import DESTINATION
from domain.vehicles.journey import Journey
from domain.vehicles.terms import JourneyStatus
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
from tests.domain.vehicles.travelling import STEPS, turned_down


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


def test_a_request_is_refused_with_a_reason() -> None:
    trip = a_requested_trip()
    given(trip.journey).when(turned_down()).then((happened.JourneyRefused, {"because": "可乘公共交通"}))
    given(trip.journey).refused(refused.JourneyNotAtStep, lambda _: trip.approve("2026-11-09T12:00"))


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
