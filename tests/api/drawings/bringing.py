"""A building with ten rooms in every relation to a drawing of it, and the drawing."""

from __future__ import annotations

from typing import Any

import httpx

from tests.api.floors.drawn import MANDATE, a_box, placed, sent
from tests.maps.drawings.draughtsman import CORRIDOR, DEEP, WIDE, a_document, boxes, numbers, rooms, saved

WIDTH, HEIGHT = 5 * WIDE, 2 * DEEP + CORRIDOR
POINTS = [
    {"drawn": [x, y], "placed": placed(x, y)} for x, y in ((0.0, 0.0), (WIDTH, 0.0), (WIDTH, HEIGHT), (0.0, HEIGHT))
]
"""The corners of the drawing, and of the building."""


def a_drawing(encoding: str = "utf-8", layer: str = "ROOM") -> bytes:
    document = a_document(version="R2000" if encoding == "gbk" else "R2010")
    rooms(document.modelspace(), layer=layer)
    return saved(document, encoding)


def a_building(api: httpx.Client, unit: str, number: str) -> str:
    """301 has no outline, 302 another area, 303 lies elsewhere, 304 is as drawn, 305 is called 350; 399 is not drawn; 306 to 310 are not
    in the ledger.
    """
    new = {
        "number": number, "name": "图纸楼", "address": "贺兰县桂文中路12号", "division": "640122", "floors_above": 6,
        "gross_area": "5000.00", "structure": "reinforced-concrete", "footprint": a_box(0, 0, WIDTH, HEIGHT),
    }  # fmt: skip
    [building] = sent(api, [{"command": "buildings.register", "arguments": {"building": new, "owner": unit}}])
    drawn = dict(zip(numbers(), boxes(), strict=True))
    x, y, width, height = drawn["303"]
    kept: list[tuple[str, str, Any]] = [
        ("301", "42.00", None),
        ("302", "36.00", a_box(*drawn["302"])),
        ("303", "42.00", a_box(x + 2, y - 1, width, height)),
        ("304", "42.00", a_box(*drawn["304"])),
        ("350", "42.00", a_box(*drawn["305"])),
        ("399", "20.00", None),
    ]
    sent(api, [
        {"command": "rooms.register", "arguments": {"building": building, "floor": 3, "number": number, "category": "office",
                                                    "net_area": area, "outline": outline}}
        for number, area, outline in kept
    ])  # fmt: skip
    return building


def brought_in(api: httpx.Client, building: str, content: bytes, name: str = "三层.dxf") -> httpx.Response:
    kept = api.post(
        "/v1/files", params={"name": name}, content=content, headers={"content-type": "application/octet-stream"}
    )
    assert kept.status_code == 201, kept.text
    return api.post(
        "/v1/drawings", json={"building": building, "files": [{"file": kept.json()["digest"], "name": name}]}
    )


__all__ = ["MANDATE"]
