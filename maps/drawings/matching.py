"""A drawing against the ledger: which outline is which room, and in what the two differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

import shapely

from domain.premises.terms import RoomCategory
from maps.drawings.placing import apart

_SAME_PLACE: Final = 0.6
"""Of what both cover together: outlines that have so much in common are one room, whatever their numbers."""
_STILL: Final = 0.9
_MOVED: Final = 0.5
_AREA_METRES: Final = Decimal("0.50")
_AREA_SHARE: Final = Decimal("0.02")


class Differs(StrEnum):
    """What the ledger and the drawing say of a room."""

    SAME = "same"
    UNDRAWN = "undrawn"
    AREA = "area"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    FLOOR = "floor"
    EXTRA = "extra"
    UNNUMBERED = "unnumbered"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An outline at its place, in metres."""

    key: str
    floor: int
    number: str | None
    category: RoomCategory | None
    area: Decimal
    shape: shapely.Polygon | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A room of the ledger. `shape`: its outline in the same metres, where it has one and the drawing has a place."""

    id: UUID
    floor: int
    number: str
    area: Decimal | None
    shape: shapely.Polygon | None = None
    has_outline: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    kind: Differs
    drawn: Drawn | None
    kept: Kept | None
    moved: float | None = None
    """Metres from where the ledger has it."""


def rounded(area: float) -> Decimal:
    return Decimal(repr(area)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def differences(drawn: Sequence[Drawn], kept: Sequence[Kept]) -> list[Difference]:
    """Every outline and every room of the floors that are drawn, once: by number first, then by place."""
    floors = {one.floor for one in drawn}
    left = {room.id: room for room in kept}
    told: list[Difference] = []
    unmatched: list[Drawn] = []
    for one, room in _by_number(drawn, kept):
        if room is None:
            unmatched.append(one)
            continue
        del left[room.id]
        told.append(_compared(one, room))
    for one in unmatched:
        room = _by_place(one, left.values())
        if room is not None:
            del left[room.id]
            told.append(Difference(Differs.RENUMBERED, one, room))
        else:
            told.append(Difference(Differs.EXTRA if one.number else Differs.UNNUMBERED, one, None))
    told += [Difference(Differs.MISSING, None, room) for room in left.values() if room.floor in floors]
    return sorted(told, key=_order)


def normal(number: str) -> str:
    """As two people write the same number."""
    return number.strip().upper().removesuffix("室").removesuffix("房").replace(" ", "").replace("－", "-")


def _by_number(drawn: Sequence[Drawn], kept: Sequence[Kept]) -> Iterator[tuple[Drawn, Kept | None]]:
    """On the same floor, or on another where the number is there but once; of two outlines the first has it."""
    by_number: dict[str, list[Kept]] = defaultdict(list)
    for room in kept:
        by_number[normal(room.number)].append(room)
    for one in drawn:
        rooms = by_number.get(normal(one.number), []) if one.number else []
        same = next((room for room in rooms if room.floor == one.floor), rooms[0] if len(rooms) == 1 else None)
        if same is not None:
            rooms.remove(same)
        yield one, same


def _by_place(one: Drawn, kept: Iterable[Kept]) -> Kept | None:
    if one.shape is None:
        return None
    shares = [
        (_share(one.shape, room.shape), room) for room in kept if room.shape is not None and room.floor == one.floor
    ]
    best = max(shares, key=lambda found: found[0], default=None)
    return best[1] if best is not None and best[0] >= _SAME_PLACE else None


def _share(one: shapely.Polygon | None, other: shapely.Polygon | None) -> float:
    if one is None or other is None:
        return 0.0
    common = one.intersection(other).area
    return float(common / (one.area + other.area - common)) if common else 0.0


def _compared(one: Drawn, room: Kept) -> Difference:
    if one.floor != room.floor:
        return Difference(Differs.FLOOR, one, room)
    moved = None if one.shape is None or room.shape is None else round(apart(one.shape, room.shape), 2)
    if room.area is None or differs_in_area(one.area, room.area):
        return Difference(Differs.AREA, one, room, moved)
    if not room.has_outline:
        return Difference(Differs.UNDRAWN, one, room)
    if moved is not None and (moved > _MOVED or _share(one.shape, room.shape) < _STILL):
        return Difference(Differs.MOVED, one, room, moved)
    return Difference(Differs.SAME, one, room, moved)


def differs_in_area(drawn: Decimal, kept: Decimal) -> bool:
    """By more than two in a hundred and more than half a square metre: less is how one measures."""
    return abs(drawn - kept) > max(_AREA_METRES, kept * _AREA_SHARE)


def _order(one: Difference) -> tuple[int, int, str]:
    floor = one.drawn.floor if one.drawn else one.kept.floor if one.kept else 0
    number = (one.drawn.number if one.drawn else None) or (one.kept.number if one.kept else "")
    return floor, list(Differs).index(one.kind), number
