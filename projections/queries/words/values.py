"""Values in words: members of closed lists, areas, money, moments in Beijing time, and things by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import msgspec

from domain.kernel.codes import asset_class_name
from domain.kernel.divisions import DIVISIONS
from domain.kernel.labels import Term
from projections.queries.words.reads import Reads

ZONE = ZoneInfo("Asia/Shanghai")

Words: TypeAlias = tuple[str, str]
NOTHING: Words = ("无", "none")

Names: TypeAlias = Mapping[str, str]
"""The names of things, by their id as text."""


def words(value: Any, reads: Reads | type[Term], names: Names) -> Words:
    """A value as JSON carries it, in Chinese and English."""
    if value is None:
        return NOTHING
    if reads is Reads.TEXT:
        said = str(value)
        return said, said
    if isinstance(reads, type):
        return _term(value, reads)
    if reads is Reads.THING:
        name = names.get(str(value), str(value))
        return name, name
    told = _READS.get(reads)
    try:
        return (str(value), str(value)) if told is None else told(value)
    except (ValueError, InvalidOperation, TypeError, LookupError):
        return str(value), str(value)  # recorded before today's forms, or by hand: shown as it stands


def _term(value: str, term: type[Term]) -> Words:
    return _terms(term).get(value) or (value, value)


@cache
def _terms(term: type[Term]) -> dict[str, Words]:
    return {one.value: (one.zh, one.en) for one in term}


def plain_number(value: Any) -> str:
    number = Decimal(str(value))
    return f"{number:f}"


def _with(zh: str, en: str) -> Callable[[Any], Words]:
    def told(value: Any) -> Words:
        number = f"{Decimal(str(value)):,f}"
        return f"{number} {zh}", f"{number} {en}"

    return told


def _money(value: Any) -> Words:
    amount = Decimal(str(value))
    said = f"{'-' if amount < 0 else ''}¥{abs(amount):,.2f}"
    return said, said


def _number(value: Any) -> Words:
    return plain_number(value), plain_number(value)


def _yes_no(value: Any) -> Words:
    return ("是", "yes") if value else ("否", "no")


def _moment(value: Any) -> Words:
    """In UTC the first of a month would be shown as the last day of the month before."""
    local = datetime.fromisoformat(str(value)).astimezone(ZONE)
    said = f"{local:%Y-%m-%d}" if (local.hour, local.minute, local.second) == (0, 0, 0) else f"{local:%Y-%m-%d %H:%M}"
    return said, said


def _division(value: Any) -> Words:
    name = DIVISIONS.get(str(value))
    said = str(value) if name is None else f"{name}（{value}）"
    return said, said


def _asset_class(value: Any) -> Words:
    name = asset_class_name(str(value))
    said = str(value) if name is None else f"{name}（{value}）"
    return said, said


def _place(value: Any) -> Words:
    """A declared place: a point by its coordinates, an outline by its corners."""
    declared = msgspec.json.decode(value["raw"])
    if declared["type"] == "Point":
        said = ", ".join(str(number) for number in declared["coordinates"])
        return f"{said}（{value['system']}）", f"{said} ({value['system']})"
    corners = sum(len(ring) - 1 for ring in declared["coordinates"])
    return f"轮廓，{corners} 个顶点", f"outline of {corners} corners"


def _files(value: Any) -> Words:
    return (f"{len(value)} 个文件", f"{len(value)} files") if value else NOTHING


_READS: dict[Reads, Callable[[Any], Words]] = {
    Reads.NUMBER: _number,
    Reads.AREA: _with("m²", "m²"),
    Reads.MONEY: _money,
    Reads.KILOMETRES: _with("公里", "km"),
    Reads.METRES: _with("米", "m"),
    Reads.LITRES: _with("升", "l"),
    Reads.HOURS: _with("千瓦时", "kWh"),
    Reads.YEARS: _with("年", "years"),
    Reads.YES_NO: _yes_no,
    Reads.MOMENT: _moment,
    Reads.DIVISION: _division,
    Reads.ASSET_CLASS: _asset_class,
    Reads.PLACE: _place,
    Reads.FILES: _files,
}
