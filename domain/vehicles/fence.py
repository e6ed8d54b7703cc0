"""A geofence 电子围栏: where no car is sent, where cars are parked, or where they stand sealed; for whom, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import Len

from domain.kernel.aggregate import Aggregate
from domain.kernel.areas import DeclaredCircle, DeclaredCorridor, along, around
from domain.kernel.commands import command
from domain.kernel.facts import Facet
from domain.kernel.mandate import Mandate
from domain.kernel.places import DeclaredPolygon, Outline
from domain.kernel.text import Name
from domain.organisations.unit import Unit
from domain.vehicles import fence_events as happened
from domain.vehicles import fence_refusals as refused
from domain.vehicles.facets import UNMARKED
from domain.vehicles.fence_facets import FENCE_STATUS, FENCE_UNIT, FENCE_VEHICLE, MANAGING_UNIT
from domain.vehicles.refusals import PeriodBackwards
from domain.vehicles.terms import FencePurpose, FenceStatus
from domain.vehicles.vehicle import Vehicle

MOST_NAMED = 200

Units = Annotated[tuple[Unit, ...], Len(0, MOST_NAMED)]
Vehicles = Annotated[tuple[Vehicle, ...], Len(0, MOST_NAMED)]


class Fence(Aggregate):
    kind = "fences"
    zh = "电子围栏"
    en = "geofence"

    @command("划定电子围栏", "Draw a geofence", creates=True, document=True, future=True)
    def draw(
        self,
        mandate: Mandate,
        *,
        name: Name,
        purpose: FencePurpose,
        polygon: DeclaredPolygon | None = None,
        circle: DeclaredCircle | None = None,
        corridor: DeclaredCorridor | None = None,
        managing_unit: Unit,
        for_units: Units = (),
        for_vehicles: Vehicles = (),
        until: datetime | None = None,
    ) -> None:
        """In force from its effective moment on. Without units and vehicles it holds for all vehicles of its unit."""
        managing_unit.require_active(mandate.effective)
        _require_no_secret_work(for_vehicles, mandate.effective)
        self._require_period(mandate, until)
        self.record(
            happened.FenceDrawn(
                **self.next(mandate),
                name=name,
                purpose=purpose,
                outline=outline_of(polygon, circle, corridor),
                managing_unit=managing_unit.id,
                for_units=_ids(for_units),
                for_vehicles=_ids(for_vehicles),
                until=until,
            )
        )

    @command("重新划定", "Draw again", document=True, future=True)
    def redraw(
        self,
        mandate: Mandate,
        *,
        polygon: DeclaredPolygon | None = None,
        circle: DeclaredCircle | None = None,
        corridor: DeclaredCorridor | None = None,
    ) -> None:
        self.require_on_books(mandate.effective)
        outline = outline_of(polygon, circle, corridor)
        self.record(happened.FenceRedrawn(**self.next(mandate), outline=outline))

    @command("更名", "Rename")
    def rename(self, mandate: Mandate, *, name: Name) -> None:
        self.require_on_books(mandate.effective)
        self.record(happened.FenceRenamed(**self.next(mandate), name=name))

    @command("启用", "Put in force", future=True)
    def put_in_force(self, mandate: Mandate, *, until: datetime | None = None) -> None:
        """Once more, or for longer; what is in force beyond that already is lifted instead."""
        self.require_on_books(mandate.effective)
        self._require_period(mandate, until)
        if until is not None and self.is_in_force(until):
            raise refused.FenceInForceLonger(until=until.isoformat())
        self.record(happened.FencePutInForce(**self.next(mandate), until=until))

    @command("停用", "Lift", future=True)
    def lift(self, mandate: Mandate) -> None:
        if not self.is_in_force(mandate.effective):
            raise refused.FenceNotInForce(id=self.id, at=mandate.effective.isoformat())
        self.record(happened.FenceLifted(**self.next(mandate)))

    @command("增加适用对象", "Impose on more", future=True)
    def impose(self, mandate: Mandate, *, for_units: Units = (), for_vehicles: Vehicles = ()) -> None:
        self.require_on_books(mandate.effective)
        _require_named(for_units, for_vehicles)
        _require_no_secret_work(for_vehicles, mandate.effective)
        for facet, one in _each(for_units, for_vehicles):
            if self.at(facet, mandate.effective, one.id) is not None:
                raise refused.HoldsAlready(who=one.id, at=mandate.effective.isoformat())
        self.record(
            happened.FenceImposed(**self.next(mandate), for_units=_ids(for_units), for_vehicles=_ids(for_vehicles))
        )

    @command("取消适用对象", "Exempt", future=True)
    def exempt(self, mandate: Mandate, *, for_units: Units = (), for_vehicles: Vehicles = ()) -> None:
        """Somebody stays named: a geofence that names nobody holds for all vehicles of its unit."""
        self.require_on_books(mandate.effective)
        _require_named(for_units, for_vehicles)
        for facet, one in _each(for_units, for_vehicles):
            if self.at(facet, mandate.effective, one.id) is None:
                raise refused.HoldsNot(who=one.id, at=mandate.effective.isoformat())
        if self.named_at(mandate.effective) <= {str(one.id) for _, one in _each(for_units, for_vehicles)}:
            raise refused.LastOneExempted
        self.record(
            happened.FenceExempted(**self.next(mandate), for_units=_ids(for_units), for_vehicles=_ids(for_vehicles))
        )

    @command("变更管理单位", "Hand over to another unit", document=True, future=True)
    def hand_over(self, mandate: Mandate, *, to: Unit) -> None:
        self.require_on_books(mandate.effective)
        to.require_active(mandate.effective)
        self.record(happened.FenceHandedOver(**self.next(mandate), managing_unit=to.id))

    @command("撤销电子围栏", "Retire the geofence", document=True, future=True)
    def retire(self, mandate: Mandate) -> None:
        self.require_on_books(mandate.effective)
        units, vehicles = (
            tuple(sorted(UUID(one) for one in self.members(facet, mandate.effective)))
            for facet in (FENCE_UNIT, FENCE_VEHICLE)
        )
        self.record(happened.FenceRetired(**self.next(mandate), for_units=units, for_vehicles=vehicles))

    # What it knows -----------------------------------------------------------------------------------------------------

    def is_in_force(self, moment: datetime) -> bool:
        return self.at(FENCE_STATUS, moment) is FenceStatus.IN_FORCE

    def named_at(self, moment: datetime) -> frozenset[str]:
        """Whom it names: units and vehicles; none means all vehicles of its unit."""
        return frozenset([*self.members(FENCE_UNIT, moment), *self.members(FENCE_VEHICLE, moment)])

    def require_on_books(self, moment: datetime) -> None:
        """Rule: nothing is said of a geofence before it is drawn or after it is retired."""
        if self.born is None or moment < self.born or self.at(FENCE_STATUS, moment) is FenceStatus.RETIRED:
            raise refused.FenceNotOnBooks(id=self.id, at=moment.isoformat())

    def check(self) -> None:
        self.require_beginning_first()
        retired, last = self.first_as(FENCE_STATUS, FenceStatus.RETIRED), self.last_beginning()
        if retired is not None and last is not None and last > retired:
            raise refused.LaterThanRetired(retired=retired.isoformat(), later=last.isoformat())

    def holders(self) -> dict[UUID, datetime | None]:
        return self.held_through(MANAGING_UNIT)

    def _require_period(self, mandate: Mandate, until: datetime | None) -> None:
        """Rule: a period ends after it begins."""
        if until is not None and until <= mandate.effective:
            since = mandate.effective.isoformat()
            raise PeriodBackwards(field="until", since=since, until=until.isoformat())


def outline_of(
    polygon: DeclaredPolygon | None, circle: DeclaredCircle | None, corridor: DeclaredCorridor | None
) -> Outline:
    """Rule: a geofence is drawn in one way."""
    given = [one for one in (polygon, circle, corridor) if one is not None]
    if len(given) != 1:
        raise refused.DrawnInOneWay(count=len(given))
    match given[0]:
        case DeclaredPolygon() as corners:
            return Outline.declared(corners)
        case DeclaredCircle() as round_:
            return around(round_)
        case DeclaredCorridor() as strip:
            return along(strip)


def _ids(things: Iterable[Aggregate]) -> tuple[UUID, ...]:
    """In one order, each once."""
    return tuple(sorted({one.id for one in things}))


def _each(units: Units, vehicles: Vehicles) -> list[tuple[Facet[UUID | None], Aggregate]]:
    return [*((FENCE_UNIT, one) for one in units), *((FENCE_VEHICLE, one) for one in vehicles)]


def _require_no_secret_work(vehicles: Vehicles, moment: datetime) -> None:
    """Rule: where secret work is done is not drawn on a map that others see."""
    for vehicle in vehicles:
        if vehicle.at(UNMARKED, moment):
            raise refused.SecretWorkNamed(id=vehicle.id)


def _require_named(units: Units, vehicles: Vehicles) -> None:
    """Rule: whoever imposes or exempts says whom."""
    if not units and not vehicles:
        raise refused.NobodyNamed
