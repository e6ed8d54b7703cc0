"""The rows of a sheet as what a command asks for: each cell read as its column wants it, each complaint at its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from api.imports.cells import Unreadable, Value, is_filled, key, shown, text
from api.imports.columns import EFFECTIVE, SUBJECT, Column
from api.imports.findings import Finding, letters
from api.imports.formulas import require_value
from api.imports.headings import REMARKS, Layout
from api.imports.references import Directory

_TOTALS: Final = frozenset(["合计", "总计", "小计", "共计", "合计:", "总计:", "total", "sum"])
_MOST_NAMED: Final = 10
_MUST: Final = ("必须填写。", "Must be filled in.")

Said: dict[str, Any]


@dataclass(slots=True)
class Row:
    """`at`: its place in the sheet. `said`: by path, what its cells say. `wrong`: something in it cannot be read."""

    at: int
    cells: dict[tuple[str, ...], Value] = field(default_factory=dict)
    said: dict[tuple[str, ...], Any] = field(default_factory=dict)
    wrong: bool = False

    def arguments(self) -> dict[str, Any]:
        """As the command's own model takes them."""
        made: dict[str, Any] = {}
        for path, value in self.said.items():
            if path not in (SUBJECT, EFFECTIVE):
                inner = made
                for name in path[:-1]:
                    inner = inner.setdefault(name, {})
                inner[path[-1]] = value
        return made

    @property
    def is_alike(self) -> tuple[Any, ...]:
        """What two rows that say the same have in common."""
        return tuple(sorted((path, key(value)) for path, value in self.cells.items()))


class Reading:
    """One pass over a sheet. What it finds is in `findings`; places of columns by path, for those who find more."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.findings: list[Finding] = list(_about_headers(layout))
        self.places = {column.path: at for at, column in layout.places.items() if not column.is_within}
        self._within = {column.path: at for at, column in layout.places.items() if column.is_within}

    def rows(self) -> Iterator[Row]:
        """All that are filled in; what only sums up those above it is passed over, and said so."""
        hidden = []
        for at, cells in enumerate(self.layout.grid.rows[self.layout.header + 1 :], self.layout.header + 1):
            mine = [cells[place] if place < len(cells) else None for place in self.layout.places]
            if not any(map(is_filled, mine)) or self.layout.is_header(cells):
                continue
            if any(isinstance(cell, str) and key(cell) in _TOTALS for cell in cells[:3]):
                self.warn(at, "import-total-row", "这一行是合计，未导入。", "This row is a total and is left out.")
                continue
            if at in self.layout.grid.hidden_rows:
                hidden.append(at)
            yield self._read(at, cells)
        if hidden:
            self._tell_of_hidden(hidden)

    def _tell_of_hidden(self, rows: Sequence[int]) -> None:
        told, more = [str(at + 1) for at in rows[:_MOST_NAMED]], len(rows) > _MOST_NAMED
        self.warn(
            rows[0], "import-row-hidden",
            f"第 {'、'.join(told)}{' 等' if more else ''} 行在表格里是隐藏的（或被筛选掉了），也会导入。不要的请删去再上传。",
            f"Hidden or filtered out, and coming in as well: {len(rows)} row(s), {', '.join(told)}{' and others' if more else ''}."
            " Delete what is not wanted and send the file again.",
        )  # fmt: skip

    def _read(self, at: int, cells: Sequence[Value]) -> Row:
        row = Row(at)
        for place, column in self.layout.places.items():
            cell = cells[place] if place < len(cells) else None
            if not is_filled(cell):
                self._empty(row, place, column)
                continue
            if not column.is_within:
                row.cells[column.path] = cell
            try:
                require_value(cell)
                value = column.read(cell)
            except Unreadable as wrong:
                self._wrong(row, place, wrong)
                continue
            if column.is_within:
                row.cells[(*column.path, "within")] = cell
            else:
                row.said[column.path] = value
        row.wrong = row.wrong or bool(self.layout.missing)
        return row

    def resolve(self, row: Row, directory: Directory) -> None:
        """The names in it, replaced by the ids of what they name."""
        for place, column in self.layout.places.items():
            if column.kind is None or column.path not in row.said:
                continue
            within = row.cells.get((*column.path, "within"))
            try:
                said = str(row.said[column.path])
                row.said[column.path] = str(directory.find(column.kind, said, text(within) or None))
            except Unreadable as wrong:
                self._wrong(row, place, wrong)

    def place_of(self, path: Sequence[str]) -> int | None:
        """The column of the sheet that the value at this path, or a part of it, came in."""
        found = tuple(path)
        while found:
            if found in self.places:
                return self.places[found]
            found = found[:-1]
        return None

    def error(self, row: Row, place: int | None, code: str, zh: str, en: str) -> None:
        row.wrong = True
        self.findings.append(Finding(code=code, zh=zh, en=en, row=row.at, column=place))

    def warn(self, at: int | None, code: str, zh: str, en: str, place: int | None = None) -> None:
        self.findings.append(Finding(code=code, zh=zh, en=en, row=at, column=place, is_warning=True))

    def _wrong(self, row: Row, place: int, wrong: Unreadable) -> None:
        self.error(row, place, "import-cell", wrong.zh, wrong.en)

    def _empty(self, row: Row, place: int, column: Column) -> None:
        if column.required:
            self.error(row, place, "import-empty", *_MUST)
        elif column.clears:
            row.said[column.path] = None


def _about_headers(layout: Layout) -> Iterator[Finding]:
    for column in layout.missing:
        yield Finding(
            code="import-column-missing",
            row=layout.header,
            zh=f"缺少“{column.zh}”一列，此列必填。请在表头加上这一列。",
            en=f"The column “{column.en}” is missing and must be there. Add it to the header.",
        )
    for code, zh, en, names in (
        (
            "import-column-unknown",
            "这些列不认识，未导入",
            "These columns are not known and are left out",
            layout.ignored,
        ),
        (
            "import-column-twice",
            "这些列前面已经有了，后面的未导入",
            "These columns came before and are left out",
            layout.twice,
        ),
        (
            "import-column-hidden",
            "这些列在表格里是隐藏的，也会导入",
            "These columns are hidden and come in as well",
            _hidden(layout),
        ),
    ):
        if names:
            told = [shown(name) for name in names[:_MOST_NAMED]]
            more = len(names) > _MOST_NAMED
            yield Finding(
                code=code, row=layout.header, is_warning=True,
                zh=f"{zh}：{'、'.join(told)}{' 等' if more else ''}。", en=f"{en}: {', '.join(told)}{' and others' if more else ''}.",
            )  # fmt: skip
    if layout.others:
        yield Finding(
            code="import-other-sheets", is_warning=True,
            zh=f"这些工作表也像这张表，一次只导入一张：{'、'.join(layout.others)}。请另存成单独的文件再导入。",
            en=f"These sheets look like this table, too, and one is imported at a time: {', '.join(layout.others)}. Save them as files of their own.",
        )  # fmt: skip


def _hidden(layout: Layout) -> list[str]:
    return [layout.places[at].zh for at in sorted(layout.grid.hidden_columns & layout.places.keys())]


def alike(rows: Sequence[Row], told: Callable[[Row, Row], None]) -> None:
    """Tells of every row that says the same as one above it."""
    first: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        other = first.setdefault(row.is_alike, row)
        if other is not row:
            told(row, other)


__all__ = ["REMARKS", "Reading", "Row", "alike", "letters"]
