"""Buildings, floors, rooms and shelves as pages tell them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias
from uuid import UUID

from api.angles.asking import thing
from projections.queries import contents
from projections.queries.things import Names, named
from projections.queries.view import View
from projections.queries.words.facets import wording
from projections.queries.words.values import words

Rooms: TypeAlias = Sequence[dict[str, Any]]


def names_in(view: View, places: Sequence[UUID], rooms: Rooms, *, people: bool) -> Names:
    units = [room["using_unit"] for room in rooms]
    occupants = [person for room in rooms for person in room["occupants"] or ()] if people else []
    return named(view, [*places, *units, *occupants])


def buildings(ids: Sequence[UUID], rooms: Rooms, names: Names, depth: str) -> list[dict[str, Any]]:
    """In the order of the ids; the rooms come one building after the other."""
    by_building = {of: list(found) for of, found in groupby(rooms, key=itemgetter("building"))}
    return [building(of, by_building.get(of, []), names, depth) for of in ids]


def building(id: UUID, rooms: Rooms, names: Names, depth: str) -> dict[str, Any]:
    told = {"building": thing(names, id), **summary(rooms, names)}
    if depth == "buildings":
        return told | {"floors": []}
    by_floor = groupby(rooms, key=itemgetter("floor"))
    return told | {"floors": [_floor(floor, list(found), names, depth) for floor, found in by_floor]}


def _floor(floor: int | None, rooms: Rooms, names: Names, depth: str) -> dict[str, Any]:
    listed = [told_room(room, names) for room in rooms] if depth == "rooms" else []
    return {"floor": floor, **summary(rooms, names), "list": listed}


def summary(rooms: Rooms, names: Names) -> dict[str, Any]:
    found = contents.summary(rooms)
    return found | {"units": [thing(names, unit) for unit in found["units"]]}


def told_room(room: dict[str, Any], names: Names) -> dict[str, Any]:
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


def stored(view: View, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    names = named(view, [row["asset"] for row in rows])
    return [row | {"thing": thing(names, row["asset"])} for row in rows]
