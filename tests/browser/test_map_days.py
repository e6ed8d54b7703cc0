"""The map on other days: the slider, two days side by side, what moved, and a case."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from projections.generations.cases import CaseAsked, investigated
from tests.api.conftest import MANDATE
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture
from tests.browser.mapping import MAIN, PREMISES, VIEW, clicked, drawn, opened


def test_a_step_of_the_slider_shows_another_day_and_the_page_says_so(open_page: Open) -> None:
    page = opened(open_page(), VIEW)
    page.select_option("[name=span]", "3653")
    slider = page.locator("[name=day]")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    yesterday = page.locator(".map-time output").inner_text()
    expect(page.locator(".past")).to_contain_text(yesterday)
    expect(page).to_have_url(re.compile(f"at={yesterday}"))
    expect(page.locator(f".menu a[href$='/rooms?at={yesterday}']")).to_have_count(1)
    slider.evaluate("one => { one.value = one.min; one.dispatchEvent(new Event('input')); }")
    page.click(".map-list > summary")
    expect(page.locator(".map-list [role=status]")).to_have_text("视图中共 0 个")
    page.click("button[name=play]")
    expect(page.locator("button[name=play]")).to_have_attribute("aria-pressed", "true")
    for _ in range(50):
        if len(page.evaluate("zhangtu.map.steps")) > 4:
            break
        page.wait_for_timeout(100)
    assert len(page.evaluate("zhangtu.map.steps")) > 4
    page.click("button[name=play]")
    drawn(page)
    page.check(".map-time [name=known]")
    expect(page).to_have_url(re.compile(r"known=\d{4}-\d\d-\d\dT23"))
    page.click(".past a")
    expect(page.locator(".past")).to_have_count(0)


def test_two_days_side_by_side_say_what_is_new(open_page: Open, pictures: Path) -> None:
    page = opened(open_page(), f"{PREMISES}&beside=2000-01-01")
    expect(page.locator(".map-differs [role=status]")).to_have_text("新增 4")
    page.click(".map-differs summary")
    page.click(".map-differs li button >> text=1号楼")
    expect(page.locator(".map-card h2")).to_have_text("1号楼")
    picture(page, pictures / "beside.png")
    assert accessible(page) == []
    page.locator(".map-differs input").fill("2026-01-01")
    expect(page.locator(".map-differs [role=status]")).to_have_text("视图中两天相同。")
    page.click("button[name=beside]")
    expect(page.locator(".map-beside")).to_be_hidden()
    assert "beside" not in page.url


def registered(bureau: Bureau, path: str, body: dict[str, Any]) -> str:
    answer = bureau.office.post(path, body)
    assert answer.status_code in (200, 201), answer.text
    kind = path.split("/")[2]
    assert bureau.office.get(f"/v1/{kind}?after={answer.json()['position']}&limit=1").status_code == 200
    return str(answer.json()["id"])


def a_square(longitude: float, latitude: float, side: float = 0.001) -> dict[str, Any]:
    east, north = round(longitude + side, 6), round(latitude + side, 6)
    ring = [[longitude, latitude], [east, latitude], [east, north], [longitude, north], [longitude, latitude]]
    return {"system": "EPSG:4490", "coordinates": [ring]}


def a_yard(bureau: Bureau, name: str, longitude: float, latitude: float) -> str:
    place = {"name": name, "address": "某街1号", "division": "640422", "outline": a_square(longitude, latitude)}
    return registered(bureau, "/v1/compounds", {**place, "mandate": MANDATE})


def later(effective: str) -> dict[str, Any]:
    return {**MANDATE, "effective": effective}


@pytest.mark.parametrize(("language", "size"), [("zh", WIDE), ("en", PHONE)])
def test_what_moved_came_went_or_is_otherwise_is_coloured_and_said_by_the_facts(
    open_page: Open, bureau: Bureau, pictures: Path, language: str, size: tuple[int, int]
) -> None:
    west = 107.30 if language == "zh" else 107.40
    moved, renamed, closed = (
        a_yard(bureau, f"{name}{language}", west + step, 36.3)
        for name, step in (("移", 0), ("名", 0.002), ("撤", 0.004))
    )
    registered(
        bureau, f"/v1/compounds/{moved}/redraw", {"outline": a_square(west, 36.3006), "mandate": later("2022-01-01")}
    )
    registered(bureau, f"/v1/compounds/{renamed}/rename", {"name": f"新名{language}", "mandate": later("2022-02-01")})
    registered(bureau, f"/v1/compounds/{closed}/close", {"mandate": later("2022-03-01")})
    new = {"name": f"新{language}", "address": "某街2号", "division": "640422", "outline": a_square(west + 0.006, 36.3)}
    registered(bureau, "/v1/compounds", {**new, "mandate": later("2022-04-01")})
    page = opened(
        open_page(language=language, size=size),
        f"/map?look=36.3005,{west + 0.0035},16&layers=compounds&at=2023-01-01&beside=2021-01-01",
    )
    said = {"zh": "新增 1，不再有 1，移位 1，有变化 1", "en": "new 1, gone 1, moved 1, otherwise 1"}[language]
    expect(page.locator(".map-differs [role=status]")).to_have_text(said)
    page.click(".map-differs summary")
    lines = page.locator(".map-differs details > ul > li")
    expect(lines.filter(has_text=f"新名{language}").locator("li")).to_contain_text(f"名{language} → 新名{language}")
    expect(lines.filter(has=page.locator(".differs.moved"))).to_contain_text(f"移{language}")
    picture(page, pictures / "facts.png")
    assert (accessible(page), fits(page)) == ([], True)
    lines.filter(has=page.locator(".differs.gone")).get_by_role("button").click()
    expect(page.locator(".map-card h2")).to_have_text(f"撤{language}")


def test_a_case_is_opened_as_a_map(open_page: Open, bureau: Bureau, pictures: Path) -> None:
    """It shows what its log knew, wherever one goes on the page, and says so."""
    name, known = "地图调查", bureau.office.head()
    a_yard(bureau, "后来登记的院", 107.2, 36.2)
    investigated(bureau.office.urls.owner, CaseAsked(name=name, known=known, only=()), most=100)
    look = "look=36.2005,107.2005,17"
    page = opened(open_page(), f"/map?{look}&case={name}")
    expect(page.locator(".map-nothing")).to_be_visible()
    expect(page.locator(".past")).to_contain_text(name)
    expect(page.locator(".map-time output")).to_have_text("调查停下时")
    picture(page, pictures / "case.png")
    sheet = parse_qs(urlsplit(str(page.locator(".map-pictures a").first.get_attribute("href"))).query)
    assert sheet["case"] == [name]
    opened(page, f"/map?{VIEW.partition('?')[2]}&case={name}")
    clicked(page, *MAIN)
    expect(page.locator(".map-card h2")).to_have_text("1号楼")
    expect(page.locator(".map-card .actions a")).to_have_count(0)
    opened(page, f"/map?{look}")
    expect(page.locator("[data-count=compounds]")).to_have_text("1")
