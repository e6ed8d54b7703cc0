"""Tables as people keep them: headers of two rows, formulas without results, hidden rows, one thing written in three ways."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence

import pytest

from api.imports import headings
from api.imports.cells import Unreadable, Value, day, shown
from api.imports.columns import columns_of
from api.imports.formulas import require_value
from api.imports.grids import Empty, Grid, grids
from api.imports.headings import Layout
from api.imports.rows import Reading
from domain.catalogue import COMMANDS
from tests.api.imports.conftest import GRANTED, Desk, at
from tests.api.imports.spreadsheets import a_workbook

ROOMS = columns_of(COMMANDS["rooms.register"])
HEADER = ("楼栋", "楼层", "房间号", "房间类别", "使用面积")


def laid_out(*rows: Sequence[Value]) -> Layout:
    return headings.layout([Grid("房间", [list(row) for row in rows])], ROOMS)


def named(layout: Layout) -> dict[int, str]:
    return {at: column.zh for at, column in layout.places.items()}


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("楼栋", "楼层", "房间号", "房间类别", "面积", "面积", "备注"),
            ("楼栋", "楼层", "房间号", "房间类别", "建筑面积", "使用面积", "备注"),
        ],
        [
            ("楼栋", "楼层", "房间号", "房间类别", "面积", None, "备注"),
            (None, None, None, None, "分摊", "使用面积", None),
        ],
        [("基本情况", None, None, None, "面积", None), ("楼栋", "楼层", "房间号", "房间类别", "建筑面积", "使用面积")],
    ],
    ids=["merged", "not merged", "groups only"],
)
def test_a_header_of_two_rows_is_read_by_the_lower_one_where_it_says_more(rows: list[Sequence[Value]]) -> None:
    layout = laid_out(("台账",), *rows, ("1号楼", 1, "101", "办公室", 50, 30))
    assert named(layout) == {0: "楼栋", 1: "楼层", 2: "房间号", 3: "房间类别", 5: "使用面积"}
    assert [row.at for row in Reading(layout).rows()] == [3]


def test_the_first_row_of_a_table_is_not_taken_for_more_of_its_header() -> None:
    layout = laid_out(
        HEADER, ("1号楼", "一层", "101", "办公室", "三十"), HEADER, ("1号楼", "一层", "102", "办公室", "9")
    )
    assert [row.at for row in Reading(layout).rows()] == [1, 3]


def test_a_column_that_comes_twice_and_sheets_that_would_do_as_well_are_told() -> None:
    sheets = [Grid(name, [[*HEADER, "使用面积", "甲"], ["1号楼", 1, "1", "办公室", 9, 8]]) for name in ("一楼", "二楼")]
    told = {one.code: one.zh for one in Reading(headings.layout(sheets, ROOMS)).findings}
    assert told.keys() == {"import-column-unknown", "import-column-twice", "import-other-sheets"}
    assert "使用面积" in told["import-column-twice"]
    assert "二楼" in told["import-other-sheets"]


def written(cells: str, columns: str = "") -> bytes:
    """A workbook whose sheet is written as spreadsheets write it."""
    made, sheet = io.BytesIO(), f"{columns}<sheetData>{cells}</sheetData></worksheet>"
    with zipfile.ZipFile(io.BytesIO(a_workbook(("a",)))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            text = re.sub("<cols>.*</worksheet>", lambda _: sheet, text, flags=re.DOTALL) if "sheet1" in name else text
            new.writestr(name, text)
    return made.getvalue()


def test_errors_of_formulas_and_formulas_never_worked_out_are_not_taken_for_empty() -> None:
    cells = (
        '<row r="1"><c r="A1" t="e"><f>VLOOKUP(1,B:C,2)</f><v>#N/A</v></c><c r="B1"><f>1+1</f><v></v></c>'
        '<c r="C1"><f>1+1</f><v>2</v></c><c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><v>#REF!</v></c></row>'
    )
    [grid] = grids(written(cells))
    assert grid.rows == [["#N/A", "=1+1", 2.0, None, "#REF!"]]
    for cell in ("#N/A", "=1+1", " #DIV/0! "):
        with pytest.raises(Unreadable):
            require_value(cell)
    require_value("#101")


def test_rows_and_columns_that_do_not_show_are_known() -> None:
    cells = "".join(
        f'<row r="{row}"{more}><c r="A{row}"><v>{row}</v></c><c r="C{row}"><v>1</v></c></row>'
        for row, more in ((1, ""), (2, ' hidden="1"'), (3, ""))
    )
    [grid] = grids(written(cells, '<cols><col min="2" max="3" width="9" hidden="1"/></cols>'))
    assert (set(grid.hidden_rows), set(grid.hidden_columns)) == ({1}, {1, 2})


def test_a_workbook_without_anything_in_it_says_so() -> None:
    with pytest.raises(Empty):
        grids(a_workbook())


def test_a_code_that_a_text_keeps_as_a_formula_is_that_code() -> None:
    [grid] = grids('编号,名称\r\n="0012","桌"\r\n'.encode())
    assert grid.rows[1] == ["0012", "桌"]


def test_what_is_very_long_is_told_by_its_beginning() -> None:
    assert shown("楼" * 9000) == "楼" * 40 + "…"


def test_a_dirty_table_is_told_cell_by_cell_in_the_words_of_spreadsheets(desk: Desk) -> None:
    told = desk.send("rooms.register", a_workbook(
        HEADER,
        ("行政楼", 3, "701", "办公室", -10),
        (" f-001", 3, "702", "办公室", "#N/A"),
        ("F-001", 3, "703", "办公室", 20),
        ("行政楼" * 400, 3, "704", "办公室", 20),
    ))  # fmt: skip
    found = at(told)
    assert set(found) == {"E2", "E3", "A5"}
    assert found["E2"] == "应为大于 0 的数字，小数最多 2 位，例如 1。"
    assert "公式出错了（#N/A）" in found["E3"]
    assert len(found["A5"]) < 100
    [buildings] = [one for one in told["outcome"]["tallies"] if one["zh"] == "楼栋"]
    assert [one["rows"] for one in buildings["values"]] == [3, 1]


def test_a_name_that_is_not_there_is_told_with_what_there_is(desk: Desk) -> None:
    desk.applied(desk.send("rooms.register", a_workbook(HEADER, ("行政楼", 1, "711", "办公", 30))))
    told = desk.send("rooms.assign", a_workbook(
        ("楼栋", "房间号", "使用单位"), ("行政楼", "711", "财政局"), ("F-002", "711", "县财政局"),
    ))  # fmt: skip
    assert at(told)["C2"].endswith("是否为：县财政局？")
    building = {"number": "F-002", "name": "后楼", "address": "人民路 2 号", "division": "640104", "floors_above": 2,
                "gross_area": "500.00", "structure": "mixed"}  # fmt: skip
    answer = desk.office.post("/v1/buildings", {"building": building, "owner": desk.unit, "mandate": GRANTED})
    assert answer.status_code == 201, answer.text
    told = desk.send("rooms.assign", a_workbook(("楼栋", "房间号", "使用单位"), ("后楼", "711", "县财政局")))
    assert at(told)["B2"].endswith("这个名称在别的房屋中有，请核对房屋。")


def test_words_that_bureaus_shorten_and_places_with_what_they_lie_in_are_known(desk: Desk) -> None:
    told = desk.send("buildings.register", a_workbook(
        ("房屋编号", "房屋名称", "坐落", "区划", "层数", "建筑面积", "结构", "用途", "权属单位"),
        ("F-011", "甲楼", "一路", "银川市金凤区", "6层", "100", "砖混", "办公用房", "县财政局"),
        ("F-012", "乙楼", "一路", "金凤区", "6层", "100", "框架", "办公", "县财政局"),
    ))  # fmt: skip
    assert at(told) == {}
    told = desk.send(
        "units.establish", a_workbook(("单位", "单位性质", "级别", "区划"), ("县水务局", "政府部门", "县级", "西夏区"))
    )
    assert at(told) == {}


@pytest.mark.parametrize("said", ["2020.5", 2021.5, 2024, "1998"])
def test_a_year_is_not_taken_for_a_day_of_1905(said: Value) -> None:
    with pytest.raises(Unreadable):
        day(said)
