"""The map in a browser: cards, layers, search, findings, and its way to lists and back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.mapping import MAIN, PREMISES, clicked, drawn, opened


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
    page = opened(open_page(language="en"), PREMISES)
    page.click(".map-list > summary")
    expect(page.locator(".map-list li")).to_have_count(4)
    page.select_option("[name=colour]", "title")
    expect(page.locator(".map-legend .of")).to_have_text(["Buildings3"])
    counted = page.locator(".map-legend li:not(.of) .many").all_inner_texts()
    assert sum(map(int, counted)) == 3
    page.uncheck("[name=layer][value=buildings]")
    expect(page.locator(".map-list li")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"colour=title"))
    clicked(page, *MAIN)
    expect(page.locator(".map-card .map-of")).to_contain_text("Compounds")


def test_what_is_found_is_flown_to_and_opened_by_keys_alone(open_page: Open) -> None:
    page = opened(open_page(), "/map?look=36,107,9")
    page.locator(".map-find input").focus()
    page.keyboard.type("1号楼", delay=20)
    expect(page.locator(".map-find li button").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".map-card h2")).to_have_text("1号楼")
    expect(page).to_have_url(re.compile(r"look=38\.48"))


def test_from_far_away_rings_count_everything_and_lead_nearer(open_page: Open) -> None:
    page = opened(open_page(), "/map?look=38.4,106.2,8")
    ring = page.locator(".map-ring")
    expect(ring).to_have_count(1)
    expect(ring).to_have_attribute("aria-label", re.compile("房屋 3"))
    page.check("[name=layer][value=findings]")
    expect(ring).to_have_attribute("aria-label", re.compile("待办与异常 [1-9]"))
    page.uncheck("[name=layer][value=findings]")
    expect(ring).to_have_attribute("aria-label", re.compile("房屋 3"))
    ring.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r",11"))
