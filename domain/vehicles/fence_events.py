"""What happens to geofences: drawn, in force for a time, for some vehicles, and retired."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.areas import Drawn, drawn, measure
from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.kernel.places import Outline
from domain.vehicles.fence_facets import (
    FENCE_PURPOSE,
    FENCE_STATUS,
    FENCE_UNIT,
    FENCE_VEHICLE,
    MANAGING_UNIT,
    NAME,
    OUTLINE,
)
from domain.vehicles.terms import FencePurpose, FenceStatus


class _Outlined(Event, frozen=True):
    """Says where; and, as the command that drew it asked for it, in which way it was drawn."""

    outline: Outline

    @property
    def polygon(self) -> Outline | None:
        return self._as(Drawn.POLYGON)

    @property
    def center(self) -> Outline | None:
        return self._as(Drawn.CIRCLE)

    @property
    def radius(self) -> Decimal | None:
        return measure(self.outline, "radius")

    @property
    def line(self) -> Outline | None:
        return self._as(Drawn.CORRIDOR)

    @property
    def width(self) -> Decimal | None:
        return measure(self.outline, "width")

    def _as(self, kind: Drawn) -> Outline | None:
        return self.outline if drawn(self.outline) is kind else None


@recorded_as("vehicles.FenceDrawn", correctable=True)
class FenceDrawn(_Outlined, frozen=True):
    """In force from then on, until a moment or until it is lifted. For no unit and no vehicle: for all of its unit."""

    name: str
    purpose: FencePurpose
    managing_unit: UUID
    for_units: tuple[UUID, ...]
    for_vehicles: tuple[UUID, ...]
    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        since = self.effective
        yield FENCE_STATUS.fact(FenceStatus.IN_FORCE, since=since, until=self.until)
        yield NAME.fact(self.name, since=since)
        yield FENCE_PURPOSE.fact(self.purpose, since=since)
        yield MANAGING_UNIT.fact(self.managing_unit, since=since)
        yield OUTLINE.fact(self.outline, since=since)
        yield from _held(self.for_units, self.for_vehicles, since)


@recorded_as("vehicles.FenceRedrawn", correctable=True)
class FenceRedrawn(_Outlined, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield OUTLINE.fact(self.outline, since=self.effective)


@recorded_as("vehicles.FenceRenamed", correctable=True)
class FenceRenamed(Event, frozen=True):
    name: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield NAME.fact(self.name, since=self.effective)


@recorded_as("vehicles.FencePutInForce", correctable=True)
class FencePutInForce(Event, frozen=True):
    """Once more, or for longer."""

    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield FENCE_STATUS.fact(FenceStatus.IN_FORCE, since=self.effective, until=self.until)


@recorded_as("vehicles.FenceLifted", correctable=True)
class FenceLifted(Event, frozen=True):
    """Not in force from then on; it may be put in force again."""

    def facts(self) -> Iterator[Fact[Any]]:
        yield FENCE_STATUS.fact(FenceStatus.DORMANT, since=self.effective)


@recorded_as("vehicles.FenceImposed", correctable=True)
class FenceImposed(Event, frozen=True):
    """It holds for these as well."""

    for_units: tuple[UUID, ...]
    for_vehicles: tuple[UUID, ...]

    def facts(self) -> Iterator[Fact[Any]]:
        yield from _held(self.for_units, self.for_vehicles, self.effective)


@recorded_as("vehicles.FenceExempted", correctable=True)
class FenceExempted(Event, frozen=True):
    """It holds for these no longer."""

    for_units: tuple[UUID, ...]
    for_vehicles: tuple[UUID, ...]

    def facts(self) -> Iterator[Fact[Any]]:
        yield from _held(self.for_units, self.for_vehicles, self.effective, ends=True)


@recorded_as("vehicles.FenceHandedOver", correctable=True)
class FenceHandedOver(Event, frozen=True):
    """Another unit manages it from now on."""

    managing_unit: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield MANAGING_UNIT.fact(self.managing_unit, since=self.effective)


@recorded_as("vehicles.FenceRetired", correctable=True)
class FenceRetired(Event, frozen=True):
    """It is nobody's any more: not of those either for whom it held until then."""

    for_units: tuple[UUID, ...]
    for_vehicles: tuple[UUID, ...]

    def facts(self) -> Iterator[Fact[Any]]:
        yield FENCE_STATUS.fact(FenceStatus.RETIRED, since=self.effective)
        yield MANAGING_UNIT.fact(None, since=self.effective)
        yield from _held(self.for_units, self.for_vehicles, self.effective, ends=True)


def _held(
    units: tuple[UUID, ...], vehicles: tuple[UUID, ...], since: datetime, *, ends: bool = False
) -> Iterator[Fact[Any]]:
    for facet, members in ((FENCE_UNIT, units), (FENCE_VEHICLE, vehicles)):
        for member in members:
            yield facet.fact(None if ends else member, since=since, member=member)
