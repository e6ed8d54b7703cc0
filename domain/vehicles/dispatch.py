"""The policy of dispatch: every rule that a vehicle and a driver must satisfy before they are sent, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from domain.kernel.facts import Facet, Known
from domain.vehicles import dispatch_refusals as refused
from domain.vehicles.booking import Bookable, Slot
from domain.vehicles.driver import Driver
from domain.vehicles.facets import (
    BODY,
    CONDITION,
    DUTY,
    INSPECTED,
    INSURED,
    LICENCE,
    POSTED_TO,
    SEALED,
    SEATS,
    VEHICLE_STATUS,
)
from domain.vehicles.terms import Body, Condition, DriverStatus, Insurance, VehicleStatus
from domain.vehicles.vehicle import Vehicle


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be sent where, as the rules see it; `asked` is when the decision came in."""

    slot: Slot
    vehicle: Vehicle
    driver: Driver
    outside_city: bool
    passengers: int
    asked: datetime


V = TypeVar("V")

Rule = Callable[[Plan], None]


def destination_is_outside_city(plan: Plan) -> None:
    if not plan.outside_city:
        raise refused.InsideCity


def vehicle_is_not_disposed(plan: Plan) -> None:
    for fact in _during(plan, plan.vehicle, VEHICLE_STATUS):
        if fact.value is VehicleStatus.DISPOSED:
            plan.vehicle.require_kept(fact.start)


def vehicle_awaits_no_disposal(plan: Plan) -> None:
    for fact in _during(plan, plan.vehicle, VEHICLE_STATUS):
        if fact.value is VehicleStatus.DISPOSAL_APPROVED:
            raise refused.VehicleAwaitsDisposal(id=plan.vehicle.id)


def vehicle_is_roadworthy(plan: Plan) -> None:
    for fact in _during(plan, plan.vehicle, CONDITION):
        if fact.value is not Condition.ROADWORTHY:
            raise refused.VehicleNotRoadworthy(id=plan.vehicle.id, since=fact.start.isoformat())


def vehicle_is_insured(plan: Plan) -> None:
    """All the time, by the compulsory insurance at least."""
    gap = _gap(plan, plan.vehicle, INSURED, Insurance.COMPULSORY)
    if gap is not None:
        raise refused.VehicleNotInsured(id=plan.vehicle.id, at=gap.isoformat())


def vehicle_is_inspected(plan: Plan) -> None:
    gap = _gap(plan, plan.vehicle, INSPECTED)
    if gap is not None:
        raise refused.VehicleNotInspected(id=plan.vehicle.id, at=gap.isoformat())


def vehicle_is_not_sealed(plan: Plan) -> None:
    for fact in _during(plan, plan.vehicle, SEALED):
        if fact.value is not None:
            raise refused.VehicleIsSealed(
                id=plan.vehicle.id,
                since=fact.start.isoformat(),
                until=fact.end.isoformat() if fact.end else "—",
                why_zh=fact.value.zh,
                why_en=fact.value.en,
            )


def vehicle_is_not_posted_elsewhere(plan: Plan) -> None:
    for fact in _during(plan, plan.vehicle, POSTED_TO):
        if fact.value not in {None, plan.slot.unit}:
            raise refused.VehiclePostedElsewhere(
                id=plan.vehicle.id,
                posted_to=fact.value,
                since=fact.start.isoformat(),
                until=fact.end.isoformat() if fact.end else "—",
            )


def vehicle_has_seats(plan: Plan) -> None:
    """For the passengers and the driver."""
    seats = plan.vehicle.at(SEATS, plan.slot.start) or 0
    if plan.passengers + 1 > seats:
        raise refused.TooFewSeats(id=plan.vehicle.id, seats=seats, passengers=plan.passengers)


def vehicle_is_free(plan: Plan) -> None:
    plan.vehicle.require_free(plan.slot.start, plan.slot.until, plan.asked, but=plan.slot.journey)


def driver_is_on_duty(plan: Plan) -> None:
    for fact in _during(plan, plan.driver, DUTY):
        if fact.value is not DriverStatus.ON_DUTY:
            plan.driver.require_on_duty(fact.start)


def driver_has_valid_licence(plan: Plan) -> None:
    gap = _gap(plan, plan.driver, LICENCE)
    if gap is not None:
        raise refused.LicenceNotValid(id=plan.driver.id, at=gap.isoformat())


def licence_allows_the_vehicle(plan: Plan) -> None:
    body = plan.vehicle.at(BODY, plan.slot.start) or Body.OTHER
    for fact in _during(plan, plan.driver, LICENCE):
        if not fact.value.allows(body):
            raise refused.LicenceTooSmall(id=plan.driver.id, licence=fact.value.value, body_zh=body.zh, body_en=body.en)


def driver_is_free(plan: Plan) -> None:
    plan.driver.require_free(plan.slot.start, plan.slot.until, plan.asked, but=plan.slot.journey)


VEHICLE_RULES: tuple[Rule, ...] = (
    vehicle_is_not_disposed,
    vehicle_awaits_no_disposal,
    vehicle_is_roadworthy,
    vehicle_is_insured,
    vehicle_is_inspected,
    vehicle_is_not_sealed,
    vehicle_is_not_posted_elsewhere,
    vehicle_has_seats,
    vehicle_is_free,
    licence_allows_the_vehicle,
)

DRIVER_RULES: tuple[Rule, ...] = (driver_is_on_duty, driver_has_valid_licence, driver_is_free)

DISPATCH_RULES: tuple[Rule, ...] = (destination_is_outside_city, *VEHICLE_RULES, *DRIVER_RULES)

# Asked again at the moment of departure: much may have happened since the dispatch.
DEPARTURE_RULES: tuple[Rule, ...] = (
    vehicle_is_not_disposed,
    vehicle_is_roadworthy,
    vehicle_is_insured,
    vehicle_is_inspected,
    vehicle_is_not_sealed,
    driver_is_on_duty,
    driver_has_valid_licence,
)


def obey(rules: tuple[Rule, ...], plan: Plan) -> None:
    for rule in rules:
        rule(plan)


def _during(plan: Plan, asset: Bookable, facet: Facet[V], member: object = "") -> Iterator[Known[V]]:
    """What prevails in any part of the planned period."""
    for stretch in asset.stretches(facet, member):
        if stretch.start < plan.slot.until and (stretch.end is None or plan.slot.start < stretch.end):
            yield stretch


def _gap(plan: Plan, asset: Bookable, facet: Facet[V], member: object = "") -> datetime | None:
    """The first moment of the planned period at which nothing is said of the facet."""
    covered = plan.slot.start
    for stretch in _during(plan, asset, facet, member):
        if stretch.start > covered or stretch.value is None:
            return covered
        if stretch.end is None or stretch.end >= plan.slot.until:
            return None
        covered = stretch.end
    return covered
