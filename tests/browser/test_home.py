"""The first page of each role, the statistics, and what they look like on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture

FIGURES = (
    "/statistics/premises?by=prefecture&then=category&measure=net_area",
    "/statistics/vehicles?by=unit&measure=vehicles&against=2023-01-01",
    "/statistics/items?by=year&measure=value",
    "/statistics/items/rows?measure=items",
    "/nowhere",
)


def somebody(bureau: Bureau, role: Role) -> str:
    accounts.an_account(bureau.office.urls.owner, f"the-{role}", [Grant(role=role)])
    return f"the-{role}"


@pytest.mark.parametrize(
    ("language", "size", "look"), [("zh", PHONE, "light"), ("en", WIDE, "dark")], ids=["zh-phone", "en-wide-dark"]
)
def test_every_role_begins_on_a_page_that_fits_and_can_be_used_by_everybody(
    bureau: Bureau, open_page: Open, pictures: Path, language: str, size: tuple[int, int], look: str
) -> None:
    roles = (Role.PREMISES_OFFICER, Role.DISPATCHER, Role.DRIVER, Role.KEEPER, Role.LEADER, Role.AUDIT_ADMINISTRATOR)
    for role in roles:
        page = open_page(somebody(bureau, role), language, size, color_scheme=look)
        page.goto("/")
        picture(page, pictures / f"{role}.png")
        assert accessible(page) == [], role
        assert fits(page), role


@pytest.mark.parametrize(("language", "size"), [("zh", WIDE), ("en", PHONE)], ids=["zh-wide", "en-phone"])
def test_figures_and_what_is_not_there_fit_and_can_be_used_by_everybody(
    bureau: Bureau, open_page: Open, pictures: Path, language: str, size: tuple[int, int]
) -> None:
    page = open_page(somebody(bureau, Role.LEADER), language, size)
    for number, address in enumerate(FIGURES):
        page.goto(address)
        picture(page, pictures / f"{number}.png")
        assert accessible(page) == [], address
        assert fits(page), address


def test_a_bar_leads_to_its_rows_and_the_figure_beside_it_too(bureau: Bureau, open_page: Open) -> None:
    page = open_page(somebody(bureau, Role.LEADER))
    page.goto("/statistics/items?by=status&measure=items")
    beside = page.locator(".chart tbody tr").first.locator("td.number a")
    rows = beside.get_attribute("href")
    page.locator(".chart tbody tr").first.locator(".line a").first.click()
    page.wait_for_url(re.compile("/statistics/items/rows"))
    assert rows is not None
    assert page.url.endswith(rows)


def test_light_and_dark_are_chosen_at_the_foot_of_the_menu(open_page: Open) -> None:
    page = open_page(color_scheme="light")
    page.goto("/units")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("link", name="深色").click()
    assert page.url.endswith("/units")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_the_leaders_page_is_one_sheet_of_paper(bureau: Bureau, open_page: Open) -> None:
    page = open_page(somebody(bureau, Role.LEADER))
    page.goto("/")
    sheets = re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1
