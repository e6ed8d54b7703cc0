"""Values as people read them: figures grouped, moments in Chinese time, what is missing as a dash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from api.console.language import Language, said
from projections.queries.listed import LISTS
from projections.queries.words.reads import Reads

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
NOTHING: Final = Markup('<span class="nothing" aria-hidden="true">—</span>')
OUT_OF_SIGHT: Final = ("（名称看不到）", "(name out of sight)")
"""What stands for a thing whose name the reader is not told."""
FIGURES: Final = ("numeric", "integer", "bigint")
_MEASURES: Final = {
    Reads.AREA: ("m²", "m²"),
    Reads.MONEY: ("元", "CNY"),
    Reads.KILOMETRES: ("公里", "km"),
    Reads.LITRES: ("升", "l"),
    Reads.YEARS: ("年", "years"),
}
_YES: Final = {True: ("是", "Yes"), False: ("否", "No")}


@lru_cache(maxsize=4096)
def moment(value: str | None, *, exact: bool = False) -> str:
    """The day, in Chinese time; with the minute where it is exact or is not midnight."""
    if not value:
        return ""
    local = datetime.fromisoformat(value).astimezone(SHANGHAI)
    at_midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
    return f"{local:%Y-%m-%d}" if at_midnight and not exact else f"{local:%Y-%m-%d %H:%M}"


def measure(kind: str, column: Mapping[str, Any], language: Language) -> str:
    """What the figures of a column are in; nothing for those that only count."""
    listed = LISTS[kind].get(column["name"])
    found = None if listed is None or column["type"] not in FIGURES else _MEASURES.get(listed.reads)
    return "" if found is None else found[language == "en"]


def figure(value: Any) -> str:
    """With the thousands apart, and no more zeros than it was recorded with."""
    try:
        return f"{Decimal(str(value)):,f}"
    except InvalidOperation:
        return str(value)


def sentence(text: str) -> str:
    """A word of a list as it begins a line: codes within it stay as they are written."""
    return text[:1].upper() + text[1:]


def brief(value: Any, language: Language) -> str:
    """A figure to be read at a glance: large ones in 万 or 亿, in English in thousands or millions."""
    number = Decimal(str(value))
    for least, size, zh, en in _SIZES:
        name = en if language == "en" else zh
        if name and abs(number) >= least:
            return f"{number / size:,.2f} {name}"
    return figure(value)


_SIZES: Final = (
    (Decimal(10**8), Decimal(10**8), "亿", ""),
    (Decimal(10**6), Decimal(10**6), "", "M"),
    (Decimal(10**5), Decimal(10**4), "万", ""),
    (Decimal(10**5), Decimal(10**3), "", "k"),
)
"""From what on it is told in which size."""


def cell(value: Any, column: Mapping[str, Any], words: Mapping[str, Any], language: Language) -> Any:
    """A value of a list as text: a code by its word, a thing by its name."""
    if value is None or value == []:
        return NOTHING
    if isinstance(value, list):
        return ("、", ", ")[language == "en"].join(str(cell(one, column, words, language)) for one in value)
    if isinstance(value, dict):
        return value.get("label") or OUT_OF_SIGHT[language == "en"]
    named = words.get(column["name"], {}).get(str(value))
    if named is not None:
        return said(named, language)
    if isinstance(value, bool):
        return _YES[value][language == "en"]
    kind = column["type"].removesuffix("[]")
    return _TOLD.get(kind, str)(value) if kind not in FIGURES or column["name"] != "year_built" else str(value)


_TOLD: Final[Mapping[str, Callable[[Any], str]]] = {**dict.fromkeys(FIGURES, figure), "timestamptz": moment}
