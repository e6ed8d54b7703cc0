"""Who may see what, reckoned the slow way: from all rows in Python, thing by thing, as ADR 0012 puts it in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from domain.access.bonds import EVERY_BOND, Bond
from domain.access.policy import KINDS
from domain.access.principal import Reach, Sight
from projections.columns import COLUMNS

Row = dict[str, Any]
KEEPS, USES, OFFERED = Bond.KEEPS, Bond.USES, Bond.OFFERED


@dataclass
class Rows:
    """All that a generation says of every thing, by kind and thing: the versions that are known now."""

    versions: dict[str, dict[UUID, list[Row]]]
    _units: dict[Reach, set[UUID]] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: psycopg.Connection[Any], schema: str, moment: datetime) -> Rows:
        found: dict[str, dict[UUID, list[Row]]] = {kind: {} for kind in KINDS}
        with connection.cursor(row_factory=dict_row) as cursor:
            for kind in sorted(KINDS):
                columns = ", ".join(column.name for column in COLUMNS[kind])
                # Whether it still holds is all that is asked of its end: Python knows no infinity.
                statement = f"SELECT asset, ends > %s AS still, {columns} FROM {schema}.{kind} WHERE until IS NULL ORDER BY begins"  # noqa: S608 -- names of the code
                for row in cursor.execute(statement.encode(), [moment]):
                    found[kind].setdefault(row["asset"], []).append(row)
        return cls(found)

    def decisive(self, kind: str, id: UUID | None) -> list[Row]:
        """Those that hold now or later; where nobody has the thing in any of them, the last in which somebody had."""
        coming = self._coming(kind, id)
        if kind not in _HOLDERS or any(_somebodys(kind, row) for row in coming):
            return coming
        return [row for row in self.versions[kind][coming[0]["asset"]] if _somebodys(kind, row)][-1:] if coming else []

    def _coming(self, kind: str, id: UUID | None) -> list[Row]:
        versions = self.versions[kind].get(id, []) if id is not None else []
        return [row for row in versions if row["still"]]

    def units(self, reach: Reach) -> set[UUID]:
        """The units in the divisions, and those granted with all under them."""
        if reach not in self._units:
            found = set(reach.units)
            while more := {id for id in self.versions["units"] if self._parents(id) & found} - found:
                found |= more
            divided = {id for id in self.versions["units"] if self._divided("units", id, reach)}
            self._units[reach] = found | divided
        return self._units[reach]

    def _parents(self, id: UUID) -> set[UUID | None]:
        return {row["parent"] for row in self.versions["units"][id] if row["still"]} - {None}

    def _divided(self, kind: str, id: UUID, reach: Reach) -> bool:
        return any(_in(row.get("division"), reach) for row in self._coming(kind, id))

    def within(self, kind: str, id: UUID, reach: Reach, bonds: frozenset[Bond] = EVERY_BOND) -> bool:
        """Whether a thing belongs to a jurisdiction by one of these bonds."""
        if not reach or not self._coming(kind, id):
            return False
        if reach.everything or (KEEPS in bonds and self._divided(kind, id, reach)):
            return True
        if OFFERED in bonds and any(row.get("published_for") for row in self._coming(kind, id)):
            return True
        return any(bond in bonds for row in self.decisive(kind, id) for bond in self._bonds(kind, row, reach))

    def _bonds(self, kind: str, row: Row, reach: Reach) -> Iterator[Bond]:  # noqa: C901 -- the table of the decision, row by row
        """By whom or what it names."""
        units = self.units(reach)
        match kind:
            case "units":
                yield from [KEEPS] * (row["asset"] in units)
            case "people" | "journeys":
                yield from [KEEPS] * (row["unit"] in units)
            case "drivers":
                yield from [KEEPS] * self._by("people", row["person"], reach)
            case "buildings":
                yield from [KEEPS] * (row["owner"] in units)
                yield from [USES] * bool(units & set(row["using_units"] or ()))
            case "rooms":
                yield from [KEEPS] * self._by("buildings", row["building"], reach, frozenset({KEEPS}))
                yield from [USES] * (row["using_unit"] in units)
            case "vehicles":
                yield from [KEEPS] * (row["owner"] in units)
                yield from [USES] * (row["using_unit"] in units or row["posted_to"] in units)
            case "fences":
                yield from [KEEPS] * (row["managing_unit"] in units)
                yield from [USES] * bool(units & set(row["for_units"] or ()))
                yield from [USES] * any(self._by("vehicles", one, reach) for one in row["for_vehicles"] or ())
            case "warehouses":
                yield from [KEEPS] * (row["managing_unit"] in units)
            case "items":
                yield from [KEEPS] * (row["owner"] in units or self._by("warehouses", row["warehouse"], reach))
                yield from [USES] * bool({row["using_unit"], row["borrower"], row["receiving_unit"]} & units)
                yield from [USES] * self._by("warehouses", row["entering"], reach)
            case "lots":
                yield from [KEEPS] * self._by("warehouses", row["warehouse"], reach)
            case "proposals":
                yield from [KEEPS] * bool({row["unit"], *(row["levels"] or ())} & units)
        if kind == "journeys":
            yield from [USES] * self._by("vehicles", row["vehicle"], reach)

    def _by(self, kind: str, id: UUID | None, reach: Reach, bonds: frozenset[Bond] = EVERY_BOND) -> bool:
        """By way of another thing, as that belongs itself."""
        return id is not None and self.within(kind, id, reach, bonds)

    def seen(self, sight: Sight) -> set[UUID]:
        """Everything that such a caller may see."""
        return {id for kind in KINDS for id in self.versions[kind] if self.within(kind, id, sight.of(kind))}

    def hidden(self, sight: Sight) -> set[UUID]:
        """The secret-work vehicles, and the journeys that they made, whose places are hidden from such a caller."""
        vehicles = {
            id
            for id, rows in self.versions["vehicles"].items()
            if any(row["unmarked"] for row in rows if row["still"]) and not self.within("vehicles", id, sight.masked)
        }
        made = {id for id, rows in self.versions["journeys"].items() if vehicles & {row["vehicle"] for row in rows}}
        return vehicles | made


def _in(division: str | None, reach: Reach) -> bool:
    return division is not None and any(division.startswith(prefix) for prefix in reach.divisions)


_HOLDERS = {
    "people": ("unit",),
    "drivers": ("person",),
    "journeys": ("unit", "vehicle"),
    "buildings": ("owner", "using_units"),
    "fences": ("managing_unit", "for_units", "for_vehicles"),
    "warehouses": ("managing_unit",),
    "rooms": ("building", "using_unit"),
    "vehicles": ("owner", "using_unit", "posted_to"),
    "items": ("owner", "warehouse", "using_unit", "borrower", "receiving_unit", "entering"),
    "lots": ("warehouse",),
    "proposals": ("unit", "levels"),
}


def _somebodys(kind: str, row: Row) -> bool:
    """Whether anybody has it."""
    return any(row[name] not in (None, []) for name in _HOLDERS.get(kind, ()))
