"""What rehearsed events would make of units: rooms, area, people, offices over the standard, vehicles and items, before and after.

What is before is asked of the view on the day. What is after is that, with each thing that the events touch counted as it would be
instead of as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeAlias
from uuid import UUID

from domain.organisations.terms import Level, Rank
from domain.premises.standards import allowed_together
from domain.premises.terms import RoomCategory, RoomStatus
from projections.queries.reach import seen
from projections.queries.standing import Office, Standing
from projections.queries.view import View

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
        columns = ", ".join(f"{sql} AS {name}" for name, sql in figures.items())
        statement = (
            f"SELECT f.unit, {columns} FROM {view.of(f'figures_{kind}', 'f')} WHERE f.unit = ANY(%(units)s::uuid[])"  # noqa: S608 -- texts of the code
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
