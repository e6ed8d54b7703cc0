"""What journeys can book: a vehicle or a driver is reserved for a planned period, goes, and comes back.

A plan that ends early frees at once, one that ends late keeps taken until the return; whoever is gone is never free now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from domain.kernel.aggregate import RecordAt
from domain.kernel.events import Event, FactCorrected, FactWithdrawn
from domain.kernel.mandate import Mandate
from domain.vehicles.booking_events import CameBack, Left, Released, Reserved
from domain.vehicles.facets import AWAY, RESERVED
from domain.vehicles.process import Staged
from domain.vehicles.refusals import (
    AlreadyAway,
    AwayOnAnother,
    EarlierRecords,
    LaterRecords,
    PartOfJourney,
    PeriodBackwards,
    Taken,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A journey's claim on a vehicle or a driver: for which unit, from when, until when."""

    journey: UUID
    unit: UUID
    start: datetime
    until: datetime


class Bookable(Staged):
    of_journeys: ClassVar[tuple[type[Event], ...]]

    def __init__(self, id: UUID) -> None:
        super().__init__(id)
        self._left: dict[UUID, int] = {}
        self._came_back: dict[UUID, int] = {}
        self._effective: dict[int, datetime] = {}
        # From when on nothing is left of a journey here: spares looking at thousands of past ones.
        self._over: dict[str, datetime] = {}

    # What is taken -----------------------------------------------------------------------------------------------------

    def taken(self, start: datetime, until: datetime, asked: datetime, but: UUID | None = None) -> Iterator[Slot]:
        """The journeys that have it in any part of a period, as far as is known when asked."""
        for member in self._not_over(start):
            if but is None or member != str(but):
                for slot in (*self._reserved(member), *self._away(member, asked)):
                    if slot.start < until and start < slot.until:
                        yield slot

    def require_free(self, start: datetime, until: datetime, asked: datetime, but: UUID | None = None) -> None:
        """Rule: two journeys never have the same vehicle or the same driver at one time."""
        for slot in self.taken(start, until, asked, but):
            self.raise_taken(slot)

    def raise_taken(self, slot: Slot) -> None:
        raise Taken(
            zh_kind=self.zh,
            kind=self.en,
            id=self.id,
            journey=slot.journey,
            start=slot.start.isoformat(),
            until=slot.until.isoformat(),
        )

    def away_with(self, moment: datetime) -> UUID | None:
        """The journey it is away on at that moment."""
        return next((UUID(member) for member in self.members(AWAY, moment)), None)

    def _not_over(self, moment: datetime) -> list[str]:
        members = self.all_members(RESERVED)
        return [member for member in members if member not in self._over or self._over[member] > moment]

    def _reserved(self, member: str) -> Iterator[Slot]:
        for stretch in self.stretches(RESERVED, member):
            if stretch.value is not None and stretch.end is not None:
                yield Slot(journey=UUID(member), unit=stretch.value, start=stretch.start, until=stretch.end)

    def _away(self, member: str, asked: datetime) -> Iterator[Slot]:
        """Whoever is not back yet is away at least until now, however the plan read."""
        unit = next((fact.value for fact in self.told(RESERVED, member) if fact.value is not None), None)
        for stretch in self.stretches(AWAY, member):
            if stretch.value and unit is not None:
                until = stretch.end if stretch.end is not None else max(asked, stretch.start)
                yield Slot(journey=UUID(member), unit=unit, start=stretch.start, until=until)

    # What journeys record ----------------------------------------------------------------------------------------------

    def leaving(self, mandate: Mandate, slot: Slot) -> None:
        """Guards of a departure; one that was told before is corrected."""
        if slot.journey in self._left:
            self.begin_correction(self._left[slot.journey])
        elsewhere = self.away_with(mandate.effective)
        if elsewhere not in {None, slot.journey}:
            raise AlreadyAway(zh_kind=self.zh, kind=self.en, id=self.id, journey=elsewhere)
        # Who leaves early also needs the time until the planned start; the rest was seen to at dispatch.
        until = max(slot.start, mandate.effective + timedelta.resolution)
        self.require_free(mandate.effective, until, mandate.effective, but=slot.journey)

    def coming_back(self, mandate: Mandate, slot: Slot) -> None:
        """Guards of a return; one that was told before is corrected."""
        if slot.journey in self._came_back:
            self.begin_correction(self._came_back[slot.journey])
        self._require_alone_until(mandate.effective, slot.journey)

    def _require_alone_until(self, moment: datetime, journey: UUID) -> None:
        """Rule: no other journey left with it before this one was back."""
        left = next((fact.start for fact in self.told(AWAY, journey) if fact.value), moment)
        for member in self._not_over(left):
            for fact in self.told(AWAY, member):
                if fact.value and member != str(journey) and left <= fact.start < moment:
                    raise AwayOnAnother(
                        zh_kind=self.zh, kind=self.en, id=self.id, journey=member, at=fact.start.isoformat()
                    )

    # What everybody asks -----------------------------------------------------------------------------------------------

    def require_nothing_later(self, mandate: Mandate) -> None:
        """Rule: an end that is told late must not contradict what is recorded after it."""
        moment = mandate.effective
        for version, effective in self._effective.items():
            if effective > moment and version != self.correcting:
                raise LaterRecords(version=version, later=effective.isoformat(), effective=moment.isoformat())
        for member in self.all_members(RESERVED):
            for slot in (*self._reserved(member), *self._away(member, mandate.received)):
                if slot.until > moment:
                    self.raise_taken(slot)
        if self.away_with(moment) is not None:
            raise AlreadyAway(zh_kind=self.zh, kind=self.en, id=self.id, journey=self.away_with(moment))

    def require_nothing_earlier(self, mandate: Mandate) -> None:
        """Rule: a beginning that is corrected stays before everything that is recorded."""
        for version, effective in self._effective.items():
            if effective < mandate.effective and version != self.correcting:
                raise EarlierRecords(
                    version=version, earlier=effective.isoformat(), effective=mandate.effective.isoformat()
                )

    def require_after(self, until: datetime | None, moment: datetime, field: str) -> None:
        """Rule: what lasts until a moment begins before it."""
        if until is not None and until <= moment:
            raise PeriodBackwards(field=field, since=moment.isoformat(), until=until.isoformat())

    def withdraw(self, mandate: Mandate, *, of: RecordAt) -> None:
        """What a journey recorded here is corrected through the journey, or the two would disagree."""
        if self._topics.get(of) in self.of_journeys:
            raise PartOfJourney(version=of)
        super().withdraw(mandate, of=of)

    def apply(self, event: Event) -> None:
        super().apply(event)
        if isinstance(event, FactCorrected | FactWithdrawn):
            self._effective.pop(event.of, None)
        if self.version in self._topics:
            self._effective[self.version] = event.effective

    def evolve(self, event: Event) -> None:
        match event:
            case Reserved():
                self._over.pop(str(event.journey), None)
            case Released():
                self._over[str(event.journey)] = event.since
            case Left():
                self._left[event.journey] = self.version
            case CameBack():
                self._came_back[event.journey] = self.version
                self._over[str(event.journey)] = event.effective
