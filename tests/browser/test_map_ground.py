"""What the map is drawn on: the demonstration's boundaries, which say that they are invented; and the sheet that is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, WIDE, Open
from tests.browser.looking import accessible, picture
from tests.browser.test_map import drawn, opened


@pytest.mark.parametrize(("language", "size"), [("zh", WIDE), ("en", PHONE)])
def test_boundaries_lie_beneath_and_say_what_they_are(
    open_page: Open, pictures: Path, language: str, size: tuple[int, int]
) -> None:
    page = opened(open_page(language=language, size=size), "/map")
    page.evaluate("zhangtu.map.sheet.setView([37.9, 106.2], 8, { animate: false })")
    drawn(page)
    expect(page.locator("path.map-boundary").first).to_be_attached()
    if size == PHONE:
        page.locator(".map-drawer > summary").click()
    page.locator(".map-bases > summary").click()
    said = "虚构" if language == "zh" else "invented"
    expect(page.locator(".map-invented")).to_contain_text(said)
    expect(page.locator(".map-bases select")).to_be_hidden()
    picture(page, pictures / f"ground-{language}.png")
    assert accessible(page) == []


def test_what_is_looked_at_becomes_a_picture_of_the_same(open_page: Open, pictures: Path) -> None:
    page = opened(open_page())
    page.select_option("[name=colour]", "title")
    page.locator(".map-pictures > summary").click()
    page.fill("[name=picture-title]", "权属分布图（一）")
    address = str(page.locator(".map-pictures a[data-form=png]").get_attribute("href"))
    assert "colour=buildings.title" in address
    for form in ("png", "pdf"):
        answer = page.request.get(address.replace(".png", f".{form}"))
        assert answer.status == 200, answer.text()
        (pictures / f"sheet.{form}").write_bytes(answer.body())
