"""What rehearsed events would make of units: rooms, area, people, offices over the standard, vehicles and items, before and after.

What is before is asked of the view on the day. What is after is that, with each thing that the events touch counted as it would be
instead of as it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias
from uuid import UUID

from domain.organisations import events as organisations
from domain.organisations.terms import Level, Rank
from domain.premises import facets as premises
from domain.premises.standards import allowed_together
from domain.premises.terms import RoomCategory, RoomStatus
from domain.vehicles import facets as vehicles
from domain.vehicles.terms import VehicleStatus
from domain.warehouse import facets as warehouse
from domain.warehouse.terms import ItemStatus
from projections.queries.reach import seen
from projections.queries.view import View
from projections.timeline import Lines

FIGURES: Final = {
    "rooms": ("房间", "Rooms"),
    "net_area": ("使用面积（m²）", "Net area, m²"),
    "people": ("人员", "People"),
    "area_a_head": ("人均面积（m²）", "Area a head, m²"),
    "over_offices": ("超标办公室", "Offices over the standard"),
    "vehicles": ("车辆", "Vehicles"),
    "vehicle_establishment": ("车辆编制", "Vehicle establishment"),
    "items": ("资产", "Items"),
}
"""The figures of a unit, in the order in which they are shown."""


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


# Units --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Effect:
    """One unit: its figures before and after, and by rank the offices over the standard."""

    unit: UUID
    before: dict[str, Decimal | None]
    after: dict[str, Decimal | None]
    offices: list[tuple[Rank, int, int]]

    @property
    def differs(self) -> bool:
        return self.before != self.after or any(was != will for _, was, will in self.offices)


def effects(view: View, units: Iterable[UUID], was: Standing, will: Standing) -> list[Effect]:
    """Of those of these units that are in sight or new. `was` and `will`: of the things that the events touch."""
    new = set(will.levels) - set(was.levels)
    shown = sorted({*seen(view, units), *new})
    base = _counted(view, shown)
    before = _in_offices(view, shown, was)
    after = _Offices({**{id: one for id, one in before.rooms.items() if id not in was.offices}, **will.offices},
                     before.ranks | will.ranks, before.levels | will.levels)  # fmt: skip
    over_before, over_after = before.over(view.at), after.over(view.at)
    return [_effect(unit, base[unit], was, will, (over_before, over_after)) for unit in shown]


Over: TypeAlias = "Counter[tuple[UUID, Rank]]"


def _effect(unit: UUID, base: Mapping[str, Decimal], was: Standing, will: Standing, over: tuple[Over, Over]) -> Effect:
    offices = [
        (rank, over[0][unit, rank], over[1][unit, rank]) for rank in Rank if over[0][unit, rank] or over[1][unit, rank]
    ]
    moved = {name: will.figures[unit][name] - was.figures[unit][name] for name in FIGURES}
    before = {name: base.get(name, Decimal(0)) for name in FIGURES}
    after = {name: before[name] + moved[name] for name in FIGURES}
    before["over_offices"] = Decimal(sum(was for _, was, _ in offices))
    after["over_offices"] = Decimal(sum(will for _, _, will in offices))
    return Effect(unit, _a_head(before), _a_head(after), offices)


def _a_head(figures: dict[str, Decimal]) -> dict[str, Decimal | None]:
    people = figures["people"]
    return {**figures, "area_a_head": round(figures["net_area"] / people, 2) if people else None}


_COUNTS: Final = {
    "rooms": {"rooms": "count(*)", "net_area": "coalesce(sum(f.area), 0)"},
    "people": {"people": "count(*)"},
    "vehicles": {"vehicles": "count(*)"},
    "quotas": {"vehicle_establishment": "coalesce(sum(f.posts), 0)"},
    "items": {"items": "count(*)"},
}
"""By kind of what is counted (`projections/statistics.py`): the figures that it makes."""


def _counted(view: View, units: Sequence[UUID]) -> dict[UUID, dict[str, Decimal]]:
    found: dict[UUID, dict[str, Decimal]] = {unit: {} for unit in units}
    for kind, figures in _COUNTS.items():
        table = view.of("figures", "f", "units" if kind == "quotas" else kind)
        columns = ", ".join(f"{sql} AS {name}" for name, sql in figures.items())
        statement = (
            f"SELECT f.unit, {columns} FROM {table} WHERE f.kind = '{kind}' AND f.unit = ANY(%(units)s::uuid[])"  # noqa: S608 -- texts of the code
            f" AND {view.held('f')} GROUP BY f.unit"
        )
        for row in view.rows(statement, {"units": units}):
            found[row["unit"]] |= {name: Decimal(row[name]) for name in figures}
    return found


@dataclass(frozen=True, slots=True)
class _Offices:
    rooms: dict[UUID, Office]
    ranks: dict[UUID, Rank | None]
    levels: dict[UUID, Level]

    def over(self, day: datetime) -> Over:
        """How many are larger than those in them may have together, by unit and the highest rank in them."""
        found: Over = Counter()
        for office in self.rooms.values():
            level = self.levels.get(office.unit)
            ranks = [self.ranks.get(person) for person in office.people]
            most = allowed_together(day, level, ranks) if level is not None and ranks else None
            if most is not None and office.area > most:
                found[office.unit, min((rank or Rank.STAFF for rank in ranks), key=list(Rank).index)] += 1
        return found


_RANKS: Final = {one.value: one for one in Rank}
_LEVELS: Final = {one.value: one for one in Level}


def _in_offices(view: View, units: Sequence[UUID], was: Standing) -> _Offices:
    """The offices of these units as they are, with what is known of who sits in them."""
    rooms = view.rows(
        f"SELECT asset, using_unit, net_area, occupants FROM {view.of('rooms')} WHERE {view.held()}"  # noqa: S608 -- texts of the code
        f" AND status = '{RoomStatus.IN_SERVICE}' AND category = '{RoomCategory.OFFICE}' AND using_unit = ANY(%(units)s::uuid[])",
        {"units": units},
    )
    offices = {
        row["asset"]: Office(row["using_unit"], row["net_area"], frozenset(row["occupants"] or ())) for row in rooms
    }
    people = {person for office in offices.values() for person in office.people}
    ranks = _of_each(view, "people", "rank", [*people, *was.ranks])
    levels = _of_each(view, "units", "level", units)
    return _Offices(
        offices,
        {id: _RANKS.get(rank or "") for id, rank in ranks.items()},
        {id: _LEVELS[level] for id, level in levels.items() if level is not None},
    )


def _of_each(view: View, table: str, column: str, ids: Iterable[UUID]) -> dict[UUID, str | None]:
    statement = (
        f"SELECT asset, {column} AS value FROM {view.of(table)} WHERE {view.held()} AND asset = ANY(%(ids)s::uuid[])"  # noqa: S608 -- texts of the code
    )
    return {row["asset"]: row["value"] for row in view.rows(statement, {"ids": list(ids)})}
