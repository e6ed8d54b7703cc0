"""Postings of a vehicle to another unit: they end by themselves, do not overlap, and are recalled."""

from __future__ import annotations

from domain.kernel.events import FactCorrected, FactWithdrawn
from domain.organisations.unit import UnitNotActive
from domain.vehicles import refusals as refused
from domain.vehicles import vehicle_events as happened
from domain.vehicles.facets import POSTED_TO
from tests.domain.scenario import day, given, mandate
from tests.domain.vehicles.posting import posted
from tests.domain.vehicles.situations import EDUCATION, WATER, a_dispatched_trip, a_vehicle, an_ended_unit


def test_a_posting_ends_by_itself() -> None:
    scenario = given(a_vehicle()).when(posted("2026-01-01", "2027-01-01"))
    scenario.then((happened.VehiclePosted, {"to": EDUCATION.id, "until": day("2027-01-01")}))
    assert scenario.aggregate.at(POSTED_TO, day("2026-12-31")) == EDUCATION.id
    assert scenario.aggregate.at(POSTED_TO, day("2027-01-01")) is None
    assert scenario.aggregate.holders()[EDUCATION.id] == day("2027-01-01")


def test_a_posting_ends_after_it_begins() -> None:
    given(a_vehicle()).refused(refused.PeriodBackwards, posted("2026-01-01", "2026-01-01"))


def test_postings_do_not_overlap() -> None:
    vehicle = a_vehicle("v", posted("2026-03-01", "2026-06-01"))
    given(vehicle).refused(refused.VehiclePostedAlready, posted("2026-05-01", "2026-09-01"))
    given(vehicle).refused(refused.VehiclePostedAlready, posted("2026-01-01", "2026-03-02"))
    given(vehicle).when(posted("2026-06-01", "2026-09-01")).then(happened.VehiclePosted)


def test_a_posting_gives_way_to_a_journey_of_others_that_is_planned() -> None:
    trip = a_dispatched_trip(planned_from=day("2026-12-01"), planned_until=day("2026-12-03"))
    given(trip.vehicle).refused(
        refused.Taken, lambda v: v.post(mandate("2026-11-25"), to=WATER, until=day("2027-01-01"))
    )
    given(trip.vehicle).when(posted("2026-11-25", "2027-01-01")).then(happened.VehiclePosted)


def test_a_vehicle_is_not_posted_to_a_unit_that_has_ended() -> None:
    given(a_vehicle()).refused(UnitNotActive, lambda v: v.post(mandate(), to=an_ended_unit(), until=day("2027-01-01")))


def test_a_posting_is_recalled_early_and_the_next_one_stays() -> None:
    vehicle = a_vehicle("v", posted("2026-03-01", "2026-06-01"), posted("2026-07-01", "2026-09-01"))
    given(vehicle).when(lambda v: v.recall(mandate("2026-04-01"))).then(happened.PostingRecalled)
    assert vehicle.at(POSTED_TO, day("2026-03-15")) == EDUCATION.id
    assert vehicle.at(POSTED_TO, day("2026-05-01")) is None
    assert vehicle.at(POSTED_TO, day("2026-08-01")) == EDUCATION.id


def test_a_vehicle_that_is_not_posted_cannot_be_recalled() -> None:
    given(a_vehicle()).refused(refused.VehicleNotPosted, lambda v: v.recall(mandate()))


def test_a_wrong_posting_is_corrected() -> None:
    vehicle = a_vehicle("v", posted("2026-03-01", "2026-06-01"))
    given(vehicle).correcting(2, posted("2026-03-01", "2026-05-01")).then((FactCorrected, {"of": 2}))
    assert vehicle.at(POSTED_TO, day("2026-05-15")) is None


def test_a_posting_that_never_was_is_withdrawn() -> None:
    vehicle = a_vehicle("v", posted("2026-03-01", "2026-06-01"))
    given(vehicle).when(lambda v: v.withdraw(mandate(), of=2)).then(FactWithdrawn)
    assert vehicle.at(POSTED_TO, day("2026-04-01")) is None
