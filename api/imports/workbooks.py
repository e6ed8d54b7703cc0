"""Workbooks that go out: a template for every table, and a file as it came with its cells marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from fastapi.responses import StreamingResponse

from api.exports.notes import Note
from api.exports.types import TYPES
from api.exports.workbook import AnyCell, Page, Styled, parts
from api.exports.xlsx import DOUBTFUL, NEEDED, NOTE, WRONG
from api.imports import cells, closed, headings
from api.imports.cells import Reader, Value
from api.imports.columns import Column, columns_of
from api.imports.findings import letters
from api.imports.grids import grids
from api.imports.headings import REMARKS, Layout
from api.imports.orders import Order
from domain.kernel.commands import Command

_WORDS: Final = ("可选项", "Choices")
_TABLE: Final = ("填报", "Table")
_NOTES: Final = ("填写说明", "Notes")
_NOTE_HEADS: Final = (("列名", "必填", "怎么填"), ("Column", "Required", "What goes in"))


def answer(pages: list[Page], name: str, saved_as: str) -> StreamingResponse:
    ending = "" if saved_as.endswith(".xlsx") else ".xlsx"
    told = f"attachment; filename=\"{name}\"; filename*=UTF-8''{quote(saved_as + ending, safe='')}"
    headers = {"Content-Disposition": told, "Cache-Control": "private, no-store"}
    return StreamingResponse(parts(pages), headers=headers, media_type=TYPES["xlsx"])


# Templates -------------------------------------------------------------------------------------------------------------


def template(command: Command, lang: str) -> list[Page]:
    """The table itself, with lists to choose from; what goes into each column; and the words of the lists."""
    columns, at = columns_of(command), int(lang == "en")
    listed = {place: _words(column, at) for place, column in enumerate(columns) if _words(column, at)}
    sheet = _WORDS[at]
    chosen = [
        (letters(place), f"'{sheet}'!${letters(number)}$2:${letters(number)}${len(words) + 1}")
        for number, (place, words) in enumerate(listed.items())
    ]
    table = Page(
        title=_TABLE[at],
        widths=[max(14, 2 * len(_called(column, at))) for column in columns],
        rows=[[Styled(_called(column, at), NEEDED if column.required else _PLAIN_HEAD) for column in columns]],
        chosen=chosen,
        texts=frozenset(place for place, column in enumerate(columns) if column.read is cells.number_of),
    )
    notes = [list(_NOTE_HEADS[at]), *([_called(one, at), _needed(one, at), _how(one)[at]] for one in columns)]
    pages = [table, Page(title=_NOTES[at], widths=[24, 10, 80], rows=notes)]
    if listed:
        heads = [_called(columns[place], at) for place in listed]
        longest = max(map(len, listed.values()))
        rows = [[words[row] if row < len(words) else None for words in listed.values()] for row in range(longest)]
        pages.append(Page(title=sheet, widths=[18] * len(listed), rows=[heads, *rows]))
    return pages


_PLAIN_HEAD: Final = 1


def _called(column: Column, at: int) -> str:
    return (column.zh, column.en)[at] + ("*" if column.required else "")


def _needed(column: Column, at: int) -> str:
    return (("否", "no"), ("是", "yes"))[column.required][at]


def _words(column: Column, at: int) -> list[str]:
    if column.term is not None:
        return [(one.zh, one.en)[at] for one in column.term]
    return [("是", "yes")[at], ("否", "no")[at]] if column.read is closed.flag else []


_HOW: Final[Mapping[Reader, tuple[str, str]]] = {
    cells.moment: ("日期，如 2024-03-01；留空则按上传时填写的生效日期", "A day such as 2024-03-01; left empty, the day given with the file"),
    cells.day: ("日期，如 2024-03-01", "A day such as 2024-03-01"),
    cells.decimal: ("数字，如 36.5", "A figure such as 36.5"),
    cells.whole: ("整数", "A whole number"),
    cells.floor: ("楼层，如 3；地下一层填 -1 或 B1", "A floor such as 3; the first below ground is -1 or B1"),
    closed.flag: ("是 或 否", "yes or no"),
    closed.division: ("区划代码或全称，如 640104", "A division's code or full name, such as 640104"),
    closed.asset_class: ("资产分类代码，如 A02010105", "A class of assets, such as A02010105"),
    cells.number_of: ("号码按原样填写，不要让表格改成数字", "As it is written; do not let the spreadsheet make a figure of it"),
}  # fmt: skip
_NAMED: Final = {
    "units": ("单位名称或统一社会信用代码", "A unit's name or credit code"),
    "people": ("姓名", "A person's name"),
    "compounds": ("院落名称", "A compound's name"),
    "buildings": ("房屋名称或编号", "A building's name or number"),
    "rooms": ("房间号", "A room's number"),
    "vehicles": ("号牌或车辆识别代号", "A plate or VIN"),
    "drivers": ("驾驶员姓名", "A driver's name"),
    "fences": ("围栏名称", "A geofence's name"),
    "warehouses": ("仓库名称", "A warehouse's name"),
    "items": ("资产编号", "An asset number"),
    "lots": ("物品名称；有批次的写“名称 批次”", "Its name; with a batch, “name batch”"),
}


def _how(column: Column) -> tuple[str, str]:
    if column.term is not None:
        return "从下拉列表中选：" + "、".join(one.zh for one in column.term), "One of: " + ", ".join(
            one.en for one in column.term
        )
    if column.kind is not None:
        return _NAMED[column.kind]
    return _HOW.get(column.read, ("文字", "Text"))


# The file as it came, marked -------------------------------------------------------------------------------------------


def marked(order: Order, outcome: Any, lang: str) -> list[Page]:
    """The sheet that was read. Without anything found, as it came."""
    layout = headings.layout(grids(order.content), columns_of(order.command))
    width = max(map(len, layout.grid.rows), default=0)
    found = (outcome or {"findings": []})["findings"]
    rows, notes = _marked(layout, found, lang, width), list(_notes(found, lang))
    return [Page(title=layout.grid.name, widths=[*[16] * width, 70], rows=rows, header=layout.header + 1, notes=notes)]


def _notes(findings: Sequence[Any], lang: str) -> Iterator[Note]:
    """At each cell what is wrong there and what to do; where a whole row is meant, at its first cell."""
    at: dict[tuple[int, int], list[str]] = {}
    for one in findings:
        if one["row"] is not None:
            place = one["row"] - 1, 0 if one["column"] is None else _number(one["column"])
            at.setdefault(place, []).append(f"{_SEVERITY[one['severity']][lang == 'en']}{one[lang]}")
    for (row, column), texts in sorted(at.items()):
        yield Note(row=row, column=column, cell=f"{letters(column)}{row + 1}", text="\n".join(texts))


_SEVERITY: Final = {"error": ("错误：", "Error: "), "warning": ("请核对：", "Please check: ")}


def _marked(layout: Layout, findings: Sequence[Any], lang: str, width: int) -> Iterator[list[AnyCell]]:
    found: dict[int, list[Any]] = {}
    for one in findings:
        if one["row"] is not None:
            found.setdefault(one["row"] - 1, []).append(one)
    remarks = {place for place, cell in enumerate(layout.grid.rows[layout.header]) if cell in REMARKS}
    for at, row in enumerate(layout.grid.rows):
        shown: list[AnyCell] = [_plain(cell) if place not in remarks else None for place, cell in enumerate(row)]
        if at == layout.header:
            yield [*_filled([Styled(cell, _PLAIN_HEAD) if isinstance(cell, str) else cell for cell in shown], width),
                   Styled(REMARKS[lang == "en"], _PLAIN_HEAD)]  # fmt: skip
            continue
        mine = found.get(at, [])
        told = "\n".join(f"{one['cell']}: {one[lang]}" for one in mine)
        filled = _filled(shown, width)
        for one in sorted(mine, key=lambda one: one["severity"] == "error"):
            _color(filled, one)
        yield [*filled, Styled(told, NOTE) if told else None]


def _color(row: list[AnyCell], finding: Any) -> None:
    style = WRONG if finding["severity"] == "error" else DOUBTFUL
    places = range(len(row)) if finding["column"] is None else [_number(finding["column"])]
    for place in places:
        cell = row[place]
        row[place] = Styled(cell.value if isinstance(cell, Styled) else cell, style)


def _number(column: str) -> int:
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


def _filled(row: list[AnyCell], width: int) -> list[AnyCell]:
    return [*row, *[None] * (width - len(row))]


def _plain(value: Value) -> AnyCell:
    """As a cell of ours: what a spreadsheet keeps as a fraction is a number again."""
    if isinstance(value, bool | time) or not isinstance(value, str | int | float | datetime | date | None):
        return cells.text(value)
    if isinstance(value, float):
        return Decimal(cells.text(value))
    return value
