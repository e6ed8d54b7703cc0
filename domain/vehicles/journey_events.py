"""What happens to a journey, from the request to the checks after the return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.kernel.text import Money, Note
from domain.vehicles.facets import (
    DEPARTED_AT,
    DESTINATION,
    DISTANCE,
    DRIVER,
    JOURNEY_STATUS,
    OUTSIDE_CITY,
    PASSENGERS,
    PLANNED_FROM,
    PLANNED_UNTIL,
    PURPOSE,
    REQUESTING_UNIT,
    RETURNED_AT,
    URGENT,
    VEHICLE,
)
from domain.vehicles.terms import CostKind, JourneyStatus, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class CostItem:
    """One thing paid on the way."""

    kind: CostKind
    amount: Money
    note: Note = ""


@recorded_as("vehicles.JourneyRequested", correctable=True)
class JourneyRequested(Event, frozen=True):
    """`requester` is the account that asked: another one must approve."""

    requester: str
    unit: UUID
    purpose: Purpose
    purpose_text: str
    destination: str
    outside_city: bool
    passengers: int
    planned_from: datetime
    planned_until: datetime
    urgent: bool

    def facts(self) -> Iterator[Fact[Any]]:
        since = self.effective
        yield JOURNEY_STATUS.fact(JourneyStatus.REQUESTED, since=since)
        yield REQUESTING_UNIT.fact(self.unit, since=since)
        yield PURPOSE.fact(self.purpose, since=since)
        yield DESTINATION.fact(self.destination, since=since)
        yield OUTSIDE_CITY.fact(self.outside_city, since=since)
        yield URGENT.fact(self.urgent, since=since)
        yield PASSENGERS.fact(self.passengers, since=since)
        yield PLANNED_FROM.fact(self.planned_from, since=since)
        yield PLANNED_UNTIL.fact(self.planned_until, since=since)


@recorded_as("vehicles.JourneyApproved")
class JourneyApproved(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield JOURNEY_STATUS.fact(JourneyStatus.APPROVED, since=self.effective)


@recorded_as("vehicles.JourneyRefused")
class JourneyRefused(Event, frozen=True):
    because: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield JOURNEY_STATUS.fact(JourneyStatus.REFUSED, since=self.effective)


@recorded_as("vehicles.JourneyDispatched")
class JourneyDispatched(Event, frozen=True):
    vehicle: UUID
    driver: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield JOURNEY_STATUS.fact(JourneyStatus.DISPATCHED, since=self.effective)
        yield VEHICLE.fact(self.vehicle, since=self.effective)
        yield DRIVER.fact(self.driver, since=self.effective)


@recorded_as("vehicles.VehicleSwapped")
class VehicleSwapped(Event, frozen=True):
    vehicle: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield VEHICLE.fact(self.vehicle, since=self.effective)


@recorded_as("vehicles.JourneyDeparted", correctable=True)
class JourneyDeparted(Event, frozen=True):
    odometer: int

    def facts(self) -> Iterator[Fact[Any]]:
        yield JOURNEY_STATUS.fact(JourneyStatus.DEPARTED, since=self.effective)
        yield DEPARTED_AT.fact(self.odometer, since=self.effective)


@recorded_as("vehicles.JourneyReturned", correctable=True)
class JourneyReturned(Event, frozen=True):
    odometer: int

    def facts(self) -> Iterator[Fact[Any]]:
        yield JOURNEY_STATUS.fact(JourneyStatus.RETURNED, since=self.effective)
        yield RETURNED_AT.fact(self.odometer, since=self.effective)


@recorded_as("vehicles.JourneyClosed", correctable=True)
class JourneyClosed(Event, frozen=True):
    """The vehicle was checked after its return. The digest binds the track, kept elsewhere, to the log."""

    in_order: bool
    findings: str
    distance: int
    costs: tuple[CostItem, ...]
    track_metres: int | None
    track_points: int | None
    track_digest: str | None

    @property
    def cost(self) -> Decimal:
        return sum((item.amount for item in self.costs), Decimal(0))

    def facts(self) -> Iterator[Fact[Any]]:
        yield JOURNEY_STATUS.fact(JourneyStatus.CLOSED, since=self.effective)
        yield DISTANCE.fact(self.distance, since=self.effective)


@recorded_as("vehicles.JourneyCancelled")
class JourneyCancelled(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield JOURNEY_STATUS.fact(JourneyStatus.CANCELLED, since=self.effective)
        yield VEHICLE.fact(None, since=self.effective)
        yield DRIVER.fact(None, since=self.effective)
