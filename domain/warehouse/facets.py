"""What may be asked of warehouses, items and lots as of a day: the facets of this context."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.facts import Facet
from domain.kernel.places import Point
from domain.warehouse.terms import (
    DisposalGround,
    DisposalMode,
    Grade,
    ItemStatus,
    LotStatus,
    PublishedFor,
    WarehouseForm,
    WarehouseStatus,
)

NAME = Facet[str]("name")

WAREHOUSE_FORM = Facet[WarehouseForm]("warehouse_form")
WAREHOUSE_STATUS = Facet[WarehouseStatus]("warehouse_status")
MANAGING_UNIT = Facet[UUID | None]("managing_unit")
KEEPER = Facet[UUID | None]("keeper")
DIVISION = Facet[str]("division")
ADDRESS = Facet[str | None]("address")
PLACE = Facet[Point | None]("place")
SHELVES = Facet[bool | None]("shelves")
"""One member a shelf code."""

ITEM_STATUS = Facet[ItemStatus]("item_status")
ASSET_NUMBER = Facet[str]("asset_number")
ASSET_CLASS = Facet[str]("asset_class")
MODEL = Facet[str | None]("model")
SERIAL = Facet[str | None]("serial")
VALUE = Facet[Decimal]("value")
BOUGHT = Facet[date]("bought")
MINIMUM_LIFE = Facet[int | None]("minimum_life")
GRADE = Facet[Grade]("grade")
PHOTOS = Facet[tuple[str, ...]]("photos")
OWNER = Facet[UUID | None]("owner")
USING_UNIT = Facet[UUID | None]("using_unit")
CUSTODIAN = Facet[UUID | None]("custodian")
IDLE = Facet[bool]("idle")
WAREHOUSE = Facet[UUID | None]("warehouse")
SHELF = Facet[str | None]("shelf")
LOCATION = Facet[str | None]("location")
PUBLISHED_FOR = Facet[PublishedFor | None]("published_for")
ENTERING = Facet[UUID | None]("entering")
"""The warehouse that an item asks to enter."""
LOAN_UNIT = Facet[UUID | None]("loan_unit")
"""The unit that asks to borrow, is allowed to, or has borrowed."""
LOAN_DUE = Facet[date | None]("loan_due")
RECEIVING_UNIT = Facet[UUID | None]("receiving_unit")
DISPOSAL_GROUND = Facet[DisposalGround | None]("disposal_ground")
DISPOSAL_MODE = Facet[DisposalMode | None]("disposal_mode")
DISPOSAL_INCOME = Facet[Decimal]("disposal_income")

LOT_STATUS = Facet[LotStatus]("lot_status")
MEASURE = Facet[str]("measure")
UNIT_PRICE = Facet[Decimal]("unit_price")
BATCH = Facet[str | None]("batch")
EXPIRY = Facet[date | None]("expiry")
LINEAGE = Facet[UUID]("lineage")
COUNTED = Facet[Decimal]("counted")
"""What a stocktake found: from its moment on, only what moved afterwards is added."""
MOVED = Facet[Decimal]("moved")
"""One member a movement: what came (positive) or went (negative). A quantity is what was counted and has moved since."""
ISSUED = Facet[Decimal]("issued")
"""One member a unit and movement: what the unit was given (positive) or brought back (negative)."""
