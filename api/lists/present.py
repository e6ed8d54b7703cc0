"""Rows of a list as JSON: codes stay codes and their words stand beside them once; what an id names is called by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import DictRow

from projections.queries.labels import Labels
from projections.queries.listed import LISTS, Listed
from projections.queries.totals import Totals
from projections.queries.words.facets import Reads
from projections.queries.words.values import words

CODED: Final = (Reads.DIVISION, Reads.ASSET_CLASS)
"""What reads as a name and a code, besides the members of closed lists."""


def named_in(rows: Iterable[DictRow], columns: Sequence[Listed]) -> Iterator[UUID]:
    """The things that these columns name."""
    refs = [column for column in columns if column.scalar == "uuid"]
    for row in rows:
        for column in refs:
            value = row[column.name]
            yield from value if isinstance(value, list) else () if value is None else (value,)


@dataclass(slots=True)
class Telling:
    """Tells rows of one kind, part by part, and remembers which codes it has shown.

    `labelled`: what each thing is called, too; where a name is in a column anyway, the look-up can be spared.
    """

    kind: str
    fields: tuple[str, ...]
    labels: Labels
    labelled: bool = True
    _codes: dict[str, set[str]] = field(default_factory=dict)

    @property
    def columns(self) -> list[Listed]:
        return [LISTS[self.kind][name] for name in self.fields]

    def rows(self, rows: Sequence[DictRow]) -> list[dict[str, Any]]:
        columns = self.columns
        own = (row["asset"] for row in rows) if self.labelled else ()
        labels = self.labels.of([*own, *named_in(rows, columns)])
        return [self._row(row, columns, labels) for row in rows]

    def _row(self, row: DictRow, columns: list[Listed], labels: dict[UUID, str | None]) -> dict[str, Any]:
        told = {"id": row["asset"], "label": labels.get(row["asset"])}
        for column in columns:
            value = row[column.name]
            if value is not None and (column.term is not None or column.reads in CODED):
                self._codes.setdefault(column.name, set()).add(value)
            told[column.name] = _value(value, labels)
        return told

    def words(self) -> dict[str, dict[str, dict[str, str]]]:
        """The codes that were shown, by column, in Chinese and English."""
        listed = LISTS[self.kind]
        return {name: {code: both(listed[name], code) for code in sorted(codes)} for name, codes in self._codes.items()}


def _value(value: Any, labels: dict[UUID, str | None]) -> Any:
    match value:
        case UUID():
            return {"id": value, "label": labels[value]}
        case list():
            return [_value(one, labels) for one in value]
        case datetime():
            return value.astimezone(UTC)
        case _:
            return value


def both(column: Listed, code: str) -> dict[str, str]:
    zh, en = words(code, column.term or column.reads, {})
    return {"zh": zh, "en": en}


def heading(columns: Iterable[Listed]) -> list[dict[str, Any]]:
    """What the columns are called, and what kind of thing those of ids name."""
    return [{"name": one.name, "type": one.type, "zh": one.zh, "en": one.en, "names": one.party} for one in columns]


def summed(found: Totals) -> dict[str, dict[str, Any]]:
    """By column; a column whose figures do not add up to anything has an average only."""
    return {name: {"given": one.given, "sum": one.sum, "average": one.average} for name, one in found.columns.items()}
