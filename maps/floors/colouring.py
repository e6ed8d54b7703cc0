"""What rooms are coloured by, and the legend of it: each colour with what it stands for and how much of the floor has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from domain.premises.terms import RoomCategory

Colour: TypeAlias = Literal["unit", "category", "occupancy", "finding"]
UNITS_TOLD_APART: Final = 16
"""So many units have a colour of their own; the others share one."""
_STEPS: Final = (6, 9, 12, 18)
"""m² a head where the next shade begins: 9 is what the rules allow staff, 12 and 18 what they allow those above."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks wrong, in words."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A room as far as it is coloured and counted."""

    unit: str | None
    category: str | None
    net_area: Decimal | None
    people: int
    findings: Sequence[Finding] = ()


@dataclass(slots=True)
class Entry:
    """One colour of the legend. `tone` is the name that style sheets know it by."""

    key: str
    tone: str
    zh: str
    en: str
    rooms: int = 0
    people: int = 0
    net_area: Decimal = field(default_factory=Decimal)

    def add(self, room: Counted) -> None:
        self.rooms += 1
        self.people += room.people
        self.net_area += room.net_area or Decimal()


def ranked(rooms: Sequence[Counted]) -> list[str]:
    """The units of a building, those with the most room first: a unit has one colour on all floors."""
    areas: dict[str, Decimal] = {}
    for room in rooms:
        if room.unit is not None:
            areas[room.unit] = areas.get(room.unit, Decimal()) + (room.net_area or Decimal())
    return sorted(areas, key=lambda unit: (-areas[unit], unit))


def coloured(
    colour: Colour, rooms: Sequence[Counted], order: Sequence[str], names: Mapping[str, str]
) -> tuple[list[str], list[Entry]]:
    """The tone of each room, and the legend: in the order of what it tells, without what nothing has."""
    entries: dict[str, tuple[int, Entry]] = {}
    tones = []
    for room in rooms:
        place, entry = _entry(colour, room, order, names)
        _, kept = entries.setdefault(entry.key, (place, entry))
        kept.add(room)
        tones.append(kept.tone)
    return tones, [entry for _, entry in sorted(entries.values(), key=lambda one: (one[0], one[1].key))]


def _entry(colour: Colour, room: Counted, order: Sequence[str], names: Mapping[str, str]) -> tuple[int, Entry]:
    match colour:
        case "unit":
            return _of_unit(room.unit, order, names)
        case "category":
            return _of_category(room.category)
        case "occupancy":
            return _of_occupancy(room)
        case _:
            return _of_finding(room.findings)


def _of_unit(unit: str | None, order: Sequence[str], names: Mapping[str, str]) -> tuple[int, Entry]:
    if unit is None:
        return 1000, Entry("", "free", "未定单位", "No unit")
    place = order.index(unit)
    if place >= UNITS_TOLD_APART:
        return 999, Entry("*", "rest", "其他单位", "Other units")
    return place, Entry(unit, f"t{place + 1}", names[unit], names[unit])


def _of_category(category: str | None) -> tuple[int, Entry]:
    if category is None:
        return 1000, Entry("", "free", "未定类别", "No category")
    terms = list(RoomCategory)
    place = terms.index(next(one for one in terms if one == category))
    term = terms[place]
    return place, Entry(category, f"t{place + 1}", term.zh, term.en)


def _of_occupancy(room: Counted) -> tuple[int, Entry]:
    if not room.people:
        return 1000, Entry("", "free", "无人使用", "Nobody")
    if not room.net_area:
        return 999, Entry("?", "rest", "没有面积", "No area")
    each = room.net_area / room.people
    step = sum(each > edge for edge in _STEPS)
    zh, en = _step_words(step)
    return step, Entry(str(step), f"q{step + 1}", zh, en)


def _step_words(step: int) -> tuple[str, str]:
    if step == 0:
        return f"人均不超过 {_STEPS[0]} m²", f"Up to {_STEPS[0]} m² a head"
    if step == len(_STEPS):
        return f"人均超过 {_STEPS[-1]} m²", f"More than {_STEPS[-1]} m² a head"
    low, high = _STEPS[step - 1], _STEPS[step]
    return f"人均 {low}–{high} m²", f"{low}–{high} m² a head"


_WRONG: Final = ("rooms-not-vacated", "second-offices", "rooms-idle")
"""In the order of weight: of two findings the first colours the room."""


def _of_finding(findings: Sequence[Finding]) -> tuple[int, Entry]:
    if not findings:
        return 1000, Entry("", "clear", "未发现异常", "Nothing found")
    first = min(findings, key=lambda one: _WRONG.index(one.name) if one.name in _WRONG else len(_WRONG))
    place = _WRONG.index(first.name) if first.name in _WRONG else len(_WRONG)
    return place, Entry(first.name, f"w{min(place, 2) + 1}", first.zh, first.en)
