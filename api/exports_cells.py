"""Rows of a list as the cells of a table that people open: words for codes, names for ids, moments in Beijing time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias, cast
from uuid import UUID

from psycopg.rows import DictRow

from api.lists_present import CODED, named_in
from api.moments import ZONE
from projections.queries.labels import Labels
from projections.queries.listed import LISTED, Listed
from projections.queries.words.facets import Reads
from projections.queries.words.values import words

Cell: TypeAlias = str | int | Decimal | datetime | date | None
"""A moment is the clock of Beijing and bears no zone: tables know none."""

NAMED_BY_VAULT = "people"
"""The kind whose own name is in no column."""

_WIDTHS = {
    "uuid": 28,
    "text": 20,
    "numeric": 12,
    "integer": 10,
    "bigint": 12,
    "timestamptz": 18,
    "date": 12,
    "boolean": 8,
}
_OF_CODES = 14
_OF_IDS = 38


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    width: int


@dataclass(slots=True)
class Sheet:
    """The columns of an export, and the cells of its rows. `ids`: also the id of each thing, beside its name."""

    kind: str
    fields: tuple[str, ...]
    labels: Labels
    lang: str
    ids: bool

    def headings(self) -> list[Heading]:
        found = [Heading(self._say("编号", "Id"), _OF_IDS)] if self.ids else []
        if self.kind == NAMED_BY_VAULT:
            found.append(Heading(self._say("姓名", "Name"), _OF_CODES))
        for column in self._columns():
            text = self._say(column.zh, column.en)
            found.append(Heading(text, _OF_CODES if column.term is not None else _WIDTHS[column.scalar]))
            if self._shows_ids(column):
                found.append(Heading(self._say(f"{column.zh}编号", f"{column.en} id"), _OF_IDS))
        return found

    def rows(self, rows: Sequence[DictRow]) -> Iterator[list[Cell]]:
        columns = self._columns()
        wanted = set(named_in(rows, columns))
        if self.kind == NAMED_BY_VAULT:
            wanted |= {row["asset"] for row in rows}
        labels = self.labels.of(wanted)
        for row in rows:
            yield list(self._cells(row, columns, labels))

    def _cells(self, row: DictRow, columns: list[Listed], labels: dict[UUID, str | None]) -> Iterator[Cell]:
        if self.ids:
            yield str(row["asset"])
        if self.kind == NAMED_BY_VAULT:
            yield labels[row["asset"]]
        for column in columns:
            value = row[column.name]
            yield self._cell(column, value, labels)
            if self._shows_ids(column):
                yield self._joined([str(one) for one in value]) if column.is_array and value else _text(value)

    def _cell(self, column: Listed, value: Any, labels: dict[UUID, str | None]) -> Cell:
        match value:
            case list():
                return self._joined([str(self._cell(column, one, labels) or "") for one in value]) or None
            case UUID():
                return labels[value] or str(value)
            case bool():
                return self._say(*words(value, Reads.YES_NO, {}))
            case datetime():
                return value.astimezone(ZONE).replace(tzinfo=None)
            case str() if column.term is not None or column.reads in CODED:
                return self._say(*words(value, column.term or column.reads, {}))
            case _:
                return cast("Cell", value)

    def _columns(self) -> list[Listed]:
        return [LISTED[self.kind][name] for name in self.fields]

    def _shows_ids(self, column: Listed) -> bool:
        return self.ids and column.scalar == "uuid"

    def _say(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _joined(self, words: list[str]) -> str:
        return self._say("、", "; ").join(words)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
