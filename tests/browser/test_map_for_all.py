"""The map for everybody: its findings and filters, in both languages and widths, and with hostile names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.api.conftest import MANDATE
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture
from tests.browser.mapping import MAIN, VIEW, clicked, drawn, opened

HOSTILE = "<script>alert(1)</script>`${7*7}`\"'院"


def test_findings_have_a_legend_in_which_each_is_ticked(open_page: Open, pictures: Path) -> None:
    page = opened(open_page(), f"{VIEW}&layers=buildings,rooms,findings")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "/tiles/findings/" in one.url else None)
    legend = page.locator(".map-legend label")
    others = ("逾期未还的借用1", "闲置满 6 个月的资产1")
    expect(legend).to_have_text([re.compile(one) for one in ("闲置满 6 个月的房间7", "权属不明的房屋1", *others)])
    picture(page, pictures / "findings.png")
    for one in ("权属不明", *others):
        legend.filter(has_text=one).locator("input").uncheck()
    expect(page).to_have_url(re.compile(r"finding=rooms-idle"))
    drawn(page)
    assert asked
    assert all("finding=rooms-idle" in one for one in asked)
    page.reload()
    expect(legend.filter(has_text="权属不明").locator("input")).not_to_be_checked()
    expect(legend.filter(has_text="的房间").locator("input")).to_be_checked()
    legend.filter(has_text="的房间").locator("input").uncheck()
    expect(page.locator("[name=layer][value=findings]")).not_to_be_checked()
    expect(legend).to_have_count(0)


def test_a_list_and_the_map_lead_to_each_other_with_the_same_filter(open_page: Open) -> None:
    page = open_page()
    page.goto("/buildings?title=registered")
    count = page.locator(".about strong").inner_text()
    page.click(".tools >> text=地图")
    drawn(page)
    expect(page.locator(".map-filters .chip")).to_contain_text(["权属状态：已登记"])
    expect(page.locator("[data-count=buildings]")).to_have_text(count)
    expect(page.locator("[name=layer]:checked")).to_have_count(1)
    page.click("[data-list]")
    expect(page).to_have_url(re.compile(r"/buildings\?title=registered$"))


@pytest.mark.parametrize(
    ("language", "size", "look"),
    [("zh", WIDE, "light"), ("en", PHONE, "light"), ("en", WIDE, "dark"), ("zh", PHONE, "dark")],
    ids=["zh-wide", "en-phone", "en-wide-dark", "zh-phone-dark"],
)
def test_everybody_can_use_the_map(
    open_page: Open, pictures: Path, size: tuple[int, int], language: str, look: str
) -> None:
    page = opened(open_page(language=language, size=size, color_scheme=look), VIEW)
    clicked(page, *MAIN)
    expect(page.locator(".map-card h2")).to_have_text("1号楼")
    picture(page, pictures / "card.png")
    if size == PHONE:
        page.click(".map-drawer > summary")
    page.click(".map-list > summary")
    picture(page, pictures / "list.png")
    wrong = {"card": accessible(page) + ["wider than the window"] * (not fits(page))}
    opened(page, "/map?look=38.4,106.2,8")
    picture(page, pictures / "rings.png")
    wrong["rings"] = accessible(page)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_hostile_name_is_a_name_wherever_it_stands(open_page: Open, bureau: Bureau) -> None:
    ring = [[107.0, 36.0], [107.001, 36.0], [107.001, 36.001], [107.0, 36.001], [107.0, 36.0]]
    compound = {"name": HOSTILE, "address": HOSTILE, "division": "640422"}
    answer = bureau.office.post(
        "/v1/compounds", {**compound, "outline": {"system": "EPSG:4490", "coordinates": [ring]}, "mandate": MANDATE}
    )
    assert bureau.office.get(f"/v1/compounds?after={answer.json()['position']}&limit=1").status_code == 200
    page = opened(open_page(), "/map?look=36.0005,107.0005,18&colour=status")
    page.click(".map-list > summary")
    expect(page.locator(".map-list li button")).to_have_text(HOSTILE)
    clicked(page, 107.0005, 36.0005)
    expect(page.locator(".map-card h2")).to_have_text(HOSTILE)
    page.fill(".map-find input", "script")
    expect(page.locator(".map-find li button span >> nth=0")).to_have_text(HOSTILE)
    opened(page, "/map?look=36.0005,107.0005,18&beside=2000-01-01")
    page.click(".map-differs summary")
    expect(page.locator(".map-differs li button")).to_have_text(HOSTILE)
