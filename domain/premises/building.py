"""A building: where it stands, what it measures, what it is for; its other aspects have files of their own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le

from domain.kernel.aggregate import Claim
from domain.kernel.codes import division as valid_division
from domain.kernel.commands import command
from domain.kernel.mandate import Mandate
from domain.kernel.places import DeclaredPolygon, Outline
from domain.kernel.text import Area, Money, Name, Token, Year
from domain.organisations.unit import Unit
from domain.premises.compound import Compound
from domain.premises.disposal import Disposable
from domain.premises.events import building as happened
from domain.premises.facets import ALLOCATED_TO, COMPOUND, NUMBER, OWNER
from domain.premises.terms import Purpose, Structure
from domain.premises.upkeep import Maintained

FloorsAbove = Annotated[int, Ge(0), Le(200)]
FloorsBelow = Annotated[int, Ge(0), Le(20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBuilding:
    """What is said of a building when it is registered."""

    number: Token
    name: Name
    address: Name
    division: Token
    floors_above: FloorsAbove
    floors_below: FloorsBelow = 0
    gross_area: Area
    structure: Structure
    purpose: Purpose = Purpose.OFFICE
    year_built: Year | None = None
    value: Money | None = None
    footprint: DeclaredPolygon | None = None


class Building(Maintained, Disposable):
    @command("登记房屋", "Register a building", creates=True)
    def register(
        self, mandate: Mandate, *, building: NewBuilding, owner: Unit, compound: Compound | None = None
    ) -> None:
        owner.require_active(mandate.effective)
        if compound is not None:
            compound.require_open(mandate.effective)
        self.record(
            happened.BuildingRegistered(
                **self.next(mandate),
                compound=compound.id if compound else None,
                number=building.number,
                name=building.name,
                address=building.address,
                division=valid_division(building.division),
                owner=owner.id,
                floors_above=building.floors_above,
                floors_below=building.floors_below,
                gross_area=building.gross_area,
                structure=building.structure,
                purpose=building.purpose,
                year_built=building.year_built,
                value=building.value,
                footprint=_declared(building.footprint),
            )
        )

    @command("更名", "Rename")
    def rename(self, mandate: Mandate, *, name: Name) -> None:
        self.require_standing(mandate.effective)
        self.record(happened.BuildingRenamed(**self.next(mandate), name=name))

    @command("变更地址", "Change address")
    def readdress(self, mandate: Mandate, *, address: Name, division: Token) -> None:
        self.require_standing(mandate.effective)
        code = valid_division(division)
        self.record(happened.BuildingReaddressed(**self.next(mandate), address=address, division=code))

    @command("变更所属院落", "Place in a compound")
    def place_in_compound(self, mandate: Mandate, *, compound: Compound | None) -> None:
        """Without a compound it stands in none."""
        self.require_standing(mandate.effective)
        if compound is not None:
            compound.require_open(mandate.effective)
        stamp = self.next(mandate)
        self.record(happened.BuildingPlacedInCompound(**stamp, compound=compound.id if compound else None))

    @command("重新测绘", "Survey again")
    def resurvey(
        self,
        mandate: Mandate,
        *,
        gross_area: Area,
        floors_above: FloorsAbove,
        floors_below: FloorsBelow = 0,
        footprint: DeclaredPolygon | None = None,
    ) -> None:
        self.require_standing(mandate.effective)
        self.record(
            happened.BuildingSurveyed(
                **self.next(mandate),
                gross_area=gross_area,
                floors_above=floors_above,
                floors_below=floors_below,
                footprint=_declared(footprint),
            )
        )

    @command("重新估值", "Value again", document=True)
    def revalue(self, mandate: Mandate, *, value: Money) -> None:
        self.require_standing(mandate.effective)
        self.record(happened.BuildingValued(**self.next(mandate), value=value))

    @command("变更用途", "Change the purpose", document=True)
    def change_purpose(self, mandate: Mandate, *, purpose: Purpose) -> None:
        self.require_standing(mandate.effective)
        self.record(happened.BuildingPurposeChanged(**self.next(mandate), purpose=purpose))

    def claims(self) -> frozenset[Claim]:
        """A building's number stays its own after it is gone."""
        number = self.finally_(NUMBER)
        return super().claims() | ({("building-number", number)} if number else frozenset())

    def holders(self) -> dict[UUID, datetime | None]:
        return self.held_through(COMPOUND, OWNER, ALLOCATED_TO)


def _declared(footprint: DeclaredPolygon | None) -> Outline | None:
    return None if footprint is None else Outline.declared(footprint)
