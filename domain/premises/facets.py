"""What facts about premises are about."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.facts import Facet
from domain.kernel.places import Outline
from domain.premises.terms import (
    AllocationMode,
    BuildingStatus,
    CompoundStatus,
    Condition,
    DisposalMode,
    DisposalStage,
    Purpose,
    RepairStage,
    RoomCategory,
    RoomStatus,
    Structure,
    TitleState,
)

NAME = Facet[str]("name")
NUMBER = Facet[str]("number")
ADDRESS = Facet[str]("address")
DIVISION = Facet[str]("division")
OUTLINE = Facet[Outline | None]("outline")

COMPOUND_STATUS = Facet[CompoundStatus]("compound_status")

COMPOUND = Facet[UUID | None]("compound")
BUILDING_STATUS = Facet[BuildingStatus]("building_status")
FLOORS_ABOVE = Facet[int]("floors_above")
FLOORS_BELOW = Facet[int]("floors_below")
GROSS_AREA = Facet[Decimal]("gross_area")
STRUCTURE = Facet[Structure]("structure")
YEAR_BUILT = Facet[int | None]("year_built")
VALUE = Facet[Decimal | None]("value")
PURPOSE = Facet[Purpose]("purpose")

OWNER = Facet[UUID | None]("owner")
TITLE = Facet[TitleState]("title")
CERTIFICATE = Facet[str | None]("title_certificate")
PARCEL = Facet[str | None]("parcel")
LAND_AREA = Facet[Decimal | None]("land_area")
DISPUTED_WITH = Facet[str | None]("disputed_with")
CASE_NUMBER = Facet[str | None]("case_number")

# One value a unit: several units share a building.
ALLOCATED_TO = Facet[UUID | None]("allocated_to")
ALLOCATED_AREA = Facet[Decimal | None]("allocated_area")
ALLOCATED_WHOLE = Facet[bool | None]("allocated_whole")
ALLOCATION_MODE = Facet[AllocationMode | None]("allocation_mode")
USE_AGREEMENT = Facet[str | None]("use_agreement")
USE_CERTIFICATE = Facet[str | None]("use_certificate")

REPAIR = Facet[RepairStage]("repair")
REPAIR_PROJECT = Facet[str]("repair_project")
REPAIR_COST = Facet[Decimal | None]("repair_cost")
DAILY_REPAIR = Facet[str]("daily_repair")
CONDITION = Facet[Condition]("condition")
INSPECTION = Facet[str]("inspection")

DISPOSAL = Facet[DisposalStage]("disposal")
DISPOSAL_MODE = Facet[DisposalMode]("disposal_mode")
LET_TO = Facet[str | None]("let_to")

BUILDING = Facet[UUID | None]("building")
FLOOR = Facet[int]("floor")
CATEGORY = Facet[RoomCategory]("category")
NET_AREA = Facet[Decimal]("net_area")
ROOM_STATUS = Facet[RoomStatus]("room_status")
USING_UNIT = Facet[UUID | None]("using_unit")
VACATE_BY = Facet[datetime | None]("vacate_by")

# One value a person, and one a room of the lineage.
OCCUPANT = Facet[UUID | None]("occupant")
SECOND_OFFICE = Facet[bool | None]("second_office")
MADE_FROM = Facet[UUID]("made_from")
MADE_INTO = Facet[UUID]("made_into")
