"""What stands in a cell, as the fields of commands want it: people write dates, numbers and words in many ways.

Each reader takes the value of a cell that is not empty and gives JSON's form of it, or raises `Unreadable` with what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final, TypeAlias

from api.moments import FIRST_YEAR, LAST_YEAR

Value: TypeAlias = str | int | float | bool | date | time | datetime | timedelta | None
"""As a spreadsheet has it."""
Reader: TypeAlias = Callable[[Any], Any]


class Unreadable(Exception):
    """This cell does not say what its column is for; told in both languages, with what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


# Full-width digits, letters and the signs within numbers and dates; Chinese punctuation in names stays as it is.
_WIDE: Final = {
    **{wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    **{ord(wide): plain for wide, plain in {"－": "-", "．": ".", "／": "/", "＃": "#", "＋": "+", "％": "%"}.items()},
    **dict.fromkeys(map(ord, "\u00a0\u3000\u2002\u2003\u2009\t\r\n\v\f"), " "),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), None),
}
_REMEMBERED: Final = 50_000
_MOST_SHOWN: Final = 40
_SPACES: Final = re.compile(" +")
_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 -- a spreadsheet's days have no zone


def text(value: Value) -> str:
    """On one line, without stray spaces, digits and letters in their usual width; a number as it is shown."""
    if isinstance(value, str):
        return _line(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return _plain(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "minutes")
    return "" if value is None else str(value)


def shown(value: Value) -> str:
    """As a complaint repeats it: what is very long is known by its beginning."""
    said = text(value)
    return said if len(said) <= _MOST_SHOWN else f"{said[:_MOST_SHOWN]}…"


@lru_cache(maxsize=_REMEMBERED)
def _line(value: str) -> str:
    return _SPACES.sub(" ", value.translate(_WIDE)).strip()


def is_filled(value: Value) -> bool:
    """Whether anything can be read in it."""
    return value is not None and (not isinstance(value, str) or bool(_line(value)))


_ROUNDED: Final = re.compile(r"\d(?:\.\d+)?E\+?\d\d", re.IGNORECASE)
_EXACT: Final = 10**15


def number_of(value: Value) -> str:
    """A code, unless the spreadsheet took it for a figure and rounded its last digits away."""
    is_figure = isinstance(value, int | float) and abs(value) >= _EXACT
    if is_figure or (isinstance(value, str) and _ROUNDED.fullmatch(value.strip())):
        raise Unreadable(
            "表格把这个号码当成了数字，末尾几位已丢失。请把单元格设为“文本”格式后重新填写。",
            "The spreadsheet took this code for a figure and lost its last digits. Format the cell as text and enter it again.",
        )
    return code(value)


def code(value: Value) -> str:
    """A number of something: no spaces at all, and the hyphens that people type one."""
    return re.sub("[\u2010-\u2015\u2212]", "-", text(value).replace(" ", ""))


def key(value: Value) -> str:
    """What two ways of writing one name have in common: no spaces, one case, brackets of one kind."""
    return _key(value) if isinstance(value, str) else _key(text(value))


@lru_cache(maxsize=_REMEMBERED)  # the same names and words come again and again, row after row
def _key(value: str) -> str:
    return code(value).translate({ord("（"): "(", ord("）"): ")", ord("〔"): "[", ord("〕"): "]"}).casefold()


def _plain(value: float) -> str:
    """101.0 is 101: spreadsheets keep every number as a fraction, and 12.1 as 12.099999999999999."""
    return f"{Decimal(f'{value:.12g}'):f}"


_NUMBER: Final = re.compile(
    r"[¥￥$]?(?P<sign>[-+]?)(?P<digits>\d[\d,，]*(?:\.\d+)?|\.\d+)\s*(?P<many>[万亿]?)(?P<measure>[^\d.,-]{0,8})"
)
_MEASURES: Final = frozenset(
    [
        "㎡",
        "m²",
        "m2",
        "平方米",
        "平米",
        "平",
        "元",
        "人民币",
        "cny",
        "公里",
        "千米",
        "km",
        "升",
        "l",
        "年",
        "个",
        "人",
        "名",
        "辆",
        "台",
        "件",
        "套",
        "层",
        "楼",
        "座",
        "座位",
        "千瓦时",
        "kwh",
        "度",
        "%",
    ]
)
_MANY: Final = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


def decimal(value: Value) -> str:
    """A number in quotes, as commands take it: `1,234.50 元`, `36㎡` and `1.2万` are numbers too."""
    found = f"{_number(value):f}"
    return found.rstrip("0").rstrip(".") if "." in found else found


def whole(value: Value) -> int:
    found = _number(value)
    if found != found.to_integral_value():
        raise Unreadable(
            f"“{shown(value)}”有小数，此处应为整数。", f"“{shown(value)}” has a fraction; a whole number goes here."
        )
    return int(found)


def _number(value: Value) -> Decimal:
    said = text(value)
    found = _NUMBER.fullmatch(said)
    if found is None or found["measure"].strip().casefold() not in {"", *_MEASURES}:
        raise Unreadable(
            f"“{shown(said)}”不是数字。请只填数字，例如 36.5。",
            f"“{shown(said)}” is no number. Enter figures only, such as 36.5.",
        )
    try:
        return Decimal(found["sign"] + re.sub("[,，]", "", found["digits"])) * _MANY[found["many"]]
    except InvalidOperation:
        raise Unreadable(f"“{shown(said)}”过大。", f"“{shown(said)}” is too large.") from None


_BELOW: Final = re.compile(r"(?:b|地下|负|-)(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:层|楼|f)?", re.IGNORECASE)
_ABOVE: Final = re.compile(r"(?:f|第|地上)?(\d{1,3}|[一二两三四五六七八九十]{1,3})(?:层|楼|f)?", re.IGNORECASE)
_CHINESE: Final = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"两": 2}


