"""Files as tables of cells: workbooks of every age by their content, and texts in the encodings that spreadsheets write.

Cells of merged ranges each have the value that is shown for all of them. Rows and columns are counted from 0, as in the file.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from api.imports.cells import Value
from domain.kernel.errors import InvalidValue

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
_SPARE: Final = 1_000
"""Rows above the header, and empty ones between; they count for nothing."""

_BOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATORS: Final = ",;\t，；"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet."""

    name: str
    rows: list[list[Value]]


class NotATable(InvalidValue):
    code = "import-not-a-table"
    field = "file"
    zh = "文件无法读取。请另存为 .xlsx、.xls 或 .csv 再上传；带密码的请先去掉密码。"
    en = "The file cannot be read. Save it as .xlsx, .xls or .csv and send that; take off a password first."


class TooManyRows(InvalidValue):
    code = "import-too-many-rows"
    field = "file"
    zh = "一次最多导入 {most} 行。请分成几个文件。"
    en = "At most {most} rows are imported at once. Split the file."


def grids(content: bytes) -> list[Grid]:
    """The sheets that are shown and not empty, in their order."""
    read = _workbook(content) if content.startswith(_BOOKS) else [_delimited(content)]
    found = [grid for grid in read if any(map(any, grid.rows))]
    if not found:
        raise NotATable
    return found


def _workbook(content: bytes) -> list[Grid]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            shown = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
            return [_sheet(book, name) for name in shown]
    except (CalamineError, PasswordError, OSError, ValueError):
        raise NotATable from None


def _sheet(book: CalamineWorkbook, name: str) -> Grid:
    sheet = book.get_sheet_by_name(name)
    if sheet.end is None:
        return Grid(name, [])
    # From the first cell of the sheet on, so that rows are counted as a person counts them.
    rows = [_blank(row) for row in islice(sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + _SPARE), None)]
    if sheet.total_height > MOST_ROWS + _SPARE and sheet.end[0] >= MOST_ROWS + _SPARE:
        raise TooManyRows(most=MOST_ROWS)
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    return Grid(name, rows)


def _blank(row: Sequence[Value]) -> list[Value]:
    return [None if value == "" else value for value in row[:MOST_COLUMNS]]


def _fill_merged(rows: list[list[Value]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    for (top, left), (bottom, right) in ranges:
        if top < len(rows) and left < len(rows[top]):
            value = rows[top][left]
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [value] * len(row[left : right + 1])


def _delimited(content: bytes) -> Grid:
    said = _decoded(content)
    lines = said.splitlines()
    if len(lines) > MOST_ROWS + _SPARE:
        raise TooManyRows(most=MOST_ROWS)
    separator = _separator(lines[:20])
    try:
        rows = list(csv.reader(io.StringIO(said, newline=""), delimiter=separator))
    except csv.Error:
        raise NotATable from None
    return Grid("CSV", [_blank(list(row)) for row in rows])


def _decoded(content: bytes) -> str:
    """UTF-8 where it is that, and else what Chinese spreadsheets write."""
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            said = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in said:
            return said
    raise NotATable


def _separator(lines: list[str]) -> str:
    """The sign that most of the first lines have, and have most of."""
    counted = Counter({sign: sum(line.count(sign) for line in lines) for sign in _SEPARATORS})
    sign, count = max(counted.items(), key=lambda one: one[1])
    return sign if count else ","
