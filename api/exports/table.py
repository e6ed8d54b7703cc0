"""A list as a table: where its rows come from, how a page tells them, and the columns that show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from itertools import chain
from typing import Any

from api.exports import csv as exports_csv
from api.exports import xlsx as exports_xlsx
from api.exports.asking import Form
from api.exports.cells import Column, Row, Sheet
from projections.queries.view import View

Batches = Iterator[Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`rows` are read while the file goes out, some at a time; `told` is how a page tells them, if they are not told already."""

    view: View
    name: str
    zh: str
    columns: Sequence[Column]
    rows: AbstractContextManager[Batches]
    told: Callable[[Sequence[Any]], Sequence[Row]] = list
    last: Sequence[Row] = ()
    """What stands under all of them, told already: totals."""

    def parts(self, form: Form, batches: Iterable[Sequence[Any]]) -> Iterator[bytes]:
        sheet = Sheet([one for one in self.columns if form.ids or not one.is_id], form.lang)
        told = chain((self.told(rows) for rows in batches), [self.last] if self.last else [])
        if form.name == "csv":
            return exports_csv.parts(sheet, told)
        return exports_xlsx.parts(sheet, told, self.zh if form.lang == "zh" else self.name)


def at_hand(rows: Sequence[Any]) -> AbstractContextManager[Batches]:
    """Rows that were made as a whole, and are few: groups, floors, the versions of one thing."""
    return nullcontext(iter([rows] if rows else []))