def floor(value: Value) -> int:
    """`3F`, `三层`, `B1`, `地下一层`; ground floors are 1 and the first below is -1."""
    said = code(value)
    if below := _BELOW.fullmatch(said):
        return -_counted(below[1])
    if above := _ABOVE.fullmatch(said):
        return _counted(above[1])
    return whole(value)


def _counted(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)


_DAY: Final = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_TOGETHER: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_LAST_SERIAL: Final = 110_000
_YEARS: Final = range(1900, 2200)
"""A year, or a year and a month as `2020.5`, is no spreadsheet's number of a day: it would be one of 1905."""


def day(value: Value) -> str:
    """A day as `2024-03-01`, from a date, `2024年3月1日`, `2024/3/1`, `2024.3.1`, `20240301` or a spreadsheet's number of it."""
    return _moment(value).date().isoformat()


def moment(value: Value) -> str:
    """The same with the time of day where it says one; Beijing time."""
    found = _moment(value)
    return found.date().isoformat() if found.time() == time.min else f"{found.isoformat()}+08:00"


def _moment(value: Value) -> datetime:
    found = _dated(value)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        said = shown(value)
        raise Unreadable(f"“{said}”不是日期。请按 2024-03-01 填写。", f"“{said}” is no date. Write it like 2024-03-01.")
    return found


def _dated(value: Value) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, microsecond=0)
    if isinstance(value, date):
        return datetime.combine(value, time.min)
    said = text(value)
    found = _DAY.fullmatch(said) or _TOGETHER.fullmatch(said)
    try:
        if found:
            return datetime(*(int(part) for part in found.groups() if part is not None))  # type: ignore[arg-type]  # noqa: DTZ001 -- as above
        serial = float(said)
        is_day = 1 <= serial < _LAST_SERIAL and int(serial) not in _YEARS
        return _EPOCH + timedelta(seconds=round(serial * 86_400)) if is_day else None
    except (ValueError, OverflowError):
        return None
