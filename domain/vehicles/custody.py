"""Who has a vehicle: its owner, the unit that uses it, the department it is posted to, where it is parked."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.kernel.codes import plate as valid_plate
from domain.kernel.commands import command
from domain.kernel.mandate import Mandate
from domain.kernel.places import DeclaredPoint, Point
from domain.kernel.text import Money, Name, Token
from domain.organisations.unit import Unit
from domain.vehicles import vehicle_events as happened
from domain.vehicles.base import VehicleBase
from domain.vehicles.facets import OWNER, POSTED_TO, USING_UNIT
from domain.vehicles.refusals import SameUnitAlready, VehicleNotPosted, VehiclePostedAlready
from domain.vehicles.terms import VehicleCategory


class Custody(VehicleBase):
    @command("换领号牌", "Change the plate")
    def change_plate(self, mandate: Mandate, *, plate: Token) -> None:
        self.require_kept(mandate.effective)
        self.record(happened.PlateChanged(**self.next(mandate), plate=valid_plate(plate)))

    @command("调整车辆类别", "Change the category", document=True)
    def change_category(self, mandate: Mandate, *, category: VehicleCategory) -> None:
        self.require_kept(mandate.effective)
        self.record(happened.CategoryChanged(**self.next(mandate), category=category))

    @command("调拨", "Transfer to another owner", document=True)
    def transfer(self, mandate: Mandate, *, to: Unit) -> None:
        self.require_kept(mandate.effective)
        to.require_active(mandate.effective)
        self.require(
            self.at(OWNER, mandate.effective) != to.id, SameUnitAlready(unit=to.id, at=mandate.effective.isoformat())
        )
        self._require_not_posted(mandate.effective, mandate.effective + timedelta.resolution)
        self.record(happened.VehicleTransferred(**self.next(mandate), owner=to.id))

    @command("明确使用单位", "Assign to a using unit", future=True, document=True)
    def assign(self, mandate: Mandate, *, to: Unit) -> None:
        self.require_kept(mandate.effective)
        to.require_active(mandate.effective)
        self.require(
            self.at(USING_UNIT, mandate.effective) != to.id,
            SameUnitAlready(unit=to.id, at=mandate.effective.isoformat()),
        )
        self.record(happened.VehicleAssigned(**self.next(mandate), using_unit=to.id))

    @command("派驻", "Post to a department for a period", future=True, document=True)
    def post(self, mandate: Mandate, *, to: Unit, until: datetime) -> None:
        """From the effective moment; journeys of others that are planned already come first."""
        self.require_kept(mandate.effective)
        to.require_active(mandate.effective)
        self.require_after(until, mandate.effective, "until")
        self._require_not_posted(mandate.effective, until)
        for slot in self.taken(mandate.effective, until, mandate.received):
            if slot.unit != to.id and slot.until > mandate.received:
                self.raise_taken(slot)
        self.record(happened.VehiclePosted(**self.next(mandate), to=to.id, until=until))

    @command("召回", "Recall from a posting", future=True)
    def recall(self, mandate: Mandate) -> None:
        moment = mandate.effective
        self.require_kept(moment)
        posted = next((s for s in self.stretches(POSTED_TO) if s.value is not None and s.covers(moment)), None)
        if posted is None:
            raise VehicleNotPosted(at=moment.isoformat())
        self.record(happened.PostingRecalled(**self.next(mandate), posted_until=posted.end))

    @command("确定停放地点", "Fix the parking place", future=True)
    def fix_parking(self, mandate: Mandate, *, name: Name, place: DeclaredPoint | None = None) -> None:
        self.require_kept(mandate.effective)
        point = None if place is None else Point.declared(place)
        self.record(happened.ParkingPlaceFixed(**self.next(mandate), name=name, place=point))

    @command("重新估值", "Revalue", document=True)
    def revalue(self, mandate: Mandate, *, value: Money) -> None:
        self.require_kept(mandate.effective)
        self.record(happened.VehicleRevalued(**self.next(mandate), value=value))

    def _require_not_posted(self, since: datetime, until: datetime) -> None:
        """Rule: one posting at a time, and no change of owner in the midst of one."""
        for posted in self.stretches(POSTED_TO):
            ends_before = posted.end is not None and posted.end <= since
            if posted.value is not None and posted.start < until and not ends_before:
                raise VehiclePostedAlready(
                    unit=posted.value,
                    since=posted.start.isoformat(),
                    until=posted.end.isoformat() if posted.end else "—",
                )
