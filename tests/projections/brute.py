"""What a stream says, read the slow way: every fact that was ever stated, judged anew for every moment and every position.

Nothing here knows of versions, windows or pieces: the rule of facts (`domain/kernel/facts.py`) and a list of facts are all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from domain.kernel.events import Event, FactCorrected, FactWithdrawn
from domain.kernel.facts import Known, prevailing, withdraw
from domain.premises import facets as premises
from domain.vehicles import facets as vehicles
from domain.warehouse import facets as warehouse
from projections.cells import GONE, square_of
from projections.shown import Shown
from projections.stream import Record

Line: TypeAlias = tuple[str, str]
"""A facet's name, and the member that tells apart the many values of a facet that has many."""
Facts: TypeAlias = dict[Line, list[Known[Any]]]


class Told:
    """The facts of a stream, each with the position that stated it and the one that took it back."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = list(records)
        self.facts: Facts = {}
        self.position_of = {record.event.originator_version: record.position for record in self.records}
        self.stated_at: dict[int, list[tuple[Line, Known[Any]]]] = {}
        places: dict[int, int] = {}
        for record in self.records:
            corrected = self.corrected_by(record)
            place = record.position
            if corrected is not None:
                place = places[record.position] = places.get(corrected, corrected)
                self.facts = {k: withdraw(facts, corrected, record.position) for k, facts in self.facts.items()}
            new = self.stated_at[record.position] = []
            for fact in () if (said := stated(record.event)) is None else said.facts():
                new.append(((fact.facet, fact.member), Known(fact.value, fact.start, fact.end, record.position, place)))
            for line, known in new:
                self.facts.setdefault(line, []).append(known)

    def corrected_by(self, record: Record) -> int | None:
        """The position of the event that this one corrects or withdraws."""
        event = record.event
        return self.position_of[event.of] if isinstance(event, FactCorrected | FactWithdrawn) else None

    @property
    def positions(self) -> list[int]:
        """Before anything was known, and after each event."""
        return [self.records[0].position - 1, *(record.position for record in self.records)]

    @property
    def moments(self) -> list[datetime]:
        """All at which anything can change, and one before."""
        facts = [fact for line in self.facts.values() for fact in line]
        moments = {fact.start for fact in facts} | {fact.end for fact in facts if fact.end is not None}
        return [min(moments, default=datetime.now(UTC)) - timedelta(seconds=1), *sorted(moments)]

    def at(self, line: Line, at: datetime, known: int) -> Known[Any] | None:
        return prevailing(self.facts.get(line, ()), at, known)

    def members(self, facet: str, at: datetime, known: int) -> dict[str, Known[Any]]:
        """What prevails of a facet with many members; those whose value is None are gone."""
        found = {member: self.at((name, member), at, known) for name, member in self.facts if name == facet}
        return {member: fact for member, fact in found.items() if fact is not None and fact.value is not None}

    def row(self, columns: tuple[Shown, ...], at: datetime, known: int) -> list[Any] | None:
        """The values of these columns; None while nothing is said of any of them."""
        names = {facet.name for column in columns for facet in column.facets}
        if not any(self.at(line, at, known) for line in self.facts if line[0] in names):
            return None
        return [self._value(column, at, known) for column in columns]

    def _value(self, column: Shown, at: datetime, known: int) -> Any:
        if not column.facets:
            return None
        if column.made is not None:
            return BY_HAND[column.name](self, at, known)
        fact = self.at((column.facets[0].name, ""), at, known)
        return None if fact is None else fact.value


def stated(event: Event) -> Event | None:
    """What an event says in the end: a correction says another one of the kind that it corrects."""
    if isinstance(event, FactWithdrawn):
        return None
    return event.statement.event() if isinstance(event, FactCorrected) else event


def in_stock(told: Told, at: datetime, known: int) -> Decimal:
    """One movement and one count after the other, from the beginning."""
    facts = [
        (fact.start, fact.place, line[0], fact.value)
        for line, facts in told.facts.items()
        if line[0] in (warehouse.MOVED.name, warehouse.COUNTED.name)
        for fact in facts
        if fact.is_known(known) and fact.start <= at
    ]
    quantity = Decimal(0)
    for _, _, facet, value in sorted(facts):
        quantity = value if facet == warehouse.COUNTED.name else quantity + value
    return quantity


def in_force(told: Told, at: datetime, known: int) -> str:
    fact = told.at(("fence_status", ""), at, known)
    return "dormant" if fact is None else str(fact.value)


def listed(facet: str) -> Callable[[Told, datetime, int], str]:
    def made(told: Told, at: datetime, known: int) -> str:
        members = sorted(told.members(facet, at, known))
        return "{" + ",".join('"' + m.replace("\\", "\\\\").replace('"', '\\"') + '"' for m in members) + "}"

    return made


def valued(facet: str) -> Callable[[Told, datetime, int], str]:
    """The members' values, each once."""

    def made(told: Told, at: datetime, known: int) -> str:
        values = sorted({str(fact.value) for fact in told.members(facet, at, known).values()})
        return "{" + ",".join(f'"{value}"' for value in values) + "}"

    return made


