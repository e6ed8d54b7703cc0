"""A day of many vehicles in one view: ways so simple that they can be drawn all at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from math import cos, hypot, radians
from operator import itemgetter
from typing import Final, TypeAlias

Sample: TypeAlias = tuple[str, float, float, float]
"""Vehicle, second of the day, longitude, latitude."""
Points: TypeAlias = list[list[float]]

STANDING_METRES: Final = 40.0
_METRES_A_DEGREE: Final = 111_320.0

# The more vehicles, the fewer positions of each.
_STRETCHES: Final = ((50, 10), (500, 30), (2_000, 60))
_LONGEST_STRETCH: Final = 120


def stretch(vehicles: int) -> int:
    """In which so many seconds one position of each of so many vehicles is shown."""
    return next((seconds for most, seconds in _STRETCHES if vehicles <= most), _LONGEST_STRETCH)


def gathered(samples: Iterable[Sample]) -> dict[str, Points]:
    """By vehicle. `samples`: in order of vehicle and time."""
    return {vehicle: _moving(own) for vehicle, own in groupby(samples, key=itemgetter(0))}


def _moving(samples: Iterable[Sample]) -> Points:
    """Of a vehicle that stands its first position and its last."""
    kept: Points = []
    standing: list[float] | None = None
    for _, second, longitude, latitude in samples:
        point = [round(second), round(longitude, 6), round(latitude, 6)]
        if kept and _near(kept[-1], point):
            standing = point
            continue
        if standing is not None:
            kept.append(standing)
            standing = None
        kept.append(point)
    return kept if standing is None else [*kept, standing]


def _near(one: list[float], other: list[float]) -> bool:
    east = (other[1] - one[1]) * cos(radians(one[2]))
    return hypot(east, other[2] - one[2]) * _METRES_A_DEGREE < STANDING_METRES
