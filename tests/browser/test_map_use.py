"""Small things that get in the way of whoever uses the map: what is looked for lies free, clicks do one thing, and numbers agree."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from api.demo.step import CAR, VAN
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.mapping import MAIN, drawn, opened
from tests.browser.test_fences import clicked_at, fences_of
from tests.browser.test_fleet import HOME, position, reports

ROOMS = "/map?look=38.48655,106.23260,19&layers=buildings,rooms&colour=use"


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_what_was_looked_for_lies_beside_its_card(open_page: Open, size: tuple[int, int]) -> None:
    page = opened(open_page(size=size))
    if size == PHONE:
        page.click(".map-drawer > summary")
    page.fill(".map-find input", "1号楼")
    page.locator(".map-find li button").first.click()
    expect(page.locator(".map-card h2")).to_have_text("1号楼")
    page.wait_for_timeout(700)
    drawn(page)
    x, y = place_of(page, *MAIN)
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.closest('.folium-map') !== null", [x, y])


def place_of(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """In the window."""
    point = page.evaluate("([lng, lat]) => zhangtu.map.sheet.latLngToContainerPoint([lat, lng])", [longitude, latitude])
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    return box["x"] + point["x"], box["y"] + point["y"]


def test_a_click_that_draws_opens_no_card(open_page: Open) -> None:
    page = fences_of(opened(open_page(), "/map?look=38.48598,106.23161,17"))
    page.get_by_role("button", name="画圆").click()
    clicked_at(page, (340, 300), (400, 300))
    expect(page.locator(".fence-drawn")).to_be_visible()
    page.wait_for_timeout(400)
    expect(page.locator(".map-card")).to_be_hidden()
    page.locator(".fence-drawn [value=drop]").click()
    clicked_at(page, (340, 300))
    expect(page.locator(".map-card")).to_be_visible()


def test_the_legend_counts_the_rooms_of_the_floor_that_is_drawn(open_page: Open) -> None:
    page = opened(open_page(), ROOMS)
    head = page.locator(".map-legend .of", has_text="房间").locator(".many")
    expect(head).to_have_text(page.locator("[data-count=rooms]").inner_text())
    first = head.inner_text()
    page.click(".map-floor [value='1']")
    drawn(page)
    expect(head).not_to_have_text(first)
    expect(head).to_have_text(page.locator("[data-count=rooms]").inner_text())


def test_what_waits_is_counted_at_its_layer_as_in_the_legend(open_page: Open) -> None:
    page = opened(open_page(), f"{ROOMS},findings".replace("&colour=use,findings", ",findings"))
    expect(page.locator("[data-count=findings]")).to_have_text(
        page.locator(".map-legend .of", has_text="待办与异常").locator(".many").inner_text()
    )


def test_a_map_of_nothing_says_so_once_until_something_comes(open_page: Open) -> None:
    page = opened(open_page(), "/map?at=1990-01-01")
    empty, hint = page.locator(".map-empty"), page.locator(".map-nothing")
    expect(empty).to_be_visible()
    page.wait_for_timeout(600)
    expect(hint).to_be_hidden()


def test_plates_of_vehicles_side_by_side_do_not_cover_each_other(open_page: Open, bureau: Bureau) -> None:
    now = datetime.now(UTC)
    reports(bureau, position(CAR, now, speed=0), position(VAN, now, speed=0))
    page = opened(open_page(), "/map?look=38.4865,106.2312,17")
    expect(page.locator(".map-fleet")).to_have_attribute("data-plates", re.compile(f"^({CAR} {VAN}|{VAN} {CAR})$"))
    # Each on paper of its own: where a vehicle parks, its plate stands on the map already.
    point = page.evaluate("([lng, lat]) => zhangtu.map.sheet.latLngToContainerPoint([lat, lng])", list(HOME))
    alpha = "([x, y]) => document.querySelector('.map-moving').getContext('2d').getImageData(x, y, 1, 1).data[3]"
    assert page.evaluate(alpha, [point["x"] - 15, point["y"] + 11]) > 150


def test_on_a_phone_the_panel_makes_room_for_a_replay(open_page: Open) -> None:
    page = opened(open_page(size=PHONE))
    page.click(".map-drawer > summary")
    page.click(".map-replay-part > summary")
    page.click(".map-replay [value=load]")
    expect(page.locator(".map-panel")).to_be_hidden()
