"""What happens to units and people, and which facts each event states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Facet, Fact
from domain.organisations.terms import Level, Rank, StaffType, UnitKind, UnitStatus

NAME = Facet[str]("name")
CREDIT_CODE = Facet[str | None]("credit_code")
UNIT_KIND = Facet[UnitKind]("unit_kind")
LEVEL = Facet[Level]("level")
DIVISION = Facet[str]("division")
PARENT = Facet[UUID | None]("parent")
UNIT_STATUS = Facet[UnitStatus]("unit_status")
SUCCESSOR = Facet[UUID]("successor")
PREDECESSOR = Facet[bool]("predecessor")
STAFF_ESTABLISHMENT = Facet[int]("staff_establishment")
VEHICLE_ESTABLISHMENT = Facet[int]("vehicle_establishment")

MEMBER_OF = Facet[UUID | None]("member_of")
RANK = Facet[Rank]("rank")
STAFF_TYPE = Facet[StaffType]("staff_type")


@recorded_as("organisations.UnitEstablished", correctable=True)
class UnitEstablished(Event, frozen=True):
    name: str
    credit_code: str | None
    unit_kind: UnitKind
    level: Level
    division: str
    parent: UUID | None
    split_from: UUID | None = None

    def facts(self) -> Iterator[Fact[Any]]:
        yield NAME.fact(self.name, since=self.effective)
        yield CREDIT_CODE.fact(self.credit_code, since=self.effective)
        yield UNIT_KIND.fact(self.unit_kind, since=self.effective)
        yield LEVEL.fact(self.level, since=self.effective)
        yield DIVISION.fact(self.division, since=self.effective)
        yield PARENT.fact(self.parent, since=self.effective)
        yield UNIT_STATUS.fact(UnitStatus.ACTIVE, since=self.effective)


@recorded_as("organisations.UnitRenamed", correctable=True)
class UnitRenamed(Event, frozen=True):
    name: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield NAME.fact(self.name, since=self.effective)


@recorded_as("organisations.UnitCodeAssigned", correctable=True)
class UnitCodeAssigned(Event, frozen=True):
    credit_code: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield CREDIT_CODE.fact(self.credit_code, since=self.effective)


@recorded_as("organisations.UnitRegraded", correctable=True)
class UnitRegraded(Event, frozen=True):
    unit_kind: UnitKind
    level: Level
    division: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield UNIT_KIND.fact(self.unit_kind, since=self.effective)
        yield LEVEL.fact(self.level, since=self.effective)
        yield DIVISION.fact(self.division, since=self.effective)


@recorded_as("organisations.UnitMovedUnder", correctable=True)
class UnitMovedUnder(Event, frozen=True):
    parent: UUID | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield PARENT.fact(self.parent, since=self.effective)


@recorded_as("organisations.StaffEstablishmentSet", correctable=True)
class StaffEstablishmentSet(Event, frozen=True):
    rank: Rank
    posts: int

    def facts(self) -> Iterator[Fact[Any]]:
        yield STAFF_ESTABLISHMENT.fact(self.posts, since=self.effective, member=self.rank)


@recorded_as("organisations.VehicleEstablishmentSet", correctable=True)
class VehicleEstablishmentSet(Event, frozen=True):
    category: str
    vehicles: int

    def facts(self) -> Iterator[Fact[Any]]:
        yield VEHICLE_ESTABLISHMENT.fact(self.vehicles, since=self.effective, member=self.category)


@recorded_as("organisations.UnitSplit")
class UnitSplit(Event, frozen=True):
    """Parts of this unit became units of their own; it goes on itself unless it is abolished too."""

    into: tuple[UUID, ...]


@recorded_as("organisations.UnitMergedInto")
class UnitMergedInto(Event, frozen=True):
    successor: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield UNIT_STATUS.fact(UnitStatus.MERGED, since=self.effective)
        yield SUCCESSOR.fact(self.successor, since=self.effective)


@recorded_as("organisations.UnitAbsorbed")
class UnitAbsorbed(Event, frozen=True):
    predecessor: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield PREDECESSOR.fact(True, since=self.effective, member=self.predecessor)


@recorded_as("organisations.UnitAbolished", correctable=True)
class UnitAbolished(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield UNIT_STATUS.fact(UnitStatus.ABOLISHED, since=self.effective)


@recorded_as("organisations.PersonJoined", personal=("name", "phone", "id_number"), correctable=True)
class PersonJoined(Event, frozen=True):
    name: str
    phone: str | None
    id_number: str | None
    unit: UUID
    staff_type: StaffType
    rank: Rank

    def facts(self) -> Iterator[Fact[Any]]:
        yield MEMBER_OF.fact(self.unit, since=self.effective)
        yield STAFF_TYPE.fact(self.staff_type, since=self.effective)
        yield RANK.fact(self.rank, since=self.effective)


@recorded_as("organisations.PersonContactChanged", personal=("name", "phone"), correctable=True)
class PersonContactChanged(Event, frozen=True):
    name: str
    phone: str | None


@recorded_as("organisations.PersonRankChanged", correctable=True)
class PersonRankChanged(Event, frozen=True):
    rank: Rank

    def facts(self) -> Iterator[Fact[Any]]:
        yield RANK.fact(self.rank, since=self.effective)


@recorded_as("organisations.PersonStaffTypeChanged", correctable=True)
class PersonStaffTypeChanged(Event, frozen=True):
    staff_type: StaffType

    def facts(self) -> Iterator[Fact[Any]]:
        yield STAFF_TYPE.fact(self.staff_type, since=self.effective)


@recorded_as("organisations.PersonMoved", correctable=True)
class PersonMoved(Event, frozen=True):
    unit: UUID

    def facts(self) -> Iterator[Fact[Any]]:
        yield MEMBER_OF.fact(self.unit, since=self.effective)


@recorded_as("organisations.PersonLeft", correctable=True)
class PersonLeft(Event, frozen=True):
    def facts(self) -> Iterator[Fact[Any]]:
        yield MEMBER_OF.fact(None, since=self.effective)


@recorded_as("organisations.PersonErased")
class PersonErased(Event, frozen=True):
    """The key that opens this person's name, phone and id number is destroyed; the record of what was done stays."""
