"""The outlines of rooms and buildings at a moment, and in which buildings a unit uses rooms."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from projections.queries import contents
from projections.queries.view import View


def outlines(view: View, kind: str, ids: Sequence[UUID]) -> dict[UUID, BaseGeometry]:
    """In CGCS2000, by id; nothing for what nobody has drawn."""
    rows = view.rows(
        f"SELECT m.asset, ST_AsBinary(m.shape) AS shape FROM {view.of('map', 'm', kind)}"  # noqa: S608 -- constants
        " WHERE m.asset = ANY(%(ids)s::uuid[]) AND m.valid @> %(at)s::timestamptz AND m.known @> %(known_at)s::bigint",
        {"ids": list(ids), "known_at": view.position if view.known is None else view.known},
    )
    return {row["asset"]: shapely.from_wkb(bytes(row["shape"])) for row in rows}


def beside(view: View, building: UUID) -> tuple[UUID | None, list[UUID]]:
    """The compound that a building stands in, and the buildings of it."""
    row = view.one(
        f"SELECT b.compound FROM {view.of('buildings', 'b')} WHERE b.asset = %(building)s::uuid AND {view.held('b')}",  # noqa: S608 -- constants
        {"building": building},
    )
    compound = None if row is None else row["compound"]
    return compound, [] if compound is None else contents.buildings(view, compound)


def used_by(view: View, unit: UUID) -> list[UUID]:
    """The buildings in which a unit uses rooms, those with the most of its room first."""
    rows = view.rows(
        f"SELECT r.building FROM {view.of('holdings', 'h', 'rooms')} JOIN {view.of('rooms', 'r')} ON r.asset = h.asset"  # noqa: S608 -- constants
        f" WHERE h.holder = %(unit)s::uuid AND h.role = 'using_unit' AND {view.held('h')} AND {view.held('r')}"
        " AND r.building IS NOT NULL GROUP BY r.building ORDER BY sum(r.net_area) DESC NULLS LAST, r.building",
        {"unit": unit},
    )
    return [row["building"] for row in rows]
