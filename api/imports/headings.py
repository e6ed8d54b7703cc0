"""Where the header of a table stands, and which of its columns is which of ours: titles above it, notes beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
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
    """`places`: the column of the sheet in which each of ours stands. `ignored`: headers that nobody knows; `twice`: that came before.

    `header` is the last row of the header, `above` the first: it may have two, of which the upper one groups what is below.
    `others`: sheets that would do as well.
    """

    grid: Grid
    header: int
    above: int
    places: dict[int, Column]
    ignored: tuple[str, ...]
    twice: tuple[str, ...]
    missing: tuple[Column, ...]
    others: tuple[str, ...] = ()

    def is_header(self, cells: Sequence[Value]) -> bool:
        """Whether these say the same: a header comes again on every page that was printed."""
        return any(cells == self.grid.rows[row] for row in range(self.above, self.header + 1))


def layout(grids: Sequence[Grid], columns: Sequence[Column]) -> Layout:
    """The sheet and the row that have the most of our columns; where they have too few, the refusal says which are needed."""
    needed = [column for column in columns if column.required]
    least = min(2, len(needed))
    best: list[tuple[int, int, Layout]] = []
    for number, grid in enumerate(grids):
        found = [(len(one.places), -one.above, one) for one in _headers(grid, columns)]
        if found:
            count, _, one = max(found, key=lambda each: each[:2])
            best.append((count, -number, one))
    chosen = max(best, key=lambda each: each[:2], default=None)
    if chosen is None or chosen[0] < least:
        raise HeaderMissing(needed="、".join(one.zh for one in needed), needed_en=", ".join(one.en for one in needed))
    others = [one.grid.name for count, _, one in best if one is not chosen[2] and not one.missing and count > least]
    return replace(chosen[2], others=tuple(others))


def _headers(grid: Grid, columns: Sequence[Column]) -> Iterator[Layout]:
    """Every row that may be the header; with the one below it, where that says more precisely what the upper one groups."""
    for row, cells in enumerate(grid.rows[:_LOOKED_AT]):
        below = grid.rows[row + 1] if row + 1 < len(grid.rows) else []
        if _goes_on(cells, below, columns):
            both = [one if text(one) else other for one, other in zip_longest(below, cells)]
            yield _layout(grid, row + 1, row, both, columns)
        elif _matched(cells, columns):
            yield _layout(grid, row, row, cells, columns)


def _goes_on(above: Sequence[Value], below: Sequence[Value], columns: Sequence[Column]) -> bool:
    """Whether the row below belongs to the header: what it says otherwise than the upper one are columns of ours, or parts of a group."""
    pairs = [(text(upper), text(lower)) for upper, lower in zip_longest(above, below)]
    if any(text(lower) and not isinstance(lower, str) for lower in below):
        return False
    own = {at: lower for at, (upper, lower) in enumerate(pairs) if lower and lower != upper}
    known = {called for column in columns for called in (*_own(column), *_any(column))}
    ours = {at for at, lower in own.items() if head(lower) in known}
    uppers = [upper for upper, _ in pairs]
    grouped = {at for at in own if not uppers[at] or (at + 1 in own and uppers[at + 1] in ("", uppers[at]))}
    grouped |= {at for at in own if at and uppers[at] == uppers[at - 1]}
    rest = [None if at in own else upper for at, upper in enumerate(uppers)]
    return bool(ours) and ours | grouped == own.keys() and bool(_matched(rest, columns))


def _layout(grid: Grid, row: int, above: int, cells: Sequence[Value], columns: Sequence[Column]) -> Layout:
    places = _matched(cells, columns)
    left = {at: text(cell) for at, cell in enumerate(cells) if at not in places and text(cell) not in ("", *REMARKS)}
    taken = {head(text(cells[at])) for at in places}
    twice = {at: called for at, called in left.items() if head(called) in taken}
    missing = tuple(column for column in columns if column.required and column not in places.values())
    ignored = dict.fromkeys(called for at, called in left.items() if at not in twice)
    return Layout(grid, row, above, places, tuple(ignored), tuple(dict.fromkeys(twice.values())), missing)


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
