"""What is odd about a position: by itself, when it comes in; and beside its neighbours, when a way is read.

A late position comes between others and changes what they are beside each other. So nothing of that is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any, Final

import numpy as np

from domain.kernel.datums import CoordinateSystem, all_to_cgcs2000
from domain.kernel.places import are_valid, in_china
from infra.positions.terms import Fix, Mark

LATE: Final = timedelta(minutes=10)
"""Received so long after it was measured."""
AHEAD: Final = timedelta(minutes=5)
"""A clock may be ahead by so much."""
FASTEST: Final = 220.0
"""Kilometres an hour: nothing that a bureau keeps is faster."""
WANDERING: Final = 150.0
"""Metres by which a position may be off without being a jump, however little time has passed."""
SAME: Final = frozenset({CoordinateSystem.WGS84, CoordinateSystem.CGCS2000})
"""Systems whose numbers are taken over as they are."""
NEAR: Final = 0.0009
"""Degrees: two places that are so near in both are within the 150 metres, wherever on earth. Most are, and need no reckoning."""
NULL_ISLAND: Final = 0.05
"""Degrees from 0°, 0°: where devices are that do not know where they are."""

_RADIUS: Final = 6_371_008.8


def located(system: CoordinateSystem, places: Sequence[tuple[float, float]]) -> list[tuple[float, float] | None]:
    """Longitude and latitude of each in CGCS2000; None where the numbers are no place in their system."""
    x, y = _apart(places)
    right = are_valid(system, x, y)
    if system in SAME:
        return _where(places, right)
    converted = all_to_cgcs2000(system, x[right], y[right])
    found = iter(_where(converted, are_valid(CoordinateSystem.CGCS2000, *_apart(converted))))
    return [next(found) if is_right else None for is_right in right.tolist()]


def _apart(places: Sequence[tuple[float, float]]) -> Any:
    """All x and all y, as arrays: to look at one after the other takes longer than to convert them all."""
    return np.array(places, dtype=float).reshape(-1, 2).T


def _where(places: Sequence[tuple[float, float]], right: Any) -> list[tuple[float, float] | None]:
    return [place if is_right else None for place, is_right in zip(places, right.tolist(), strict=True)]


def own(at: datetime, received: datetime, place: tuple[float, float] | None) -> tuple[Mark, ...]:
    """The marks that a position has by itself."""
    misplaced = _of_place(place)
    if received - at > LATE:
        return (Mark.LATE, *misplaced)
    return (Mark.FUTURE, *misplaced) if at - received > AHEAD else misplaced


def _of_place(place: tuple[float, float] | None) -> tuple[Mark, ...]:
    if place is None:
        return (Mark.OUT_OF_RANGE,)
    if abs(place[0]) < NULL_ISLAND and abs(place[1]) < NULL_ISLAND:
        return (Mark.NULL_ISLAND,)
    return () if in_china(*place) else (Mark.OUTSIDE,)


def beside(fixes: Iterable[Fix]) -> list[tuple[Mark, ...]]:
    """The marks of each, with those that it has beside its neighbours. `fixes`: of one vehicle, in order of time.

    A jump is what cannot be reached from the last place that was none. Where the vehicle stays at the new place, that
    was where it is: the second position there is no jump any more.
    """
    held: Fix | None = None
    strayed: Fix | None = None
    found: list[tuple[Mark, ...]] = []
    for fix in fixes:
        marks = fix.marks
        if not fix.is_misplaced:
            if held is not None and fix.at == held.at:
                marks = (*marks, Mark.DOUBLED)
            elif held is None or reaches(held, fix) or (strayed is not None and reaches(strayed, fix)):
                held, strayed = fix, None
            else:
                marks, strayed = (*marks, Mark.JUMP), fix
        found.append(marks)
    return found


def reaches(one: Fix, other: Fix) -> bool:
    """Whether a vehicle can have come from the one to the other in the time between."""
    if (
        abs((other.longitude or 0) - (one.longitude or 0)) < NEAR
        and abs((other.latitude or 0) - (one.latitude or 0)) < NEAR
    ):
        return True
    hours = abs((other.at - one.at).total_seconds()) / 3600
    return metres(one, other) <= WANDERING + FASTEST * 1000 * hours


def metres(one: Fix, other: Fix) -> float:
    """Along a great circle: over the ways of vehicles within some tenths of a percent of the ellipsoid."""
    if one.longitude is None or one.latitude is None or other.longitude is None or other.latitude is None:
        return 0.0
    south, north = radians(one.latitude), radians(other.latitude)
    half = sin((north - south) / 2) ** 2
    half += cos(south) * cos(north) * sin(radians(other.longitude - one.longitude) / 2) ** 2
    return 2 * _RADIUS * asin(sqrt(min(half, 1.0)))
