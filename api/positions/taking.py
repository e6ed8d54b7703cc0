"""From what was sent to what is kept, and the report: of every line what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from api.composition import Services
from api.faults import Fault
from api.positions.fleets import Fleet, Fleets
from api.positions.lines import Line, Lines
from domain.access.principal import Principal
from domain.access.rights import Right
from domain.kernel.datums import CoordinateSystem
from infra.positions import keeping, reading
from infra.positions.terms import Fix, Mark
from maps.positions import marks

Numbered = tuple[int, Fix]
Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    received_at: datetime
    received: int
    kept: int
    repeated: int
    marked: Sequence[tuple[int, tuple[Mark, ...]]]
    wrong: Sequence[tuple[int, Fault]]

    def told(self) -> dict[str, Any]:
        counts = Counter(mark for _, found in self.marked for mark in found)
        return {
            "received_at": self.received_at,
            "received": self.received,
            "kept": self.kept,
            "repeated": self.repeated,
            "refused": len({line for line, _ in self.wrong}),
            "marks": dict(sorted(counts.items())),
            "marked": [{"line": line, "marks": found} for line, found in self.marked],
            "errors": [
                {"line": line, "field": fault.field, "code": fault.code, "zh": fault.zh, "en": fault.en}
                for line, fault in self.wrong
            ],
        }


class Taking:
    """What takes positions in, for all ways in which they come. Of one process; used by many threads."""

    def __init__(self, given: Services, fleets: Fleets) -> None:
        self._given = given
        self._fleets = fleets
        self._days: frozenset[date] = frozenset()

    def take(self, lines: Lines, principal: Principal, now: datetime) -> Report:
        """When this returns, what is reported as kept is committed."""
        fixes: list[Numbered] = []
        wrong = list(lines.wrong)
        vehicles, places = self._vehicles(lines, principal), places_of(lines)
        for (number, line), vehicle, place in zip(lines.right, vehicles, places, strict=True):
            if vehicle is None:
                wrong.append((number, _unknown(line)))
            else:
                fixes.append((number, fix_of(line, vehicle, lines.system, place, now)))
        once = list({(fix.vehicle, fix.at, fix.x, fix.y, fix.system): fix for _, fix in fixes}.values())
        added, before = self._keep(once, principal.login) if once else (0, {})
        return Report(
            received_at=now,
            received=lines.received,
            kept=len(fixes),
            repeated=len(fixes) - added,
            marked=sorted(_marked(fixes, before)),
            wrong=sorted(wrong, key=lambda one: one[0]),
        )

    def _vehicles(self, lines: Lines, principal: Principal) -> list[str | None]:
        """Of each line that is right, which vehicle it means; None where there is none for this caller."""
        reach = principal.where(Right.REPORT)
        found = _named(self._fleets.of(reach), lines)
        return _named(self._fleets.of(reach, missing=True), lines) if None in found else found

    def _keep(self, fixes: Sequence[Fix], source: str) -> tuple[int, dict[str, Fix]]:
        with self._given.pool.connection() as connection:
            self._make_days(connection, fixes)
            before = reading.latest_of(connection, {fix.vehicle for fix in fixes})
            return keeping.keep(connection, fixes, source), before

    def _make_days(self, connection: keeping.Connection, fixes: Iterable[Fix]) -> None:
        missing = {keeping.day_of(fix.at) for fix in fixes} - self._days
        if missing:
            keeping.make_days(connection, missing)
            # Committed at once: nobody else waits for it, and a partition made twice is made once.
            connection.commit()
            self._days |= missing


def _named(fleet: Fleet, lines: Lines) -> list[str | None]:
    return [_vehicle(fleet, line) for _, line in lines.right]


def _vehicle(fleet: Fleet, line: Line) -> str | None:
    if line.vehicle is not None:
        return None if line.plate is not None else fleet.ids.get(line.vehicle.lower())
    return None if line.plate is None else fleet.find(line.plate)


def _unknown(line: Line) -> Fault:
    if (line.vehicle is None) == (line.plate is None):
        return Fault(code="vehicle-unnamed", field="/vehicle", zh="请用 vehicle（编号）或 plate（号牌）之一指明车辆。",
                     en="Name the vehicle by either `vehicle` (its id) or `plate`.")  # fmt: skip
    field = "/plate" if line.vehicle is None else "/vehicle"
    return Fault(code="vehicle-unknown", field=field, zh="没有这辆车，或此账号不能为它上报位置。请核对号牌，或由安全管理员授权。",
                 en="There is no such vehicle, or this account may not report for it. Check the plate, or have it granted.")  # fmt: skip


def places_of(lines: Lines) -> list[Place | None]:
    """Of each line that is right, in CGCS2000: all that are declared in one system at once."""
    found: list[Place | None] = [None] * len(lines.right)
    declared: defaultdict[CoordinateSystem, list[int]] = defaultdict(list)
    for number, (_, line) in enumerate(lines.right):
        declared[line.system or lines.system].append(number)
    for system, numbers in declared.items():
        sent = [(lines.right[number][1].x, lines.right[number][1].y) for number in numbers]
        for number, place in zip(numbers, marks.located(system, sent), strict=True):
            found[number] = place
    return found


def fix_of(line: Line, vehicle: str, system: CoordinateSystem, place: Place | None, now: datetime) -> Fix:
    declared = line.system or system
    return Fix(
        vehicle=vehicle, at=line.at, received_at=now, system=declared.value, x=line.x, y=line.y,
        longitude=None if place is None else place[0], latitude=None if place is None else place[1],
        speed=line.speed, heading=line.heading, altitude=line.altitude, accuracy=line.accuracy,
        marks=marks.own(line.at, now, place),
    )  # fmt: skip


def _marked(fixes: Sequence[Numbered], before: dict[str, Fix]) -> Iterator[tuple[int, tuple[Mark, ...]]]:
    """With what they are beside each other, and beside the last that was known: as it looks now. Late ones may change it."""
    ways: defaultdict[str, list[Numbered]] = defaultdict(list)
    for numbered in fixes:
        ways[numbered[1].vehicle].append(numbered)
    for vehicle, way in ways.items():
        way.sort(key=_when)
        last = before.get(vehicle)
        known = [last] if last is not None and last.at < way[0][1].at else []
        found = marks.beside([*known, *(fix for _, fix in way)])[len(known) :]
        yield from ((number, one) for (number, _), one in zip(way, found, strict=True) if one)


def _when(numbered: Numbered) -> datetime:
    return numbered[1].at
