"""How a value is filled in, by its type and the bounds that the domain's signature gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

import annotated_types as at

from api.forms.field import Choice, Sort
from domain.kernel.codes import ASSET_CLASSES, DIVISIONS
from domain.kernel.datums import CoordinateSystem
from domain.kernel.labels import Term
from domain.kernel.text import Pattern, Scale
from projections.queries.words.reads import Reads, Wording

LINES: Final = 300
"""A text that may be longer is written in an area of several lines."""

TIMED: Final = frozenset({"planned_from", "planned_until", "returned", "effective"})
"""Moments of which the time of day matters; others are days."""


def scalar(name: str, base: Any, marks: tuple[Any, ...], words: Wording) -> dict[str, Any]:
    if isinstance(base, type) and issubclass(base, StrEnum):
        return {"sort": Sort.CHOICE, "choices": terms(base)}
    if base is bool:
        return {"sort": Sort.FLAG}
    if base is datetime:
        return {"sort": Sort.TIME if name in TIMED else Sort.MOMENT}
    if base is date:
        return {"sort": Sort.DAY}
    if base in (int, Decimal):
        places = next((mark.places for mark in marks if isinstance(mark, Scale)), 0)
        return {"sort": Sort.INTEGER if base is int else Sort.DECIMAL, "places": places, **_bounds(marks, places)}
    return _text(marks, words)


def _text(marks: tuple[Any, ...], words: Wording) -> dict[str, Any]:
    if words.reads is Reads.DIVISION:
        return {"sort": Sort.CHOICE, "choices": _codes(DIVISIONS)}
    shortest, longest = _lengths(marks)
    sort = Sort.LINES if longest > LINES else Sort.TEXT
    more = {"choices": _codes(ASSET_CLASSES), "open": True} if words.reads is Reads.ASSET_CLASS else {}
    return {"sort": sort, "shortest": shortest, "longest": longest, **more}


def _bounds(marks: Iterable[Any], places: int) -> dict[str, str]:
    """As a number field has them: more than nothing is the smallest number that it can hold."""
    found: dict[str, str] = {}
    for mark in marks:
        match mark:
            case at.Ge(ge=limit):
                found["least"] = str(limit)
            case at.Gt(gt=limit):
                found["least"] = f"{Decimal(str(limit)) + Decimal(1).scaleb(-places):f}"
            case at.Le(le=limit):
                found["most"] = str(limit)
    return found


def _lengths(marks: Iterable[Any]) -> tuple[int, int]:
    shortest, longest = 0, 200
    for mark in marks:
        match mark:
            case at.Len(min_length=low, max_length=high):
                shortest, longest = low, high or longest
            case at.MaxLen(max_length=high):
                longest = high
            case Pattern(regex=regex) if regex != r"\S":
                longest = min(longest, 64)
    return shortest, longest


def terms(term: type[StrEnum]) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=one.value, zh=one.zh, en=one.en) if isinstance(one, Term) else _system(one) for one in term
    )


_SYSTEMS: Final = {
    CoordinateSystem.CGCS2000: ("CGCS2000 经纬度（国家大地坐标系）", "CGCS2000, degrees"),
    CoordinateSystem.WGS84: ("WGS 84 经纬度（卫星定位）", "WGS 84, degrees (satellites)"),
    CoordinateSystem.WEB_MERCATOR: ("Web 墨卡托（米）", "Web Mercator, metres"),
    CoordinateSystem.GCJ02: ("GCJ-02 经纬度（高德、腾讯地图）", "GCJ-02, degrees (Amap, Tencent)"),
    CoordinateSystem.BD09: ("BD-09 经纬度（百度地图）", "BD-09, degrees (Baidu)"),
}


def _system(one: StrEnum) -> Choice:
    """A zone is called by its middle."""
    degrees = one.name.removeprefix("GK_").removesuffix("E")
    zone = (f"CGCS2000 高斯－克吕格 {degrees}°（米）", f"CGCS2000 Gauss–Krüger {degrees}° E, metres")
    zh, en = _SYSTEMS.get(CoordinateSystem(one.value), zone)
    return Choice(value=one.value, zh=zh, en=en)


def _codes(codes: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value=code, zh=f"{name}（{code}）", en=f"{name} ({code})") for code, name in codes.items())
