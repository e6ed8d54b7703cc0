"""Lists as an officer asks them: found while typing, filtered by any column, in chosen columns and orders, with their totals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import parse_qs

import httpx
import pytest

from api.console.kinds import LOANS
from api.console.lists import history
from api.console.lists.columns import moved, sorting
from api.console.lists.filters import chips, fields_of, names_of
from api.console.lists.question import Question
from api.console.showing import moment
from projections.queries.listed import LISTS
from tests.api.conftest import Office
from tests.api.console.listing import chosen, headings, rows
from tests.api.console.test_pages import Seen, bureau, module_database, signed_in

__all__ = ["bureau", "module_database"]


@pytest.fixture
def browser(bureau: Office) -> Iterator[httpx.Client]:
    with signed_in(bureau) as window:
        yield window


# What is asked --------------------------------------------------------------------------------------------------------


def test_every_column_has_a_control_and_everything_that_the_api_takes_is_read_from_the_address() -> None:
    for kind, columns in LISTS.items():
        shown = {field.name: field for field in fields_of(kind)}
        assert shown.keys() == {*columns, "division"}
        assert all(field.words for field in shown.values() if field.control == "choice")
        assert all(field.party for field in shown.values() if field.control == "thing")
        assert {"q", "sort", "fields", "cursor", "division", "id"} <= set(names_of(kind))


def test_every_filter_that_is_set_is_a_chip_that_takes_it_off_and_nothing_else() -> None:
    query = "status=in-service&status=retired&net_area.min=20&number.has=A&vacate_by.max=2024-01-01&using_unit.none=true&q=楼&division=6401"
    asked = Question.read("/rooms", query, names_of("rooms"))
    told = {chip.zh: chip.without.query for chip in chips(fields_of("rooms"), asked, {})}
    assert list(told) == [
        *("状态：在册", "状态：已注销", "使用面积 ≥ 20", "房间号含“A”", "腾退期限至 2024-01-01", "使用单位未填写"),
        *("查找“楼”", "行政区划：银川市"),
    ]
    everything = parse_qs(asked.query)
    for without in told.values():
        left = parse_qs(without)
        taken = sum(map(len, everything.values())) - sum(map(len, left.values()))
        assert taken == 1


def test_a_unit_and_those_below_it_are_one_chip() -> None:
    unit = "0198c5f0-7c1e-7d4b-9c3a-2f6d1e8b4a57"
    asked = Question.read("/rooms", f"using_unit={unit}&using_unit.subtree=true", names_of("rooms"))
    [chip] = chips(fields_of("rooms"), asked, {unit: "县财政局"})
    assert (chip.zh, chip.en) == ("使用单位：县财政局及其下级", "Using unit: 县财政局 and below")
    assert chip.without.query == ""


def test_a_click_sorts_by_a_column_alone_and_turns_it_round_and_shift_adds_it() -> None:
    assert (sorting("number", "building,floor").alone, sorting("number", "building,floor").also) == (
        "number",
        "building,floor,number",
    )
    assert (sorting("building", "building,floor").alone, sorting("building", "building,floor").also) == (
        "-building",
        "-building,floor",
    )
    assert sorting("building", "-building").alone == "building"
    assert (sorting("floor", "building,floor").place, sorting("floor", "building,floor").alone) == (2, "floor")


def test_columns_move_one_place_and_stop_at_the_ends() -> None:
    assert moved(["a", "b", "c"], "c", -1) == ["a", "c", "b"]
    assert moved(["a", "b", "c"], "a", 1) == ["b", "a", "c"]
    assert moved(["a", "b", "c"], "a", -1) == ["a", "b", "c"]
    assert moved(["a", "b", "c"], "c", 1) == ["a", "b", "c"]
    assert moved(["a"], "z", 1) == ["a"]


# What is shown --------------------------------------------------------------------------------------------------------


def test_a_list_shows_what_the_api_lists_in_its_order_with_its_totals(bureau: Office, browser: httpx.Client) -> None:
    query = "category=office&net_area.min=18&sort=-net_area&fields=number,net_area,status"
    told = bureau.get(f"/v1/rooms?{query}&totals=true&count=true").json()
    page = browser.get(f"/rooms?{query}").text
    assert rows(page) == [row["number"] for row in told["rows"]]
    assert headings(page) == ["number", "net_area", "status"]
    assert f"<strong>{told['count']}</strong>" in page
    footer = page.partition("<tfoot>")[2].partition("</tfoot>")[0]
    assert f">{Decimal(told['totals']['net_area']['sum']):,}<" in footer
    assert 'aria-sort="descending"' in page


def test_the_files_of_a_list_hold_what_the_page_shows_in_the_same_columns_and_order(browser: httpx.Client) -> None:
    page = browser.get("/rooms?category=office&sort=-net_area&fields=number,net_area").text
    [address] = [link for link in Seen(page).links if "format=csv" in link]
    lines = browser.get(address).text.lstrip("﻿").splitlines()
    assert lines[0] == "房间号,使用面积"
    assert [line.partition(",")[0] for line in lines[1:]] == rows(page)


def test_a_day_until_which_is_meant_to_its_end_and_figures_are_read_as_people_write_them(
    bureau: Office, browser: httpx.Client
) -> None:
    row = bureau.get("/v1/journeys?limit=1&sort=-planned_from").json()["rows"][0]
    day = browser.get("/journeys").text
    assert row["destination"] in day
    local = row["planned_from"][:10]
    assert rows(browser.get(f"/journeys?planned_from.min={local}&planned_from.max={local}").text)
    assert rows(browser.get("/rooms?net_area.min=１８&net_area.max=1,000").text)


def test_what_cannot_be_read_is_told_at_its_field_and_stays_there(browser: httpx.Client) -> None:
    answer = browser.get("/rooms?net_area.min=很大&status=in-service")
    assert answer.status_code == 422
    assert 'value="很大"' in answer.text
    assert 'aria-describedby="fault-net_area.min"' in answer.text
    assert 'role="alert"' in answer.text
    assert 'value="in-service" checked' in answer.text


def test_a_link_to_the_next_page_goes_on_and_changing_the_question_begins_anew() -> None:
    question = Question.read("/rooms", "cursor=abc&sort=number&status=in-service", names_of("rooms"))
    assert question.but({"status": None}).query == "sort=number"
    assert "cursor" not in question.but({"sort": "floor"}).given


def test_without_a_script_what_is_looked_for_in_a_filter_is_offered_by_the_page(browser: httpx.Client) -> None:
    page = browser.get("/rooms?using_unit@q=财政").text
    [offered] = re.findall(r'<div class="options" id="choices-using_unit".*?</div>', page, re.DOTALL)
    assert "财政" in offered
    assert 'name="using_unit" value="' in offered
    piece = browser.get("/choose/units?path=using_unit&many=1&using_unit@q=财政").text
    assert 'name="using_unit" value="' in piece
    assert "<html" not in piece


def test_nobody_is_offered_things_of_a_kind_that_they_may_not_read(bureau: Office) -> None:
    with signed_in(bureau, "keeper") as browser:
        piece = browser.get("/choose/rooms?path=room&many=1&room@q=3").text
    assert 'type="checkbox"' not in piece


def test_people_are_listed_by_their_names(browser: httpx.Client, bureau: Office) -> None:
    told = [row["label"] for row in bureau.get("/v1/people").json()["rows"]]
    assert rows(browser.get("/people").text) == told


# Loans and history -----------------------------------------------------------------------------------------------------


def test_loans_are_a_list_like_every_other_and_stand_by_borrower_beside_it(
    bureau: Office, browser: httpx.Client
) -> None:
    told = bureau.get("/v1/loans?count=true&totals=true").json()
    page = browser.get("/loans").text
    assert rows(page) == [one["name"] for one in told["rows"]]
    assert headings(page) == list(LOANS.columns)
    assert f"<strong>{told['count']}</strong>" in page
    late = [one["name"] for one in bureau.get("/v1/loans?overdue=true&sort=-name").json()["rows"]]
    assert rows(browser.get("/loans?overdue=true&sort=-name").text) == late
    one = told["rows"][0]
    assert one["name"] in rows(browser.get("/loans", params={"q": one["asset_number"]}).text)
    assert f'href="/items/{one["id"]}"' in page
    assert browser.get("/loans?due.min=soon").status_code == 422


def test_loans_by_borrower_take_the_filters_of_the_list(bureau: Office, browser: httpx.Client) -> None:
    by_unit = bureau.get("/v1/loans/borrowers").json()["borrowers"]
    assert rows(browser.get("/loans?by=borrower").text) == [one["borrower"]["label"] for one in by_unit]
    unit = by_unit[0]["borrower"]
    asked = f"/loans?borrower={unit['id']}&borrower.subtree=true&overdue=true&due.max=2026-01-01"
    for address in (asked, f"{asked}&by=borrower"):
        shown = chosen(browser.get(address).text)
        assert sorted(shown) == sorted([f"借用单位：{unit['label']}及其下级", "逾期：是", "应还日期至 2026-01-01"])
    assert browser.get("/loans?by=borrower&due.min=soon").status_code == 422


def test_every_filter_of_history_and_of_borrowers_is_one_of_the_api(bureau: Office) -> None:
    described = bureau.get("/v1/openapi.json").json()["paths"]
    for path, fields, names in (
        (
            "/v1/history",
            history.fields_for(["rooms"]),
            {"recorded.from", "recorded.to", "effective.from", "effective.to"},
        ),
        ("/v1/loans/borrowers", fields_of("loans"), {"due.min", "due.max", "borrower.subtree", "q"}),
    ):
        takes = {one["name"] for one in described[path]["get"]["parameters"]}
        exact = {field.name for field in fields if field.control in ("choice", "thing", "exact")}
        assert exact | names <= takes


def test_history_is_asked_by_day_kind_role_and_document(bureau: Office, browser: httpx.Client) -> None:
    told = bureau.get("/v1/history?kind=rooms").json()["events"]
    day = moment(told[0]["recorded_at"])[:10]
    page = browser.get(f"/history?kind=rooms&role={told[0]['role']}&recorded.min={day}&recorded.max={day}").text
    assert page.count('class="event') >= 1
    assert len(chosen(page)) == 4
    assert 'class="event' not in browser.get("/history?recorded.max=1999-01-01").text
    assert browser.get("/history?recorded.min=yesterday").status_code == 422
    assert 'aria-describedby="fault-recorded.min"' in browser.get("/history?recorded.min=yesterday").text


def test_history_is_searched_by_what_things_are_called_and_turned_round(bureau: Office, browser: httpx.Client) -> None:
    told = bureau.get("/v1/history?q=移动展板&limit=50").json()["events"]
    found = browser.get("/history?q=移动展板").text
    assert found.count('class="event') == len(told) > 3
    assert chosen(found) == ["查找“移动展板”"]
    assert 'value="移动展板"' in found
    table = rows(browser.get("/history?q=移动展板&by=table").text)
    assert rows(browser.get("/history?q=移动展板&by=table&order=oldest").text) == table[::-1]
    assert "order=oldest" in browser.get("/history?order=oldest").text
