"""Excel workbooks, written as they go out: rows are compressed into the archive one after another, and nothing is kept.

Only what an export needs of ECMA-376: typed cells, a bold header row that stays in sight, widths, dates. Texts stand in their
cells (inline), because a table of shared texts would have to be held until the end.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, cast
from xml.sax.saxutils import escape, quoteattr

from api.exports.cells import Cell, Row, Sheet

ROWS_A_SHEET = 500_000
"""Half of what Excel can show; then another sheet begins."""
LONGEST_TEXT = 32_767
"""Excel takes a longer text for a broken file."""
LEVEL = 3

_EPOCH = date(1899, 12, 30)
_DAY_SECONDS = 86_400
_HEADER, _DATE, _MOMENT = 1, 2, 3
WRONG, DOUBTFUL, NOTE, AS_TEXT, NEEDED = 4, 5, 6, 7, 8
"""Styles of cells that are not only values: marked ones, notes, codes that must stay texts, and headers of what must be filled in."""
# What XML cannot carry.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NAME = re.compile(r"[\[\]:*?/\\]")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPE = f"{_SPREADSHEET}.sheet"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _fill(color: str) -> str:
    return f'<fill><patternFill patternType="solid"><fgColor rgb="{color}"/></patternFill></fill>'


_STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    '<font><sz val="11"/><color rgb="FF9C1B1B"/><name val="Calibri"/></font></fonts>'
    '<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    f"{_fill('FFFFC7CE')}{_fill('FFFFEB9C')}{_fill('FFDDEBF7')}</fills>"
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="9"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="2" borderId="0" xfId="0" applyFill="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="3" borderId="0" xfId="0" applyFill="1"/>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="4" borderId="0" xfId="0" applyFont="1" applyFill="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Outgoing:
    """Where the archive is written to: what has come since the last look, and no more."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing waits here for anything."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def parts(sheet: Sheet, batches: Iterable[Sequence[Row]], title: str) -> Iterator[bytes]:
    outgoing = Outgoing()
    names: list[str] = []
    with zipfile.ZipFile(cast("IO[bytes]", outgoing), "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for number, rows in enumerate(_sheets(batches), 1):
            names.append(sheet_name(title if number == 1 else f"{title} {number}"))
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as written:
                written.write(_head(sheet).encode())
                for some in rows:
                    written.write("".join(map(_row, sheet.rows(some))).encode())
                    yield outgoing.taken()
                written.write(b"</sheetData></worksheet>")
        for name, text in book(names):
            archive.writestr(name, text)
    yield outgoing.taken()


def sheet_name(title: str) -> str:
    return _NAME.sub(" ", title)[:31]


def _sheets(batches: Iterable[Sequence[Row]]) -> Iterator[Iterator[Sequence[Row]]]:
    """The batches, in as many sheets as they need; at least one."""
    left = iter(batches)
    first = next(left, [])
    while True:
        after: list[Sequence[Row]] = []
        yield _one_sheet(first, left, after)
        if not after:
            return
        first = after[0]


def _one_sheet(
    first: Sequence[Row], left: Iterator[Sequence[Row]], after: list[Sequence[Row]]
) -> Iterator[Sequence[Row]]:
    yield first
    count = len(first)
    for rows in left:
        count += len(rows)
        if count > ROWS_A_SHEET:
            after.append(rows)
            return
        yield rows


def _head(sheet: Sheet) -> str:
    headings = sheet.headings()
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{heading.width}" customWidth="1"/>'
        for number, heading in enumerate(headings, 1)
    )
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
        f"<row>{''.join(text_xml(heading.text, _HEADER) for heading in headings)}</row>"
    )


def _row(cells: Sequence[Cell]) -> str:
    return f"<row>{''.join(map(cell_xml, cells))}</row>"


def cell_xml(cell: Cell) -> str:
    match cell:
        case None:
            return "<c/>"
        case str():
            return text_xml(cell)
        case datetime():
            days = (cell.date() - _EPOCH).days
            part = (cell.hour * 60 + cell.minute) * 60 + cell.second
            return f'<c s="{_MOMENT}"><v>{days + part / _DAY_SECONDS!r}</v></c>'
        case date():
            return f'<c s="{_DATE}"><v>{(cell - _EPOCH).days}</v></c>'
        case Decimal():
            return f"<c><v>{cell:f}</v></c>"
        case _:
            return f"<c><v>{cell}</v></c>"


def clean(text: str) -> str:
    """As much of it, and of its signs, as a workbook can carry."""
    return _FORBIDDEN.sub("\ufffd", text[:LONGEST_TEXT])


def text_xml(text: str, style: int = 0) -> str:
    plain = escape(clean(text))
    styled = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{styled}><is><t xml:space="preserve">{plain}</t></is></c>'


def book(names: list[str], noted: Collection[int] = ()) -> Iterator[tuple[str, str]]:
    """What holds the sheets together, known when all are written. `noted`: the numbers of those with notes at their cells."""
    sheets = list(enumerate(names, 1))
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in sheets)
    related = "".join(_relation(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in sheets)
    typed = "".join(_typed(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n, _ in sheets)
    comments = "".join(_typed(f"/xl/comments{n}.xml", "comments") for n in noted)
    styles = _relation("rIdStyles", "styles", "styles.xml")
    for n in noted:
        boxes = _relation("rIdBoxes", "vmlDrawing", f"../drawings/vmlDrawing{n}.vml")
        texts = _relation("rIdNotes", "comments", f"../comments{n}.xml")
        yield f"xl/worksheets/_rels/sheet{n}.xml.rels", _relations(boxes + texts)
    yield (
        "xl/workbook.xml",
        (f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'),
    )
    yield "xl/_rels/workbook.xml.rels", _relations(related + styles)
    yield "xl/styles.xml", _STYLES
    yield "_rels/.rels", _relations(_relation("rId1", "officeDocument", "xl/workbook.xml"))
    yield (
        "[Content_Types].xml",
        (
            f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{_BOXES_TYPE}{_typed('/xl/workbook.xml', 'sheet.main')}{typed}{comments}{_typed('/xl/styles.xml', 'styles')}</Types>"
        ),
    )


_BOXES_TYPE = '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'


def _relation(id: str, type: str, target: str) -> str:
    return f'<Relationship Id="{id}" Type="{OFFICE}/{type}" Target="{target}"/>'


def _relations(told: str) -> str:
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _typed(part: str, type: str) -> str:
    return f'<Override PartName="{part}" ContentType="{_SPREADSHEET}.{type}+xml"/>'
