"""The list of a kind as a file: its columns as a table has them, or where its things lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from api.exports.asking import Form
from api.exports.cells import OF_IDS, OF_WORDS, Column, Row, coded, id_of, plain
from api.exports.files import File
from api.exports.geojson import Features
from api.exports.table import Table
from api.lists.asked import ListAsked
from api.lists.listing import Listing
from api.lists.present import CODED, Telling
from api.reading import seen
from projections.queries import lists, totals
from projections.queries.labels import Labels
from projections.queries.listed import Listed
from projections.queries.totals import Totals
from projections.queries.view import Asked, View

NAMED_BY_VAULT = "people"
"""The kind whose own name is in no column."""

_WIDTHS: Final = {
    "uuid": 28,
    "text": 20,
    "numeric": 12,
    "integer": 10,
    "bigint": 12,
    "timestamptz": 18,
    "date": 12,
    "boolean": 8,
}


def file(view: View, listing: Listing, viewed: Asked, asked: ListAsked, form: Form) -> File:
    rows = lists.everything(view, asked.wanted, asked.limit)
    if form.name == "geojson":
        telling = Telling(listing.name, asked.fields, Labels(view))
        return Features(
            view=view, name=listing.name, zh=listing.zh, rows=rows, telling=telling, seen=seen(view, viewed)
        )
    telling = Telling(listing.name, asked.fields, Labels(view), labelled=listing.name == NAMED_BY_VAULT)
    columns = list(_columns(listing.name, telling.columns))
    last = [_summed(listing.name, telling.columns, totals.totals(view, asked.wanted))] if asked.totals else []
    return Table(view=view, name=listing.name, zh=listing.zh, columns=columns, rows=rows, told=telling.rows, last=last)


def _summed(kind: str, columns: list[Listed], found: Totals) -> Row:
    """The row of sums; what it is stands under the first words of its table."""
    worded = [one.name for one in columns if one.is_worded and not one.is_array and one.reads not in CODED]
    sums = {name: one.sum for name, one in found.columns.items()}
    row: Row = {"id": None, "label": None, **{one.name: sums.get(one.name) for one in columns}}
    return row | dict.fromkeys(["label"] if kind == NAMED_BY_VAULT else worded[:1], ("合计", "Total"))


def _columns(kind: str, listed: list[Listed]) -> Iterator[Column]:
    yield plain("编号", "Id", "id", OF_IDS, is_id=True)
    if kind == NAMED_BY_VAULT:
        yield plain("姓名", "Name", "label", OF_WORDS)
    for column in listed:
        width = OF_WORDS if column.term is not None else _WIDTHS[column.scalar]
        if column.term is not None or column.reads in CODED:
            yield coded(column.zh, column.en, column.name, column.term or column.reads, width)
        else:
            yield plain(column.zh, column.en, column.name, width)
        if column.scalar == "uuid":
            yield Column(f"{column.zh}编号", f"{column.en} id", id_of(column.name), OF_IDS, is_id=True)
