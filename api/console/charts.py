"""Scales for charts: figures become lengths on a line of 1,000; `templates/charts.html` draws them (docs/adr/0017-charts.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

LINE: Final = 1000
SERIES: Final = 8
"""Colours that can be told apart; what comes after them is drawn in the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a bar: what it is of, how much, where its rows are, and from where to where it is drawn."""

    name: str
    value: Decimal
    href: str = ""
    tone: str = "c1"
    start: float = 0
    length: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`limit`: what the whole may be at most, drawn as a mark; what goes beyond it is told apart."""

    label: str
    parts: tuple[Part, ...]
    href: str = ""
    limit: Decimal | None = None
    limit_href: str = ""
    mark: float = 0

    @property
    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))


def bars(given: Iterable[Bar]) -> list[Bar]:
    """Bars on one scale, the longest of them as long as the line."""
    told = list(given)
    longest = max((max(_drawn(bar), bar.limit or Decimal(0)) for bar in told), default=Decimal(0))
    return [_scaled(bar, longest) for bar in told]


def share(parts: Sequence[Part]) -> Bar:
    """One bar that is as long as the line, whatever it adds up to."""
    [bar] = bars([Bar(label="", parts=tuple(parts))])
    return bar


def percent(part: Decimal, whole: Decimal) -> str:
    return f"{part / whole * 100:.1f}%" if whole else "–"


def tone(number: int) -> str:
    """The colour of the series with this number, from 0."""
    return f"c{min(number, SERIES - 1) + 1}"


def heights(values: Sequence[Decimal]) -> list[float]:
    """Columns on one scale, the highest as high as the line is long."""
    highest = max(values, default=Decimal(0))
    return [_length(value, highest) for value in values]


def _drawn(bar: Bar) -> Decimal:
    """How long a bar is: less than nothing (vacant posts, corrected stock) has no length."""
    return sum((max(part.value, Decimal(0)) for part in bar.parts), Decimal(0))


def _scaled(bar: Bar, longest: Decimal) -> Bar:
    drawn: list[Part] = []
    begun = Decimal(0)
    for part in bar.parts:
        value = max(part.value, Decimal(0))
        drawn.append(replace(part, start=_start(begun, longest), length=_length(value, longest)))
        begun += value
    return replace(bar, parts=tuple(drawn), mark=_length(bar.limit or Decimal(0), longest))


def _start(begun: Decimal, longest: Decimal) -> float:
    return round(float(begun / longest) * LINE, 1) if longest > 0 else 0


def _length(value: Decimal, longest: Decimal) -> float:
    """What there is can be seen, however little it is."""
    if longest <= 0 or value <= 0:
        return 0
    return max(round(float(value / longest) * LINE, 1), 4)
