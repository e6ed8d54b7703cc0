"""What can be asked of a vehicle, a driver or a journey at a moment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.facts import Facet
from domain.kernel.places import Point
from domain.vehicles.terms import (
    Body,
    Condition,
    DisposalMode,
    DriverStatus,
    Energy,
    JourneyStatus,
    LicenceClass,
    Purpose,
    RepairState,
    SealReason,
    VehicleCategory,
    VehicleStatus,
)

PLATE = Facet[str | None]("plate")
VIN = Facet[str]("vin")
MODEL = Facet[str]("model")
CATEGORY = Facet[VehicleCategory]("category")
BODY = Facet[Body]("body")
ENERGY = Facet[Energy]("energy")
LITRES = Facet[Decimal | None]("displacement")
SEATS = Facet[int]("seats")
UNMARKED = Facet[bool]("unmarked")
FIRST_USED = Facet[datetime]("first_used")
VALUE = Facet[Decimal]("value")
OWNER = Facet[UUID | None]("owner")
USING_UNIT = Facet[UUID | None]("using_unit")
POSTED_TO = Facet[UUID | None]("posted_to")
PARKING = Facet[Point | None]("parking")
PARKING_NAME = Facet[str | None]("parking_name")
VEHICLE_STATUS = Facet[VehicleStatus]("status")
DISPOSAL_MODE = Facet[DisposalMode]("disposal_mode")
CONDITION = Facet[Condition]("condition")
SEALED = Facet[SealReason | None]("sealed")
KEY_KEEPER = Facet[UUID | None]("key_keeper")  # a person
ODOMETER = Facet[int]("odometer")
FUEL_CARD = Facet[str | None]("fuel_card")
INSURED = Facet[str]("insured")  # one member a kind of insurance; the value is the policy
INSPECTED = Facet[str]("inspected")
SERVICED = Facet[int]("serviced")  # one member a kind of service; the value is the odometer
REPAIR = Facet[RepairState]("repair")  # one member a repair slip, as the three below
REPAIR_ESTIMATE = Facet[Decimal]("repair_estimate")
REPAIR_APPROVED = Facet[Decimal]("repair_approved")
REPAIR_COST = Facet[Decimal]("repair_cost")

# Of vehicles and drivers alike, one member a journey.
RESERVED = Facet[UUID | None]("reserved")  # the value is the unit that travels
AWAY = Facet[bool | None]("away")

PERSON = Facet[UUID]("person")
DUTY = Facet[DriverStatus]("duty")
LICENCE = Facet[LicenceClass]("licence")

JOURNEY_STATUS = Facet[JourneyStatus]("status")
REQUESTING_UNIT = Facet[UUID]("requesting_unit")
PURPOSE = Facet[Purpose]("purpose")
DESTINATION = Facet[str]("destination")
OUTSIDE_CITY = Facet[bool]("outside_city")
URGENT = Facet[bool]("urgent")
PASSENGERS = Facet[int]("passengers")
PLANNED_FROM = Facet[datetime]("planned_from")
PLANNED_UNTIL = Facet[datetime]("planned_until")
VEHICLE = Facet[UUID | None]("vehicle")
DRIVER = Facet[UUID | None]("driver")
DEPARTED_AT = Facet[int]("departed_at")  # odometer
RETURNED_AT = Facet[int]("returned_at")
DISTANCE = Facet[int]("distance")
