"""Rooms of a building as a plan tells them: with their outlines, colours, findings, and the sheet that they lie on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias
from uuid import UUID

from shapely.geometry.base import BaseGeometry

from api.angles.contents_told import told_room
from maps.floors.colouring import Colour, Counted, Finding, coloured, ranked
from maps.floors.frame import Frame
from maps.floors.labels import Said
from maps.floors.plan import Laid, Plan, Room, frame_of, laid
from projections.queries import contents, floors
from projections.queries.things import Names, called
from projections.queries.view import View

Rows: TypeAlias = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Building:
    """A building's rooms with what is known of their places. `frame`: the same for all floors."""

    id: UUID
    rooms: Rows
    footprint: BaseGeometry | None
    shapes: Mapping[UUID, BaseGeometry]
    frame: Frame | None
    findings: Mapping[UUID, Sequence[Finding]] = field(default_factory=dict)

    @property
    def floors(self) -> dict[int, Rows]:
        """From below."""
        placed = [row for row in self.rooms if row["floor"] is not None]
        return {floor: list(found) for floor, found in groupby(placed, key=itemgetter("floor"))}

    def laid(self, rows: Rows, names: Names) -> Laid:
        rooms = [Room(row["asset"], _said(row, names), self.shapes.get(row["asset"])) for row in rows]
        return laid(rooms, self.frame, self.footprint)

    def counted(self, rows: Rows) -> list[Counted]:
        return [
            Counted(
                unit=None if row["using_unit"] is None else str(row["using_unit"]),
                category=row["category"],
                net_area=row["net_area"],
                people=len(row["occupants"] or ()),
                findings=self.findings.get(row["asset"], ()),
            )
            for row in rows
        ]


def buildings(view: View, ids: Sequence[UUID]) -> list[Building]:
    """In the order of the ids."""
    rows = contents.rooms(view, ids).rows()
    by_building = {of: list(found) for of, found in groupby(rows, key=itemgetter("building"))}
    shapes = floors.outlines(view, "rooms", [row["asset"] for row in rows])
    footprints = floors.outlines(view, "buildings", ids)
    return [_building(id, by_building.get(id, []), footprints.get(id), shapes) for id in ids]


def _building(id: UUID, rooms: Rows, footprint: BaseGeometry | None, shapes: Mapping[UUID, BaseGeometry]) -> Building:
    drawn = [shapes[row["asset"]] for row in rooms if row["asset"] in shapes]
    return Building(id, rooms, footprint, shapes, frame_of(footprint, drawn))


def _said(row: Mapping[str, Any], names: Names) -> Said:
    unit = "" if row["using_unit"] is None else called(names, row["using_unit"])
    return Said(row["number"] or "", unit, len(row["occupants"] or ()))


def tones_of(building: Building, rows: Rows, names: Names, colour: Colour) -> tuple[list[str], list[dict[str, Any]]]:
    """The colour of each room of a floor, and what they mean."""
    labels = {str(row["using_unit"]): called(names, row["using_unit"]) for row in rows if row["using_unit"]}
    order = ranked(building.counted(building.rooms))
    tones, legend = coloured(colour, building.counted(rows), order, labels)
    return tones, [_entry(one) for one in legend]


def rooms_drawn(
    building: Building, rows: Rows, tones: Sequence[str], sheet: Plan, names: Names, unit: UUID | None
) -> list[dict[str, Any]]:
    return [
        {
            **told_room(row, names),
            "people": len(row["occupants"] or ()),
            "findings": [_words(one) for one in building.findings.get(row["asset"], ())],
            "tone": tone,
            "schematic": drawn.is_schematic,
            "lit": unit is not None and row["using_unit"] == unit,
            "path": drawn.path,
            "label": [
                {"role": line.role, "text": line.text, "x": line.x, "y": line.y, "size": line.size}
                for line in drawn.label
            ],
        }
        for row, tone, drawn in zip(rows, tones, sheet.rooms, strict=True)
    ]


def _words(one: Finding) -> dict[str, str]:
    return {"name": one.name, "zh": one.zh, "en": one.en}


def _entry(one: Any) -> dict[str, Any]:
    names = ("key", "tone", "zh", "en", "rooms", "people", "net_area")
    return {name: getattr(one, name) for name in names}


def sheet_told(sheet: Plan) -> dict[str, Any]:
    return {
        "box": list(sheet.box),
        "north": sheet.north,
        "bar": sheet.bar,
        "footprint": sheet.footprint,
        "grid_from": sheet.grid_from,
    }


def floor_told(building: Building, floor: int, rows: Rows, unit: UUID | None) -> dict[str, Any]:
    summed = contents.summary(rows)
    return {
        "floor": floor,
        **{name: summed[name] for name in ("rooms", "people", "net_area")},
        "drawn": sum(row["asset"] in building.shapes for row in rows),
        "lit": sum(unit is not None and row["using_unit"] == unit for row in rows),
    }
