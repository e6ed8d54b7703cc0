"""Invented drives: where a vehicle of the demonstration is at a moment, by its id alone, so that the past and the present fit together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import atan2, cos, degrees, hypot, radians
from typing import Final, TypeAlias

Place: TypeAlias = tuple[float, float]

CENTRE: Final[Place] = (106.2325, 38.4872)
"""Where vehicles set out that have no parking place: in the middle of Yinchuan."""

_METRES: Final = 111_195.0
_RESTS: Final = 600.0


@dataclass(frozen=True, slots=True)
class Moving:
    longitude: float
    latitude: float
    speed: float
    heading: float


def moving(vehicle: str, home: Place, at: datetime) -> Moving:
    """Round a loop of streets and back, then a rest, again and again; each vehicle has a loop and a pace of its own."""
    chance = hashlib.sha256(vehicle.encode()).digest()
    corners, pace = _loop(chance), 22 + chance[0] % 34
    length = sum(hypot(*one) for one in corners)
    drive = length / (pace / 3.6)
    second = (at.timestamp() + chance[1] * 97) % (drive + _RESTS)
    if second > drive:
        return Moving(*_placed(home, (0.0, 0.0)), 0.0, 0.0)
    return _along(home, corners, second * pace / 3.6, pace)


def _loop(chance: bytes) -> list[Place]:
    """Metres east and north from corner to corner, along streets that run with the compass; back where it began."""
    east, north = 900 + chance[2] * 22, 700 + chance[3] * 18
    if chance[4] % 2:
        east = -east
    if chance[5] % 2:
        north = -north
    return [(east / 2, 0), (0, north / 3), (east / 2, 0), (0, north * 2 / 3), (-east, 0), (0, -north)]


def _along(home: Place, corners: list[Place], metres: float, pace: float) -> Moving:
    reached = (0.0, 0.0)
    for east, north in corners:
        length = hypot(east, north)
        if metres <= length:
            share = metres / length
            place = _placed(home, (reached[0] + east * share, reached[1] + north * share))
            return Moving(*place, float(pace), degrees(atan2(east, north)) % 360)
        metres -= length
        reached = (reached[0] + east, reached[1] + north)
    return Moving(*_placed(home, (0.0, 0.0)), 0.0, 0.0)


def _placed(home: Place, metres: Place) -> Place:
    return (
        round(home[0] + metres[0] / (_METRES * cos(radians(home[1]))), 6),
        round(home[1] + metres[1] / _METRES, 6),
    )


def moments(since: datetime, until: datetime, step: timedelta) -> Iterator[datetime]:
    while since <= until:
        yield since
        since += step
