"""Figures, and the rows behind them, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final

from api.exports.cells import OF_IDS, OF_NAMES, OF_NUMBERS, Column, Row, moment, number, plain
from api.exports.table import Table, at_hand
from api.figures.asking import dimension
from api.figures.presenting import counted_kind, groups, in_words, rows_told, things_named
from projections.queries import statistics
from projections.queries.statistics import Page, Which
from projections.queries.statistics_subjects import DIMENSIONS, Measure, Subject
from projections.queries.things import called
from projections.queries.view import Asked, View


def table_of_groups(asked: Asked, which: Which, by: Sequence[str], view: View) -> Table:
    """One row a group; with no dimension, the one of all."""
    subject = which.subject
    columns = [column for name in by for column in dimension(name, DIMENSIONS[name].zh, DIMENSIONS[name].en)]
    columns += [_figure(name, measure) for name, measure in subject.measures.items()]
    rows = at_hand(groups(view, asked, which, by, statistics.figures(view, which, by)))
    return Table(view=view, name=f"statistics-{subject.name}", zh=f"{subject.zh}统计", columns=columns, rows=rows)


def _figure(name: str, measure: Measure) -> Column:
    return Column(measure.zh, measure.en, lambda row: row["figures"][name], OF_NUMBERS)


def table_of_rows(which: Which, measure: str | None, page: Page, view: View) -> Table:
    subject = which.subject
    return Table(
        view=view,
        name=f"statistics-{subject.name}-rows",
        zh=f"{subject.zh}统计明细",
        columns=list(_columns(subject, None if measure is None else subject.measures[measure])),
        rows=statistics.rows(view, which, measure, page).stream(),
        told=partial(_told, view, which),
    )


def _told(view: View, which: Which, rows: Sequence[Row]) -> list[Row]:
    """As a page tells them, with the names that a page has beside its rows."""
    told = rows_told(view, which, rows)
    names = things_named(view, rows)
    return [row | _named(which.subject, row, names) for row in told]


def _named(subject: Subject, row: Row, names: Any) -> Row:
    return {
        "name": row["label"] or called(names, row["id"]),
        "person_name": None if row["person"] is None else called(names, row["person"]),
        "dimensions": {
            name: _NOT_SAID if value is None else in_words(subject, name, value, names)
            for name, value in row["dimensions"].items()
        },
    }


_NOT_SAID: Final = {"id": None, "label": "", "label_en": ""}


def _columns(subject: Subject, measure: Measure | None) -> Iterator[Column]:
    yield Column("种类", "Kind", lambda row: counted_kind(row["kind"]))
    yield plain("名称", "Name", "name", OF_NAMES)
    yield plain("编号", "Id", "id", OF_IDS, is_id=True)
    yield plain("人员", "Person", "person_name")
    yield plain("人员编号", "Person id", "person", OF_IDS, is_id=True)
    for name in subject.dimensions:
        if name != "branch":
            yield from dimension(name, DIMENSIONS[name].zh, DIMENSIONS[name].en)
    yield from (number("面积", "Area", "area"), number("账面价值", "Book value", "value"))
    yield from (number("数量", "Quantity", "quantity"), number("编制数", "Posts", "posts"))
    yield from (number("闲置", "Idle", "idle"), moment("闲置起", "Idle since", "idle_since"))
    if measure is not None and not measure.each:
        yield number(f"计入{measure.zh}", f"Adds to: {measure.en}", "amount")
