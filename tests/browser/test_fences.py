"""Geofences on the map: shown as they were on a day, drawn in three ways, and the form that carries what was drawn."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.demo.step import TOWN, VERGE, ref
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture
from tests.browser.mapping import opened

VIEW = "/map?look=38.4860,106.2316,15"


def fences_of(page: Page) -> Page:
    """With the panel open and loaded."""
    if page.locator(".map-drawer:not([open]) > summary").is_visible():
        page.click(".map-drawer > summary")
    page.click(".map-fences > summary")
    return page


def clicked_at(page: Page, *spots: tuple[int, int], twice: bool = False) -> None:
    sheet = page.locator(".folium-map").bounding_box()
    assert sheet is not None
    for number, (x, y) in enumerate(spots):
        last = twice and number == len(spots) - 1
        page.mouse.move(sheet["x"] + x, sheet["y"] + y, steps=3)
        page.wait_for_timeout(60)
        page.mouse.click(sheet["x"] + x, sheet["y"] + y)
        if last:
            page.wait_for_timeout(60)
            page.mouse.dblclick(sheet["x"] + x, sheet["y"] + y)


@pytest.mark.parametrize(("language", "size"), [("zh", WIDE), ("en", PHONE)])
def test_fences_are_shown_as_they_were_on_a_day(
    open_page: Open, pictures: Path, language: str, size: tuple[int, int]
) -> None:
    page = fences_of(opened(open_page(language=language, size=size), "/map?look=38.4860,106.2400,12"))
    rows = page.locator(".fence-list li")
    expect(rows).to_have_count(3)
    expect(page.locator(".map-legend li", has=page.locator(".swatch.fence"))).to_have_count(3)
    expect(page.locator(".fence-list .swatch.dormant")).to_have_count(1)
    assert accessible(page) == []
    assert fits(page)
    picture(page, pictures / f"fences-{language}.png")
    page = fences_of(opened(page, "/map?at=2024-10-03"))
    expect(page.locator(".fence-list .swatch.dormant")).to_have_count(0)
    rows.filter(has_text=VERGE).locator("button").click()
    expect(page.locator(".map-card h2")).to_have_text(f"{VERGE}（演示）")
    expect(page).to_have_url(re.compile(f"thing=fences/{ref(VERGE)}"))
    page.wait_for_timeout(600)
    picture(page, pictures / f"verge-{language}.png")
    page = fences_of(opened(page, "/map?at=2020-01-01"))
    expect(rows).to_have_count(0)


def test_fences_are_a_layer_that_is_counted_found_and_left_out(open_page: Open, pictures: Path) -> None:
    page = opened(open_page(), "/map?at=2024-10-03&look=38.4860,106.2316,13")
    legend = page.locator(".map-legend li", has=page.locator(".swatch.fence"))
    expect(legend).to_have_text([re.compile("四至范围.*1"), re.compile("固定停放1"), re.compile("节假日封存1")])
    page.fill(".map-find input", VERGE)
    page.locator(".map-find li button").first.click()
    expect(page.locator(".map-card h2")).to_have_text(f"{VERGE}（演示）")
    expect(page.locator("path.fence.chosen")).to_have_count(1)
    picture(page, pictures / "found.png")
    page.uncheck("[name=layer][value=fences]")
    expect(page.locator("path.fence")).to_have_count(0)
    expect(legend).to_have_count(0)
    page.reload()
    expect(page.locator("[name=layer][value=buildings]")).to_be_checked()
    expect(page.locator("path.fence")).to_have_count(0)


def test_a_hole_stays_open_and_its_edge_opens_the_card(open_page: Open) -> None:
    """The town's ring has the station as its hole: two rings of one path, filled by turns."""
    page = opened(open_page(), "/map?look=38.474,106.2105,15&layers=fences")
    town = page.locator("path.fence.no-dispatch")
    expect(town).to_have_attribute("fill-rule", "evenodd")
    assert str(town.get_attribute("d")).count("M") == 2
    at = page.evaluate(
        "(() => { const { x, y } = zhangtu.map.sheet.latLngToContainerPoint([38.470, 106.2105]); return [x, y] })()"
    )
    page.locator(".folium-map").click(position={"x": at[0], "y": at[1]})
    expect(page.locator(".map-card h2")).to_have_text(f"{TOWN}（演示）")


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_two_days_show_the_fences_of_each(open_page: Open, pictures: Path, size: tuple[int, int]) -> None:
    page = opened(open_page(size=size), "/map?look=38.4940,106.2420,14&layers=fences&at=2024-11-01&beside=2024-10-03")
    expect(page.locator(".map-other path.fence.sealing.in-force")).to_have_count(1)
    expect(page.locator(".folium-map path.fence.sealing.dormant")).to_have_count(1)
    expect(page.locator(".map-differs [role=status]")).to_contain_text("有变化 1")
    page.click(".map-differs summary")
    expect(page.locator(".map-differs li li")).to_have_text("状态：生效中 → 未生效")
    expect(page.locator(".folium-map path.fence.differs-other")).to_have_count(1)
    picture(page, pictures / "two-days.png")
    assert fits(page)


