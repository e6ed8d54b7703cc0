"""The floors of the annex, drawn: rooms around a court, used by three units, some of them by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from api.demo.step import ANNEX, CULTURE, FINANCE, VETERANS, Step, ref

FLOORS: Final = (1, 2, 3)
_WEST, _SOUTH, _EAST_DEGREES, _NORTH_DEGREES = 106.2319, 38.4862, 0.0006, 0.0004
_WIDE, _HIGH, _DEEP = 52.0, 44.0, 7.0
"""Metres of the building, and of its rooms from outside to the corridor."""

_STEP: Final = (_WIDE - 2 * _DEEP) / 6
_SIDE: Final = (_HIGH - 2 * _DEEP) / 3
_NORTH: Final = {
    1: ((1, "office"),) * 6,
    2: (*((1, "office"),) * 4, (2, "service")),
    3: ((2, "service"), *((1, "office"),) * 4),
}
"""By floor: of each room on the north side how many windows it has, and what it is for."""
_FIRST: Final = 20
_FREE: Final = frozenset([7, 13])
_VETERANS: Final = frozenset([1, 2, 3, 4])

_STAFF: Final = (
    ("何秀兰", "section-chief"), ("丁国强", "section-chief"), ("白静", "staff"), ("杨志军", "staff"), ("苏文娟", "staff"),
    ("金海涛", "section-deputy"), ("纳晓东", "staff"), ("虎玉梅", "staff"), ("田永刚", "staff"), ("沙丽娜", "section-deputy"),
    ("锁文斌", "staff"), ("撒春花", "staff"),
)  # fmt: skip
_ROOMS: Final = (1, 1, 2, 3, 4, 4)
"""Of the pairs of colleagues above: which room each has, on the first floor, and eight further on the second."""

Box = tuple[float, float, float, float]


def floors() -> Iterator[Step]:
    for floor in FLOORS:
        for place, (box, category) in enumerate(_rooms(floor), 1):
            yield from _room(floor, place, box, category)
    yield from _people()


def _people() -> Iterator[Step]:
    """In some rooms one works alone, in some two, so that a head has more room here than there."""
    for place, (name, rank) in enumerate(_STAFF):
        unit, floor = (VETERANS, 1) if place % 2 else (CULTURE, 2)
        said = {"unit": ref(unit), "name": name, "rank": rank, "staff_type": "established"}
        yield Step(command="people.join", subject=name, effective="2020-07-01", reason="入职登记", arguments=said)
        number = _number(floor, _ROOMS[place // 2] + (8 if floor > 1 else 0))
        yield Step(
            command="rooms.move-in", subject=f"{ANNEX}-{number}", effective="2021-03-01", reason="安排办公室",
            arguments={"person": ref(name)},
        )  # fmt: skip


def _number(floor: int, place: int) -> str:
    """The annex goes on where the main building ends, so that no number is there twice."""
    return f"{floor}{_FIRST + place}"


def _room(floor: int, place: int, box: Box, category: str) -> Iterator[Step]:
    number = _number(floor, place)
    room = f"{ANNEX}-{number}"
    area = f"{box[2] * box[3] * 0.94:.2f}"
    yield Step(
        command="rooms.register", subject=room, effective="2019-06-01", reason="资产清查登记",
        arguments={"building": ref(ANNEX), "floor": floor, "number": number, "category": category, "net_area": area,
                   "outline": _outline(box)},
    )  # fmt: skip
    unit = _unit(floor, place, category)
    if unit is not None:
        yield Step(
            command="rooms.assign", subject=room, effective="2021-01-01", reason="办公用房分配",
            document="银机管发〔2020〕66号", arguments={"unit": ref(unit)},
        )  # fmt: skip


def _rooms(floor: int) -> Iterator[tuple[Box, str]]:
    """Along the north, the east, the south and the west side; in the corners stairs, which are no rooms."""
    x = _DEEP
    for share, category in _NORTH[floor]:
        yield (x, _HIGH - _DEEP, share * _STEP, _DEEP), category
        x += share * _STEP
    for place in (2, 1, 0):
        yield (_WIDE - _DEEP, _DEEP + place * _SIDE, _DEEP, _SIDE), "technical" if floor == 1 else "office"
    for place in (5, 4, 3, 2, 1, 0):
        yield (_DEEP + place * _STEP, 0.0, _STEP, _DEEP), "office"
    for place in (0, 1, 2):
        yield (0.0, _DEEP + place * _SIDE, _DEEP, _SIDE), "equipment" if floor == 1 and place == 0 else "office"


def _unit(floor: int, place: int, category: str) -> str | None:
    """The veterans' bureau has some rooms on every floor; a few are nobody's."""
    if category == "equipment" or place in _FREE:
        return None
    return VETERANS if place in _VETERANS else (VETERANS, CULTURE, FINANCE)[floor - 1]


def _outline(box: Box) -> dict[str, Any]:
    x, y, width, height = box
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
    ring = [
        [round(_WEST + east / _WIDE * _EAST_DEGREES, 8), round(_SOUTH + north / _HIGH * _NORTH_DEGREES, 8)]
        for east, north in corners
    ]
    return {"system": "EPSG:4326", "coordinates": [ring]}
