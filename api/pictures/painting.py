"""With which colour of the map a value is painted: the same on the screen and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from api.badges import COLUMNS, tone
from maps.page.schemes import Value, values
from projections.queries.colours import COLOURS

FENCES: Final = {"no-dispatch": "wrong", "parking": "way", "sealing": "past"}
"""By what a geofence is for; one that is not in force is `soft`."""
_SPREAD_OVER: Final = 8


@cache
def paints(kind: str, colour: str) -> Mapping[str, str]:
    """By value the name of its colour; units are not listed."""
    means = colour in COLUMNS
    return {one.value: _paint(one, place, means=means) for place, one in enumerate(values(kind, colour))}


def painted(kind: str, colour: str, value: str | None) -> str:
    """The name of a value's colour, as `map-look.js` finds it."""
    if value is None:
        return "none"
    if COLOURS[kind][colour].term is None:
        return f"c{_spread(value) % _SPREAD_OVER + 1}"
    return paints(kind, colour).get(value) or f"c{_spread(value) % _SPREAD_OVER + 1}"


def _paint(one: Value, place: int, *, means: bool) -> str:
    if one.paint:
        return one.paint
    return tone(one.value) or "none" if means else f"c{place % _SPREAD_OVER + 1}"


def _spread(text: str) -> int:
    total = 7
    for sign in text:
        total = (total * 31 + ord(sign)) % 9973
    return total
