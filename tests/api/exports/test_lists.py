"""Any list as a file: for spreadsheets, for Excel, for maps; whole, typed, and harmless to open."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.exports import csv as exports_csv
from api.exports import files as exports
from api.exports import xlsx as exports_xlsx
from projections.queries.listed import LISTED
from tests.api.exports.exported import Book, table
from tests.api.listing import faults, ids, labels
from tests.api.seeing import Seeing
from tests.scenarios.bureau import Done
from tests.scenarios.movables import a_car, an_item
from tests.scenarios.premises import a_building, a_person, a_room, a_unit


@pytest.fixture(scope="module")
def unit(desk: Seeing) -> Done:
    return a_unit(desk.bureau, "县机关事务管理局")


@pytest.fixture(scope="module")
def room(desk: Seeing, unit: Done) -> Done:
    """A room that a unit uses, with two people in it, to be vacated."""
    made = a_room(desk.bureau, a_building(desk.bureau, unit), "301", net_area="24.50")
    desk.bureau.does("rooms.assign", made, effective="2020-01-01", unit=unit)
    for name in ("白玉兰", "马文"):
        desk.bureau.does("rooms.move-in", made, effective="2021-01-01", person=a_person(desk.bureau, name, unit))
    desk.bureau.does("rooms.order-vacating", made, effective="2024-01-01", deadline="2024-06-30T18:00:00+08:00")
    return made


def as_csv(desk: Seeing, kind: str, query: str) -> list[dict[str, str]]:
    head, *rows = table(desk.asks(f"/v1/{kind}?format=csv&{query}"))
    return [dict(zip(head, row, strict=True)) for row in rows]


# CSV -------------------------------------------------------------------------------------------------------------------


def test_a_table_of_a_list_can_end_with_its_totals(desk: Seeing, unit: Done) -> None:
    building = a_building(desk.bureau, unit)
    for number, area in (("101", "20.00"), ("102", "30.50")):
        a_room(desk.bureau, building, number, net_area=area)
    asked = f"building={building}&fields=number,net_area,status"
    assert [row["使用面积"] for row in as_csv(desk, "rooms", asked)] == ["20.00", "30.50"]
    *_, last = as_csv(desk, "rooms", f"{asked}&totals=true")
    assert last == {"房间号": "合计", "使用面积": "50.50", "状态": ""}
    book = Book(desk.asks(f"/v1/rooms?format=xlsx&lang=en&totals=true&{asked}").content)
    assert book.rows()[-1][:2] == ["Total", 50.5]


def test_a_csv_has_chinese_headings_words_and_names(desk: Seeing, room: Done) -> None:
    answer = desk.asks(f"/v1/rooms?format=csv&id={room}")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "rooms-" in answer.headers["content-disposition"]
    head, row = table(answer)
    assert head == [column.zh for column in LISTED["rooms"].values()]
    told = dict(zip(head, row, strict=True))
    assert (told["状态"], told["楼栋"], told["使用单位"]) == ("在册", "综合办公楼", "县机关事务管理局")
    assert (told["楼层"], told["使用面积"], told["使用人数"]) == ("3", "24.50", "2")
    assert set(told["使用人"].split("、")) == {"白玉兰", "马文"}
    assert told["腾退期限"] == "2024-06-30 18:00:00"


def test_an_english_csv_has_english_words(desk: Seeing, room: Done) -> None:
    (told,) = as_csv(desk, "rooms", f"id={room}&lang=en&fields=status,category,vacate_by")
    assert told == {"Status": "In service", "Category": "Office", "Vacate by": "2024-06-30 18:00:00"}


def test_ids_come_where_they_are_asked_for(desk: Seeing, unit: Done, room: Done) -> None:
    (told,) = as_csv(desk, "rooms", f"id={room}&ids=true&fields=number,using_unit,occupants")
    assert list(told) == ["编号", "房间号", "使用单位", "使用单位编号", "使用人", "使用人编号"]
    assert (told["编号"], told["使用单位编号"]) == (room.id, unit.id)
    assert set(told["使用人编号"].split("、")) == set(ids(desk, "people", f"unit={unit}"))


def test_people_are_listed_by_name_and_the_erased_as_such(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县司法局")
    erased = a_person(desk.bureau, "某某", unit)
    a_person(desk.bureau, "杨雪莲", unit)
    desk.bureau.does("people.erase", erased, effective="2024-01-01")
    assert {row["姓名"] for row in as_csv(desk, "people", f"unit={unit}")} == {"杨雪莲", "（已抹除）"}


@pytest.mark.parametrize("nasty", ["=1+1", "+cmd|'/C calc'!A0", "-2+3", "@SUM(A1)", "  =1+1"])
def test_no_cell_of_a_csv_is_a_formula(desk: Seeing, unit: Done, nasty: str) -> None:
    item = an_item(desk.bureau, unit, f"ZC-{abs(hash(nasty))}", name=nasty)
    (told,) = as_csv(desk, "items", f"id={item}&fields=name,value")
    assert told == {"名称": f"'{nasty}", "账面价值": "6800.00"}


def test_numbers_below_nothing_stay_numbers() -> None:
    assert exports_csv.shown(-5) == "-5"
    assert exports_csv.guarded("\tx") == "'\tx"
    assert exports_csv.guarded("a=b") == "a=b"


def test_quotes_commas_and_line_breaks_stay_in_their_cell(desk: Seeing, unit: Done) -> None:
    name = '显示器"27寸",\n带支架'
    item = an_item(desk.bureau, unit, "ZC-引号", name=name)
    (told,) = as_csv(desk, "items", f"id={item}&fields=name")
    assert told["名称"] == name


# GeoJSON ---------------------------------------------------------------------------------------------------------------


def test_geojson_shows_where_it_lay_at_that_moment(desk: Seeing, unit: Done) -> None:
    car = a_car(desk.bureau, unit, "宁A77777", 77)
    for day, longitude in (("2021-01-01", 106.2), ("2022-01-01", 106.3)):
        place = {"system": "EPSG:4490", "x": longitude, "y": 38.5}
        desk.bureau.does("vehicles.fix-parking", car, effective=day, place=place, name="院内")
    told = desk.sees(f"/v1/vehicles?format=geojson&id={car}&at=2021-06-01")
    assert told["type"] == "FeatureCollection"
    assert told["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::4490"
    (feature,) = told["features"]
    assert feature["geometry"]["coordinates"] == pytest.approx([106.2, 38.5])
    assert (feature["id"], feature["properties"]["label"]) == (car.id, "宁A77777")
    assert told["words"]["status"]["in-service"]["zh"] == "在用"
    now = desk.sees(f"/v1/vehicles?format=geojson&id={car}")
    assert now["features"][0]["geometry"]["coordinates"][0] == pytest.approx(106.3)
    before = desk.sees(f"/v1/vehicles?format=geojson&id={car}&at=2020-06-01")
    assert before["features"][0]["geometry"] is None


def test_what_has_no_place_has_no_geojson(desk: Seeing) -> None:
    assert faults(desk, "/v1/items?format=geojson") == [("/query/format", "no-place")]
    answer = desk.client.get("/v1/people", headers={"Accept": "application/geo+json"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "no-place")


# Of all ----------------------------------------------------------------------------------------------------------------


def test_an_empty_list_is_a_file_with_a_heading(desk: Seeing) -> None:
    nothing = "at=1950-01-01"
    assert len(table(desk.asks(f"/v1/rooms?format=csv&{nothing}"))) == 1
    assert len(Book(desk.asks(f"/v1/rooms?format=xlsx&{nothing}").content).rows()) == 1
    assert desk.sees(f"/v1/rooms?format=geojson&{nothing}")["features"] == []


def test_the_form_may_be_said_by_the_header(desk: Seeing, room: Done) -> None:
    def form(accept: str) -> str:
        answer = desk.client.get(f"/v1/rooms?id={room}", headers={"Accept": accept})
        return answer.headers["content-type"].partition(";")[0]

    assert form("text/csv") == "text/csv"
    assert form("application/json;q=0.5, text/csv;q=0.9") == "text/csv"
    assert form("application/geo+json, */*;q=0.1") == "application/geo+json"
    assert form("text/html, */*") == "application/json"
    assert form(exports_xlsx.CONTENT_TYPE) == exports_xlsx.CONTENT_TYPE


def test_every_list_can_be_had_as_every_file(desk: Seeing) -> None:
    for kind in LISTED:
        count = desk.sees(f"/v1/{kind}?count=true")["count"]
        assert len(table(desk.asks(f"/v1/{kind}?format=csv&ids=true"))) == count + 1, kind
        assert len(Book(desk.asks(f"/v1/{kind}?format=xlsx&lang=en").content).rows()) == count + 1, kind


def test_an_export_may_be_a_part_of_the_list(desk: Seeing, unit: Done) -> None:
    building = a_building(desk.bureau, unit)
    for number in range(4):
        a_room(desk.bureau, building, f"20{number}")
    page = desk.sees(f"/v1/rooms?building={building}&sort=number&limit=1")
    rest = table(desk.asks(page["next"].replace("limit=1", "limit=2") + "&format=csv&fields=number"))
    assert rest == [["房间号"], ["201"], ["202"]]


def test_what_is_wrong_is_told_before_the_file_begins(desk: Seeing) -> None:
    assert desk.refused("/v1/rooms?format=csv&cursor=abc", 409) == "cursor-invalid"
    assert desk.refused("/v1/rooms?format=xlsx&case=没有的", 404) == "case-unknown"


def test_readers_who_go_away_give_back_what_they_held(desk: Seeing, unit: Done) -> None:
    building = a_building(desk.bureau, unit)
    a_room(desk.bureau, building, "1")
    for _ in range(3 * exports.MOST_AT_ONCE):
        with desk.client.stream("GET", f"/v1/rooms?format=csv&building={building}") as answer:
            assert answer.status_code == 200
    assert labels(desk, "buildings", f"id={building}") == ["综合办公楼"]


def test_more_exports_at_once_than_there_is_room_for_are_asked_to_wait(
    desk: Seeing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(exports, "_slots", threading.BoundedSemaphore(1))
    with exports._slots:
        answer = desk.asks("/v1/rooms?format=csv")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
        assert answer.json()["code"] == "exports-busy"
    assert desk.asks("/v1/rooms?format=csv").status_code == 200


def test_those_who_wait_for_an_export_hold_up_nobody_else(desk: Seeing, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many wait: threads of the server are few, and whoever only looks at a page needs one too."""
    monkeypatch.setattr(exports, "PATIENCE_SECONDS", 4.0)
    monkeypatch.setattr(exports, "_slots", threading.BoundedSemaphore(1))
    with exports._slots, ThreadPoolExecutor(60) as many:
        asked = [many.submit(desk.client.get, "/v1/rooms?format=csv") for _ in range(60)]
        until = time.monotonic() + exports.PATIENCE_SECONDS / 2
        while time.monotonic() < until and sum(one.done() for one in asked) < 60 - exports.MOST_WAITING:
            time.sleep(0.02)
        assert sum(one.done() for one in asked) == 60 - exports.MOST_WAITING
        assert desk.sees("/v1/rooms?limit=1")["rows"]
        assert sum(one.done() for one in asked) < 60
    assert {one.result().json()["code"] for one in asked} == {"exports-busy"}
