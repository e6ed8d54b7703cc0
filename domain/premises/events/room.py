"""What happens to rooms."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.kernel.places import Outline
from domain.premises.facets import (
    BUILDING,
    CATEGORY,
    FLOOR,
    MADE_FROM,
    MADE_INTO,
    NET_AREA,
    NUMBER,
    OCCUPANT,
    OUTLINE,
    ROOM_STATUS,
    SECOND_OFFICE,
    USING_UNIT,
    VACATE_BY,
)
from domain.premises.terms import RoomCategory, RoomStatus


@recorded_as("premises.RoomRegistered", correctable=True)
class RoomRegistered(Event, frozen=True):
    """`made_from`: the room that was split, or the rooms that were merged, to make this one."""

    building: UUID
    floor: int
    number: str
    category: RoomCategory
    net_area: Decimal
    outline: Outline | None
    made_from: tuple[UUID, ...] = ()

    def facts(self) -> Iterator[Fact[Any]]:
        yield ROOM_STATUS.fact(RoomStatus.IN_SERVICE, since=self.effective)
        yield BUILDING.fact(self.building, since=self.effective)
        yield FLOOR.fact(self.floor, since=self.effective)
        yield NUMBER.fact(self.number, since=self.effective)
        yield CATEGORY.fact(self.category, since=self.effective)
        yield NET_AREA.fact(self.net_area, since=self.effective)
        yield OUTLINE.fact(self.outline, since=self.effective)
        for room in self.made_from:
            yield MADE_FROM.fact(room, since=self.effective, member=room)


@recorded_as("premises.RoomMeasured", correctable=True)
class RoomMeasured(Event, frozen=True):
    """Measured again; without an outline, the outline stays as it was."""

    net_area: Decimal
    outline: Outline | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield NET_AREA.fact(self.net_area, since=self.effective)
        if self.outline is not None:
            yield OUTLINE.fact(self.outline, since=self.effective)


@recorded_as("premises.RoomRenumbered", correctable=True)
class RoomRenumbered(Event, frozen=True):
    number: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield NUMBER.fact(self.number, since=self.effective)


@recorded_as("premises.RoomCategoryChanged", correctable=True)
class RoomCategoryChanged(Event, frozen=True):
    category: RoomCategory

    def facts(self) -> Iterator[Fact[Any]]:
        yield CATEGORY.fact(self.category, since=self.effective)


@recorded_as("premises.RoomSplit")
class RoomSplit(Event, frozen=True):
    into: tuple[UUID, ...]

    def facts(self) -> Iterator[Fact[Any]]:
        yield from _ended(self, RoomStatus.SPLIT)
        for room in self.into:
            yield MADE_INTO.fact(room, since=self.effective, member=room)


@recorded_as("premises.RoomMerged")
class RoomMerged(Event, frozen=True):
    into: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield from _ended(self, RoomStatus.MERGED)
        yield MADE_INTO.fact(self.into, since=self.effective, member=self.into)


@recorded_as("premises.RoomRetired", correctable=True)
class RoomRetired(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield from _ended(self, RoomStatus.RETIRED)


@recorded_as("premises.RoomAssigned", correctable=True)
class RoomAssigned(Event, frozen=True):
    unit: UUID
    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield USING_UNIT.fact(self.unit, since=self.effective, until=self.until)
        yield VACATE_BY.fact(None, since=self.effective)


@recorded_as("premises.RoomReleased", correctable=True)
class RoomReleased(Event, frozen=True):
    unit: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield USING_UNIT.fact(None, since=self.effective)
        yield VACATE_BY.fact(None, since=self.effective)


@recorded_as("premises.OccupantMovedIn", correctable=True)
class OccupantMovedIn(Event, frozen=True):
    """`second_office_approved`: the mandate's document allows this person another office beside the first."""

    person: UUID
    second_office_approved: bool
    until: datetime | None

    def facts(self) -> Iterator[Fact[Any]]:
        second = self.second_office_approved
        yield OCCUPANT.fact(self.person, since=self.effective, until=self.until, member=self.person)
        yield SECOND_OFFICE.fact(second, since=self.effective, until=self.until, member=self.person)


@recorded_as("premises.OccupantMovedOut", correctable=True)
class OccupantMovedOut(Event, frozen=True):
    person: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield OCCUPANT.fact(None, since=self.effective, member=self.person)
        yield SECOND_OFFICE.fact(None, since=self.effective, member=self.person)


@recorded_as("premises.VacatingOrdered", correctable=True)
class VacatingOrdered(Event, frozen=True):
    deadline: datetime

    def facts(self) -> Iterator[Fact[Any]]:
        yield VACATE_BY.fact(self.deadline, since=self.effective)


@recorded_as("premises.RoomVacated", correctable=True)
class RoomVacated(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield USING_UNIT.fact(None, since=self.effective)
        yield VACATE_BY.fact(None, since=self.effective)


def _ended(event: Event, status: RoomStatus) -> Iterator[Fact[Any]]:
    """State the end: the building holds the room no longer."""
    yield ROOM_STATUS.fact(status, since=event.effective)
    yield BUILDING.fact(None, since=event.effective)
