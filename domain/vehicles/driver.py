"""A driver: a person with a licence, on duty or suspended, reserved for journeys."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.kernel.aggregate import Claim
from domain.kernel.commands import command
from domain.kernel.mandate import Mandate
from domain.organisations.person import Person
from domain.vehicles import booking_events as booked
from domain.vehicles import driver_events as happened
from domain.vehicles.booking import Bookable, Slot
from domain.vehicles.facets import DUTY, LICENCE, PERSON
from domain.vehicles.refusals import DriverNotOnDuty, DriverNotSuspended
from domain.vehicles.terms import DriverStatus, LicenceClass


class Driver(Bookable):
    kind = "drivers"
    zh = "驾驶员"
    en = "driver"
    of_journeys = (booked.DriverReserved, booked.DriverReleased, booked.DriverLeft, booked.DriverCameBack)

    @command("登记驾驶员", "Enrol a driver", creates=True)
    def enrol(self, mandate: Mandate, *, person: Person, licence: LicenceClass, valid_until: datetime) -> None:
        self.require_nothing_earlier(mandate)
        person.require_employed(mandate.effective)
        self.require_after(valid_until, mandate.effective, "valid_until")
        self.record(
            happened.DriverEnrolled(**self.next(mandate), person=person.id, licence=licence, valid_until=valid_until)
        )

    @command("换领驾驶证", "Renew the licence")
    def renew_licence(self, mandate: Mandate, *, licence: LicenceClass, valid_until: datetime) -> None:
        self.require_kept(mandate.effective)
        self.require_after(valid_until, mandate.effective, "valid_until")
        self.record(happened.LicenceRenewed(**self.next(mandate), licence=licence, valid_until=valid_until))

    @command("停岗", "Suspend", future=True)
    def suspend(self, mandate: Mandate, *, until: datetime | None = None) -> None:
        self.require_on_duty(mandate.effective)
        self.require_after(until, mandate.effective, "until")
        self.record(happened.DriverSuspended(**self.next(mandate), until=until))

    @command("恢复上岗", "Reinstate", future=True)
    def reinstate(self, mandate: Mandate) -> None:
        if self.at(DUTY, mandate.effective) is not DriverStatus.SUSPENDED:
            raise DriverNotSuspended(id=self.id, at=mandate.effective.isoformat())
        self.record(happened.DriverReinstated(**self.next(mandate)))

    # Not `release`: that is what journeys do.
    @command("离岗", "Remove from the drivers")
    def remove(self, mandate: Mandate) -> None:
        self.require_kept(mandate.effective)
        self.require_nothing_later(mandate)
        self.record(happened.DriverRemoved(**self.next(mandate)))

    def require_on_duty(self, moment: datetime) -> None:
        """Rule: only who is on duty drives."""
        duty = self.at(DUTY, moment)
        if duty is not DriverStatus.ON_DUTY:
            self._not_on_duty(duty, moment)

    def require_kept(self, moment: datetime) -> None:
        """Rule: nothing more is said of a driver who is one no longer."""
        duty = self.at(DUTY, moment)
        if duty is DriverStatus.RELEASED:
            self._not_on_duty(duty, moment)

    # What journeys record ----------------------------------------------------------------------------------------------

    def reserve(self, mandate: Mandate, slot: Slot) -> None:
        self.require_free(slot.start, slot.until, mandate.received, but=slot.journey)
        self.record(
            booked.DriverReserved(
                **self.next(mandate), journey=slot.journey, unit=slot.unit, start=slot.start, until=slot.until
            )
        )

    def release(self, mandate: Mandate, slot: Slot) -> None:
        since = max(slot.start, mandate.effective)
        self.record(booked.DriverReleased(**self.next(mandate), journey=slot.journey, since=since))

    def leave(self, mandate: Mandate, slot: Slot) -> None:
        self.leaving(mandate, slot)
        self.record(
            booked.DriverLeft(**self.next(mandate), journey=slot.journey, unit=slot.unit, planned_until=slot.until)
        )

    def come_back(self, mandate: Mandate, slot: Slot) -> None:
        self.coming_back(mandate, slot)
        self.record(
            booked.DriverCameBack(**self.next(mandate), journey=slot.journey, unit=slot.unit, planned_until=slot.until)
        )

    # What it declares --------------------------------------------------------------------------------------------------

    @property
    def person(self) -> UUID | None:
        return self.finally_(PERSON)

    def licence_at(self, moment: datetime) -> LicenceClass | None:
        return self.at(LICENCE, moment)

    def claims(self) -> frozenset[Claim]:
        """A person is one driver at most; after a removal the person may be enrolled anew."""
        person = self.person
        if person is None or self.last_told(DUTY) is DriverStatus.RELEASED:
            return frozenset()
        return frozenset({("driver", str(person))})

    def _not_on_duty(self, duty: DriverStatus | None, moment: datetime) -> None:
        raise DriverNotOnDuty(
            id=self.id,
            at=moment.isoformat(),
            duty_zh=duty.zh if duty else "未登记",
            duty_en=duty.en if duty else "not enrolled",
        )
