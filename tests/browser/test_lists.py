"""Lists in a browser: typing finds, filters and columns change the table alone, and the address is always the list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.looking import accessible, fits, picture


def rows(page: Page) -> int:
    return page.locator(".rows tbody tr").count()


def test_typing_finds_while_the_field_keeps_the_cursor_and_the_address_is_the_list(open_page: Open) -> None:
    page = open_page()
    page.goto("/rooms")
    everything = rows(page)
    page.keyboard.press("/")
    page.keyboard.type("305", delay=30)
    expect(page.locator(".rows tbody tr")).to_have_count(1)
    assert page.evaluate("document.activeElement.name") == "q"
    expect(page).to_have_url(re.compile(r"/rooms\?q=305$"))
    page.reload()
    assert rows(page) == 1
    page.fill("#q", "没有这样的房间")
    expect(page.locator(".rows .empty")).to_be_visible()
    page.click(".rows .empty a")
    expect(page.locator(".rows tbody tr")).to_have_count(everything)


def test_filters_narrow_at_once_and_chips_take_them_off(open_page: Open) -> None:
    page = open_page(language="en")
    page.goto("/rooms")
    everything = rows(page)
    page.click(".asking .pick >> nth=1 >> summary")
    page.check("input[name=category][value=office]")
    expect(page.locator("main .chip")).to_have_text(["Category: Office×(take off)"])
    page.click("h1")
    page.click(".more > summary")
    page.fill("[name='using_unit@q']", "财政")
    page.check("#choices-using_unit input >> nth=0")
    expect(page.locator("main .chip")).to_have_count(2)
    assert "find." not in page.url
    page.fill("[name='net_area.min']", "20")
    expect(page.locator("main .chip")).to_have_count(3)
    assert 0 < rows(page) < everything
    page.fill("[name='net_area.min']", "viel")
    expect(page.locator(".rows [role=alert]")).to_be_visible()
    page.fill("[name='net_area.min']", "")
    expect(page.locator("main .chip")).to_have_count(2)
    page.click("main .chip >> nth=0")
    expect(page.locator("main .chip")).to_have_count(1)
    page.wait_for_load_state()
    page.click(".clear")
    expect(page.locator(".rows tbody tr")).to_have_count(everything)


def test_a_heading_sorts_shift_adds_a_second_and_the_drawer_moves_columns(open_page: Open) -> None:
    page = open_page()
    page.goto("/rooms")
    page.click("#by-net_area")
    expect(page.locator("th[aria-sort]")).to_have_text(["使用面积 m² ↑"])
    expect(page).to_have_url(re.compile("sort=net_area"))
    page.click("#by-floor", modifiers=["Shift"])
    expect(page.locator("#by-floor .way")).to_have_text("↑2")
    page.click(".tools .pick >> nth=1 >> summary")
    page.click("button[name=up][value=net_area]")
    expect(page).to_have_url(re.compile("fields="))
    expect(page.locator("#columns")).to_be_visible()
    page.uncheck("#columns input[value=building]")
    page.click("#columns .main-action")
    expect(page.locator("#columns")).not_to_be_visible()
    expect(page.locator("#by-building")).to_have_count(0)
    page.click(".tools .pick >> nth=1 >> summary")
    page.click("button[name=anew]")
    expect(page.locator("#by-building")).to_have_count(1)


def test_what_is_ticked_leads_to_one_form_for_all_of_it(open_page: Open, pictures: Path) -> None:
    page = open_page()
    page.goto("/rooms?category=office")
    page.check("[data-every]")
    expect(page.locator("#chosen .many")).to_have_text(f" ({rows(page)})")
    page.uncheck("[data-every]")
    page.check(".tick [name=id] >> nth=0")
    page.check(".tick [name=id] >> nth=1")
    page.click("#chosen button >> nth=0")
    picture(page, pictures / "chosen.png")
    assert accessible(page) == []
    page.click("a[href^='/rooms/do/measure']")
    assert page.url.count("id=") == 2


def test_a_view_is_kept_and_comes_back_by_its_name(open_page: Open) -> None:
    page = open_page()
    page.goto("/rooms?category=office&sort=-net_area")
    page.click(".tools .pick >> nth=0 >> summary")
    page.fill("#views [name=name]", "大办公室")
    page.click("#views button")
    expect(page.locator("h1")).to_contain_text("大办公室")
    page.goto("/rooms?view=-")
    page.click(".tools .pick >> nth=0 >> summary")
    page.click(".panel >> text=大办公室")
    expect(page.locator("main .chip")).to_have_count(1)
    page.click(".tools .pick >> nth=0 >> summary")
    page.click("button[value=大办公室]")
    expect(page.locator("h1")).not_to_contain_text("大办公室")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_everybody_can_use_every_drawer(open_page: Open, pictures: Path, size: tuple[int, int], language: str) -> None:
    page = open_page(language=language, size=size)
    wrong: dict[str, list[str]] = {}
    for name, opened in {
        "more": ".more > summary",
        "filter": ".asking .pick >> nth=0 >> summary",
        "views": ".tools .pick >> nth=0 >> summary",
        "columns": ".tools .pick >> nth=1 >> summary",
        "export": ".tools .pick >> nth=2 >> summary",
    }.items():
        page.goto("/vehicles?q=宁&odometer.min=1&category.none=false&sort=-odometer,plate")
        page.click(opened)
        picture(page, pictures / f"{name}.png")
        wrong[name] = accessible(page) + ["wider than the window"] * (not fits(page))
    page.goto("/vehicles?odometer.min=x")
    picture(page, pictures / "wrong.png")
    wrong["wrong"] = accessible(page)
    assert {name: found for name, found in wrong.items() if found} == {}
