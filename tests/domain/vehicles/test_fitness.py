"""Out of service, sealed, disposed of."""

from __future__ import annotations

from collections.abc import Callable

from domain.organisations.person import PersonNotEmployed
from domain.vehicles import refusals as refused
from domain.vehicles import vehicle_events as happened
from domain.vehicles.facets import CONDITION, KEY_KEEPER, SEALED
from domain.vehicles.terms import Condition, SealReason
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import an_id, day, given, mandate
from tests.domain.vehicles.situations import a_person, a_vehicle


def stopped(when: str) -> Callable[[Vehicle], None]:
    return lambda v: v.take_out_of_service(mandate(when), cause="制动故障")


def test_a_vehicle_is_taken_out_of_service_and_put_back() -> None:
    scenario = given(a_vehicle()).when(stopped("2025-01-01"))
    scenario.when(lambda v: v.put_back_into_service(mandate("2025-02-01")))
    scenario.then(happened.VehicleTakenOutOfService, happened.VehiclePutBackIntoService)
    assert scenario.aggregate.at(CONDITION, day("2025-01-15")) is Condition.OUT_OF_SERVICE
    assert scenario.aggregate.at(CONDITION, day("2025-02-15")) is Condition.ROADWORTHY


def test_what_is_so_already_is_not_told_again() -> None:
    vehicle = a_vehicle()
    given(vehicle).refused(refused.ConditionAlready, lambda v: v.put_back_into_service(mandate()))
    stopped("2025-01-01")(vehicle)
    given(vehicle).refused(refused.ConditionAlready, stopped("2025-02-01"))


def sealed(since: str = "2026-10-01", until: str | None = "2026-10-09") -> Callable[[Vehicle], None]:
    return lambda v: v.seal(
        mandate(since),
        why=SealReason.HOLIDAY,
        key_keeper=a_person("马主任"),
        until=None if until is None else day(until),
    )


def test_a_vehicle_is_sealed_for_a_holiday() -> None:
    scenario = given(a_vehicle()).when(sealed()).then((happened.VehicleSealed, {"key_keeper": an_id("马主任")}))
    assert scenario.aggregate.at(SEALED, day("2026-10-05")) is SealReason.HOLIDAY
    assert scenario.aggregate.at(KEY_KEEPER, day("2026-10-05")) == an_id("马主任")
    assert scenario.aggregate.at(SEALED, day("2026-10-09")) is None


def test_the_key_is_kept_by_someone_in_post() -> None:
    gone = a_person("马主任")
    gone.leave(mandate("2026-09-01"))
    given(a_vehicle()).refused(
        PersonNotEmployed,
        lambda v: v.seal(mandate("2026-10-01"), why=SealReason.HOLIDAY, key_keeper=gone),
    )


def test_a_holiday_to_come_is_sealed_ahead() -> None:
    given(a_vehicle()).when(sealed("2027-01-01", "2027-01-04")).then(happened.VehicleSealed)


def test_a_seal_ends_after_it_begins() -> None:
    given(a_vehicle()).refused(refused.PeriodBackwards, sealed("2026-10-01", "2026-09-01"))


def test_a_sealed_vehicle_is_not_sealed_again() -> None:
    given(a_vehicle("v", sealed())).refused(refused.VehicleSealedAlready, sealed("2026-10-03", None))


def test_a_vehicle_on_duty_is_unsealed_early() -> None:
    vehicle = a_vehicle("v", sealed(), sealed("2027-01-01", "2027-01-04"))
    given(vehicle).when(lambda v: v.unseal(mandate("2026-10-03"))).then(happened.VehicleUnsealed)
    assert vehicle.at(SEALED, day("2026-10-02")) is SealReason.HOLIDAY
    assert vehicle.at(SEALED, day("2026-10-05")) is None
    assert vehicle.at(SEALED, day("2027-01-02")) is SealReason.HOLIDAY


def test_an_open_vehicle_is_not_unsealed() -> None:
    given(a_vehicle()).refused(refused.VehicleNotSealed, lambda v: v.unseal(mandate()))
