"""Forms in a browser: found while one types, wrong at the field at once, kept as a draft, carried out, wide and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.demo.step import CAR, MAIN, OFFICE, WAREHOUSE, ref
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture

FORMS = {
    "rooms-register": f"/rooms/do/register?building={ref(MAIN)}",
    "buildings-register": "/buildings/do/register",
    "buildings-allocate": f"/buildings/do/allocate?id={ref(MAIN)}",
    "vehicles-register": "/vehicles/do/register",
    "vehicles-seal": f"/vehicles/do/seal?id={ref(CAR)}",
    "journeys-request": "/journeys/do/request",
    "people-join": "/people/do/join",
    "lots-receive": f"/lots/do/receive?warehouse={ref(WAREHOUSE)}",
    "items-register": "/items/do/register",
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_kind_of_field_fits_and_can_be_used_by_everybody(
    open_page: Open, pictures: Path, size: tuple[int, int], language: str
) -> None:
    page = open_page(language=language, size=size)
    wrong: dict[str, list[str]] = {}
    for name, address in FORMS.items():
        page.goto(address)
        picture(page, pictures / f"{name}.png")
        wrong[name] = accessible(page) + ["wider than the window"] * (not fits(page))
    page.goto(FORMS["rooms-register"])
    page.evaluate("document.querySelector('#do').noValidate = true")
    page.get_by_role("button", name={"zh": "办理", "en": "Carry out"}[language], exact=True).click()
    expect(page.locator("#wrong")).to_be_visible()
    picture(page, pictures / "refused.png")
    wrong["refused"] = accessible(page) + ["wider than the window"] * (not fits(page))
    assert page.evaluate("document.activeElement.name") == "floor"
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_unit_is_found_while_one_types_and_what_was_typed_outlives_a_reload_and_the_session(
    bureau: Bureau, open_page: Open, pictures: Path
) -> None:
    page = open_page()
    room = bureau.office.get("/v1/rooms?limit=1").json()["rows"][0]["id"]
    page.goto(f"/rooms/do/assign?id={room}")
    find_unit(page)
    page.get_by_label("办理原因").fill("年度调整")
    page.get_by_label("文号").fill("宁管发〔2026〕9号")
    expect(page.locator("#kept")).to_contain_text("草稿已保存")
    picture(page, pictures / "typed.png")
    page.reload()
    expect(page.get_by_label("办理原因")).to_have_value("年度调整")
    expect(page.locator("#f-unit input:checked")).to_have_value(ref(OFFICE))
    picture(page, pictures / "restored.png")
    page.get_by_role("button", name="办理", exact=True).click()
    expect(page.locator(".done .badge")).to_contain_text("已办理")
    picture(page, pictures / "done.png")
    assert accessible(page) == []


def test_what_is_chosen_stays_though_what_was_asked_before_is_answered_late(bureau: Bureau, open_page: Open) -> None:
    page = open_page()
    room = bureau.office.get("/v1/rooms?limit=1").json()["rows"][0]["id"]
    page.goto(f"/rooms/do/assign?id={room}")
    search, offered = page.locator("#f-unit input[type=search]"), page.locator("#f-unit label", has_text=OFFICE)
    search.focus()
    expect(offered.first).to_be_visible()
    page.route("**/choose/units*", lambda _: None)  # an answer that does not come
    with page.expect_request("**/choose/units*"):
        search.fill("机关事务")
    with page.expect_event("requestfailed"):
        offered.first.click()
    expect(page.locator("#f-unit input:checked")).to_have_value(ref(OFFICE))


def find_unit(page: Page) -> None:
    page.locator("#f-unit input[type=search]").press_sequentially("机关事务", delay=30)
    page.locator("#f-unit label", has_text=OFFICE).click()


def test_a_figure_that_cannot_be_is_told_at_its_field_as_soon_as_it_is_left(open_page: Open) -> None:
    page = open_page()
    page.goto(FORMS["rooms-register"])
    page.locator("#f-floor").fill("999")
    page.locator("#f-floor").press("Tab")
    expect(page.locator("[data-wrong=floor]")).to_be_visible()
    page.locator("#f-floor").fill("2")
    page.locator("#f-floor").press("Tab")
    expect(page.locator("[data-wrong=floor]")).to_be_hidden()


TYPED_EARLY = """document.addEventListener("readystatechange", () => {
  const search = document.querySelector("#f-building input[type=search]");
  if (document.readyState === "interactive" && search) search.value = "1号";
})"""
"""Before any script of the page has run, as on a slow machine."""


def test_what_was_typed_before_the_page_listened_is_looked_up_and_has_to_be_chosen(open_page: Open) -> None:
    page = open_page()
    page.add_init_script(TYPED_EARLY)
    page.goto("/rooms/do/register")
    offered = page.locator("#f-building label", has_text=MAIN)
    expect(offered).to_be_visible()
    page.get_by_role("button", name="办理", exact=True).click()
    expect(page.locator("#f-building [data-wrong]")).to_contain_text("选定一个")
    expect(page.locator("[data-wrong=number]")).to_contain_text("必须填写")
    offered.click()
    expect(page.locator("#f-building [data-wrong]")).to_be_hidden()
