"""Plates and VINs, invented and formally right."""

from __future__ import annotations

from uuid import UUID

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_CITIES = {"6400": "A", "6401": "A", "6402": "B", "6403": "C", "6404": "D", "6405": "E"}
_VIN = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK = 8


def new_plate(division: str, number: int, *, is_new: bool) -> str:
    """Its own for every number below 240,000 of a city; new energy has a series of its own."""
    letter, digits = divmod(number, 10_000)
    city = _CITIES[division[:4]]
    if is_new:
        return f"宁{city}{'ABCDEFGHJK'[letter]}{_LETTERS[letter]}{digits:04d}"
    return f"宁{city}{_LETTERS[letter]}{digits:04d}"


def new_vin(id: UUID) -> str:
    rest, serial = id.int, ""
    for _ in range(13):
        rest, place = divmod(rest, len(_VIN))
        serial += _VIN[place]
    vin = f"LSV{serial}0"[:17]
    total = sum((_VALUES[c] if c in _VALUES else int(c)) * w for c, w in zip(vin, _WEIGHTS, strict=True))
    return f"{vin[:_CHECK]}{'0123456789X'[total % 11]}{vin[_CHECK + 1 :]}"
