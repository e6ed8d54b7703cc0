"""In which groups the facets of a thing are told, whatever kind of thing it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Group:
    zh: str
    en: str
    facets: tuple[str, ...]


GROUPS: Final = (
    Group("现状", "State", (
        "status", "unit_status", "compound_status", "building_status", "room_status", "duty", "warehouse_status", "item_status",
        "lot_status", "fence_status", "condition", "inspection", "sealed", "idle", "vacate_by",
    )),
    Group("基本信息", "What it is", (
        "name", "number", "plate", "vin", "asset_number", "serial", "batch", "credit_code", "unit_kind", "level", "person", "rank",
        "staff_type", "licence", "model", "category", "asset_class", "body", "energy", "displacement", "seats", "unmarked",
        "first_used", "bought", "minimum_life", "grade", "photos", "purpose", "structure", "year_built", "floors_above",
        "floors_below", "gross_area", "net_area", "warehouse_form", "measure", "expiry", "destination", "outside_city", "urgent",
        "passengers", "planned_from", "planned_until", "fence_purpose",
    )),
    Group("权属", "Title", (
        "owner", "title", "title_certificate", "parcel", "land_area", "disputed_with", "case_number",
    )),
    Group("使用与管理", "Use and care", (
        "parent", "member_of", "managing_unit", "using_unit", "allocated_to", "allocated_area", "allocated_whole",
        "allocation_mode", "use_agreement", "use_certificate", "occupant", "second_office", "posted_to", "custodian", "keeper",
        "key_keeper", "requesting_unit", "vehicle", "driver", "reserved", "away", "published_for", "entering", "loan_unit",
        "loan_due", "receiving_unit", "issued", "let_to", "staff_establishment", "vehicle_establishment", "successor",
        "predecessor", "fence_unit", "fence_vehicle",
    )),
    Group("送审与审批", "Approval", (
        "proposal_title", "lines", "submitting_unit", "submitter", "submitted", "approval_level", "waits_at", "handed_to",
    )),
    Group("位置", "Place", (
        "compound", "building", "floor", "warehouse", "shelf", "location", "address", "division", "outline", "place", "parking_name",
        "parking", "shelves", "made_from", "made_into", "lineage",
    )),
    Group("运行与养护", "Running and upkeep", (
        "odometer", "departed_at", "returned_at", "distance", "fuel_card", "insured", "inspected", "serviced", "daily_repair",
        "repair", "repair_project", "repair_estimate", "repair_approved", "repair_cost", "counted", "moved",
    )),
    Group("价值与处置", "Value and disposal", (
        "value", "unit_price", "disposal", "disposal_ground", "disposal_mode", "disposal_income",
    )),
)  # fmt: skip

PLACE: Final[Mapping[str, int]] = {
    facet: place for place, facet in enumerate(facet for group in GROUPS for facet in group.facets)
}
"""Where a facet stands among all of them; a test sees to it that each has its place."""


def group_of(facet: str) -> Group:
    return next(group for group in GROUPS if facet in group.facets)
