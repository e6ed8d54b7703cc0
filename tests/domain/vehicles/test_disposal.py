"""How a vehicle ends: requested, approved, disposed of; and when it is due for renewal."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from domain.kernel.events import FactCorrected, FactWithdrawn
from domain.vehicles import refusals as refused
from domain.vehicles import vehicle_events as happened
from domain.vehicles.facets import DISPOSAL_MODE, VEHICLE_STATUS
from domain.vehicles.process import StepsOutOfOrder
from domain.vehicles.terms import CostKind, DisposalMode, VehicleStatus
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import day, given, mandate
from tests.domain.vehicles.situations import (
    VIN,
    Trip,
    a_departed_trip,
    a_disposed_vehicle,
    a_vehicle,
    a_vehicle_awaiting_disposal,
    an_approved_trip,
    called,
)

# Disposal --------------------------------------------------------------------------------------------------------------


def wanted(when: str = "2026-01-01", because: str | None = "水淹报损") -> Callable[[Vehicle], None]:
    return lambda v: v.request_disposal(mandate(when), mode=DisposalMode.SCRAP, early_because=because)


def agreed(when: str = "2026-02-01") -> Callable[[Vehicle], None]:
    return lambda v: v.approve_disposal(mandate(when), mode=DisposalMode.AUCTION)


def gone(when: str = "2026-03-01", income: str = "21000.00") -> Callable[[Vehicle], None]:
    return lambda v: v.dispose(mandate(when), income=Decimal(income), taken_by="宁夏某拍卖行")


def test_a_vehicle_is_due_for_renewal_after_eight_years() -> None:
    vehicle = a_vehicle()
    assert not vehicle.renewal_due(day("2027-12-31"))
    assert vehicle.renewal_due(day("2028-01-01"))


def test_the_years_count_from_its_first_use_elsewhere() -> None:
    vehicle = a_vehicle(first_used=day("2012-02-29"))
    assert not vehicle.renewal_due(day("2020-02-27"))
    assert vehicle.renewal_due(day("2020-02-29"))


def test_a_vehicle_is_disposed_of_in_the_mode_that_was_approved() -> None:
    scenario = given(a_vehicle()).when(wanted()).when(agreed()).when(gone())
    scenario.then(
        (happened.DisposalRequested, {"mode": DisposalMode.SCRAP}),
        (happened.DisposalApproved, {"mode": DisposalMode.AUCTION}),
        (happened.VehicleDisposed, {"income": Decimal("21000.00")}),
    )
    assert scenario.aggregate.at(VEHICLE_STATUS, day("2026-03-01")) is VehicleStatus.DISPOSED
    assert scenario.aggregate.at(DISPOSAL_MODE, day("2026-03-01")) is DisposalMode.AUCTION


def test_a_disposed_vehicle_frees_its_plate_and_its_holders_but_never_its_vin() -> None:
    vehicle = a_disposed_vehicle()
    assert vehicle.claims() == {("vin", VIN)}
    assert set(vehicle.holders().values()) == {day("2026-03-01")}


def test_an_early_disposal_says_why() -> None:
    given(a_vehicle()).refused(refused.DisposalTooEarly, wanted(because=None))


def test_an_old_vehicle_needs_no_reason() -> None:
    given(a_vehicle(first_used=day("2015-01-01"))).when(wanted(because=None)).then(happened.DisposalRequested)


@pytest.mark.parametrize("step", [agreed(), gone(), lambda v: v.refuse_disposal(mandate())], ids=called)
def test_a_disposal_is_requested_first(step: Callable[[Vehicle], None]) -> None:
    given(a_vehicle()).refused(refused.DisposalNotAtStep, step)


def test_a_disposal_is_approved_before_it_is_done() -> None:
    given(a_vehicle("v", wanted())).refused(refused.DisposalNotAtStep, gone())


def test_a_disposal_is_requested_once() -> None:
    given(a_vehicle("v", wanted())).refused(refused.DisposalNotAtStep, wanted("2026-01-02"))


def test_a_vehicle_whose_disposal_is_refused_stays_in_service() -> None:
    scenario = given(a_vehicle("v", wanted())).when(lambda v: v.refuse_disposal(mandate("2026-01-05")))
    scenario.then(happened.DisposalRefused)
    assert scenario.aggregate.at(VEHICLE_STATUS, day("2026-02-01")) is VehicleStatus.IN_SERVICE
    given(scenario.aggregate).when(wanted("2026-06-01")).then(happened.DisposalRequested)


def test_a_late_disposal_must_not_contradict_what_came_after() -> None:
    vehicle = a_vehicle_awaiting_disposal()
    vehicle.pay(mandate("2026-04-01"), cost_kind=CostKind.TOLL, cost=Decimal("35.00"))
    given(vehicle).refused(refused.LaterRecords, gone("2026-03-01"))
    given(vehicle).when(gone("2026-04-01")).then(happened.VehicleDisposed)


def test_a_record_that_was_withdrawn_contradicts_nothing() -> None:
    vehicle = a_vehicle_awaiting_disposal()
    vehicle.pay(mandate("2026-04-01"), cost_kind=CostKind.TOLL, cost=Decimal("35.00"))
    vehicle.withdraw(mandate(), of=vehicle.version)
    given(vehicle).when(gone("2026-03-01")).then(happened.VehicleDisposed)


def test_a_vehicle_with_a_journey_planned_is_not_disposed_of() -> None:
    vehicle = a_vehicle_awaiting_disposal("2026-11-11")
    trip = an_approved_trip(vehicle=vehicle, planned_from=day("2026-12-01"), planned_until=day("2026-12-02"))
    vehicle.reserve(mandate("2026-11-10"), trip.journey.slot())
    given(vehicle).refused(refused.Taken, gone("2026-11-15"))


def test_a_vehicle_that_is_away_is_not_disposed_of() -> None:
    trip: Trip = a_departed_trip()
    wanted("2026-11-12")(trip.vehicle)
    agreed("2026-11-13")(trip.vehicle)
    given(trip.vehicle).refused(refused.Taken, gone("2026-11-14"))


def test_a_wrong_income_is_corrected() -> None:
    vehicle = a_disposed_vehicle()
    given(vehicle).correcting(6, gone(income="23000.00")).then((FactCorrected, {"of": 6}))


def test_a_disposal_that_never_was_is_withdrawn_and_the_plate_claimed_again() -> None:
    vehicle = a_disposed_vehicle()
    given(vehicle).when(lambda v: v.withdraw(mandate(), of=6)).then(FactWithdrawn)
    assert ("plate", "宁C12345") in vehicle.claims()


def test_an_approval_on_which_a_disposal_stands_is_not_withdrawn() -> None:
    with pytest.raises(StepsOutOfOrder):
        a_disposed_vehicle().withdraw(mandate(), of=5)