def test_a_polygon_with_a_hole_goes_into_the_form(open_page: Open, pictures: Path) -> None:
    page = fences_of(opened(open_page(), VIEW))
    page.click(".fence-drawing [value=Polygon]")
    clicked_at(page, (200, 150), (600, 150), (600, 500), (200, 500), (200, 150))
    expect(page.locator(".fence-drawn strong")).to_have_text("多边形，4 个角点")
    page.click(".fence-drawing [value=Cut]")
    clicked_at(page, (300, 250), (400, 250), (400, 350), (300, 250))
    expect(page.locator(".fence-drawn strong")).to_contain_text("内有 1 个洞")
    picture(page, pictures / "drawn.png")
    page.click("text=填写办理信息…")
    expect(page).to_have_url(re.compile("/fences/do/draw$"))
    rings = json.loads(page.input_value("[name=polygon]"))
    assert [len(ring) for ring in rings] == [5, 4]
    assert all(ring[0] == ring[-1] for ring in rings)
    picture(page, pictures / "form.png")


def test_a_circle_and_a_corridor_keep_their_numbers(open_page: Open) -> None:
    page = fences_of(opened(open_page(language="en"), VIEW))
    page.click(".fence-drawing [value=Circle]")
    clicked_at(page, (400, 300), (480, 300))
    expect(page.locator(".fence-drawn strong")).to_contain_text("A circle of")
    page.click(".fence-drawing [value=drop]")
    expect(page.locator(".fence-drawn")).to_be_hidden()
    page.click(".fence-drawing [value=Line]")
    clicked_at(page, (250, 300), (500, 320), (640, 260), twice=True)
    page.fill("[name='corridor.width']", "45")
    page.click("text=Fill in the rest")
    assert page.input_value("[name='corridor.width']") == "45"
    assert len(page.input_value("[name='corridor.line']").splitlines()) == 3
    assert page.input_value("[name='circle.radius']") == ""


def test_one_that_is_there_is_drawn_again_under_a_mandate(open_page: Open, bureau: Bureau) -> None:
    page = fences_of(opened(open_page(), "/map?look=38.4995,106.2490,15"))
    page.locator(".fence-list li").filter(has_text=VERGE).locator("button").click()
    page.click(".map-card [data-redraw]")
    expect(page.locator(".fence-drawn strong")).to_contain_text("走廊，3 个点")
    assert page.input_value("[name='corridor.width']") == "40"
    page.fill("[name='corridor.width']", "55.5")
    page.click("text=填写办理信息…")
    expect(page).to_have_url(re.compile(f"/fences/do/redraw\\?id={ref(VERGE)}$"))
    page.get_by_label("办理原因").fill("道路拓宽")
    page.get_by_label("文号").fill("银机管发〔2026〕2号")
    page.locator("[name='mandate.effective']").fill("2026-03-01")
    page.get_by_role("button", name="办理", exact=True).click()
    expect(page.locator(".done .badge")).to_have_text("已办理")
    assert "55.5" in bureau.office.get(f"/v1/fences/{ref(VERGE)}").text


def test_what_map_programs_read_is_a_page_for_people(open_page: Open, pictures: Path) -> None:
    page = open_page(size=PHONE)
    for name in ("", "/collections", "/collections/fences-zh", "/collections/fences-zh/items"):
        page.goto(f"/ogc{name}")
        assert accessible(page) == []
        assert fits(page)
        picture(page, pictures / f"ogc{name.replace('/', '-')}.png")
    expect(page.locator("tbody tr")).to_have_count(3)
