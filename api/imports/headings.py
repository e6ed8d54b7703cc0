"""Where the header of a table stands, and which of its columns is which of ours: titles above it, notes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.imports.cells import Value, text
from api.imports.columns import Column
from api.imports.grids import Grid
from api.imports.words import head
from domain.kernel.errors import InvalidValue

_LOOKED_AT: Final = 30
REMARKS: Final = ("错误", "Error")
"""The column that marked copies end with; read again, it says nothing."""


class HeaderMissing(InvalidValue):
    code = "import-header-missing"
    field = "file"
    zh = "没有找到表头：需要一行含有“{needed}”等列名。请下载模板对照，表头前后可以有标题和说明。"
    en = "No header was found: a row with the columns “{needed_en}” is needed. Compare with the template; titles may stand above."


@dataclass(frozen=True, slots=True)
class Layout:
    """`places`: the column of the sheet in which each of ours stands. `ignored`: headers that nobody knows."""

    grid: Grid
    header: int
    places: dict[int, Column]
    ignored: tuple[str, ...]
    missing: tuple[Column, ...]


def layout(grids: Sequence[Grid], columns: Sequence[Column]) -> Layout:
    """The sheet and the row that have the most of our columns; where they have too few, the refusal says which are needed."""
    found = [
        (len(places), -row, number, _layout(grid, row, places, columns))
        for number, grid in enumerate(grids)
        for row, cells in enumerate(grid.rows[:_LOOKED_AT])
        if (places := _matched(cells, columns))
    ]
    best = max(found, key=lambda one: (one[0], -one[2], one[1]), default=None)
    needed = [column for column in columns if column.required]
    if best is None or best[0] < min(2, len(needed)):
        raise HeaderMissing(needed=[one.zh for one in needed], needed_en=[one.en for one in needed])
    return best[3]


def _layout(grid: Grid, row: int, places: dict[int, Column], columns: Sequence[Column]) -> Layout:
    cells = grid.rows[row]
    ignored = [text(cell) for at, cell in enumerate(cells) if at not in places and text(cell) not in ("", *REMARKS)]
    missing = tuple(column for column in columns if column.required and column not in places.values())
    return Layout(grid, row, places, tuple(dict.fromkeys(ignored)), missing)


def _matched(cells: Sequence[Value], columns: Sequence[Column]) -> dict[int, Column]:
    """First by the names that columns have here, then by others that only one of those left goes by."""
    heads = {at: head(cell) for at, cell in enumerate(cells) if isinstance(cell, str) and cell.strip()}
    places: dict[int, Column] = {}
    for is_known_by in (_own, _any):
        for at, called in heads.items():
            left = [column for column in columns if column not in places.values()]
            fitting = [column for column in left if called in is_known_by(column)]
            if at not in places and len(fitting) == 1:
                places[at] = fitting[0]
    return dict(sorted(places.items()))


def _own(column: Column) -> frozenset[str]:
    return frozenset({head(column.zh), head(column.en)})


def _any(column: Column) -> frozenset[str]:
    return column.heads
