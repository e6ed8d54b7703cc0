"""Opens a workbook in a process of its own, which may use only so much memory: one stray cell in the last row and column of a sheet
is billions of empty ones to whoever opens it, and would take the whole program with it.

Run as a script: the workbook comes in, and its sheets go out pickled. It imports nothing of ours, so that it starts at once.
"""

from __future__ import annotations

import io
import pickle
import re
import resource
import sys
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.etree import ElementTree as ET

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

MEMORY_BYTES: Final = 2 * 1024**3
CPU_SECONDS: Final = 120
UNREADABLE, TOO_LONG = 3, 4
"""What the process ends with; anything else but 0 is that it came to its limits."""


def main(most_rows: int, most_columns: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    content = sys.stdin.buffer.read()
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            shown = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
            sheets = [book.get_sheet_by_name(name) for name in shown]
            if any(sheet.end is not None and sheet.end[0] >= most_rows for sheet in sheets):
                return TOO_LONG
            parts = _parts(content)
            found = [_found(sheet, parts.get(sheet.name, b""), most_columns) for sheet in sheets]
    except (CalamineError, PasswordError, OSError, ValueError, KeyError, zipfile.BadZipFile, ET.ParseError):
        return UNREADABLE
    pickle.dump(found, sys.stdout.buffer)
    return 0


def _found(sheet: CalamineSheet, part: bytes, most_columns: int) -> tuple[str, list[list[Any]], list[int], list[int]]:
    """Its name, its cells, and which rows and columns do not show."""
    columns = [range(int(_number(tag, b"min")) - 1, int(_number(tag, b"max"))) for tag in _HIDDEN_COLUMNS.findall(part)]
    hidden = [at for one in columns for at in one if at < most_columns]
    rows = [int(_number(tag, b"r")) - 1 for tag in _HIDDEN_ROWS.findall(part) if b" r=" in tag]
    return sheet.name, _rows(sheet, part, most_columns), rows, hidden


def _rows(sheet: CalamineSheet, part: bytes, most_columns: int) -> list[list[Any]]:
    if sheet.end is None:
        return []
    # From the first cell of the sheet on, so that rows are counted as a person counts them.
    rows = [_blank(row[:most_columns]) for row in sheet.to_python(skip_empty_area=False)]
    for at, place, told in _spoiled(part):
        if at < len(rows) and place < len(rows[at]):
            rows[at][place] = told
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return rows


_RELATED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN_ROWS: Final = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_HIDDEN_COLUMNS: Final = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_SPOILED: Final = re.compile(
    rb"<c\b(?P<tag>[^>]*)>(?:<f\b[^>]*?(?:/>|>(?P<formula>[^<]*)</f>))?(?:<v\s*/>|<v>(?P<value>[^<]*)</v>)?</c>"
)


def _parts(content: bytes) -> dict[str, bytes]:
    """By the names of the sheets of a workbook of the present kind: what they are written in."""
    if not content.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return {}
        related = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 -- in a process that may use only so much
        targets = {one.get("Id"): str(one.get("Target")) for one in related}
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 -- as above
        sheets = {str(one.get("name")): targets.get(one.get(_RELATED), "") for one in book.iter() if one.get(_RELATED)}
        places = {name: target.removeprefix("/xl/").removeprefix("/") for name, target in sheets.items()}
        return {name: archive.read(f"xl/{at}") for name, at in places.items() if f"xl/{at}" in archive.namelist()}


def _spoiled(part: bytes) -> Iterator[tuple[int, int, str]]:
    """Cells that say nothing to whoever only reads values: an error by its word, a formula that was never worked out as itself."""
    for found in _SPOILED.finditer(part):
        tag, value, formula = found["tag"], found["value"], found["formula"]
        is_error = b't="e"' in tag
        is_open = (
            formula is not None and not value and b't="str"' not in tag
        )  # an empty text is a result like any other
        if b" r=" in tag and (is_error or is_open):
            column, row = _CELL.fullmatch(_number(tag, b"r")).groups()  # type: ignore[union-attr]  # every cell has a column and a row
            told = (value or b"#N/A") if is_error else b"=" + (formula or b"")
            yield int(row) - 1, _place(column), told.decode()


_CELL: Final = re.compile(rb"([A-Z]+)(\d+)")


def _number(tag: bytes, name: bytes) -> bytes:
    return re.search(rb"\b" + name + rb'="([^"]*)"', tag)[1]  # type: ignore[index]  # asked for only where it is


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1


def _blank(row: Sequence[Any]) -> list[Any]:
    return [None if value == "" else value for value in row]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
