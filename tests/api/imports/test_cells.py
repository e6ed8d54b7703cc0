"""Cells as people fill them in: however a day, a figure or a word is written, the same is read."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.imports import cells, closed
from api.imports.cells import Unreadable
from api.imports.grids import Empty, NotATable, TooLarge, TooManyRows, grids
from domain.premises.terms import RoomCategory
from tests.api.imports.spreadsheets import a_workbook, put

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
WIDE = str.maketrans("0123456789./-", "０１２３４５６７８９．／－")
READERS = [
    *(
        cells.text,
        cells.code,
        cells.number_of,
        cells.decimal,
        cells.whole,
        cells.floor,
        cells.day,
        cells.moment,
        closed.flag,
    ),
    *(closed.division, closed.asset_class, closed.term(RoomCategory)),
]
ANY_CELL = (
    st.text() | st.integers() | st.floats() | st.booleans() | st.dates() | st.times() | st.datetimes() | st.timedeltas()
)


@given(DAYS, st.sampled_from(["{y}年{m}月{d}日", "{y}-{m}-{d}", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y}{m:02}{d:02}", " {y} 年 {m} 月 {d} 日 "]),
       st.booleans())  # fmt: skip
def test_a_day_reads_the_same_however_it_is_written(day: date, form: str, wide: bool) -> None:
    said = form.format(y=day.year, m=day.month, d=day.day)
    assert cells.day(said.translate(WIDE) if wide else said) == day.isoformat()
    assert cells.moment(datetime(day.year, day.month, day.day)) == day.isoformat()  # noqa: DTZ001 -- a spreadsheet's days have no zone


@given(st.dates(date(1900, 3, 1), date(1905, 3, 1)) | st.dates(date(1906, 1, 9), date(2200, 12, 31)))
def test_a_day_that_the_spreadsheet_keeps_as_a_number_is_that_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert cells.day(float(serial)) == cells.day(str(serial)) == day.isoformat()


@pytest.mark.parametrize("said", ["2024-02-30", "2024年13月1日", "昨天", "", "0", "18991231", True])
def test_what_is_no_day_is_not_taken_for_one(said: cells.Value) -> None:
    with pytest.raises(Unreadable):
        cells.day(said)


@given(st.decimals(-9999999, 9999999, places=2), st.sampled_from(["{:f}", "{:,f}", " {:f} ㎡", "¥{:,f} 元", "{:f}平方米"]),
       st.booleans())  # fmt: skip
def test_a_figure_reads_the_same_with_thousands_measures_and_in_any_width(
    figure: Decimal, form: str, wide: bool
) -> None:
    said = form.format(figure)
    read = cells.decimal(said.translate(WIDE).replace(",", "，") if wide else said)
    assert Decimal(read) == figure
    assert "E" not in read


@given(st.integers(-(10**7), 10**7), st.integers(0, 99))
def test_a_fraction_is_what_the_spreadsheet_shows_of_it(whole: int, hundredths: int) -> None:
    assert Decimal(cells.decimal((whole * 100 + hundredths) / 100)) == Decimal(whole * 100 + hundredths) / 100


@pytest.mark.parametrize(
    ("said", "floor"),
    [("三层", 3), ("3F", 3), ("第十二层", 12), ("B1", -1), ("地下一层", -1), ("负2", -2), ("-1", -1), (5.0, 5), ("２楼", 2), ("二十一层", 21)],
)  # fmt: skip
def test_floors(said: cells.Value, floor: int) -> None:
    assert cells.floor(said) == floor


@pytest.mark.parametrize("said", ["办公室", " 办公室 ", "office", "OFFICE", "办公用房"])
def test_a_word_of_a_closed_list_in_either_language_or_as_bureaus_say_it(said: str) -> None:
    assert closed.term(RoomCategory)(said) == "office"


@pytest.mark.parametrize("said", [6.40103199001010e17, "6.40103E+17", 10**15])
def test_a_code_that_lost_its_last_digits_is_not_believed(said: cells.Value) -> None:
    with pytest.raises(Unreadable, match="lost its last digits"):
        cells.number_of(said)


@given(st.text())
def test_a_text_that_was_put_in_order_stays_so(said: str) -> None:
    once = cells.text(said)
    assert cells.text(once) == once == once.strip()
    assert not any("０" <= sign <= "９" or sign == "\u3000" for sign in once)


@given(ANY_CELL, st.sampled_from(READERS))
def test_whatever_stands_in_a_cell_is_read_or_refused_in_words(value: cells.Value, reader: cells.Reader) -> None:
    with suppress(Unreadable):
        assert reader(value) is not None


@given(st.binary(max_size=300) | st.binary(max_size=100).map(b"PK\x03\x04".__add__) | st.text().map(str.encode))
def test_whatever_is_sent_is_a_table_or_refused(content: bytes) -> None:
    with suppress(NotATable, Empty, TooManyRows):
        assert grids(content)


def test_a_cell_left_in_the_far_corner_of_a_sheet_does_not_take_the_program_with_it() -> None:
    far = '<row r="40000"><c r="XFD40000"><v>1</v></c></row></sheetData>'
    with pytest.raises(TooLarge):
        grids(put(a_workbook(("楼栋", "房间号")), "xl/worksheets/sheet1.xml", "</sheetData>", far))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_texts_in_every_encoding_and_with_every_separator(encoding: str, separator: str) -> None:
    text = separator.join(["楼栋", "房间号"]) + "\r\n" + separator.join(["行政楼", '"三、\n四"']) + "\r\n"
    [grid] = grids(text.encode(encoding))
    assert grid.rows == [["楼栋", "房间号"], ["行政楼", "三、\n四"]]
