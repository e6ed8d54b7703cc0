"""CSV for spreadsheets: UTF-8 that Excel recognises, and no cell that it would take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal

from api.exports.cells import Cell, Row, Sheet

MARK = "\ufeff"
"""Without it Excel reads Chinese as something else."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_DOUBTFUL = frozenset((*_FORMULA, " "))


def parts(sheet: Sheet, batches: Iterable[Sequence[Row]]) -> Iterator[bytes]:
    yield (MARK + _lines([[heading.text for heading in sheet.headings()]])).encode()
    for rows in batches:
        yield _lines([list(map(shown, cells)) for cells in sheet.rows(rows)]).encode()


def shown(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "seconds")
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)


def guarded(text: str) -> str:
    """What begins like a formula is made a text, or opening the file would run it. Numbers are no texts and stay."""
    is_doubtful = text[:1] in _DOUBTFUL  # hardly ever: looked at first, because every cell comes by here
    return f"'{text}" if is_doubtful and text.lstrip(" ").startswith(_FORMULA) else text


def _lines(rows: list[list[str]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()
