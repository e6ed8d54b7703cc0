"""What a filter compares: attributes, and values as they are written. Two things of one type, or none at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

from maps.features import refusals as refused
from projections.queries.bound import Bound

_CHINA: Final = timezone(timedelta(hours=8))
FIRST_YEAR, LAST_YEAR = 1900, 2200
_LARGEST: Final = 1e15
_NUMBERS: Final = frozenset({"integer", "bigint", "numeric"})
_CALLED: Final = {
    "text": ("文字", "a text"),
    "numeric": ("数", "a number"),
    "boolean": ("是否", "true or false"),
    "date": ("日期", "a day"),
    "timestamptz": ("时间", "a moment"),
}


@dataclass(frozen=True, slots=True)
class Operand:
    """`sql` of a property or of what is made of one; `value` of what was written, which becomes a parameter."""

    type: str
    sql: str = ""
    value: Any = None

    @property
    def family(self) -> str:
        return "numeric" if self.type in _NUMBERS else self.type

    def against(self, other: Operand) -> dict[str, str]:
        """The data of a refusal to compare them."""
        (left_zh, left_en), (right_zh, right_en) = (_CALLED.get(one.family, ("", "")) for one in (self, other))
        return {"left_zh": left_zh, "left_en": left_en, "right_zh": right_zh, "right_en": right_en}

    def written(self, bound: Bound) -> str:
        return self.sql or bound(self.value, self.family)


def literal(node: Any) -> Operand:
    match node:
        case bool():
            return Operand("boolean", value=node)
        case int() | float() if abs(node) < _LARGEST:
            return Operand("numeric", value=Decimal(repr(node)))
        case str() if "\x00" not in node:
            return Operand("text", value=node)
        case {"date": str() as day}:
            return Operand("date", value=_day(day))
        case {"timestamp": str() as moment}:
            return Operand("timestamptz", value=_moment(moment))
    raise refused.FilterUnreadable(what=str(node)[:200])


def comparable(one: Operand, other: Operand, bound: Bound) -> tuple[str, str]:
    """Both as SQL of one type."""
    left, right = _like(one, other), _like(other, one)
    if left.family != right.family:
        raise refused.TypesDiffer(**one.against(other))
    return left.written(bound), right.written(bound)


def _like(one: Operand, other: Operand) -> Operand:
    """A written time as the other side has it: programs write days and moments as texts, and either for the other."""
    if one.sql or one.family == other.family or other.family not in ("date", "timestamptz"):
        return one
    match one.value:
        case str() as text:
            moment = _moment(text) if "T" in text else datetime.combine(_day(text), datetime.min.time(), _CHINA)
        case datetime() as moment:
            pass
        case date() as day:
            moment = datetime.combine(day, datetime.min.time(), _CHINA)
        case _:
            return one
    value = moment if other.family == "timestamptz" else moment.astimezone(_CHINA).date()
    return replace(one, type=other.family, value=value)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise refused.FilterUnreadable(what=text[:100]) from None
    _require_year(found.year, text)
    return found


def _require_year(year: int, text: str) -> None:
    """Rule: years that public assets have; the first and the last of the calendar have no moment elsewhere."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise refused.FilterUnreadable(what=text[:100])


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise refused.FilterUnreadable(what=text[:100]) from None
    _require_year(found.year, text)
    return found if found.tzinfo else found.replace(tzinfo=_CHINA)
