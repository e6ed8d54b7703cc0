"""Workbooks of a few sheets that people fill in or correct: coloured cells, lists to choose from, columns that stay texts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final, TypeAlias, cast
from xml.sax.saxutils import escape

from api.exports.cells import Cell
from api.exports.csv import shown
from api.exports.notes import Note, boxes, comments
from api.exports.xlsx import AS_TEXT, LEVEL, MAIN, OFFICE, XML, Outgoing, book, cell_xml, sheet_name, text_xml

LAST_ROW: Final = 50_001
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell that looks like more than its value: coloured, or bold."""

    value: Cell
    style: int


AnyCell: TypeAlias = Cell | Styled


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One sheet. `chosen`: by column (from 0), where the words stand that its cells are chosen from; `texts`: columns of codes.

    `notes`: what stands at its cells, for whoever points at them.
    """

    title: str
    widths: Sequence[int]
    rows: Iterable[Sequence[AnyCell]]
    header: int = 1
    chosen: Sequence[tuple[str, str]] = ()
    texts: frozenset[int] = frozenset()
    notes: Sequence[Note] = ()


def parts(pages: Sequence[Page]) -> Iterator[bytes]:
    outgoing = Outgoing()
    with zipfile.ZipFile(cast("IO[bytes]", outgoing), "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for number, page in enumerate(pages, 1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as written:
                written.write(_head(page).encode())
                waiting: list[str] = []
                for row in page.rows:
                    waiting.append(f"<row>{''.join(map(_cell, row))}</row>")
                    if len(waiting) == _AT_ONCE:
                        written.write("".join(waiting).encode())
                        waiting.clear()
                        yield outgoing.taken()
                written.write(("".join(waiting) + _foot(page)).encode())
        noted = {number: page.notes for number, page in enumerate(pages, 1) if page.notes}
        for number, notes in noted.items():
            archive.writestr(f"xl/comments{number}.xml", "".join(comments(notes)))
            archive.writestr(f"xl/drawings/vmlDrawing{number}.vml", "".join(boxes(notes)))
        for name, text in book([sheet_name(page.title) for page in pages], noted):
            archive.writestr(name, text)
    yield outgoing.taken()


def _cell(cell: AnyCell) -> str:
    if not isinstance(cell, Styled):
        return cell_xml(cell)
    if cell.value is None:
        return f'<c s="{cell.style}"/>'
    return text_xml(cell.value if isinstance(cell.value, str) else shown(cell.value), cell.style)


def _head(page: Page) -> str:
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"{_style(at - 1 in page.texts)}/>'
        for at, width in enumerate(page.widths, 1)
    )
    below = page.header + 1
    return (
        f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{page.header}" topLeftCell="A{below}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


def _style(is_text: bool) -> str:
    return f' style="{AS_TEXT}"' if is_text else ""


def _foot(page: Page) -> str:
    lists = "".join(
        f'<dataValidation type="list" allowBlank="1" sqref="{column}2:{column}{LAST_ROW}"><formula1>{escape(words)}</formula1>'
        "</dataValidation>"
        for column, words in page.chosen
    )
    choices = f'<dataValidations count="{len(page.chosen)}">{lists}</dataValidations>' if lists else ""
    noted = '<legacyDrawing r:id="rIdBoxes"/>' if page.notes else ""
    return f"</sheetData>{choices}{noted}</worksheet>"
