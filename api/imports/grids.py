"""Files as tables of cells: workbooks of every age by their content, and texts in the encodings that spreadsheets write.

Cells of merged ranges each have the value that is shown for all of them. Rows and columns are counted from 0, as in the file.
"""

from __future__ import annotations

import csv
import io
import pickle
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.imports.cells import Value
from api.imports.opening import TOO_LONG, UNREADABLE
from domain.kernel.errors import InvalidValue

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
_SPARE: Final = 1_000
"""Rows above the header, and empty ones between; they count for nothing."""

_ZIP: Final = b"PK\x03\x04"
_BOOKS: Final = (_ZIP, b"\xd0\xcf\x11\xe0")
_OPENING: Final = str(Path(__file__).with_name("opening.py"))
_MARKS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SEPARATORS: Final = ",;\t，；"


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, and which of its rows and columns do not show to whoever opens it."""

    name: str
    rows: list[list[Value]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


class NotATable(InvalidValue):
    code = "import-not-a-table"
    field = "file"
    zh = "文件无法读取。请另存为 .xlsx、.xls 或 .csv 再上传；带密码的请先去掉密码。"
    en = "The file cannot be read. Save it as .xlsx, .xls or .csv and send that; take off a password first."


class Empty(InvalidValue):
    code = "import-empty"
    field = "file"
    zh = "文件里没有内容：看得见的工作表都是空的（隐藏的工作表不读取）。请检查后重新上传。"
    en = "There is nothing in the file: the sheets that show are empty, and hidden ones are not read. Check it and send it again."


class TooManyRows(InvalidValue):
    code = "import-too-many-rows"
    field = "file"
    zh = "一次最多导入 {most} 行。请分成几个文件。"
    en = "At most {most} rows are imported at once. Split the file."


class TooLarge(InvalidValue):
    code = "import-too-large"
    field = "file"
    zh = "表格打开后过大，常见原因是很远的单元格里留有内容或格式。请把要导入的行列复制到新表格再上传。"
    en = "Opened, the sheet is too large; often something was left in a cell far away. Copy the rows to import into a new workbook."


def grids(content: bytes) -> list[Grid]:
    """The sheets that are shown and not empty, in their order."""
    read = _workbook(content) if content.startswith(_BOOKS) else [_delimited(content)]
    found = [grid for grid in read if any(map(any, grid.rows))]
    if not found:
        raise Empty
    return found


def _workbook(content: bytes) -> list[Grid]:
    """By a process of its own (`opening.py`)."""
    if content.startswith(_ZIP) and not zipfile.is_zipfile(io.BytesIO(content)):
        raise NotATable
    limits = [str(MOST_ROWS + _SPARE), str(MOST_COLUMNS)]
    # Isolated: it is told nothing of this program's surroundings.
    opened = subprocess.run([sys.executable, "-I", _OPENING, *limits], input=content, capture_output=True, check=False)
    if opened.returncode == UNREADABLE:
        raise NotATable
    if opened.returncode == TOO_LONG:
        raise TooManyRows(most=MOST_ROWS)
    if opened.returncode:
        raise TooLarge
    found = pickle.loads(opened.stdout)  # noqa: S301 -- from our own script
    return [Grid(name, rows, frozenset(hidden), frozenset(columns)) for name, rows, hidden, columns in found]


def _blank(row: Sequence[Value]) -> list[Value]:
    return [None if value == "" else value for value in row[:MOST_COLUMNS]]


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
    return Grid("CSV", [_blank([_QUOTED.sub(r"\1", cell) for cell in row]) for row in rows])


_QUOTED: Final = re.compile(r'\A="([^"]*)"\Z')
"""How spreadsheets write a code into a text, so that it is not taken for a figure: `="0012"`."""


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
