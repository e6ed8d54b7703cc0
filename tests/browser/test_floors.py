"""Into the building: floors as plans, switched, coloured and printed; the rooms of a unit on all its floors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from api.demo.step import ANNEX, VETERANS, named
from maps.floors.parts import MOST
from tests.api.floors.drawn import a_drawn_building, a_hall_of_rooms
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture


@pytest.fixture(scope="module")
def drawn(bureau: Bureau) -> dict[str, Any]:
    api = bureau.office.client
    units = [row["id"] for row in api.get("/v1/units?limit=6").json()["rows"]]
    people = [row["id"] for row in api.get("/v1/people?limit=4").json()["rows"]]
    building = a_drawn_building(api, units, people)
    hall = a_hall_of_rooms(api, units[1], MOST + 30)
    assert api.get(f"/v1/buildings?after={bureau.office.head()}&limit=1").status_code == 200
    return {"building": building, "unit": units[1], "hall": hall}


@pytest.mark.parametrize(
    ("language", "size", "look"),
    [("zh", WIDE, "light"), ("en", PHONE, "light"), ("en", WIDE, "dark"), ("zh", PHONE, "dark")],
    ids=["zh-wide", "en-phone", "en-wide-dark", "zh-phone-dark"],
)
def test_floors_are_read_at_any_width_in_either_language(
    drawn: dict[str, Any], open_page: Open, pictures: Path, language: str, size: tuple[int, int], look: str
) -> None:
    page = open_page(language=language, size=size, color_scheme=look)
    building, unit = drawn["building"], drawn["unit"]
    for name, address in {
        "floor": f"/buildings/{building}/floors?floor=2",
        "mixed": f"/buildings/{building}/floors?floor=1&colour=category",
        "grid": f"/buildings/{building}/floors?floor=3&colour=occupancy",
        "lit": f"/buildings/{named(ANNEX)}/floors?floor=2&unit={named(VETERANS)}",
        "finding": f"/buildings/{named(ANNEX)}/floors?floor=3&colour=finding",
        "hall": f"/buildings/{drawn['hall']}/floors?unit={unit}",
        "part": f"/buildings/{drawn['hall']}/floors?part=2",
        "unit": f"/units/{unit}/rooms-map",
    }.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, address
        picture(page, pictures / f"{name}.png")
        assert accessible(page) == []
        assert fits(page), address
    page.goto(f"/buildings/{building}/floors?floor=2")
    page.emulate_media(media="print")
    picture(page, pictures / "print.png")


def test_a_floor_is_chosen_by_click_and_by_key_and_a_room_leads_to_its_page(
    drawn: dict[str, Any], open_page: Open
) -> None:
    page = open_page()
    page.goto(f"/buildings/{drawn['building']}/floors?floor=1&colour=category")
    page.locator("#storey2").click()
    expect(page.get_by_role("heading", name="综合办公楼 · 2 层")).to_be_visible()
    expect(page.locator("#storey2")).to_have_attribute("aria-current", "page")
    assert "colour=category" in page.url
    page.keyboard.press("[")
    expect(page.get_by_role("heading", name="综合办公楼 · 1 层")).to_be_visible()
    page.get_by_label("按什么着色").get_by_role("link", name="使用单位").click()
    expect(page.locator("svg.sheet a.room").first).to_have_class(re.compile("t[0-9]"))
    page.locator("svg.sheet a.room").first.click()
    page.locator(".floor-card .map-card").get_by_text("打开资产卡片").click()
    expect(page).to_have_url(re.compile("/rooms/"))


def test_a_floor_of_very_many_rooms_is_seen_whole_and_its_parts_are_reached_by_key(
    drawn: dict[str, Any], open_page: Open
) -> None:
    page = open_page()
    page.goto(f"/buildings/{drawn['hall']}/floors?colour=category")
    parts = page.locator("svg.sheet a.part")
    assert parts.count() == page.locator("#rooms-told tbody tr").count() > 1
    assert page.locator("svg.sheet a.room").count() == 0
    parts.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("第 2 块，共 2 块")).to_be_visible()
    assert page.locator("svg.sheet a.room").count() == page.locator("#rooms-told tbody tr").count() > MOST / 4
    assert "colour=category" in page.url
    page.get_by_role("link", name="上一块").click()
    expect(page.get_by_text("第 1 块，共 2 块")).to_be_visible()
    page.locator("svg.sheet a.room").first.click()
    expect(page.locator(".floor-card .map-card h2")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="全层", exact=True).click()
    expect(page.locator("svg.sheet a.part").first).to_be_visible()
    page.get_by_role("link", name="本层全部房间的列表").click()
    expect(page.get_by_role("status")).to_contain_text(str(MOST + 30))


@pytest.mark.parametrize(("language", "size"), [("zh", WIDE), ("en", PHONE)])
def test_a_room_opens_its_card_over_the_plan_by_click_and_by_key(
    open_page: Open, pictures: Path, language: str, size: tuple[int, int]
) -> None:
    """With facts, what is wrong in words, last changes and next steps; Esc leads back to the room."""
    page = open_page(language=language, size=size)
    page.goto(f"/buildings/{named(ANNEX)}/floors?floor=3&colour=finding")
    wrong = page.locator("svg.sheet a.room[data-findings]:not([data-findings=''])").first
    number = str(wrong.locator("text.number").first.text_content())
    wrong.focus()
    page.keyboard.press("Enter")
    card = page.locator(".floor-card .map-card")
    expect(card.locator("h2")).to_contain_text(number)
    expect(card.locator("h2")).to_be_focused()
    expect(card.locator(".map-findings li")).to_have_text(str(wrong.get_attribute("data-findings")).split("|"))
    expect(card.locator(".map-facts dt").first).to_be_visible()
    expect(card.locator(".map-story li").first).to_be_visible()
    expect(card.locator(".actions a").first).to_be_visible()
    picture(page, pictures / f"card-{language}.png")
    assert accessible(page) == []
    assert fits(page)
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(wrong).to_be_focused()
    page.goto(f"/buildings/{named(ANNEX)}/floors?floor=3&at=2024-12-01")
    page.locator("svg.sheet a.room").first.click()
    expect(card.locator("h2")).to_be_visible()
    expect(card.locator(".actions a")).to_have_count(0)