def counted(facet: str) -> Callable[[Told, datetime, int], int]:
    return lambda told, at, known: sum(fact.value is not False for fact in told.members(facet, at, known).values())


def added(facet: str) -> Callable[[Told, datetime, int], Decimal]:
    return lambda told, at, known: sum((f.value for f in told.members(facet, at, known).values()), Decimal(0))


def square(told: Told, at: datetime, known: int) -> int | None:
    places = (premises.OUTLINE.name, vehicles.PARKING.name, warehouse.PLACE.name)
    statuses = [told.at(line, at, known) for line in told.facts if line[0].endswith("status")]
    if any(fact is not None and fact.value in GONE for fact in statuses):
        return None
    shapes = [fact for name in places if (fact := told.at((name, ""), at, known)) and fact.value is not None]
    return square_of(shapes[0].value.ewkb) if shapes else None


BY_HAND: dict[str, Callable[[Told, datetime, int], Any]] = {
    "quantity": in_stock,
    "using_units": listed(premises.ALLOCATED_TO.name),
    "occupants": listed(premises.OCCUPANT.name),
    "levels": valued("approval_level"),
    "status": in_force,  # of geofences: of all other things one fact says it
    "for_units": listed("fence_unit"),
    "for_vehicles": listed("fence_vehicle"),
    "shelves": listed(warehouse.SHELVES.name),
    "headcount": counted(premises.OCCUPANT.name),
    "second_offices": counted(premises.SECOND_OFFICE.name),
    "staff_establishment": added("staff_establishment"),
    "vehicle_establishment": added("vehicle_establishment"),
    "issued": added(warehouse.ISSUED.name),
    "cell": square,
}
"""The columns that are made of several facts, reckoned again without the projection's own code."""


def changes(told: Told) -> Iterator[tuple[Record, list[list[Any]]]]:
    """Each event with what it changed, as [facet, member, before, after, from, until]: taken back first, then stated."""
    standing: Facts = {}
    for record in told.records:
        corrected = told.corrected_by(record)
        said = _taken_back(standing, corrected)
        for line, fact in told.stated_at[record.position]:
            said.append((line, fact, prevailing(standing.get(line, ()), fact.start)))
            standing.setdefault(line, []).append(fact)
        first = {(line, fact.start): (fact.end, before) for line, fact, before in reversed(said)}
        found = []
        for (line, start), (end, before) in first.items():
            after = prevailing(standing[line], start)
            if corrected is not None or before != after:
                found.append([*line, _value(before), _value(after), start, end])
        yield record, found


def _taken_back(standing: Facts, corrected: int | None) -> list[tuple[Line, Known[Any], Known[Any] | None]]:
    found = [(line, fact, fact) for line, facts in standing.items() for fact in facts if fact.order == corrected]
    for line, fact, _ in found:
        standing[line].remove(fact)
    return list(found)


def _value(fact: Known[Any] | None) -> Any:
    return None if fact is None else fact.value
