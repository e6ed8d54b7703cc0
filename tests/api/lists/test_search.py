"""Words: in a list and among everything; a name is found at the moments at which it is borne."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.listing import ids, labels
from tests.api.seeing import Seeing
from tests.scenarios.bureau import Done
from tests.scenarios.movables import a_car, an_item
from tests.scenarios.premises import a_building, a_person, a_room, a_title, a_unit


@pytest.fixture(scope="module")
def unit(desk: Seeing) -> Done:
    return a_unit(desk.bureau, "县水务局")


def hits(desk: Seeing, words: str, more: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.sees(f"/v1/search?q={words}{more}")["hits"]
    return found


# In a list -------------------------------------------------------------------------------------------------------------


def test_a_name_that_was_given_up_is_found_only_when_it_was_borne(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县畜牧局")
    desk.bureau.does("units.rename", unit, effective="2019-01-01", name="县农业农村局")
    assert ids(desk, "units", "q=畜牧") == []
    assert ids(desk, "units", "q=畜牧&at=2018-01-01") == [unit.id]
    assert ids(desk, "units", "q=农业农村") == [unit.id]
    assert ids(desk, "units", "q=农业农村&at=2018-01-01") == []


def test_a_wrong_name_is_found_as_it_was_known(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县林业局")
    wrong = desk.bureau.does("units.rename", unit, effective="2019-01-01", name="县自然资源局")
    desk.bureau.does("units.rename", unit, effective="2019-01-01", name="县林业和草原局", corrects=wrong.position)
    assert ids(desk, "units", "q=自然资源") == []
    assert ids(desk, "units", f"q=自然资源&known=%23{wrong.position}") == [unit.id]


def test_all_words_must_be_there_in_whatever_order_and_case(desk: Seeing, unit: Done) -> None:
    car = a_car(desk.bureau, unit, "宁C23456", 11, model="Haval H6 两驱")
    assert ids(desk, "vehicles", "q=宁c23456") == [car.id]
    assert ids(desk, "vehicles", "q=h6%20HAVAL") == [car.id]
    assert ids(desk, "vehicles", "q=h6%20四驱") == []
    assert ids(desk, "vehicles", "q=宁%20C234") == [car.id]


def test_one_character_is_enough(desk: Seeing) -> None:
    unit = a_unit(desk.bureau, "县畲族文化馆")
    assert ids(desk, "units", "q=畲") == [unit.id]


def test_signs_that_patterns_are_made_of_are_looked_for_as_they_are(desk: Seeing, unit: Done) -> None:
    a_room(desk.bureau, a_building(desk.bureau, unit, "甲楼"), "4_1%")
    a_room(desk.bureau, a_building(desk.bureau, unit, "乙楼"), "4x1y")
    assert labels(desk, "rooms", "q=4_1") == ["甲楼 4_1%"]
    assert labels(desk, "rooms", "q=1%25") == ["甲楼 4_1%"]


def test_what_no_column_shows_is_found_as_well(desk: Seeing, unit: Done) -> None:
    building = a_building(desk.bureau, unit, "丁楼")
    a_title(desk.bureau, building, unit)
    allocated = a_unit(desk.bureau, "县信访局")
    said = {"unit": allocated, "mode": "reallocate", "agreement": "协字〔2020〕77号"}
    desk.bureau.does("buildings.allocate", building, effective="2020-02-01", **said)
    assert ids(desk, "buildings", "q=协字〔2020〕77") == [building.id]
    assert ids(desk, "buildings", "q=协字〔2020〕77&at=2020-01-15") == []
    (hit,) = hits(desk, "协字〔2020〕77")
    assert [(one["zh"], one["value"]) for one in hit["matched"]] == [("使用协议", "协字〔2020〕77号")]


def test_people_and_drivers_are_found_by_a_name_that_only_the_vault_has(desk: Seeing, unit: Done) -> None:
    person = a_person(desk.bureau, "哈玉兰", unit)
    driver = desk.bureau.does(
        "drivers.enrol", effective="2016-01-01", person=person, licence="B1", valid_until="2035-01-01"
    )
    assert ids(desk, "people", "q=哈玉") == [person.id]
    assert ids(desk, "drivers", "q=玉兰%20哈") == [driver.id]
    desk.bureau.does("people.change-contact", person, effective="2020-01-01", name="哈玉莲")
    assert labels(desk, "people", "q=哈玉莲") == ["哈玉莲"]
    assert labels(desk, "people", "q=哈玉兰&at=2019-01-01") == ["哈玉兰"]
    desk.bureau.does("people.erase", person, effective="2024-01-01")
    assert ids(desk, "people", "q=哈玉") == []
    assert labels(desk, "people", f"id={person}") == labels(desk, "drivers", f"id={driver}") == ["（已抹除）"]
    assert labels(desk, "people", f"id={person}&at=2019-01-01") == ["（已抹除）"]


def test_a_corrected_name_is_called_by_what_the_correction_says(desk: Seeing, unit: Done) -> None:
    person = a_person(desk.bureau, "买红梅", unit)
    joined = person.position
    later = desk.bureau.does("people.change-contact", person, effective="2020-01-01", name="买红霞")
    said = {"unit": unit, "name": "马红梅", "staff_type": "established"}
    desk.bureau.does("people.join", effective="2015-01-01", id=person, corrects=joined, **said)
    assert labels(desk, "people", f"id={person}&at=2019-01-01") == ["马红梅"]
    assert labels(desk, "people", f"id={person}&at=2019-01-01&known=%23{later.position}") == ["买红梅"]
    assert labels(desk, "people", f"id={person}") == ["买红霞"]


# Among everything ------------------------------------------------------------------------------------------------------


def test_what_is_just_so_comes_first_then_what_begins_so(desk: Seeing, unit: Done) -> None:
    building = a_building(desk.bureau, unit, "甲子楼")
    for number in ("5107", "51071", "15107"):
        a_room(desk.bureau, building, number)
    item = an_item(desk.bureau, unit, "ZC-5107")
    found = hits(desk, "5107")
    assert [(hit["kind"], hit["label"]) for hit in found] == [
        ("rooms", "甲子楼 5107"),
        ("rooms", "甲子楼 51071"),
        ("rooms", "甲子楼 15107"),
        ("items", "便携式计算机 ZC-5107"),
    ]
    assert found[-1]["id"] == item.id
    assert found[-1]["status_words"] == {"zh": "单位占用", "en": "With its unit"}
    assert found[-1]["matched"] == [
        {"field": "asset_number", "zh": "资产编号", "en": "Asset number", "value": "ZC-5107"}
    ]


def test_a_search_goes_on_from_page_to_page(desk: Seeing, unit: Done) -> None:
    building = a_building(desk.bureau, unit, "壬辰楼")
    for number in range(5):
        a_room(desk.bureau, building, f"壬辰{number}")
    whole = [hit["id"] for hit in hits(desk, "壬辰")]
    found: list[str] = []
    following: str | None = "/v1/search?q=壬辰&limit=2"
    while following is not None:
        page = desk.sees(following)
        found += [hit["id"] for hit in page["hits"]]
        following = page["next"]
    assert len(whole) == 6
    assert found == whole
    assert desk.refused("/v1/search?q=壬辰&cursor=abc", 409) == "cursor-invalid"


def test_a_search_is_about_a_moment_and_kinds(desk: Seeing, unit: Done) -> None:
    a_building(desk.bureau, unit, "癸巳楼", since="2020-01-01")
    person = a_person(desk.bureau, "癸巳生", unit)
    assert [hit["kind"] for hit in hits(desk, "癸巳")] == ["buildings"]
    assert hits(desk, "癸巳", "&at=2019-12-31") == []
    assert [hit["id"] for hit in hits(desk, "癸巳", "&kind=people&kind=rooms")] == [person.id]
    assert hits(desk, "癸巳", "&kind=units") == []
