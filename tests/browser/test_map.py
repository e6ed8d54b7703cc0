"""The map in a browser: what is clicked opens, what is ticked is shown, the address is the map, and everybody can use it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.looking import accessible, fits, picture

MAIN = (106.23105, 38.48645)
"""In the middle of building no. 1 of the demonstration."""


def opened(page: Page, address: str = "/map") -> Page:
    page.goto(address)
    drawn(page)
    return page


def drawn(page: Page) -> None:
    """Until nothing is awaited and everything is painted."""
    expect(page.locator(".folium-map[data-waiting='0']")).to_be_visible()
    page.wait_for_timeout(150)


def clicked(page: Page, longitude: float, latitude: float) -> None:
    point = page.evaluate("([lng, lat]) => zhangtu.map.sheet.latLngToContainerPoint([lat, lng])", [longitude, latitude])
    page.locator(".folium-map").click(position={"x": point["x"], "y": point["y"]})


def test_a_click_opens_the_card_and_the_address_is_the_map(open_page: Open) -> None:
    page = opened(open_page())
    clicked(page, *MAIN)
    card = page.locator(".map-card")
    expect(card.locator("h2")).to_have_text("1号楼")
    expect(page).to_have_url(re.compile(r"thing=buildings/[0-9a-f-]{36}"))
    page.reload()
    drawn(page)
    expect(card.locator("h2")).to_have_text("1号楼")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert "thing=" not in page.url


def test_layers_colours_and_the_list_agree_with_what_is_drawn(open_page: Open) -> None:
    page = opened(open_page(language="en"))
    page.click(".map-list > summary")
    expect(page.locator(".map-list li")).to_have_count(4)
    page.select_option("[name=colour]", "category")
    expect(page.locator(".map-legend li:not(.of)").first).to_be_visible()
    page.uncheck("[name=layer][value=buildings]")
    expect(page.locator(".map-list li")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"colour=category"))
    clicked(page, *MAIN)
    expect(page.locator(".map-card .map-of")).to_contain_text("Compounds")


def test_what_is_found_is_flown_to_and_opened_by_keys_alone(open_page: Open) -> None:
    page = opened(open_page(), "/map?place=36,107,9")
    page.locator(".map-find input").focus()
    page.keyboard.type("1号楼", delay=20)
    expect(page.locator(".map-find li button").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".map-card h2")).to_have_text("1号楼")
    expect(page).to_have_url(re.compile(r"place=38\.48"))


def test_from_far_away_rings_count_everything_and_lead_nearer(open_page: Open) -> None:
    page = opened(open_page(), "/map?place=38.4,106.2,8")
    ring = page.locator(".map-ring")
    expect(ring).to_have_count(1)
    expect(ring).to_have_attribute("aria-label", re.compile("房屋 3"))
    ring.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r",11"))


@pytest.mark.parametrize(
    ("language", "size", "look"),
    [("zh", WIDE, "light"), ("en", PHONE, "light"), ("en", WIDE, "dark"), ("zh", PHONE, "dark")],
    ids=["zh-wide", "en-phone", "en-wide-dark", "zh-phone-dark"],
)
def test_everybody_can_use_the_map(
    open_page: Open, pictures: Path, size: tuple[int, int], language: str, look: str
) -> None:
    page = opened(open_page(language=language, size=size, color_scheme=look))
    wrong = {"things": accessible(page)}
    clicked(page, *MAIN)
    expect(page.locator(".map-card h2")).to_have_text("1号楼")
    picture(page, pictures / "card.png")
    wrong["card"] = accessible(page) + ["wider than the window"] * (not fits(page))
    if size == PHONE:
        page.click(".map-drawer > summary")
    page.click(".map-list > summary")
    picture(page, pictures / "list.png")
    wrong["list"] = accessible(page)
    opened(page, "/map?place=38.4,106.2,8")
    picture(page, pictures / "rings.png")
    wrong["rings"] = accessible(page)
    assert {name: found for name, found in wrong.items() if found} == {}
