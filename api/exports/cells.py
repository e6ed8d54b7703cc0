"""Columns of a table, and what stands in its cells: words for codes, names for ids, moments in Beijing time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any, TypeAlias, cast
from uuid import UUID

from api.moments import ZONE
from domain.kernel.labels import Term
from projections.queries.words.facets import Reads
from projections.queries.words.values import words

Cell: TypeAlias = str | int | Decimal | datetime | date | None
"""A moment is the clock of Beijing and bears no zone: tables know none."""
Row: TypeAlias = dict[str, Any]
"""What a page tells of one thing; the columns take it apart."""

OF_NUMBERS, OF_WORDS, OF_MOMENTS, OF_TEXTS, OF_NAMES, OF_IDS, OF_SENTENCES = 12, 14, 18, 20, 28, 38, 60
"""How wide a column is, in characters."""


@dataclass(frozen=True, slots=True)
class Column:
    """What it is called, and what of a row it shows.

    `of` gives it as pages tell it: a plain value, a thing with its label, a pair of words (Chinese, English), or many of these.
    """

    zh: str
    en: str
    of: Callable[[Row], Any]
    width: int = OF_TEXTS
    is_id: bool = False
    """For programs; people ask for it with `ids`."""


def clock(moment: datetime) -> datetime:
    """What the clock of Beijing shows at a moment."""
    return moment.astimezone(ZONE).replace(tzinfo=None)


def plain(zh: str, en: str, name: str, width: int = OF_TEXTS, *, is_id: bool = False) -> Column:
    """A value under a name."""
    return Column(zh, en, itemgetter(name), width, is_id)


def number(zh: str, en: str, name: str) -> Column:
    return Column(zh, en, itemgetter(name), OF_NUMBERS)


def moment(zh: str, en: str, name: str) -> Column:
    return Column(zh, en, itemgetter(name), OF_MOMENTS)


def worded(zh: str, en: str, name: str = "", width: int = OF_WORDS) -> Column:
    """Words that a row has in both languages: under `zh` and `en`, or under these with a name before them."""
    before = f"{name}_" if name else ""
    return Column(zh, en, lambda row: (row[f"{before}zh"], row[f"{before}en"]), width)


def coded(zh: str, en: str, name: str, reads: Reads | type[Term], width: int = OF_WORDS) -> Column:
    """A code, or many, in words."""

    def said(row: Row) -> Any:
        code = row[name]
        if isinstance(code, list):
            return [words(one, reads, {}) for one in code]
        return None if code is None else words(code, reads, {})

    return Column(zh, en, said, width)


def id_of(name: str) -> Callable[[Row], Any]:
    """The ids of the things that a row has under a name."""

    def found(row: Row) -> Any:
        value = row[name]
        return [one["id"] for one in value] if isinstance(value, list) else value and value["id"]

    return found


def thing(zh: str, en: str, name: str) -> tuple[Column, Column]:
    """A thing, or several, by name; the ids beside it."""
    return Column(zh, en, itemgetter(name), OF_NAMES), Column(f"{zh}编号", f"{en} id", id_of(name), OF_IDS, is_id=True)


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table in one language."""

    columns: Sequence[Column]
    lang: str

    def headings(self) -> list[Heading]:
        return [Heading(self._say((one.zh, one.en)), one.width) for one in self.columns]

    def rows(self, rows: Sequence[Row]) -> Iterator[list[Cell]]:
        for row in rows:
            values = [column.of(row) for column in self.columns]
            # Most cells are texts or empty, and stay as they are.
            yield [one if one is None or type(one) is str else self._cell(one) for one in values]

    def _cell(self, value: Any) -> Cell:  # noqa: PLR0911 -- one case a type of value: a table
        match value:
            case tuple():
                return self._say(value)
            case list():
                return self._say(("、", "; ")).join(str(self._cell(one) or "") for one in value) or None
            case dict():
                return str(value["label"] or value["id"])
            case UUID():
                return str(value)
            case bool():
                return self._say(words(value, Reads.YES_NO, {}))
            case datetime():
                return clock(value)
            case _:
                return cast("Cell", value)

    def _say(self, both: tuple[str, str]) -> str:
        zh, en = both
        return zh if self.lang == "zh" else en
