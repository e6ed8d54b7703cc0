"""The day of a warehouse keeper: an item is inspected and taken in, lent, taken back; paper is counted; a disposal is proposed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import FilePayload, Page, expect

from api.demo.step import CULTURE, DESK, OFFICE, PAPER, WANG, WAREHOUSE, ref
from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.conftest import MANDATE
from tests.browser.conftest import PHONE, Bureau, Open
from tests.browser.looking import accessible, fits, picture

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(64)


def done(bureau: Bureau, command: str, day: str, login: str = "wang", **arguments: Any) -> None:
    """What others do in between, over the API."""
    secret = accounts.a_token(bureau.office.urls.owner, login)
    answer = httpx.post(
        f"{bureau.address}/v1/items/{ref(DESK)}/{command}",
        json={**arguments, "mandate": {**MANDATE, "effective": f"{day}T09:00:00+08:00"}},
        headers={"Authorization": f"Bearer {secret}"},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    bureau.office.get(f"/v1/items?after={answer.json()['position']}&limit=1")


def a_photo(bureau: Bureau) -> str:
    secret = accounts.a_token(bureau.office.urls.owner, "wang")
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/octet-stream"}
    answer = httpx.post(f"{bureau.address}/v1/files", content=PHOTO, headers=headers, timeout=60)
    return str(answer.json()["digest"])


def chosen(page: Page, field: str, words: str) -> None:
    page.locator(f"#f-{field} input[type=search]").press_sequentially(words)
    page.locator(f"#f-{field} label", has_text=words).first.click()


def sent(page: Page, day: str, reason: str, button: str = "办理") -> None:
    page.get_by_label("办理原因").fill(reason)
    page.locator("[name='mandate.effective']").first.fill(day)
    page.get_by_role("button", name=button, exact=True).click()


def carried_out(page: Page) -> None:
    expect(page.locator(".done .badge")).to_contain_text("已办理")


def opened(page: Page, step: str) -> None:
    """From the item itself, by what may be done about it next."""
    page.goto(f"/items/{ref(DESK)}")
    link = page.get_by_role("link", name=step, exact=True).first
    if not link.is_visible():
        page.get_by_text("其他办理").first.click()
    link.click()


def taken_in(page: Page) -> None:
    page.goto("/items?status=entry-requested")
    page.get_by_role("link", name=DESK).click()
    page.get_by_role("link", name="入仓查验", exact=True).first.click()
    page.locator("#f-grade").select_option("b")
    page.locator("#f-photos").set_input_files([FilePayload(name="椅子.png", mimeType="image/png", buffer=PHOTO)])
    page.locator("#f-note").fill("二十把，两把需紧固")
    sent(page, "2025-05-07", "查验")
    carried_out(page)
    page.get_by_role("link", name="接收入仓").first.click()
    chosen(page, "warehouse", WAREHOUSE)
    page.locator("#f-shelf").fill("A-01")
    sent(page, "2025-05-08", "查验合格")
    carried_out(page)


def lent(page: Page) -> None:
    opened(page, "交付借用")
    chosen(page, "receiver", WANG)
    page.locator("#f-due").fill("2025-06-10")
    sent(page, "2025-05-14", "座谈会使用")
    carried_out(page)
    page.goto("/loans")
    row = page.get_by_role("row").filter(has_text=DESK)
    expect(row).to_contain_text("2025-06-10")
    expect(row.locator(".badge.wrong")).to_be_visible()
    page.locator("#q").fill(DESK)
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="逾期天数").click()
    expect(page).to_have_url(re.compile("sort=days_overdue"))
    expect(page.get_by_role("row").filter(has_text=DESK)).to_contain_text("2025-06-10")


def taken_back(page: Page) -> None:
    """Worse than it was lent: the damage has to be told."""
    opened(page, "归还验收")
    chosen(page, "warehouse", WAREHOUSE)
    page.locator("#f-grade").select_option("c")
    sent(page, "2025-06-12", "归还")
    expect(page.locator("#wrong")).to_contain_text("损坏")
    page.locator("#f-damage").fill("一把椅脚断裂")
    page.get_by_role("button", name="办理", exact=True).click()
    carried_out(page)
    page.goto("/loans")
    expect(page.locator("main")).not_to_contain_text(DESK)


def counted(page: Page) -> None:
    page.goto(f"/lots/{ref(PAPER)}")
    page.get_by_role("link", name="登记盘点结果", exact=True).first.click()
    page.locator("#f-found").fill("186")
    page.locator("[name='mandate.documents.0.number']").fill("盘点表2025-6")
    sent(page, "2025-06-30", "半年盘点")
    carried_out(page)
    page.goto(f"/lots/{ref(PAPER)}/history")
    expect(page.locator(".changes").first).to_contain_text(re.compile("186.*188", re.DOTALL))


def proposed(page: Page) -> None:
    opened(page, "申请处置")
    page.locator("#f-ground").select_option("not-worth-repair")
    page.locator("#f-note").fill("椅脚断裂，修理费高于残值")
    sent(page, "2025-07-01", "报废", "呈批")
    page.locator("select[name=unit]").select_option(ref(OFFICE))
    page.locator("select[name=level-1]").select_option(ref(OFFICE))
    assert accessible(page) == []
    page.get_by_role("button", name="呈报", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("已呈报")


def test_the_day_of_a_warehouse_keeper(bureau: Bureau, open_page: Open, pictures: Path) -> None:
    accounts.an_account(bureau.office.urls.owner, "baoguan", [Grant(role=Role.KEEPER)])
    done(bureau, "request-entry", "2025-05-06", warehouse=ref(WAREHOUSE), reason="会议室合并后闲置", grade_claimed="b",
         photos=[a_photo(bureau)])  # fmt: skip
    page = open_page(login="baoguan")
    taken_in(page)
    done(bureau, "request-loan", "2025-05-12", borrower=ref(CULTURE), purpose="文化节座谈会", wanted_until="2025-06-10")
    done(bureau, "approve-loan", "2025-05-13", "chief", note="")
    for step in (lent, taken_back, counted, proposed):
        step(page)
        picture(page, pictures / f"{step.__name__}.png")

    on_the_phone = open_page(login="baoguan", language="en", size=PHONE)
    for address in ("/", "/items", "/loans", f"/items/{ref(DESK)}", "/inbox?which=mine"):
        on_the_phone.goto(address)
        picture(on_the_phone, pictures / f"phone{address.replace('/', '-')}.png")
        assert (address, accessible(on_the_phone), fits(on_the_phone)) == (address, [], True)
