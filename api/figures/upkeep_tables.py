"""Entries and groups of costs as pages tell them, and the columns that show them in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from api.exports.cells import OF_IDS, OF_NAMES, Column, Row, moment, number, plain, worded
from api.exports.table import Table
from api.figures.asking import dimension, names_of
from api.figures.upkeep_words import MEASURES, entry_words, running, value_in_words
from projections.queries.question import Question
from projections.queries.upkeep import DIMENSIONS
from projections.queries.view import View


def entries_told(rows: Sequence[Row]) -> list[Row]:
    return [row | entry_words(row["entry"]) for row in rows]


def groups_told(view: View, by: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    names = names_of(view, rows, by)
    return [
        {
            "dimensions": {name: value_in_words(name, row[name], names) for name in by},
            "running": running(row, row["distance"]),
        }
        for row in rows
    ]


_ENTRIES: Final = (
    moment("发生时间", "Happened", "happened"),
    worded("项目", "Entry"),
    number("金额", "Amount", "amount"),
    number("数量", "Quantity", "quantity"),
    number("里程表读数", "Odometer", "odometer"),
    plain("说明", "Note", "note", OF_NAMES),
    number("日志位置", "Position", "position"),
    number("行", "Line", "line"),
    plain("登记于", "Told of by", "stream", OF_IDS, is_id=True),
)


def table_of_entries(view: View, found: Question) -> Table:
    return Table(view=view, name="upkeep", zh="车辆费用", columns=_ENTRIES, rows=found.stream(), told=entries_told)


def table_of_groups(view: View, by: Sequence[str], found: Question) -> Table:
    """One row a group; with no dimension, the one of all."""
    columns = [column for name in by for column in dimension(name, *DIMENSIONS[name][1:])]
    columns += [Column(zh, en, _measure(name)) for name, (zh, en) in MEASURES.items()]
    told = partial(groups_told, view, by)
    return Table(view=view, name="upkeep-summary", zh="车辆费用汇总", columns=columns, rows=found.stream(), told=told)


def _measure(name: str) -> Callable[[Row], Any]:
    return lambda row: row["running"][name]
