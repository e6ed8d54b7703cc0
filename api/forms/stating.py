"""Which facet of a thing a parameter states anew, and whether what holds now is offered again."""

from __future__ import annotations

from typing import Any, Final

from projections.queries.words.facets import has_wording

FACETS: Final = {
    "vehicles.approve-disposal.mode": "disposal_mode",
    "items.decide-disposal.ground": "disposal_ground",
    "items.accept.warehouse": "entering",
    "items.extend-loan.due": "loan_due",
    "people.move.to": "member_of",
    "vehicles.transfer.to": "owner",
    "vehicles.assign.to": "using_unit",
    "vehicles.post.to": "posted_to",
    "vehicles.fix-parking.name": "parking_name",
    "warehouses.hand-over.to": "managing_unit",
    "rooms.assign.unit": "using_unit",
    "rooms.order-vacating.deadline": "vacate_by",
}
"""Where a parameter states a facet that is called otherwise."""
CHANGED: Final = frozenset(
    {
        "people.move.to",
        "vehicles.transfer.to",
        "vehicles.assign.to",
        "vehicles.post.to",
        "warehouses.hand-over.to",
        "rooms.assign.unit",
    }
)
"""What is told just because it is not what it was."""
STAYS: Final = frozenset({"people.change-contact.phone", "buildings.resurvey.floors_below"})
"""What need not be given, and would be taken for gone if it were left out."""


def stated(command: str, path: str, is_required: bool) -> dict[str, Any]:
    """Only of what the command is about: what is made new states nothing anew."""
    whole, kind = f"{command}.{path}", command.partition(".")[0]
    facet = FACETS.get(whole) or (path if has_wording(kind, path) or whole in STAYS else None)
    may_stay = path not in ("odometer", "photos") and whole not in CHANGED
    return {"facet": facet, "kept": facet is not None and may_stay and (is_required or whole in STAYS)}
