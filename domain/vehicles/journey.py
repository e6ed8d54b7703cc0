"""A journey: requested, approved by someone else, dispatched, gone, back, checked and closed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from annotated_types import Ge, Le, Len

from domain.kernel.commands import Own, command
from domain.kernel.mandate import Mandate
from domain.kernel.text import Count, Digest, Kilometres, Name, Note, Reason
from domain.organisations.unit import Unit
from domain.vehicles import dispatch_refusals as refused
from domain.vehicles import journey_events as happened
from domain.vehicles.dispatch import DEPARTURE_RULES, DISPATCH_RULES, VEHICLE_RULES, obey
from domain.vehicles.driver import Driver
from domain.vehicles.facets import DEPARTED_AT
from domain.vehicles.itinerary import Itinerary
from domain.vehicles.journey_events import CostItem
from domain.vehicles.terms import JourneyStatus, Purpose
from domain.vehicles.vehicle import Vehicle

Passengers = Annotated[int, Ge(0), Le(100)]
Metres = Annotated[int, Ge(0), Le(99_999_999)]

# Own aggregates may be none: the guards of the step refuse before anything is asked of them.
OwnVehicle = Annotated[Vehicle | None, Own("vehicle_id")]
OwnDriver = Annotated[Driver | None, Own("driver_id")]


class Journey(Itinerary):
    kind = "journeys"
    zh = "行程"
    en = "journey"

    @command("申请用车", "Request a journey", creates=True)
    def request(
        self,
        mandate: Mandate,
        *,
        unit: Unit,
        purpose: Purpose,
        purpose_text: Reason,
        destination: Name,
        outside_city: bool,
        passengers: Passengers,
        planned_from: datetime,
        planned_until: datetime,
        urgent: bool = False,
    ) -> None:
        unit.require_active(mandate.effective)
        self.require_undecided()
        self.require_period(planned_from, planned_until)
        self.record(
            happened.JourneyRequested(
                **self.next(mandate),
                requester=mandate.actor.user,
                unit=unit.id,
                purpose=purpose,
                purpose_text=purpose_text,
                destination=destination,
                outside_city=outside_city,
                passengers=passengers,
                planned_from=planned_from,
                planned_until=planned_until,
                urgent=urgent,
            )
        )

    @command("批准用车", "Approve")
    def approve(self, mandate: Mandate) -> None:
        self.require_step(mandate, JourneyStatus.REQUESTED)
        self.require_another(mandate)
        self.record(happened.JourneyApproved(**self.next(mandate)))

    @command("不予用车", "Refuse")
    def refuse(self, mandate: Mandate, *, because: Reason) -> None:
        self.require_step(mandate, JourneyStatus.REQUESTED)
        self.require_another(mandate)
        self.record(happened.JourneyRefused(**self.next(mandate), because=because))

    @command("派车", "Dispatch")
    def dispatch(self, mandate: Mandate, *, vehicle: Vehicle, driver: Driver) -> None:
        """Reserves both for the planned period, or for what is left of it."""
        self.require_step(mandate, JourneyStatus.APPROVED)
        plan = self.plan(mandate, vehicle, driver)
        obey(DISPATCH_RULES, plan)
        vehicle.reserve(mandate, plan.slot)
        driver.reserve(mandate, plan.slot)
        self.record(happened.JourneyDispatched(**self.next(mandate), vehicle=vehicle.id, driver=driver.id))

    @command("换车", "Swap the vehicle")
    def swap_vehicle(self, mandate: Mandate, *, vehicle: Vehicle, before: OwnVehicle, driver: OwnDriver) -> None:
        self.require_step(mandate, JourneyStatus.DISPATCHED)
        before, driver = self.crew(mandate, before, driver)
        self.require(vehicle.id != before.id, refused.SameVehicle(id=vehicle.id))
        plan = self.plan(mandate, vehicle, driver)
        obey(VEHICLE_RULES, plan)
        before.release(mandate, self.slot())
        vehicle.reserve(mandate, plan.slot)
        self.record(happened.VehicleSwapped(**self.next(mandate), vehicle=vehicle.id))

    @command("出车", "Depart")
    def depart(self, mandate: Mandate, *, odometer: Kilometres, vehicle: OwnVehicle, driver: OwnDriver) -> None:
        self.require_open()
        self.require_step(mandate, JourneyStatus.DISPATCHED)
        vehicle, driver = self.crew(mandate, vehicle, driver)
        obey(DEPARTURE_RULES, self.departing(mandate, vehicle, driver))
        vehicle.leave(mandate, self.slot(), odometer)
        driver.leave(mandate, self.slot())
        self.record(happened.JourneyDeparted(**self.next(mandate), odometer=odometer))

    @command("返回交车", "Return")
    def come_back(self, mandate: Mandate, *, odometer: Kilometres, vehicle: OwnVehicle, driver: OwnDriver) -> None:
        self.require_open()
        self.require_step(mandate, JourneyStatus.DEPARTED)
        vehicle, driver = self.crew(mandate, vehicle, driver)
        departed = self.last_told(DEPARTED_AT) or 0
        self.require(odometer >= departed, refused.ReturnBelowDeparture(returned=odometer, departed=departed))
        vehicle.come_back(mandate, self.slot(), odometer)
        driver.come_back(mandate, self.slot())
        self.record(happened.JourneyReturned(**self.next(mandate), odometer=odometer))

    @command("办结", "Close after the checks")
    def close(
        self,
        mandate: Mandate,
        *,
        in_order: bool,
        findings: Note = "",
        costs: Annotated[tuple[CostItem, ...], Len(0, 50)] = (),
        track_metres: Metres | None = None,
        track_points: Count | None = None,
        track_digest: Digest | None = None,
    ) -> None:
        """The distance is what the odometer says; the track, if any, is bound by its digest."""
        self.require_step(mandate, JourneyStatus.RETURNED)
        told = {track_metres is None, track_points is None, track_digest is None}
        self.require(len(told) == 1, refused.TrackIncomplete())
        self.record(
            happened.JourneyClosed(
                **self.next(mandate),
                in_order=in_order,
                findings=findings,
                distance=self.distance,
                costs=costs,
                track_metres=track_metres,
                track_points=track_points,
                track_digest=track_digest,
            )
        )

    @command("取消行程", "Cancel before departure")
    def cancel(self, mandate: Mandate, *, vehicle: OwnVehicle, driver: OwnDriver) -> None:
        """Frees the vehicle and the driver, if they were dispatched."""
        self.require_step(mandate, JourneyStatus.REQUESTED, JourneyStatus.APPROVED, JourneyStatus.DISPATCHED)
        if self.status is JourneyStatus.DISPATCHED:
            for taken in self.crew(mandate, vehicle, driver):
                taken.release(mandate, self.slot())
        self.record(happened.JourneyCancelled(**self.next(mandate)))
