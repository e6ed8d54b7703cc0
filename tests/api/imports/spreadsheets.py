"""Awkward files as bureaus send them: made here, byte by byte, so that a test says what is in them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from api.exports.workbook import Page, parts


def a_workbook(*rows: Sequence[Any], merged: Sequence[str] = (), title: str = "Sheet1") -> bytes:
    """With these cells; `merged` are ranges such as A1:D1."""
    made = b"".join(parts([Page(title=title, widths=[12], rows=rows)]))
    if not merged:
        return made
    ranges = (
        f'<mergeCells count="{len(merged)}">{"".join(f"""<mergeCell ref="{one}"/>""" for one in merged)}</mergeCells>'
    )
    return put(made, "xl/worksheets/sheet1.xml", "</sheetData>", f"</sheetData>{ranges}")


def put(book: bytes, part: str, before: str, after: str) -> bytes:
    """The same workbook with something else in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace(before.encode(), after.encode()) if name == part else text)
    return made.getvalue()


def cells_of(book: bytes) -> list[list[str]]:
    """The texts of the first sheet of a workbook of ours."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r"<row>(.*?)</row>", sheet, re.DOTALL)
    return [
        [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<c(?: [^>]*)?(?:/>|>.*?</c>)", row, re.DOTALL)]
        for row in rows
    ]


def styles_of(book: bytes) -> list[list[str]]:
    """How its cells look: the numbers of their styles."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    rows = re.findall(r"<row>(.*?)</row>", sheet, re.DOTALL)
    return [[_style(cell) for cell in re.findall(r"<c[^>]*>", row)] for row in rows]


def notes_of(book: bytes) -> dict[str, str]:
    """What stands at its cells, of the first sheet; each note has a box to be seen in."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        written, boxes = (
            archive.read(f"xl/{part}1.{end}").decode()
            for part, end in (("comments", "xml"), ("drawings/vmlDrawing", "vml"))
        )
    found = dict(re.findall(r'<comment ref="([A-Z]+[0-9]+)".*?<t [^>]*>(.*?)</t>', written, re.DOTALL))
    assert boxes.count("<v:shape ") == len(found)
    return found


def _style(cell: str) -> str:
    found = re.search(r's="(\d+)"', cell)
    return "0" if found is None else found[1]
