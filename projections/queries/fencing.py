"""Which geofences hold for a vehicle at a moment: those that name it or one of its units, and those of its units that name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from psycopg.rows import DictRow

from domain.vehicles.fence import Fence
from domain.vehicles.terms import FenceStatus
from projections.queries.filters import ROW
from projections.queries.view import View


def holding(view: View, vehicle: UUID, units: Sequence[UUID]) -> list[DictRow]:
    """`asset`, `name` and `purpose`, as far as they are in sight. `units`: that own, use or have the vehicle posted to them."""
    r = ROW
    return view.rows(
        f"SELECT {r}.asset, {r}.name, {r}.purpose FROM {view.of(Fence.kind, r)}"  # noqa: S608 -- names of the code
        f" WHERE {view.held(r)} AND {r}.status = %(in_force)s AND (%(vehicle)s::uuid = ANY({r}.for_vehicles)"
        f" OR {r}.for_units && %(units)s::uuid[] OR {r}.managing_unit = ANY(%(units)s::uuid[])"
        f" AND cardinality({r}.for_vehicles) = 0 AND cardinality({r}.for_units) = 0)"
        f" ORDER BY {r}.name, {r}.asset",
        {"in_force": FenceStatus.IN_FORCE, "vehicle": vehicle, "units": list(units)},
    )
