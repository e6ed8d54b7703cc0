"""What is compared as a whole: all that a unit holds, or all that lies in an area; conditions for both sides of a comparison."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.kernel.divisions import prefix
from projections.holdings import ROLES
from projections.queries import holdings
from projections.queries.beside import on_side
from projections.queries.compare import Condition, Scope, Side, Sides

Box = tuple[float, float, float, float]
"""West, south, east, north in EPSG:4490."""

_UNIT_ROLES = [role for role in ROLES.values() if role.holds and role.party == "units"]


def of_unit(sides: Sides, unit: UUID, *, subtree: bool) -> Scope:
    """What a unit owns, uses, manages, borrows, and who belongs to it; with the units that are under it on each side."""
    given: list[dict[str, Any]] = []
    for view in (sides.a, sides.b):
        with on_side(view):
            given.append({"holders": holdings.subtree(view, unit) if subtree else [unit]})
    a, b = given
    kinds = dict.fromkeys(kind for role in _UNIT_ROLES for kind in role.of.split())
    return Scope({kind: _held_by(kind) for kind in kinds}, a, b)


def _held_by(kind: str) -> Condition:
    """Held in one of the roles that a thing of this kind has: the index is over holder and role."""
    roles = ", ".join(f"'{role.name}'" for role in _UNIT_ROLES if kind in role.of.split())
    return lambda side: (
        f"r.asset IN (SELECT h.asset FROM {side.of('holdings', 'h', kind)} WHERE h.holder = ANY({side.given('holders')}::uuid[])"  # noqa: S608 -- names of the code
        f" AND h.role IN ({roles}) AND {side.held('h')})"
    )


def of_compound(compound: UUID) -> Scope:
    """The compound, its buildings and their rooms."""

    def inside(alias: str) -> Condition:
        return lambda side: f"{alias}.compound = {side.given('compound')}::uuid"

    given = {"compound": compound}
    conditions: dict[str, Condition] = {
        "compounds": lambda side: f"r.asset = {side.given('compound')}::uuid",
        "buildings": inside("r"),
        "rooms": _within("building", "buildings", inside("x")),
    }
    return Scope(conditions, given, given, places=True)


def of_division(code: str) -> Scope:
    """What lies in a division and those below it: places, what is in them, and the units that sit there."""

    def inside(alias: str) -> Condition:
        return lambda side: f"{alias}.division LIKE {side.given('division')}::text"

    given = {"division": prefix(code) + "%"}
    conditions: dict[str, Condition] = {
        "units": inside("r"),
        "compounds": inside("r"),
        "buildings": inside("r"),
        "rooms": _within("building", "buildings", inside("x")),
        "warehouses": inside("r"),
        "items": _within("warehouse", "warehouses", inside("x")),
        "lots": _within("warehouse", "warehouses", inside("x")),
    }
    return Scope(conditions, given, given)


def of_box(box: Box) -> Scope:
    """What is drawn in a box on the map, and the rooms of the buildings that are."""

    def inside(alias: str) -> Condition:
        return lambda side: f"{alias}.asset IN ({_drawn(side)})"

    given = {"box": list(box)}
    rooms = _within("building", "buildings", inside("x"))
    conditions: dict[str, Condition] = {
        "compounds": inside("r"),
        "buildings": inside("r"),
        "rooms": lambda side: f"{inside('r')(side)} OR {rooms(side)}",
        "vehicles": inside("r"),
        "warehouses": inside("r"),
        "fences": inside("r"),
    }
    return Scope(conditions, given, given, places=True)


def _within(column: str, table: str, inside: Condition) -> Condition:
    """What belongs to a place that is inside."""
    return lambda side: (
        f"r.{column} IN (SELECT x.asset FROM {side.of(table, 'x')} WHERE {side.held('x')} AND {inside(side)})"  # noqa: S608 -- names of the code
    )


def _drawn(side: Side) -> str:
    box = f"(SELECT ST_MakeEnvelope(v[1], v[2], v[3], v[4], 4490) FROM (SELECT {side.given('box')}::float8[] AS v) b)"  # noqa: S608 -- likewise
    # The index is over web Mercator: the box is transformed, not the column.
    return (
        f"SELECT m.asset FROM {side.of('map', 'm')} WHERE m.drawn && ST_Transform({box}, 3857)"  # noqa: S608 -- likewise
        f" AND m.valid @> {side.given('at')}::timestamptz AND m.known @> {side.newest} AND ST_Intersects(m.shape, {box})"
    )
