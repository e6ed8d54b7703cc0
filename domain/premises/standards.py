"""The rules of offices that are data: how much a person of a rank may have, and how much of a building is usable.

Each stands in a document, in force from a day; a value that no published text confirms says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Final

from domain.organisations.terms import Level, Rank

CHINA: Final = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeStandard:
    """One version of a published standard, in net usable square metres a person."""

    document: str
    since: date
    caps: dict[Level, dict[Rank, int]]
    least_net: Decimal
    """Of the gross area of a multi-storey building at least this share is usable; of a high-rise `least_net_high`."""
    least_net_high: Decimal

    def cap(self, level: Level, rank: Rank) -> Decimal | None:
        """None where the standard leaves it to the province."""
        caps = self.caps.get(level)
        return None if caps is None else Decimal(caps.get(rank, LOWEST))


_R = Rank
LOWEST: Final = 9
_NATIONAL: Final = {
    _R.MINISTRY_CHIEF: 54, _R.MINISTRY_DEPUTY: 42, _R.BUREAU_CHIEF: 24, _R.BUREAU_DEPUTY: 18,
    _R.DIVISION_CHIEF: 12, _R.DIVISION_DEPUTY: 12,
}  # fmt: skip
_PROVINCE: Final = {
    _R.MINISTRY_CHIEF: 54, _R.MINISTRY_DEPUTY: 42, _R.BUREAU_CHIEF: 30, _R.BUREAU_DEPUTY: 24,
    _R.DIVISION_CHIEF: 18, _R.DIVISION_DEPUTY: 12,
}  # fmt: skip
_PREFECTURE: Final = {
    _R.BUREAU_CHIEF: 42, _R.BUREAU_DEPUTY: 30, _R.DIVISION_CHIEF: 24, _R.DIVISION_DEPUTY: 18,
}  # fmt: skip
_COUNTY: Final = {
    _R.DIVISION_CHIEF: 30, _R.DIVISION_DEPUTY: 24, _R.SECTION_CHIEF: 18, _R.SECTION_DEPUTY: 12,
}  # fmt: skip

STANDARDS: Final = (
    OfficeStandard(
        document="发改投资〔2014〕2674号",
        since=date(2014, 11, 24),
        caps={
            Level.CENTRAL: _NATIONAL,
            Level.PROVINCE: _PROVINCE,
            Level.PREFECTURE: _PREFECTURE,
            Level.COUNTY: _COUNTY,
        },
        least_net=Decimal("0.65"),
        least_net_high=Decimal("0.60"),
    ),
)
"""In order of time."""


def office_standard(moment: datetime) -> OfficeStandard | None:
    """What was in force at a moment."""
    day = moment.astimezone(CHINA).date()
    return next((one for one in reversed(STANDARDS) if one.since <= day), None)


def allowed_together(moment: datetime, level: Level, ranks: Iterable[Rank | None]) -> Decimal | None:
    """What those who share an office may have together; None where no standard says."""
    standard = office_standard(moment)
    if standard is None:
        return None
    caps = [standard.cap(level, rank or Rank.STAFF) for rank in ranks]
    known = [cap for cap in caps if cap is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(caps) else None
