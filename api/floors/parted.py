"""A floor of very many rooms: its colours at a glance, and the parts of it that are drawn room by room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

import shapely

from api.floors.refusals import NotAPart
from api.floors.told import Rows
from maps.floors.parts import parts
from maps.floors.plan import Laid, Plan
from maps.floors.schematic import in_order
from projections.queries import contents


@dataclass(frozen=True, slots=True)
class Parted:
    """`parts`: the places of rooms; one part, or none, where all of the floor is drawn room by room."""

    laid: Laid
    rows: Rows
    tones: Sequence[str]
    unit: UUID | None
    parts: Sequence[Sequence[int]]

    @classmethod
    def of(cls, laid: Laid, rows: Rows, tones: Sequence[str], unit: UUID | None) -> Self:
        return cls(laid, rows, tones, unit, parts(laid.shapes))

    def is_whole(self, part: int | None) -> bool:
        """Whether its colours alone are asked for, and there are too many rooms for more."""
        return part == 0 and len(self.parts) > 1

    def chosen(self, part: int | None) -> Sequence[int] | None:
        """The rooms of a part; None for all of them."""
        if not part:
            return None
        if part > len(self.parts):
            raise NotAPart(part=part, parts=len(self.parts))
        return self.parts[part - 1]

    @property
    def told(self) -> list[dict[str, Any]]:
        """None where there is but one."""
        return [self._part(number, part) for number, part in enumerate(self.parts, 1)] if len(self.parts) > 1 else []

    def _part(self, number: int, part: Sequence[int]) -> dict[str, Any]:
        rows = [self.rows[place] for place in part]
        order = in_order([row["number"] for row in rows])
        summed = contents.summary(rows)
        west, north, east, south = shapely.total_bounds([self.laid.shapes[place] for place in part]).tolist()
        return {
            "part": number,
            "first": rows[order[0]]["number"],
            "last": rows[order[-1]]["number"],
            **{name: summed[name] for name in ("rooms", "people", "net_area")},
            "lit": sum(self._is_lit(row) for row in rows),
            "box": [round(side, 2) for side in (west, north, east - west, south - north)],
        }

    def _is_lit(self, row: dict[str, Any]) -> bool:
        return self.unit is not None and row["using_unit"] == self.unit

    def painted(self, sheet: Plan) -> list[dict[str, Any]]:
        """The whole floor, one path a colour: thousands of rooms are drawn as quickly as a handful."""
        paths: dict[tuple[str, bool, bool], list[str]] = {}
        for row, tone, drawn in zip(self.rows, self.tones, sheet.rooms, strict=True):
            paths.setdefault((tone, drawn.is_schematic, self._is_lit(row)), []).append(drawn.path)
        return [
            {"tone": tone, "schematic": schematic, "lit": lit, "path": " ".join(some)}
            for (tone, schematic, lit), some in sorted(paths.items())
        ]
