"""What lies in a place: a compound's buildings, their floors and rooms with who uses them; a warehouse's shelves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from api.angles_asking import USUAL, Limit, add_angle, going_on, one_of, subject, thing
from api.answers_angles import BuildingContents, CompoundContents, WarehouseContents
from api.dependencies import Caller, Given
from api.executing import json_response
from api.reading import Viewed, looking, seen
from domain.premises.building import Building
from domain.premises.compound import Compound
from domain.warehouse.warehouse import Warehouse
from projections.queries import contents
from projections.queries.things import Names, named
from projections.queries.view import View
from projections.queries.words.facets import wording
from projections.queries.words.values import words

Depth: Any = one_of("buildings", "floors", "rooms")
StoredCursor: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"^(items|lots)\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
        description="接着上一页：取自 next · Goes on from the page before: from next",
    ),
    Query(),
]
Rooms = Sequence[dict[str, Any]]


def routes() -> APIRouter:
    router = APIRouter()
    add_angle(
        router, Compound, "contents", "院落内的楼栋、楼层和房间 · What a compound holds", _of_compound, CompoundContents
    )
    add_angle(
        router, Building, "contents", "楼内各层房间和使用人 · What a building holds", _of_building, BuildingContents
    )
    add_angle(
        router,
        Building,
        "floors",
        "各层房间、面积、单位和人数 · The floors of a building",
        _floors_of,
        BuildingContents,
    )
    add_angle(
        router, Warehouse, "contents", "仓内资产和物资 · What a warehouse keeps", _of_warehouse, WarehouseContents
    )
    return router


def _of_compound(
    id: UUID,
    given: Given,
    asked: Viewed,
    _: Caller,
    depth: Annotated[Depth, Query(description="细到哪一级 · How deep to look")] = "rooms",
) -> Response:
    """楼栋按编号，楼层自下而上。Buildings by their numbers, floors from below."""
    with looking(given, asked) as view:
        subject(view, asked, Compound, id)
        buildings = contents.buildings(view, id)
        rooms = contents.rooms(view, buildings)
        names = _names(view, [id, *buildings], rooms, people=depth == "rooms")
    by_building = {of: list(found) for of, found in groupby(rooms, key=itemgetter("building"))}
    told = [_building(of, by_building.get(of, []), names, depth) for of in buildings]
    whole = _summary(rooms, names)
    return json_response({**seen(view, asked), "compound": thing(names, id), **whole, "buildings": told})


def _of_building(id: UUID, given: Given, asked: Viewed, _: Caller) -> Response:
    """每层的房间、使用单位和使用人。Every floor with its rooms, their units and occupants."""
    return _one_building(id, given, asked, "rooms")


def _floors_of(id: UUID, given: Given, asked: Viewed, _: Caller) -> Response:
    """每层的房间数、使用面积、使用单位和人数。Of every floor the number of rooms, area, units and people."""
    return _one_building(id, given, asked, "floors")


def _one_building(id: UUID, given: Given, asked: Viewed, depth: str) -> Response:
    with looking(given, asked) as view:
        subject(view, asked, Building, id)
        rooms = contents.rooms(view, [id])
        names = _names(view, [id], rooms, people=depth == "rooms")
    return json_response({**seen(view, asked), **_building(id, rooms, names, depth)})


def _names(view: View, places: Sequence[UUID], rooms: Rooms, *, people: bool) -> Names:
    units = [room["using_unit"] for room in rooms]
    occupants = [person for room in rooms for person in room["occupants"] or ()] if people else []
    return named(view, [*places, *units, *occupants])


def _building(id: UUID, rooms: Rooms, names: Names, depth: str) -> dict[str, Any]:
    told = {"building": thing(names, id), **_summary(rooms, names)}
    if depth == "buildings":
        return told | {"floors": []}
    by_floor = groupby(rooms, key=itemgetter("floor"))
    return told | {"floors": [_floor(floor, list(found), names, depth) for floor, found in by_floor]}


def _floor(floor: int | None, rooms: Rooms, names: Names, depth: str) -> dict[str, Any]:
    listed = [_room(room, names) for room in rooms] if depth == "rooms" else []
    return {"floor": floor, **_summary(rooms, names), "list": listed}


def _summary(rooms: Rooms, names: Names) -> dict[str, Any]:
    found = contents.summary(rooms)
    return found | {"units": [thing(names, unit) for unit in found["units"]]}


def _room(room: dict[str, Any], names: Names) -> dict[str, Any]:
    zh, en = words(room["category"], wording("rooms", "category").reads, {})
    return {
        "id": room["asset"],
        "number": room["number"],
        "category": room["category"],
        "category_zh": zh,
        "category_en": en,
        "net_area": room["net_area"],
        "using_unit": None if room["using_unit"] is None else thing(names, room["using_unit"]),
        "occupants": [thing(names, person) for person in room["occupants"] or ()],
    }


def _of_warehouse(
    id: UUID, request: Request, given: Given, asked: Viewed, _: Caller,
    cursor: StoredCursor | None = None, limit: Limit = USUAL,
) -> Response:  # fmt: skip
    """各货位的资产、物资和账面价值，并逐页列出。Items, lots and their value by shelf, and listed page by page."""
    with looking(given, asked) as view:
        subject(view, asked, Warehouse, id)
        found = contents.stored(view, id, _beyond(cursor), limit + 1)
        page, shelves = found[:limit], contents.shelves(view, id)
        names = named(view, [id, *(row["asset"] for row in page)])
        last = page[-1] if len(found) > limit else None
        more = None if last is None else going_on(request, view, asked, f"{last['kind']}.{last['asset']}")
    told = [row | {"thing": thing(names, row["asset"])} for row in page]
    whole = {"warehouse": thing(names, id), "shelves": shelves, "stored": told, "next": more}
    return json_response({**seen(view, asked), **whole})


def _beyond(cursor: str | None) -> tuple[str, UUID] | None:
    if cursor is None:
        return None
    kind, _, asset = cursor.partition(".")
    return kind, UUID(asset)
