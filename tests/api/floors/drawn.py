"""A building whose floors somebody has drawn: rooms on both sides of a corridor, turned a little against north, used by several units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians, sin
from typing import Any
from uuid import uuid4

import httpx

MANDATE = {"reason": "资产清查登记", "effective": "2023-01-01", "documents": [{"number": "宁管发〔2023〕1号"}]}
WEST, SOUTH = 106.2300, 38.4860
_TURN = radians(12)
_DEGREE = 111_320.0
CATEGORIES = ("office", "office", "office", "service", "equipment", "technical")


def placed(x: float, y: float) -> list[float]:
    """Metres along and across the building as degrees."""
    east, north = x * cos(_TURN) - y * sin(_TURN), x * sin(_TURN) + y * cos(_TURN)
    return [round(WEST + east / (_DEGREE * cos(radians(SOUTH))), 9), round(SOUTH + north / _DEGREE, 9)]


def an_outline(*corners: tuple[float, float]) -> dict[str, Any]:
    ring = [placed(*corner) for corner in (*corners, corners[0])]
    return {"system": "EPSG:4490", "coordinates": [ring]}


def a_box(x: float, y: float, width: float, height: float) -> dict[str, Any]:
    return an_outline((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def _line(command: str, id: str | None, **arguments: Any) -> dict[str, Any]:
    return {"command": command, "arguments": arguments} | ({"id": id} if id else {})


def sent(api: httpx.Client, lines: list[dict[str, Any]]) -> list[str]:
    """The ids of what the lines are about."""
    body = {"mode": "all-or-nothing", "mandate": MANDATE, "commands": lines}
    answer = api.post("/v1/batches", json=body)
    assert answer.status_code == 200, answer.text
    return [str(one["id"]) for one in answer.json()["results"]]


def a_drawn_building(
    api: httpx.Client,
    units: list[str],
    people: Sequence[str] = (),
    *,
    floors: tuple[int, ...] = (1, 2, 3),
) -> str:
    """Its first floor has rooms that nobody has drawn; its last floor nobody has drawn at all."""
    new = {
        "number": f"HL-{uuid4().hex[:8]}", "name": "综合办公楼", "address": "贺兰县桂文中路12号", "division": "640122",
        "floors_above": 6, "gross_area": "5000.00", "structure": "reinforced-concrete", "footprint": a_box(0, 0, 62, 17.4),
    }  # fmt: skip
    [building] = sent(api, [_line("buildings.register", None, building=new, owner=units[0])])
    rooms = [room for floor in floors for room in _rooms(building, floor, is_drawn=floor != floors[-1])]
    ids = sent(api, rooms)
    used = [(id, place) for place, id in enumerate(ids) if place % 7 != 6]
    sent(api, [_line("rooms.assign", id, unit=units[place // 4 % len(units)]) for id, place in used])
    seated = [_line("rooms.move-in", id, person=person) for (id, _), person in zip(used, people, strict=False)]
    if seated:
        sent(api, seated)
    return building


def _rooms(building: str, floor: int, *, is_drawn: bool) -> Iterator[dict[str, Any]]:
    for number, (x, y, width, height) in enumerate(_boxes(), 1):
        outline = a_box(x, y, width, height) if is_drawn and not (floor == 1 and number > 14) else None
        yield _line(
            "rooms.register", None, building=building, floor=floor, number=f"{floor}{number:02d}",
            category=CATEGORIES[number % len(CATEGORIES)], net_area=f"{width * height:.2f}", outline=outline,
        )  # fmt: skip


def _boxes() -> Iterator[tuple[float, float, float, float]]:
    """The south side has a hall of three rooms' width, the north side stairs that are no room."""
    for place in range(9):
        if place != 4:
            yield (place * 6.9 + 0.1, 10.1, 6.7, 7.2)
    for place in (0, 1, 2, 5, 6, 7, 8):
        yield (place * 6.9 + 0.1, 0.1, 6.7, 7.2)
    yield (3 * 6.9 + 0.1, 0.1, 13.6, 7.2)


def a_hall_of_rooms(api: httpx.Client, unit: str, count: int) -> str:
    """A building whose only floor has very many rooms, side by side; the first of them is the unit's."""
    new = {
        "number": f"TC-{uuid4().hex[:8]}", "name": "地下车库", "address": "贺兰县桂文中路12号", "division": "640122",
        "floors_above": 1, "gross_area": "16000.00", "structure": "reinforced-concrete", "footprint": a_box(0, 0, 120, 160),
    }  # fmt: skip
    [building] = sent(api, [_line("buildings.register", None, building=new, owner=unit)])
    rooms = [
        _line(
            "rooms.register", None, building=building, floor=1, number=f"C{number:04d}", category="equipment", net_area="15.00",
            outline=a_box(number % 40 * 3.0, number // 40 * 6.0, 2.8, 5.8),
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    ids = [id for at in range(0, count, 200) for id in sent(api, rooms[at : at + 200])]
    sent(api, [_line("rooms.assign", ids[0], unit=unit)])
    return building
