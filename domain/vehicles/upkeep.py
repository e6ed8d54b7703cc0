"""Upkeep: service, fuel, insurance, inspection, accidents and small costs. One fuel card a vehicle."""

from __future__ import annotations

from datetime import datetime

from domain.kernel.commands import command
from domain.kernel.mandate import Mandate
from domain.kernel.places import DeclaredPoint, Point
from domain.kernel.text import Kilometres, Money, Name, Note, Reason, Token
from domain.vehicles import upkeep_events as happened
from domain.vehicles.base import KilowattHours, Litres, VehicleBase
from domain.vehicles.facets import FUEL_CARD
from domain.vehicles.refusals import FuelCardOfAnother, NoFuelCard
from domain.vehicles.terms import CostKind, Insurance, Liability, ServiceKind


class Upkeep(VehicleBase):
    @command("登记里程", "Read the odometer")
    def note_odometer(self, mandate: Mandate, *, odometer: Kilometres) -> None:
        self._require_reading(mandate, odometer)
        self.record(happened.OdometerRead(**self.next(mandate), odometer=odometer))

    @command("保养", "Service")
    def service(self, mandate: Mandate, *, service: ServiceKind, odometer: Kilometres, cost: Money, by: Name) -> None:
        self._require_reading(mandate, odometer)
        self.record(
            happened.VehicleServiced(**self.next(mandate), service=service, odometer=odometer, cost=cost, by=by)
        )

    @command("登记加油卡", "Issue a fuel card")
    def issue_fuel_card(self, mandate: Mandate, *, card: Token) -> None:
        self.require_kept(mandate.effective)
        self.record(happened.FuelCardIssued(**self.next(mandate), card=card))

    @command("收回加油卡", "Take the fuel card back")
    def return_fuel_card(self, mandate: Mandate) -> None:
        self.require_kept(mandate.effective)
        if self.at(FUEL_CARD, mandate.effective) is None:
            raise NoFuelCard(at=mandate.effective.isoformat())
        self.record(happened.FuelCardReturned(**self.next(mandate)))

    @command("加油", "Refuel")
    def refuel(self, mandate: Mandate, *, card: Token, litres: Litres, cost: Money, odometer: Kilometres) -> None:
        self._require_reading(mandate, odometer)
        self._require_own_card(card, mandate.effective)
        self.record(
            happened.VehicleRefuelled(**self.next(mandate), card=card, litres=litres, cost=cost, odometer=odometer)
        )

    @command("充电", "Charge")
    def charge(self, mandate: Mandate, *, kilowatt_hours: KilowattHours, cost: Money, odometer: Kilometres) -> None:
        self._require_reading(mandate, odometer)
        self.record(
            happened.VehicleCharged(**self.next(mandate), kilowatt_hours=kilowatt_hours, cost=cost, odometer=odometer)
        )

    @command("投保", "Insure", future=True)
    def insure(
        self, mandate: Mandate, *, insurance: Insurance, policy: Token, insurer: Name, until: datetime, premium: Money
    ) -> None:
        """Cover begins at the effective moment."""
        self.require_kept(mandate.effective)
        self.require_after(until, mandate.effective, "until")
        self.record(
            happened.VehicleInsured(
                **self.next(mandate), insurance=insurance, policy=policy, insurer=insurer, until=until, premium=premium
            )
        )

    @command("年检", "Inspect")
    def inspect(self, mandate: Mandate, *, valid_until: datetime, station: Name, cost: Money) -> None:
        self.require_kept(mandate.effective)
        self.require_after(valid_until, mandate.effective, "valid_until")
        self.record(
            happened.VehicleInspected(**self.next(mandate), valid_until=valid_until, station=station, cost=cost)
        )

    @command("登记事故", "Record an accident")
    def record_accident(
        self,
        mandate: Mandate,
        *,
        place_name: Name,
        place: DeclaredPoint | None = None,
        liability: Liability,
        loss: Money,
        account: Reason,
    ) -> None:
        self.require_kept(mandate.effective)
        point = None if place is None else Point.declared(place)
        self.record(
            happened.AccidentHappened(
                **self.next(mandate),
                place=point,
                place_name=place_name,
                liability=liability,
                loss=loss,
                account=account,
            )
        )

    @command("登记费用", "Pay a toll, parking or other cost")
    def pay(self, mandate: Mandate, *, cost_kind: CostKind, cost: Money, note: Note = "") -> None:
        self.require_kept(mandate.effective)
        self.record(happened.CostPaid(**self.next(mandate), cost_kind=cost_kind, cost=cost, note=note))

    def _require_reading(self, mandate: Mandate, odometer: int) -> None:
        self.require_kept(mandate.effective)
        self.read_odometer(mandate, odometer)

    def _require_own_card(self, card: str, moment: datetime) -> None:
        """Rule: a vehicle is refuelled with its own card."""
        own = self.at(FUEL_CARD, moment)
        if own is None:
            raise NoFuelCard(at=moment.isoformat())
        if own != card:
            raise FuelCardOfAnother(card=card, own=own, at=moment.isoformat())
