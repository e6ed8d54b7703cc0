"""What happens to drivers as drivers; as persons they have a stream of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.vehicles.facets import DUTY, LICENCE, PERSON
from domain.vehicles.terms import DriverStatus, LicenceClass


@recorded_as("vehicles.DriverEnrolled", correctable=True)
class DriverEnrolled(Event, frozen=True):
    person: UUID
    licence: LicenceClass
    valid_until: datetime

    def facts(self) -> Iterator[Fact[Any]]:
        yield PERSON.fact(self.person, since=self.effective)
        yield DUTY.fact(DriverStatus.ON_DUTY, since=self.effective)
        yield LICENCE.fact(self.licence, since=self.effective, until=self.valid_until)


@recorded_as("vehicles.LicenceRenewed", correctable=True)
class LicenceRenewed(Event, frozen=True):
    licence: LicenceClass
    valid_until: datetime

    def facts(self) -> Iterator[Fact[Any]]:
        yield LICENCE.fact(self.licence, since=self.effective, until=self.valid_until)


@recorded_as("vehicles.DriverSuspended", correctable=True)
class DriverSuspended(Event, frozen=True):
    """Until a day, or until reinstated."""

    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield DUTY.fact(DriverStatus.SUSPENDED, since=self.effective, until=self.until)


@recorded_as("vehicles.DriverReinstated", correctable=True)
class DriverReinstated(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield DUTY.fact(DriverStatus.ON_DUTY, since=self.effective)


@recorded_as("vehicles.DriverRemoved", correctable=True)
class DriverRemoved(Event, frozen=True):
    """No longer a driver; the person may be enrolled anew later."""

    def facts(self) -> Iterator[Fact[Any]]:
        yield DUTY.fact(DriverStatus.RELEASED, since=self.effective)
