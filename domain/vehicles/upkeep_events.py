"""What keeps a vehicle on the road, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.kernel.places import Point
from domain.vehicles.facets import (
    FUEL_CARD,
    INSPECTED,
    INSURED,
    ODOMETER,
    REPAIR,
    REPAIR_APPROVED,
    REPAIR_COST,
    REPAIR_ESTIMATE,
    SERVICED,
)
from domain.vehicles.terms import CostKind, Insurance, Liability, RepairState, ServiceKind


@recorded_as("vehicles.OdometerRead", correctable=True)
class OdometerRead(Event, frozen=True):
    odometer: int

    def facts(self) -> Iterator[Fact[Any]]:
        yield ODOMETER.fact(self.odometer, since=self.effective)


@recorded_as("vehicles.VehicleServiced", correctable=True)
class VehicleServiced(Event, frozen=True):
    service: ServiceKind
    odometer: int
    cost: Decimal
    by: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield SERVICED.fact(self.odometer, since=self.effective, member=self.service)
        yield ODOMETER.fact(self.odometer, since=self.effective)


@recorded_as("vehicles.RepairRequested", correctable=True)
class RepairRequested(Event, frozen=True):
    slip: str
    fault: str
    odometer: int | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield REPAIR.fact(RepairState.REQUESTED, since=self.effective, member=self.slip)
        if self.odometer is not None:
            yield ODOMETER.fact(self.odometer, since=self.effective)


@recorded_as("vehicles.RepairJudged", correctable=True)
class RepairJudged(Event, frozen=True):
    slip: str
    judgement: str
    estimate: Decimal

    def facts(self) -> Iterator[Fact[Any]]:
        yield REPAIR.fact(RepairState.JUDGED, since=self.effective, member=self.slip)
        yield REPAIR_ESTIMATE.fact(self.estimate, since=self.effective, member=self.slip)


@recorded_as("vehicles.RepairApproved", correctable=True)
class RepairApproved(Event, frozen=True):
    slip: str
    amount: Decimal
    garage: str
    minutes: str | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield REPAIR.fact(RepairState.APPROVED, since=self.effective, member=self.slip)
        yield REPAIR_APPROVED.fact(self.amount, since=self.effective, member=self.slip)


@recorded_as("vehicles.RepairRefused", correctable=True)
class RepairRefused(Event, frozen=True):
    slip: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield REPAIR.fact(RepairState.REFUSED, since=self.effective, member=self.slip)


@recorded_as("vehicles.RepairDone", correctable=True)
class RepairDone(Event, frozen=True):
    slip: str
    cost: Decimal
    odometer: int

    def facts(self) -> Iterator[Fact[Any]]:
        yield REPAIR.fact(RepairState.DONE, since=self.effective, member=self.slip)
        yield REPAIR_COST.fact(self.cost, since=self.effective, member=self.slip)
        yield ODOMETER.fact(self.odometer, since=self.effective)


@recorded_as("vehicles.FuelCardIssued", correctable=True)
class FuelCardIssued(Event, frozen=True):
    """It takes the place of the card before it."""

    card: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield FUEL_CARD.fact(self.card, since=self.effective)


@recorded_as("vehicles.FuelCardReturned", correctable=True)
class FuelCardReturned(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield FUEL_CARD.fact(None, since=self.effective)


@recorded_as("vehicles.VehicleRefuelled", correctable=True)
class VehicleRefuelled(Event, frozen=True):
    card: str
    litres: Decimal
    cost: Decimal
    odometer: int

    def facts(self) -> Iterator[Fact[Any]]:
        yield ODOMETER.fact(self.odometer, since=self.effective)


@recorded_as("vehicles.VehicleCharged", correctable=True)
class VehicleCharged(Event, frozen=True):
    kilowatt_hours: Decimal
    cost: Decimal
    odometer: int

    def facts(self) -> Iterator[Fact[Any]]:
        yield ODOMETER.fact(self.odometer, since=self.effective)


@recorded_as("vehicles.VehicleInsured", correctable=True)
class VehicleInsured(Event, frozen=True):
    insurance: Insurance
    policy: str
    insurer: str
    until: datetime
    premium: Decimal

    def facts(self) -> Iterator[Fact[Any]]:
        yield INSURED.fact(self.policy, since=self.effective, until=self.until, member=self.insurance)


@recorded_as("vehicles.VehicleInspected", correctable=True)
class VehicleInspected(Event, frozen=True):
    valid_until: datetime
    station: str
    cost: Decimal

    def facts(self) -> Iterator[Fact[Any]]:
        yield INSPECTED.fact(self.station, since=self.effective, until=self.valid_until)


@recorded_as("vehicles.AccidentHappened", correctable=True)
class AccidentHappened(Event, frozen=True):
    place: Point | None
    place_name: str
    liability: Liability
    loss: Decimal
    account: str


@recorded_as("vehicles.CostPaid", correctable=True)
class CostPaid(Event, frozen=True):
    cost_kind: CostKind
    cost: Decimal
    note: str
