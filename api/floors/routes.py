"""A floor of a building as a plan; and the rooms of a unit, on the floors of all the buildings that it is in."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Final, TypeAlias
from uuid import UUID

from fastapi import Query
from fastapi.responses import Response
from pydantic import BeforeValidator, Field

from api import openapi
from api.angles.asking import subject, thing
from api.angles.contents_told import names_in
from api.dependencies import Caller, Given
from api.executing import json_response
from api.floors import findings
from api.floors.answers import FloorPlan, RoomsMap
from api.floors.parted import Parted
from api.floors.refusals import NotOnFloor
from api.floors.told import Building, buildings, floor_told, rooms_drawn, sheet_told, tones_of
from api.reading import Viewed, looking, seen
from api.routing import Routes
from api.scalars import digits
from domain.organisations.unit import Unit
from domain.premises.building import Building as BuildingKept
from maps.floors.colouring import Colour
from maps.floors.parts import MOST
from maps.floors.plan import plan as plan_of
from projections.queries import contents, floors
from projections.queries.things import Names

MOST_BUILDINGS: Final = 30
"""Shown of a unit at once, those with the most of its room first."""

_FLOOR = "哪一层；不写则为地面最低一层 · Which floor; the lowest above the ground when it is not given"
Floor: TypeAlias = Annotated[int, Field(ge=-20, le=200, description=_FLOOR), BeforeValidator(digits), Query()]
Coloured: TypeAlias = Annotated[Colour, Query(description="按什么着色 · By what rooms are coloured")]
Lit: TypeAlias = Annotated[UUID, Query(description="点亮这个单位的房间 · Lights the rooms of this unit")]
_PART = "房间很多的楼层分块绘制：0 为全层色块，1 起为各块 · A floor of very many rooms in parts: 0 is all of it, 1 the first"
Part: TypeAlias = Annotated[int, Field(ge=0, le=10_000, description=_PART), BeforeValidator(digits), Query()]

router = Routes(tags=["map"])


@router.get(
    "/v1/buildings/{id:uuid}/plan",
    operation_id="buildings.plan",
    summary="楼层平面图 · A floor of a building, drawn",
    response_class=Response,
    **openapi.reads(FloorPlan, 404, 409),
)
def plan(
    id: UUID, given: Given, asked: Viewed, caller: Caller,
    floor: Floor | None = None, colour: Coloured = "unit", unit: Lit | None = None, part: Part | None = None,
) -> Response:  # fmt: skip
    """按当时登记的房间轮廓绘制；没有轮廓的房间排成示意格，并注明（`schematic`）。图例逐色计数。

    From the outlines of record at the moment; rooms without one stand in a grid and say so (`schematic`). The legend counts.
    Of a floor of very many rooms `part=0` draws the colours alone and says which parts it has; `part=1` is the first of them.
    """
    with looking(given, asked) as view:
        subject(view, asked, BuildingKept, id)
        found = buildings(view, [id])[0]
        if colour == "finding":
            found = replace(found, findings=findings.found_in(view, caller, [id]))
        chosen = _floor_of(found, floor)
        rows = found.floors.get(chosen, []) if chosen is not None else []
        names = names_in(view, [id, *([unit] if unit else [])], rows, people=part != 0 or len(rows) <= MOST)
    tones, legend = tones_of(found, rows, names, colour)
    parted = Parted.of(found.laid(rows, names), rows, tones, unit)
    only, is_whole = parted.chosen(part), parted.is_whole(part)
    sheet = plan_of(parted.laid, only, labelled=not is_whole)
    some = range(len(rows)) if only is None else only
    rooms = (
        []
        if is_whole
        else rooms_drawn(found, [rows[one] for one in some], [tones[one] for one in some], sheet, names, unit)
    )
    return json_response(
        {
            **seen(view, asked),
            "building": thing(names, id),
            "unit": None if unit is None else thing(names, unit),
            "colour": colour,
            "floor": chosen,
            "floors": [floor_told(found, one, of, unit) for one, of in found.floors.items()],
            "legend": legend,
            "part": part or None,
            "parts": [] if part is None else parted.told,
            "whole": parted.painted(sheet) if is_whole else [],
            "rooms": rooms,
            "sheet": sheet_told(sheet),
        }
    )


def _floor_of(found: Building, floor: int | None) -> int | None:
    known = list(found.floors)
    if floor is None:
        return next((one for one in known if one > 0), known[-1] if known else None)
    if floor not in known:
        raise NotOnFloor(floor=floor, floors=known)
    return floor


@router.get(
    "/v1/units/{id:uuid}/rooms-map",
    operation_id="units.rooms-map",
    summary="单位用房分布 · The rooms of a unit, floor by floor",
    response_class=Response,
    **openapi.reads(RoomsMap, 404, 409),
)
def rooms_map(id: UUID, given: Given, asked: Viewed, _: Caller) -> Response:
    """单位使用的房间分布在哪些楼、哪些层；每层一张小图，本单位的房间点亮。

    In which buildings and on which floors a unit's rooms lie: a small plan of each floor, its rooms lit.
    """
    with looking(given, asked) as view:
        subject(view, asked, Unit, id)
        used = floors.used_by(view, id)
        found = buildings(view, used[:MOST_BUILDINGS])
        names = names_in(view, [id, *used], [], people=False)
    own = [row for one in found for row in one.rooms if row["using_unit"] == id]
    summed = contents.summary(own)
    return json_response(
        {
            **seen(view, asked),
            "unit": thing(names, id),
            **{name: summed[name] for name in ("rooms", "people", "net_area")},
            "left": max(len(used) - MOST_BUILDINGS, 0),
            "buildings": [_building(one, names, id) for one in found],
        }
    )


def _building(found: Building, names: Names, unit: UUID) -> dict[str, Any]:
    return {"building": thing(names, found.id), "floors": [_floor(found, floor, names, unit) for floor in found.floors]}


def _floor(found: Building, floor: int, names: Names, unit: UUID) -> dict[str, Any]:
    rows = found.floors[floor]
    sheet = plan_of(found.laid(rows, names), labelled=False)
    own = contents.summary(row for row in rows if row["using_unit"] == unit)
    return {
        **floor_told(found, floor, rows, unit),
        "lit_area": own["net_area"],
        "lit_people": own["people"],
        "sheet": sheet_told(sheet),
        "list": [
            {"id": row["asset"], "number": row["number"], "lit": row["using_unit"] == unit, "path": drawn.path}
            for row, drawn in zip(rows, sheet.rooms, strict=True)
        ],
    }
