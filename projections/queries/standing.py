"""What single things come to on a day, as their timelines say: figures of units, offices, ranks and levels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from domain.organisations import events as organisations
from domain.organisations.terms import Level, Rank
from domain.premises import facets as premises
from domain.premises.terms import RoomCategory, RoomStatus
from domain.vehicles import facets as vehicles
from domain.vehicles.terms import VehicleStatus
from domain.warehouse import facets as warehouse
from domain.warehouse.terms import ItemStatus
from projections.timeline import Lines


@dataclass(frozen=True, slots=True)
class Office:
    """An office room in use: by whom, how large, and who sits in it."""

    unit: UUID
    area: Decimal
    people: frozenset[UUID]


@dataclass(slots=True)
class Standing:
    """What one thing, or many, come to on a day: figures by unit, offices by room, and what is known of people and units."""

    figures: dict[UUID, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Decimal)))
    offices: dict[UUID, Office] = field(default_factory=dict)
    ranks: dict[UUID, Rank | None] = field(default_factory=dict)
    levels: dict[UUID, Level] = field(default_factory=dict)

    def add(self, unit: UUID | None, **figures: Any) -> None:
        if unit is not None:
            for name, value in figures.items():
                self.figures[unit][name] += value


def standing(things: Iterable[tuple[UUID, str, Lines]], day: datetime) -> Standing:
    """Of things as their timelines say: id, kind, and timelines of each."""
    found = Standing()
    for id, kind, lines in things:
        if kind in _READS:
            _READS[kind](found, id, _Facets(lines, day))
    return found


class _Facets:
    """The values of a thing on the day."""

    def __init__(self, lines: Lines, day: datetime) -> None:
        self._lines, self._day = lines, day

    def __getitem__(self, facet: Any) -> Any:
        return self.of(facet.name, "")

    def of(self, name: str, member: str) -> Any:
        timeline = self._lines.get(name, {}).get(member)
        fact = None if timeline is None else timeline.fact_at(self._day)
        return None if fact is None else fact.value

    def members(self, facet: Any) -> dict[str, Any]:
        found = {member: self.of(facet.name, member) for member in self._lines.get(facet.name, {})}
        return {member: value for member, value in found.items() if value is not None}


def concerned(*standings: Standing) -> set[UUID]:
    """The units that anything is counted for."""
    return {unit for one in standings for unit in one.figures}


def _room(found: Standing, id: UUID, of: _Facets) -> None:
    unit, area = of[premises.USING_UNIT], of[premises.NET_AREA]
    if of[premises.ROOM_STATUS] is not RoomStatus.IN_SERVICE or unit is None:
        return
    found.add(unit, rooms=1, net_area=area or 0)
    if of[premises.CATEGORY] is RoomCategory.OFFICE:
        found.offices[id] = Office(unit, area or Decimal(0), frozenset(map(UUID, of.members(premises.OCCUPANT))))


def _person(found: Standing, id: UUID, of: _Facets) -> None:
    found.add(of[organisations.MEMBER_OF], people=1)
    found.ranks[id] = of[organisations.RANK]


def _vehicle(found: Standing, _: UUID, of: _Facets) -> None:
    if of[vehicles.VEHICLE_STATUS] not in (None, VehicleStatus.DISPOSED):
        found.add(of[vehicles.USING_UNIT], vehicles=1)


def _item(found: Standing, _: UUID, of: _Facets) -> None:
    if of[warehouse.ITEM_STATUS] not in (None, ItemStatus.DISPOSED):
        found.add(of[warehouse.USING_UNIT], items=1)


def _unit(found: Standing, id: UUID, of: _Facets) -> None:
    found.add(id, vehicle_establishment=sum(of.members(organisations.VEHICLE_ESTABLISHMENT).values()))
    if of[organisations.LEVEL] is not None:
        found.levels[id] = of[organisations.LEVEL]


_READS: Final[Mapping[str, Any]] = {
    "rooms": _room, "people": _person, "vehicles": _vehicle, "items": _item, "units": _unit,
}  # fmt: skip
