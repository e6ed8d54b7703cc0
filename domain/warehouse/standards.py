"""Price ceilings and minimum lives of office equipment and furniture: data with the day from which each table is in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What a table says of a class and everything below it. Where the ceiling depends on rank, it is not given here."""

    years: int
    ceiling: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One version of a published standard; `classes` are beginnings of GB/T 14885 codes, the longest match counts."""

    source: str
    in_force_from: date
    classes: tuple[tuple[str, Standard], ...]

    def of(self, asset_class: str) -> Standard | None:
        matches = [entry for entry in self.classes if asset_class.startswith(entry[0])]
        if not matches:
            return None
        return replace(max(matches, key=lambda entry: len(entry[0]))[1], source=self.source)


STANDARDS: Final = (
    Table(
        source="财资〔2016〕27号",
        in_force_from=date(2016, 5, 17),
        classes=(
            ("A02010105", Standard(years=6, ceiling=Decimal(5000))),
            ("A02010108", Standard(years=6, ceiling=Decimal(7000))),
            ("A02020100", Standard(years=6, ceiling=Decimal(35000))),
            ("A02021000", Standard(years=6)),
            ("A02021301", Standard(years=6)),
            ("A0501", Standard(years=15)),
            ("A05010502", Standard(years=20)),
        ),
    ),
)
"""In order of time. A new version is a new line; what was bought under an old one keeps its terms."""


def standard(asset_class: str, bought: date) -> Standard | None:
    """What was in force for this class on the day of purchase."""
    in_force = [table for table in STANDARDS if table.in_force_from <= bought]
    return in_force[-1].of(asset_class) if in_force else None
