"""The axis of a drawn timeline: where a moment stands on it, in per cent, and which years or months are marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Self

from api.console.showing import SHANGHAI

_MARKS: Final = 8
_STEPS: Final = (1, 2, 5, 10, 20, 50)
"""How many years apart marks may stand."""
_LEAST: Final = timedelta(days=60)
_THINNEST: Final = 0.4
"""Per cent: what held shortly is still seen."""


@dataclass(frozen=True, slots=True)
class Axis:
    """From the first moment told of to the last, or to the moment looked at (`at`), whichever is later."""

    begins: datetime
    ends: datetime
    at: datetime

    @classmethod
    def over(cls, moments: Iterable[str], at: str) -> Self:
        told = [datetime.fromisoformat(moment) for moment in moments]
        seen = datetime.fromisoformat(at)
        begins, ends = min([*told, seen]), max([*told, seen])
        if ends - begins < _LEAST:
            begins = ends - _LEAST
        return cls(begins, ends + (ends - begins) / 50, seen)

    def place(self, moment: datetime) -> float:
        return round(100 * (moment - self.begins) / (self.ends - self.begins), 2)

    @property
    def now(self) -> float:
        return self.place(self.at)

    @property
    def marks(self) -> list[tuple[float, str]]:
        """The beginnings of years, so many apart that few enough are marked; of months, where it is shorter."""
        first, last = self.begins.astimezone(SHANGHAI), self.ends.astimezone(SHANGHAI)
        years = last.year - first.year
        if years < 2:  # noqa: PLR2004 -- one or two years are told by their quarters
            found = [(datetime(year, month, 1, tzinfo=SHANGHAI), f"{year}-{month:02d}")
                     for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]  # fmt: skip
        else:
            step = next(step for step in _STEPS if years / step <= _MARKS)
            found = [(datetime(year, 1, 1, tzinfo=SHANGHAI), str(year))
                     for year in range(first.year, last.year + 1) if year % step == 0]  # fmt: skip
        return [(self.place(moment), text) for moment, text in found if self.begins <= moment < self.ends]

    def bar(self, version: Mapping[str, Any]) -> dict[str, Any]:
        """Where a version is drawn; what holds still goes on to the end."""
        start = self.place(datetime.fromisoformat(version["from"]))
        end = self.place(datetime.fromisoformat(version["to"])) if version["to"] else 100.0
        return {**version, "x": start, "width": round(max(end - start, _THINNEST), 2), "is_open": version["to"] is None}
