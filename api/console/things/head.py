"""What stands at the top of a thing's page beside its name: whose it is, and its key figures, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Head:
    """Columns of the kind's list: what states it, whose it is or where, and the figures that matter most."""

    states: tuple[str, ...]
    parties: tuple[str, ...]
    figures: tuple[str, ...] = ()


HEADS: Final[Mapping[str, Head]] = {
    "units": Head(("status",), ("division", "unit_kind", "level"), ("staff_establishment", "vehicle_establishment")),
    "people": Head((), ("unit", "staff_type", "rank")),
    "compounds": Head(("status",), ("division", "address")),
    "buildings": Head(
        ("status", "title", "condition"), ("owner", "using_units", "address"), ("gross_area", "floors_above", "year_built", "value")
    ),
    "rooms": Head(("status",), ("using_unit", "occupants", "category"), ("net_area", "headcount", "vacate_by")),
    "vehicles": Head(
        ("status", "condition", "sealed"), ("owner", "using_unit", "posted_to", "model"), ("odometer", "value", "first_used")
    ),
    "drivers": Head(("status",), ("person", "licence")),
    "journeys": Head(("status",), ("unit", "vehicle", "driver", "purpose"), ("planned_from", "planned_until", "distance")),
    "fences": Head(("status",), ("purpose", "managing_unit", "for_units", "for_vehicles")),
    "warehouses": Head(("status",), ("managing_unit", "keeper", "form", "address")),
    "items": Head(
        ("status", "grade"), ("owner", "using_unit", "custodian", "borrower", "warehouse"), ("value", "bought", "loan_due")
    ),
    "proposals": Head(("status",), ("unit", "waits_at", "handed_to"), ("lines", "submitted")),
    "lots": Head(("status",), ("warehouse", "shelf"), ("quantity", "unit_price", "expiry")),
}  # fmt: skip
