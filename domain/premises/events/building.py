"""What happens to a building as a thing: it stands somewhere, is measured, valued and given a purpose."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.events import Event, recorded_as
from domain.kernel.facts import Fact
from domain.kernel.places import Outline
from domain.premises.events.title import title_facts
from domain.premises.facets import (
    ADDRESS,
    BUILDING_STATUS,
    COMPOUND,
    DIVISION,
    FLOORS_ABOVE,
    FLOORS_BELOW,
    GROSS_AREA,
    NAME,
    NUMBER,
    OUTLINE,
    OWNER,
    PURPOSE,
    STRUCTURE,
    VALUE,
    YEAR_BUILT,
)
from domain.premises.terms import BuildingStatus, Purpose, Structure, TitleState


@recorded_as("premises.BuildingRegistered", correctable=True)
class BuildingRegistered(Event, frozen=True):
    """Until something is said of its title, the title is unknown; `owner` is who keeps it on the books."""

    compound: UUID | None
    number: str
    name: str
    address: str
    division: str
    owner: UUID
    floors_above: int
    floors_below: int
    gross_area: Decimal
    structure: Structure
    purpose: Purpose
    year_built: int | None
    value: Decimal | None
    footprint: Outline | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield BUILDING_STATUS.fact(BuildingStatus.STANDING, since=self.effective)
        yield COMPOUND.fact(self.compound, since=self.effective)
        yield NUMBER.fact(self.number, since=self.effective)
        yield NAME.fact(self.name, since=self.effective)
        yield ADDRESS.fact(self.address, since=self.effective)
        yield DIVISION.fact(self.division, since=self.effective)
        yield OWNER.fact(self.owner, since=self.effective)
        yield from title_facts(self.effective, TitleState.UNKNOWN)
        yield FLOORS_ABOVE.fact(self.floors_above, since=self.effective)
        yield FLOORS_BELOW.fact(self.floors_below, since=self.effective)
        yield GROSS_AREA.fact(self.gross_area, since=self.effective)
        yield STRUCTURE.fact(self.structure, since=self.effective)
        yield PURPOSE.fact(self.purpose, since=self.effective)
        yield YEAR_BUILT.fact(self.year_built, since=self.effective)
        yield VALUE.fact(self.value, since=self.effective)
        yield OUTLINE.fact(self.footprint, since=self.effective)


@recorded_as("premises.BuildingRenamed", correctable=True)
class BuildingRenamed(Event, frozen=True):
    name: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield NAME.fact(self.name, since=self.effective)


@recorded_as("premises.BuildingReaddressed", correctable=True)
class BuildingReaddressed(Event, frozen=True):
    address: str
    division: str

    def facts(self) -> Iterator[Fact[Any]]:
        yield ADDRESS.fact(self.address, since=self.effective)
        yield DIVISION.fact(self.division, since=self.effective)


@recorded_as("premises.BuildingPlacedInCompound", correctable=True)
class BuildingPlacedInCompound(Event, frozen=True):
    """With no compound, it stands in none."""

    compound: UUID | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield COMPOUND.fact(self.compound, since=self.effective)


@recorded_as("premises.BuildingSurveyed", correctable=True)
class BuildingSurveyed(Event, frozen=True):
    """Measured again; a survey without a footprint leaves the footprint as it was."""

    gross_area: Decimal
    floors_above: int
    floors_below: int
    footprint: Outline | None

    def facts(self) -> Iterator[Fact[Any]]:
        yield GROSS_AREA.fact(self.gross_area, since=self.effective)
        yield FLOORS_ABOVE.fact(self.floors_above, since=self.effective)
        yield FLOORS_BELOW.fact(self.floors_below, since=self.effective)
        if self.footprint is not None:
            yield OUTLINE.fact(self.footprint, since=self.effective)


@recorded_as("premises.BuildingValued", correctable=True)
class BuildingValued(Event, frozen=True):
    value: Decimal

    def facts(self) -> Iterator[Fact[Any]]:
        yield VALUE.fact(self.value, since=self.effective)


@recorded_as("premises.BuildingPurposeChanged", correctable=True)
class BuildingPurposeChanged(Event, frozen=True):
    purpose: Purpose

    def facts(self) -> Iterator[Fact[Any]]:
        yield PURPOSE.fact(self.purpose, since=self.effective)
