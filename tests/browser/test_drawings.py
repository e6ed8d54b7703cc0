"""A drawing brought in by hand: sent, looked at, placed by clicking corners, compared, rehearsed and recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from api.demo.step import MAIN, named
from tests.api.drawings.bringing import POINTS, a_building
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture
from tests.maps.drawings.draughtsman import a_document, rooms, saved


def a_messy_drawing() -> bytes:
    """With an open outline and a number beside every room."""
    document = a_document()
    space = document.modelspace()
    rooms(space)
    space.add_lwpolyline([(32, 0), (37, 0), (37, 6), (32, 6), (32, 1)])
    space.add_text("311", height=0.4).set_placement((34, 3))
    return saved(document)


def a_building_for(bureau: Bureau, number: str) -> str:
    api = bureau.office.client
    building = a_building(api, api.get("/v1/units?limit=1").json()["rows"][0]["id"], number)
    assert api.get(f"/v1/buildings?after={bureau.office.head()}&limit=1").status_code == 200
    return building


def sent_by_hand(page: Page, building: str, content: bytes) -> None:
    page.goto(f"/drawings/new?building={building}")
    file = FilePayload(name="综合楼三层.dxf", mimeType="application/dxf", buffer=content)
    page.get_by_label("图纸文件").or_(page.get_by_label("Files")).set_input_files(file)
    page.get_by_role("button", name="上传并读取").or_(page.get_by_role("button", name="Send and read")).click()


@pytest.mark.parametrize(
    ("language", "size", "look"),
    [("zh", WIDE, "light"), ("en", PHONE, "dark"), ("en", WIDE, "dark"), ("zh", PHONE, "light")],
    ids=["zh-wide", "en-phone-dark", "en-wide-dark", "zh-phone"],
)
def test_a_drawing_is_read_at_any_width_in_either_language(
    bureau: Bureau, open_page: Open, pictures: Path, language: str, size: tuple[int, int], look: str
) -> None:
    building = a_building_for(bureau, f"TZ-{language}-{size[0]}")
    page = open_page(language=language, size=size, color_scheme=look)
    sent_by_hand(page, building, a_messy_drawing())
    page.locator("svg.drawn-sheet").first.wait_for()
    drawing = page.url
    for name, address in (
        ("drawings", "/drawings"),
        ("new", f"/drawings/new?building={building}"),
        ("drawing", drawing),
    ):
        page.goto(address)
        picture(page, pictures / f"{name}.png")
        assert accessible(page) == []
        assert fits(page), address


def test_a_drawing_is_placed_by_clicking_rehearsed_and_recorded(
    bureau: Bureau, open_page: Open, pictures: Path
) -> None:
    page = open_page()
    sent_by_hand(page, a_building_for(bureau, "TZ-hand"), a_messy_drawing())
    expect(page.get_by_text("线到此中断", exact=False).first).to_be_visible()
    expect(page.get_by_text("尚未定位", exact=False)).to_be_visible()
    assert page.locator(".placing .table").evaluate("one => one.scrollWidth <= one.clientWidth"), (
        "all of it is to be seen"
    )
    signs = page.locator(".crumbs span[aria-hidden]").evaluate_all(
        "all => all.map((one) => getComputedStyle(one, '::before').content)"
    )
    assert set(signs) == {"none"}, "one sign between two, not two"
    sheet = page.locator("svg.drawn-sheet").first
    for row, point in enumerate(POINTS[:3]):
        page.locator(f"[name=x{row}]").focus()
        at = sheet.evaluate(
            "(svg, [x, y]) => { const p = new DOMPoint(x, -y).matrixTransform(svg.getScreenCTM()); return [p.x, p.y]; }",
            point["drawn"],
        )
        box = sheet.bounding_box()
        assert box is not None
        sheet.click(position={"x": at[0] - box["x"] + 3, "y": at[1] - box["y"] - 3})
        page.get_by_role("button", name=f"角点 {row + 1}：").click()
    assert page.locator("[name=x1]").input_value() == "30.00"
    page.get_by_role("button", name="定位", exact=True).click()
    expect(page.get_by_text("已定位")).to_be_visible()
    page.get_by_label("事由").fill("图纸清查")
    page.get_by_label("依据文号").fill("银机管发〔2026〕3号")
    page.get_by_label("怎样处理 305").select_option("renumber")
    page.get_by_role("button", name="先试办").click()
    expect(page.get_by_role("status").get_by_text("行可以办理")).to_be_visible()
    expect(page.get_by_label("怎样处理 305")).to_have_value("renumber")
    picture(page, pictures / "rehearsed.png")
    page.get_by_role("button", name="登记入账").click()
    expect(page.get_by_text("图纸已登记入账。")).to_be_visible()
    page.get_by_role("link", name="看楼层图").click()
    expect(page.locator("svg.sheet a.room", has_text="305")).to_be_visible()
    picture(page, pictures / "recorded.png")


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_control_points_are_taken_from_a_map_of_the_whole_compound(
    open_page: Open, pictures: Path, size: tuple[int, int]
) -> None:
    """Large enough to hit a corner, with the neighbours, zoomed and moved."""
    page = open_page(size=size)
    sent_by_hand(page, str(named(MAIN)), a_messy_drawing())
    ground = page.locator("svg[data-ground]")
    box = ground.bounding_box()
    assert box is not None
    assert box["height"] >= 400
    assert box["width"] >= min(900, size[0] * 0.75)
    expect(page.locator(".near-shape").first).to_be_attached()
    near = width(page)
    page.get_by_role("button", name="整个院落").click()
    assert width(page) > near
    picture(page, pictures / "compound.png")
    page.get_by_role("button", name="本楼").click()
    page.get_by_role("button", name="放大").click()
    assert width(page) < near
    page.locator("[name=x0]").focus()
    ground.click(position={"x": box["width"] / 2 + 40, "y": box["height"] / 2})
    east, middle = float(page.locator("[name=east0]").input_value()), float(str(ground.get_attribute("data-east")))
    assert 0 < abs(east - middle) < 0.001
    assert (accessible(page), fits(page)) == ([], True)


def width(page: Page) -> float:
    return float(str(page.locator("svg[data-ground]").get_attribute("viewBox")).split()[2])


def test_a_dwg_is_refused_with_what_to_do_and_nothing_is_kept(bureau: Bureau, open_page: Open) -> None:
    building = a_building_for(bureau, "TZ-dwg")
    page = open_page(java_script_enabled=False)
    page.goto(f"/drawings/new?building={building}")
    page.get_by_label("图纸文件").set_input_files(
        {"name": "a.dwg", "mimeType": "application/acad", "buffer": b"AC1032" + bytes(64)}
    )
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_role("alert")).to_contain_text("另存为")
    expect(page.get_by_label("楼栋", exact=False)).to_have_value(building)
    page.goto("/drawings")
    assert page.get_by_text("a.dwg").count() == 0
