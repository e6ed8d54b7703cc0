"""What a journey does to the vehicle and the driver that make it: reserved, released, gone, back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.vehicles.facets import AWAY, ODOMETER, RESERVED


class Reserved(Event, frozen=True):
    journey: UUID
    unit: UUID
    start: datetime
    until: datetime

    def facts(self) -> Iterator[Fact[Any]]:
        yield RESERVED.fact(self.unit, since=self.start, until=self.until, member=self.journey)


class Released(Event, frozen=True):
    """Free from `since` on: the planned start, or the moment of the release if that came later."""

    journey: UUID
    since: datetime

    def facts(self) -> Iterator[Fact[Any]]:
        yield RESERVED.fact(None, since=self.since, member=self.journey)


class Left(Event, frozen=True):
    """Whoever leaves before the plan is taken from that moment on."""

    journey: UUID
    unit: UUID
    planned_until: datetime

    def facts(self) -> Iterator[Fact[Any]]:
        yield AWAY.fact(value=True, since=self.effective, member=self.journey)
        if self.effective < self.planned_until:
            yield RESERVED.fact(self.unit, since=self.effective, until=self.planned_until, member=self.journey)


class CameBack(Event, frozen=True):
    """Free from that moment on, early; or taken from the planned end until that moment, late."""

    journey: UUID
    unit: UUID
    planned_until: datetime

    def facts(self) -> Iterator[Fact[Any]]:
        yield AWAY.fact(None, since=self.effective, member=self.journey)
        if self.planned_until < self.effective:
            yield RESERVED.fact(self.unit, since=self.planned_until, until=self.effective, member=self.journey)
        yield RESERVED.fact(None, since=self.effective, member=self.journey)


@recorded_as("vehicles.VehicleReserved")
class VehicleReserved(Reserved, frozen=True):
    """A journey was given this vehicle."""


@recorded_as("vehicles.VehicleReleased")
class VehicleReleased(Released, frozen=True):
    """The journey does without this vehicle."""


@recorded_as("vehicles.VehicleLeft", correctable=True)
class VehicleLeft(Left, frozen=True):
    odometer: int

    def facts(self) -> Iterator[Fact[Any]]:
        yield from super().facts()
        yield ODOMETER.fact(self.odometer, since=self.effective)


@recorded_as("vehicles.VehicleCameBack", correctable=True)
class VehicleCameBack(CameBack, frozen=True):
    odometer: int

    def facts(self) -> Iterator[Fact[Any]]:
        yield from super().facts()
        yield ODOMETER.fact(self.odometer, since=self.effective)


@recorded_as("vehicles.DriverReserved")
class DriverReserved(Reserved, frozen=True):
    """A journey was given this driver."""


@recorded_as("vehicles.DriverReleased")
class DriverReleased(Released, frozen=True):
    """The journey does without this driver."""


@recorded_as("vehicles.DriverLeft", correctable=True)
class DriverLeft(Left, frozen=True):
    """The driver set out."""


@recorded_as("vehicles.DriverCameBack", correctable=True)
class DriverCameBack(CameBack, frozen=True):
    """The driver is back."""
