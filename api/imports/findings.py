"""What a check has to say of a file: each at its cell, errors apart from warnings, in both languages, with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

MOST_KEPT: Final = 5_000
"""So many of each sort are told one by one; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`row` and `column` are counted from 0, as in the file; without them it is about the file."""

    code: str
    zh: str
    en: str
    row: int | None = None
    column: int | None = None
    is_warning: bool = False

    @property
    def cell(self) -> str | None:
        """As spreadsheets name it; `12` where a whole row is meant."""
        if self.row is None:
            return None
        return f"{'' if self.column is None else letters(self.column)}{self.row + 1}"


def letters(column: int) -> str:
    """0 is A, 26 is AA."""
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def told(finding: Finding) -> dict[str, Any]:
    return {
        "severity": "warning" if finding.is_warning else "error",
        "code": finding.code,
        "row": None if finding.row is None else finding.row + 1,
        "column": None if finding.column is None else letters(finding.column),
        "cell": finding.cell,
        "zh": finding.zh,
        "en": finding.en,
    }


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """From the top to the bottom, what is about the whole file first."""
    return sorted(findings, key=lambda one: (-1 if one.row is None else one.row, one.column or 0))


def kept(findings: Sequence[Finding]) -> list[Finding]:
    errors = [one for one in findings if not one.is_warning][:MOST_KEPT]
    return in_order([*errors, *[one for one in findings if one.is_warning][:MOST_KEPT]])
