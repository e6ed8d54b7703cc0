"""A first working day of the three administrators: an account is made, given a role in a place, confirmed, and all of it reviewed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture

HERE = "/administration/accounts"
WORDS = {
    "zh": ("新建账号", "建立", "发一次性口令", "授予", "确认是本人", "已审阅到", "系统管理"),
    "en": ("Make an account", "Make it", "Hand out a one-time", "Give it", "right person", "I have looked", "Administration"),
}  # fmt: skip
ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)


@pytest.mark.parametrize(
    ("language", "size", "look"), [("zh", WIDE, "light"), ("en", PHONE, "dark")], ids=["zh-wide", "en-phone-dark"]
)
def test_the_first_day_of_the_three_administrators(
    bureau: Bureau, open_page: Open, pictures: Path, language: str, size: tuple[int, int], look: str
) -> None:
    make, made, hand_out, give, confirm, reviewed, group = WORDS[language]
    wrong: dict[str, list[str]] = {}

    def looked(page: Page, name: str) -> None:
        picture(page, pictures / f"{name}.png")
        wrong[name] = accessible(page) + ["wider than the window"] * (not fits(page))

    for role in ADMINISTRATORS:
        accounts.an_account(bureau.office.urls.owner, f"the-{role}", [Grant(role=role)])
    system, security, audit = (
        open_page(login=f"the-{role}", language=language, size=size, color_scheme=look) for role in ADMINISTRATORS
    )
    newcomer = f"new-{language}"
    unit = bureau.office.get("/v1/units?limit=1").json()["rows"][0]["label"]

    system.goto("/")
    looked(system, "system-home")
    system.goto(HERE)
    system.get_by_text(make).click()
    for name, text in (("login", newcomer), ("name", "<b>新来的</b>"), ("unit", unit)):
        system.locator(f"input[name={name}]").fill(text)
    looked(system, "accounts")
    system.get_by_role("button", name=made, exact=True).click()
    assert system.locator("h1").inner_text() == newcomer
    system.get_by_role("button", name=hand_out).click()
    assert len(system.locator(".secret").inner_text()) > 8
    looked(system, "account-made")
    for address in ("/administration/system", "/webhooks"):
        system.goto(address)
        looked(system, address.rpartition("/")[2])

    accounts.a_password(bureau.office.urls.owner, newcomer, "quiet river under seven bridges")
    security.goto("/")
    looked(security, "security-home")
    security.locator('.counted a[href$="resting"]').click()
    security.get_by_role("link", name=newcomer).click()
    security.locator("select[name=role]").select_option("unit-clerk")
    security.locator("input[name=unit]").press_sequentially(unit[:4])
    security.locator(f'#units option[value="{unit}"]').wait_for(state="attached")
    security.locator("input[name=unit]").fill(unit)
    security.get_by_role("button", name=give, exact=True).click()
    assert unit in security.locator("main table").first.inner_text()
    looked(security, "account-given")
    security.get_by_role("button", name=re.compile(confirm)).click()
    assert security.get_by_role("button", name=re.compile(confirm)).count() == 0

    audit.goto("/")
    looked(audit, "audit-home")
    assert group in audit.locator("nav.menu").inner_text() or size == PHONE
    audit.goto("/administration/records?what=role-given")
    assert newcomer in audit.locator("table").inner_text()
    audit.goto("/administration/records")
    looked(audit, "records")
    audit.get_by_role("button", name=re.compile(reviewed)).click()
    assert audit.locator(".toast").is_visible()
    assert {name: found for name, found in wrong.items() if found} == {}
