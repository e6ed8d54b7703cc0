"""What a working day has in store: the session ends, the server restarts, somebody else was quicker; a dispatcher's and a supervisor's day."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from api.app import create_app
from api.demo.step import CAR, CULTURE, DRIVER, MAIN, VERGE, ref
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import grants
from tests import accounts
from tests.api.conftest import MANDATE, serving_at, settings_for
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture

PASSWORD = "quiet river under seven bridges"
DAY = {**MANDATE, "effective": "2025-06-02T09:00:00+08:00"}


def a_room(bureau: Bureau, number: str) -> str:
    body = {"building": ref(MAIN), "number": number, "floor": 2, "category": "office", "net_area": "20", "mandate": DAY}
    answer = bureau.office.post("/v1/rooms", body)
    assert answer.status_code == 201, answer.text
    bureau.office.get(f"/v1/rooms?after={answer.json()['position']}&limit=1")
    return str(answer.json()["id"])


def typed(page: Page, address: str, number: str) -> None:
    page.goto(address)
    page.locator("#f-number").fill(number)
    page.get_by_label("办理原因").fill("门牌调整")


def carried_out(page: Page) -> None:
    page.get_by_role("button", name="办理", exact=True).click()
    expect(page.locator(".done .badge")).to_contain_text("已办理")


def test_a_session_that_ends_while_one_types_costs_nothing(bureau: Bureau, open_page: Open) -> None:
    accounts.an_account(bureau.office.urls.owner, "zhou", grants.everywhere([Role.PREMISES_OFFICER]))
    accounts.a_password(bureau.office.urls.owner, "zhou", PASSWORD)
    page = open_page(login="zhou")
    typed(page, f"/rooms/do/renumber?id={a_room(bureau, 'D101')}", "D101甲")
    page.context.clear_cookies()
    page.get_by_role("button", name="办理", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("您填写的内容还在")
    page.get_by_label("登录名").fill("zhou")
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator("#f-number")).to_have_value("D101甲")
    carried_out(page)


def test_what_is_typed_into_any_other_form_outlives_the_session_too_and_is_gone_once_it_was_taken(
    bureau: Bureau, open_page: Open
) -> None:
    accounts.an_account(bureau.office.urls.owner, "wu", grants.everywhere([Role.PREMISES_OFFICER]))
    accounts.a_password(bureau.office.urls.owner, "wu", PASSWORD)
    page = open_page(login="wu")
    page.goto("/plans/new")
    page.get_by_label("标题").fill("机构改革调整")
    page.get_by_label("事由").fill("三定方案调整")
    page.context.clear_cookies()
    page.get_by_role("button", name="建立方案").click()
    expect(page.get_by_role("status")).to_contain_text("您填写的内容还在")
    page.get_by_label("登录名").fill("wu")
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_label("标题")).to_have_value("机构改革调整")
    expect(page.get_by_label("事由")).to_have_value("三定方案调整")
    page.get_by_role("button", name="建立方案").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("机构改革调整")
    page.goto("/plans/new")
    expect(page.get_by_label("标题")).to_have_value("")


def test_a_server_that_restarts_while_one_types_costs_nothing(bureau: Bureau, open_page: Open, tmp_path: Path) -> None:
    page, settings = open_page(), settings_for(bureau.office.urls, tmp_path)
    with listening() as first:
        port = first.getsockname()[1]
        with serving_at(first, create_app(settings)):
            typed(page, f"http://127.0.0.1:{port}/rooms/do/renumber?id={a_room(bureau, 'D201')}", "D201甲")
            expect(page.locator("#kept")).to_contain_text("草稿已保存")
    with listening(port) as second, serving_at(second, create_app(settings)):
        carried_out(page)


@contextmanager
def listening(port: int = 0) -> Iterator[socket.socket]:
    with socket.socket(proto=socket.IPPROTO_TCP) as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(("127.0.0.1", port))
        yield found


def test_whoever_is_too_late_sees_both_versions_side_by_side(bureau: Bureau, open_page: Open, pictures: Path) -> None:
    accounts.an_account(bureau.office.urls.owner, "qian", grants.everywhere([Role.PREMISES_OFFICER]))
    address = f"/rooms/do/renumber?id={a_room(bureau, 'D301')}"
    late, quick = open_page(), open_page(login="qian")
    typed(late, address, "D301甲")
    typed(quick, address, "D301乙")
    carried_out(quick)
    late.get_by_role("button", name="办理", exact=True).click()
    conflict = late.locator(".conflict")
    expect(late.locator("#wrong")).not_to_contain_text(re.compile("[0-9a-f]{8}-"))
    expect(conflict).to_contain_text("qian")
    expect(conflict.locator("tbody")).to_contain_text(re.compile("D301.*D301乙.*D301甲", re.DOTALL))
    picture(late, pictures / "conflict.png")
    assert accessible(late) == []
    carried_out(late)


def a_journey(bureau: Bureau, day: str) -> str:
    """Asked for and approved by two people; nobody has sent a vehicle yet."""
    trip = {
        "purpose": "survey",
        "purpose_text": "防汛检查",
        "destination": "贺兰县",
        "outside_city": True,
        "passengers": 2,
    }
    times = {"planned_from": f"{day}T08:00:00+08:00", "planned_until": f"{day}T18:00:00+08:00"}
    made = bureau.office.post("/v1/journeys", {"unit": ref(CULTURE), **trip, **times, "mandate": DAY})
    assert made.status_code == 201, made.text
    secret = accounts.a_token(bureau.office.urls.owner, "chief")
    approved = httpx.post(
        f"{bureau.address}/v1/journeys/{made.json()['id']}/approve",
        json={"mandate": {**DAY, "effective": "2025-06-02T10:00:00+08:00"}},
        headers={"Authorization": f"Bearer {secret}"},
        timeout=60,
    )
    assert approved.status_code == 200, approved.text
    bureau.office.get(f"/v1/journeys?after={approved.json()['position']}&limit=1")
    return str(made.json()["id"])


@pytest.mark.parametrize(("language", "day"), [("zh", "2025-06-03"), ("en", "2025-06-10")], ids=["zh", "en"])
def test_a_dispatcher_sends_a_vehicle_from_the_phone(
    bureau: Bureau, open_page: Open, pictures: Path, language: str, day: str
) -> None:
    send, carry_out, why = {"zh": ("派车", "办理", "办理原因"), "en": ("Dispatch", "Carry out", "Reason")}[language]
    accounts.an_account(bureau.office.urls.owner, "paiche", [Grant(role=Role.DISPATCHER)])
    journey = a_journey(bureau, day)
    page = open_page(login="paiche", language=language, size=PHONE)
    page.goto("/")
    page.locator(".counted a[href*='/journeys']").first.click()
    page.locator(f"main a[href*='{journey}']").first.click()
    page.get_by_role("link", name=send, exact=True).first.click()
    for field, words, label in (("vehicle", CAR, CAR), ("driver", DRIVER[:3], DRIVER[:3])):
        page.locator(f"#f-{field} input[type=search]").press_sequentially(words)
        page.locator(f"#f-{field} label", has_text=label).first.click()
    page.get_by_label(why).fill("防汛检查用车")
    page.locator("[name='mandate.effective']").first.fill(day)
    picture(page, pictures / "filled-in.png")
    page.get_by_role("button", name=carry_out, exact=True).click()
    expect(page.locator(".done .badge")).to_be_visible()
    picture(page, pictures / "done.png")
    assert (accessible(page), fits(page)) == ([], True)


@pytest.mark.parametrize(
    ("language", "size", "day"), [("zh", WIDE, "2025-06-12"), ("en", PHONE, "2025-06-19")], ids=["zh", "en"]
)
def test_whoever_dispatches_is_warned_beside_the_vehicle_that_a_fence_seals_it(
    bureau: Bureau, open_page: Open, pictures: Path, language: str, size: tuple[int, int], day: str
) -> None:
    sealed = {"until": f"{day}T20:00:00+08:00", "mandate": {**DAY, "effective": f"{day}T00:00:00+08:00"}}
    answer = bureau.office.post(f"/v1/fences/{ref(VERGE)}/put-in-force", sealed)
    assert answer.status_code == 200, answer.text
    page = open_page(language=language, size=size)
    page.goto(f"/journeys/do/dispatch?id={a_journey(bureau, day)}")
    page.locator("[name='mandate.effective']").first.fill("2025-06-03")
    page.locator("#f-vehicle input[type=search]").press_sequentially(CAR)
    page.locator("#f-vehicle label", has_text=CAR).first.click()
    warning = page.locator(".suggestion.warns")
    expect(warning).to_contain_text(VERGE)
    expect(warning).to_contain_text(f"{day} 08:00")
    picture(page, pictures / "warned.png")
    assert (accessible(page), fits(page)) == ([], True)


def test_a_supervisor_goes_from_a_thing_to_the_past_and_to_what_can_be_proven(
    bureau: Bureau, open_page: Open, pictures: Path
) -> None:
    accounts.an_account(bureau.office.urls.owner, "jijian", [Grant(role=Role.DISCIPLINE)])
    page = open_page(login="jijian", language="en")
    page.goto(f"/search?q={MAIN}")
    page.locator(f"main a[href*='{ref(MAIN)}']").first.click()
    page.locator("input[name=on]").fill("2024-07-01")
    page.get_by_role("button", name="Look", exact=True).click()
    expect(page.locator(".note.past, .past").first).to_contain_text("2024-07-01")
    page.get_by_role("link", name="History", exact=True).last.click()
    assert "at=2024-07-01" in page.url
    page.locator("main a[href*='/events/']").first.click()
    expect(page.locator("main")).to_contain_text("SHA-256")
    picture(page, pictures / "event.png")
    assert (accessible(page), fits(page)) == ([], True)
