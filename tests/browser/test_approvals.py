"""Approvals in a browser: the inbox and a proposal wide and on a phone; then sent back with a mark, corrected where it stands, approved."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.demo.proposals import PARKING, ROOMS
from api.demo.step import ref
from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture


def looked_at(page: Page, pictures: Path, name: str) -> list[str]:
    picture(page, pictures / f"{name}.png")
    return accessible(page) + ["wider than the window"] * (not fits(page))


@pytest.mark.parametrize(
    ("language", "size", "look"),
    [("zh", WIDE, "light"), ("en", PHONE, "light"), ("en", WIDE, "dark"), ("zh", PHONE, "dark")],
    ids=["zh-wide", "en-phone", "en-wide-dark", "zh-phone-dark"],
)
def test_what_waits_and_what_it_would_change_can_be_read_by_everybody(
    open_page: Open, pictures: Path, language: str, size: tuple[int, int], look: str
) -> None:
    page = open_page(language=language, size=size, color_scheme=look)
    wrong = {}
    addresses = {
        "inbox": "/inbox", "returned": "/inbox?which=returned", "deputies": "/inbox/deputies", "proposal": f"/proposals/{ref(ROOMS)}"
    }  # fmt: skip
    for name, address in addresses.items():
        page.goto(address)
        if name == "proposal":
            page.locator("article summary").first.click()
        wrong[name] = looked_at(page, pictures, name)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_it_is_sent_back_with_a_mark_corrected_at_the_field_and_approved(
    bureau: Bureau, open_page: Open, pictures: Path
) -> None:
    accounts.an_account(
        bureau.office.urls.owner, "demo-wang", [Grant(role=Role.UNIT_CLERK), Grant(role=Role.DISPATCHER)]
    )
    decides = open_page()
    decides.goto("/inbox")
    expect(decides.locator(".menu .count")).to_be_visible()
    decides.get_by_role("link", name="公务用车节假日封存").click()
    decides.get_by_text("在栏目上批注").click()
    decides.get_by_label("封存至", exact=True).fill("应为 6 月 10 日")
    decides.get_by_label("意见").fill("请核对截止日期")
    decides.get_by_role("button", name="退回修改").click()
    expect(decides.get_by_role("status")).to_contain_text("已退回")

    corrects = open_page(login="demo-wang", size=PHONE)
    corrects.goto("/inbox?which=returned")
    corrects.get_by_role("link", name="公务用车节假日封存").click()
    expect(corrects.locator(".fault").filter(has_text="应为 6 月 10 日")).to_be_visible()
    assert looked_at(corrects, pictures, "correct") == []
    corrects.get_by_label("封存至", exact=True).fill("2030-06-10")
    corrects.get_by_role("button", name="重新呈报").click()
    expect(corrects.get_by_role("status")).to_contain_text("已重新呈报")

    decides.goto(f"/proposals/{ref(PARKING)}")
    assert looked_at(decides, pictures, "again") == []
    decides.get_by_role("button", name="同意", exact=True).click()
    expect(decides.get_by_role("status")).to_contain_text("已同意并办理")
    decides.goto(f"/proposals/{ref(PARKING)}")
    assert looked_at(decides, pictures, "carried-out") == []
