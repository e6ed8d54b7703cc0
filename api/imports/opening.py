"""Opens a workbook in a process of its own, which may use only so much memory: one stray cell in the last row and column of a sheet
is billions of empty ones to whoever opens it, and would take the whole program with it.

Run as a script: the workbook comes in, and its sheets go out pickled. It imports nothing of ours, so that it starts at once.
"""

from __future__ import annotations

import io
import pickle
import resource
import sys
from collections.abc import Sequence
from typing import Any, Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

MEMORY_BYTES: Final = 2 * 1024**3
CPU_SECONDS: Final = 120
UNREADABLE, TOO_LONG = 3, 4
"""What the process ends with; anything else but 0 is that it came to its limits."""


def main(most_rows: int, most_columns: int) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())) as book:
            shown = [one.name for one in book.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
            sheets = [book.get_sheet_by_name(name) for name in shown]
            if any(sheet.end is not None and sheet.end[0] >= most_rows for sheet in sheets):
                return TOO_LONG
            found = [(sheet.name, _rows(sheet, most_columns)) for sheet in sheets]
    except (CalamineError, PasswordError, OSError, ValueError):
        return UNREADABLE
    pickle.dump(found, sys.stdout.buffer)
    return 0


def _rows(sheet: CalamineSheet, most_columns: int) -> list[list[Any]]:
    if sheet.end is None:
        return []
    # From the first cell of the sheet on, so that rows are counted as a person counts them.
    rows = [_blank(row[:most_columns]) for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return rows


def _blank(row: Sequence[Any]) -> list[Any]:
    return [None if value == "" else value for value in row]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
