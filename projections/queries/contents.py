"""What lies in a place at a moment: the rooms of buildings, floor by floor, and what a warehouse keeps, shelf by shelf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from projections.queries.question import Question
from projections.queries.view import View


def buildings(view: View, compound: UUID) -> list[UUID]:
    """The buildings of a compound, by their numbers."""
    rows = view.rows(
        f"SELECT b.asset FROM {view.of('holdings', 'h', 'buildings')} JOIN {view.of('buildings', 'b')} ON b.asset = h.asset"  # noqa: S608 -- constants
        f" WHERE h.holder = %(compound)s::uuid AND h.role = 'compound' AND {view.held('h')} AND {view.held('b')}"
        " ORDER BY b.number, b.asset",
        {"compound": compound},
    )
    return [row["asset"] for row in rows]


def rooms(view: View, of: Sequence[UUID]) -> Question:
    """The rooms of buildings, one building after the other, by floor and number."""
    return Question(
        view,
        "SELECT r.asset, r.building, r.floor, r.number, r.category, r.status, r.net_area, r.using_unit, r.occupants"  # noqa: S608 -- constants
        f" FROM {view.of('holdings', 'h', 'rooms')} JOIN {view.of('rooms', 'r')} ON r.asset = h.asset"
        f" WHERE h.holder = ANY(%(of)s::uuid[]) AND h.role = 'building' AND {view.held('h')} AND {view.held('r')}"
        " ORDER BY array_position(%(of)s::uuid[], r.building), r.floor, r.number, r.asset",
        {"of": list(of)},
    )


def summary(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """How many rooms, how large, by which units, for how many people: each person once, however many rooms they use."""
    counted = list(found)
    units = [room["using_unit"] for room in counted if room["using_unit"] is not None]
    return {
        "rooms": len(counted),
        "net_area": sum((room["net_area"] for room in counted if room["net_area"] is not None), start=Decimal(0)),
        "people": len({person for room in counted for person in room["occupants"] or ()}),
        "units": sorted(set(units)),
        "without_unit": len(counted) - len(units),
    }


_STORED = """
SELECT 'items' AS kind, i.asset, i.shelf, i.status, i.asset_class, NULL::numeric AS quantity, NULL AS measure, i.value
  FROM {items_held} JOIN {items} ON i.asset = h.asset
 WHERE h.holder = %(warehouse)s::uuid AND h.role = 'warehouse' AND {held_h} AND {held_i}
UNION ALL
SELECT 'lots', l.asset, l.shelf, l.status, l.asset_class, l.quantity, l.measure, l.quantity * l.unit_price
  FROM {lots_held} JOIN {lots} ON l.asset = h.asset
 WHERE h.holder = %(warehouse)s::uuid AND h.role = 'warehouse' AND {held_h} AND {held_l}
"""


def stored(view: View, warehouse: UUID, beyond: tuple[str, UUID] | None, limit: int | None) -> Question:
    """What a warehouse keeps, by kind, then id."""
    after = " WHERE (s.kind, s.asset) > (%(kind)s::text, %(asset)s::uuid)" if beyond else ""
    kind, asset = beyond or (None, None)
    return Question(
        view,
        f"SELECT s.* FROM ({_stored(view)}) s{after} ORDER BY s.kind, s.asset LIMIT %(limit)s",  # noqa: S608 -- constants
        {"warehouse": warehouse, "kind": kind, "asset": asset, "limit": limit},
    )


def shelves(view: View, warehouse: UUID) -> list[dict[str, Any]]:
    """How much lies on each shelf; NULL is what lies on none."""
    return view.rows(
        "SELECT s.shelf, count(*) FILTER (WHERE s.kind = 'items') AS items, count(*) FILTER (WHERE s.kind = 'lots') AS lots,"  # noqa: S608 -- constants
        f" coalesce(sum(s.value), 0) AS value FROM ({_stored(view)}) s GROUP BY s.shelf ORDER BY s.shelf NULLS LAST",
        {"warehouse": warehouse},
    )


def _stored(view: View) -> str:
    of = {kind: view.of(kind, kind[0]) for kind in ("items", "lots")}
    held = {f"{kind}_held": view.of("holdings", "h", kind) for kind in of}
    return _STORED.format(**of, **held, held_h=view.held("h"), held_i=view.held("i"), held_l=view.held("l"))
