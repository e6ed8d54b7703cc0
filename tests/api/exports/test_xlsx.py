"""Excel workbooks of lists: typed cells, a heading that stays, any text, any length."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from api.exports import xlsx as exports_xlsx
from projections.queries.listed import LISTED
from tests.api.exports.exported import SHEET, Book
from tests.api.seeing import Seeing
from tests.scenarios.bureau import Done
from tests.scenarios.movables import an_item
from tests.scenarios.premises import a_building, a_room, a_unit

EPOCH = date(1899, 12, 30)


@pytest.fixture(scope="module")
def unit(desk: Seeing) -> Done:
    return a_unit(desk.bureau, "县机关事务管理局")


@pytest.fixture
def room(desk: Seeing, unit: Done) -> Done:
    """A room to be vacated."""
    made = a_room(desk.bureau, a_building(desk.bureau, unit), "301", net_area="24.50")
    desk.bureau.does("rooms.assign", made, effective="2020-01-01", unit=unit)
    desk.bureau.does("rooms.order-vacating", made, effective="2024-01-01", deadline="2024-06-30T18:00:00+08:00")
    return made


def test_a_workbook_has_typed_cells_a_frozen_heading_and_a_chinese_sheet(desk: Seeing, room: Done) -> None:
    answer = desk.asks(f"/v1/rooms?format=xlsx&id={room}")
    book = Book(answer.content)
    assert book.names() == ["房间"]
    head, row = book.rows()
    told = dict(zip(head, row, strict=True))
    assert head == [column.zh for column in LISTED["rooms"].values()]
    assert (told["状态"], told["使用面积"], told["楼层"], told["房间号"]) == ("在册", 24.5, 3.0, "301")
    days = (date(2024, 6, 30) - EPOCH) / timedelta(days=1)
    assert told["腾退期限"] == pytest.approx(days + 18 / 24)
    sheet = book.part("xl/worksheets/sheet1.xml")
    pane = sheet.find(".//m:pane", SHEET)
    assert pane is not None
    assert pane.attrib["state"] == "frozen"
    assert len(sheet.findall(".//m:col", SHEET)) == len(head)


def test_a_workbook_holds_any_text_and_runs_none(desk: Seeing, unit: Done) -> None:
    nasty = '=HYPERLINK("http://x") <&> \u2028 😀'
    item = an_item(desk.bureau, unit, "ZC-文本", name=nasty)
    _, row = Book(desk.asks(f"/v1/items?format=xlsx&id={item}&fields=name,idle,bought").content).rows()
    assert row[0] == nasty
    assert row[2] == (date(2021, 9, 10) - EPOCH).days


def test_a_list_longer_than_a_sheet_goes_on_in_another(desk: Seeing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports_xlsx, "ROWS_A_SHEET", 2)
    monkeypatch.setattr("projections.queries.question.FETCH", 2)
    unit = a_unit(desk.bureau, "县发改局")
    building = a_building(desk.bureau, unit)
    for number in range(5):
        a_room(desk.bureau, building, f"10{number}")
    book = Book(desk.asks(f"/v1/rooms?format=xlsx&building={building}&sort=number&fields=number").content)
    assert book.names() == ["房间", "房间 2", "房间 3"]
    rows = [book.rows(number) for number in (1, 2, 3)]
    assert [head for head, *_ in rows] == [["房间号"]] * 3
    assert [row[0] for _, *sheet in rows for row in sheet] == ["100", "101", "102", "103", "104"]
