"""What the steps of a journey rest on: their order, the planned period, who asked, what the rules are shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from domain.kernel.aggregate import RecordAt
from domain.kernel.events import Event
from domain.kernel.mandate import Mandate
from domain.vehicles import dispatch_refusals as refused
from domain.vehicles import journey_events as happened
from domain.vehicles.booking import Slot
from domain.vehicles.dispatch import Plan
from domain.vehicles.driver import Driver
from domain.vehicles.facets import (
    DEPARTED_AT,
    DRIVER,
    JOURNEY_STATUS,
    OUTSIDE_CITY,
    PASSENGERS,
    PLANNED_FROM,
    PLANNED_UNTIL,
    REQUESTING_UNIT,
    RETURNED_AT,
    VEHICLE,
)
from domain.vehicles.process import Staged, Steps
from domain.vehicles.refusals import PeriodBackwards
from domain.vehicles.terms import JourneyStatus
from domain.vehicles.vehicle import Vehicle

_S = JourneyStatus
STEPS: Steps[JourneyStatus] = {
    None: frozenset({_S.REQUESTED}),
    _S.REQUESTED: frozenset({_S.APPROVED, _S.REFUSED, _S.CANCELLED}),
    _S.APPROVED: frozenset({_S.DISPATCHED, _S.CANCELLED}),
    _S.DISPATCHED: frozenset({_S.DEPARTED, _S.CANCELLED}),
    _S.DEPARTED: frozenset({_S.RETURNED}),
    _S.RETURNED: frozenset({_S.CLOSED}),
}


class Itinerary(Staged):
    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self.requesters: frozenset[str] = frozenset()

    # What it knows -----------------------------------------------------------------------------------------------------

    @property
    def vehicle_id(self) -> UUID | None:
        return self.last_told(VEHICLE)

    @property
    def driver_id(self) -> UUID | None:
        return self.last_told(DRIVER)

    @property
    def status(self) -> JourneyStatus | None:
        return self.last_told(JOURNEY_STATUS)

    @property
    def distance(self) -> int:
        """In kilometres by the odometer, as far as the journey has gone."""
        departed, returned = self.last_told(DEPARTED_AT), self.last_told(RETURNED_AT)
        return 0 if departed is None or returned is None else returned - departed

    def slot(self) -> Slot:
        """The planned period, for the requesting unit."""
        unit, start, until = (
            self.last_told(REQUESTING_UNIT),
            self.last_told(PLANNED_FROM),
            self.last_told(PLANNED_UNTIL),
        )
        if unit is None or start is None or until is None:
            raise self.not_at_step(JourneyStatus.REQUESTED)
        return Slot(journey=self.id, unit=unit, start=start, until=until)

    def crew(self, mandate: Mandate, vehicle: Vehicle | None, driver: Driver | None) -> tuple[Vehicle, Driver]:
        """Rule: what is told of the crew is not earlier than the day it became the crew (vehicles are swapped)."""
        if vehicle is None or driver is None:
            raise self.not_at_step(JourneyStatus.DISPATCHED)
        since = self.told(VEHICLE)[-1].start
        if mandate.effective < since:
            raise refused.BeforeTheSwap(since=since.isoformat(), at=mandate.effective.isoformat())
        return vehicle, driver

    # What the rules are shown ------------------------------------------------------------------------------------------

    def plan(self, mandate: Mandate, vehicle: Vehicle, driver: Driver) -> Plan:
        """For what is left of the planned period."""
        slot = self.slot()
        if mandate.effective >= slot.until:
            raise refused.PlanOver(until=slot.until.isoformat(), at=mandate.effective.isoformat())
        return self._plan(mandate, vehicle, driver, max(slot.start, mandate.effective), slot.until)

    def departing(self, mandate: Mandate, vehicle: Vehicle, driver: Driver) -> Plan:
        """For the moment of departure alone."""
        moment = mandate.effective
        return self._plan(mandate, vehicle, driver, moment, moment + timedelta.resolution)

    def _plan(self, mandate: Mandate, vehicle: Vehicle, driver: Driver, start: datetime, until: datetime) -> Plan:
        return Plan(
            slot=Slot(journey=self.id, unit=self.slot().unit, start=start, until=until),
            vehicle=vehicle,
            driver=driver,
            outside_city=self.last_told(OUTSIDE_CITY) is True,
            passengers=self.last_told(PASSENGERS) or 0,
            asked=mandate.received,
        )

    # Guards ------------------------------------------------------------------------------------------------------------

    def require_step(self, mandate: Mandate, *wanted: JourneyStatus) -> None:
        """Rule: the steps of a journey are taken in their order."""
        if not self.is_at_step(JOURNEY_STATUS, mandate.effective, wanted):
            raise self.not_at_step(*wanted, at=mandate.effective)

    def not_at_step(self, *wanted: JourneyStatus, at: datetime | None = None) -> refused.JourneyNotAtStep:
        now = self.status
        return refused.JourneyNotAtStep(
            id=self.id,
            at=at.isoformat() if at else "—",
            now_zh=now.zh if now else "未申请",
            now_en=now.en if now else "not requested",
            wanted_zh="、".join(step.zh for step in wanted),
            wanted_en=", ".join(step.en for step in wanted),
        )

    def require_another(self, mandate: Mandate) -> None:
        """Rule: nobody decides on what they asked for, or worded, themselves."""
        if mandate.actor.user in self.requesters:
            raise refused.ApprovedByRequester(user=mandate.actor.user)

    def require_undecided(self) -> None:
        """Rule: what was approved is what was asked: the request is corrected only before that."""
        if self.status is not None:
            raise refused.JourneyDecidedAlready(id=self.id)

    def require_open(self) -> None:
        """Rule: the closing states the distance, so it is taken back before the readings are corrected."""
        if self.status is JourneyStatus.CLOSED:
            raise refused.JourneyClosedAlready(id=self.id)

    def require_period(self, start: datetime, until: datetime) -> None:
        if until <= start:
            raise PeriodBackwards(field="planned_until", since=start.isoformat(), until=until.isoformat())

    def withdraw(self, mandate: Mandate, *, of: RecordAt) -> None:
        """The vehicle and the driver were told too: such a step is corrected, never just taken back."""
        if self._topics.get(of) in {happened.JourneyDeparted, happened.JourneyReturned}:
            raise refused.ToldToTheVehicle(version=of)
        super().withdraw(mandate, of=of)

    # What it declares --------------------------------------------------------------------------------------------------

    def evolve(self, event: Event) -> None:
        if isinstance(event, happened.JourneyRequested):
            self.requesters |= {event.requester}

    def check(self) -> None:
        self.require_order(JOURNEY_STATUS, STEPS)
        departed, returned = self.last_told(DEPARTED_AT), self.last_told(RETURNED_AT)
        if departed is not None and returned is not None and returned < departed:
            raise refused.ReturnBelowDeparture(returned=returned, departed=departed)
