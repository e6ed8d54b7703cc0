"""A reorganisation planned in the browser: made, looked at with its conflicts and effects, put in order, talked about, applied."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.api.conftest import MANDATE
from tests.browser.conftest import COOKIE, PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture


def a_line(command: str, id: str, **arguments: Any) -> dict[str, Any]:
    return {"command": command, "id": id, "arguments": arguments}


def used_rooms(api: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get("/v1/rooms?fields=number,using_unit,status&limit=50").json()["rows"]
    return [room for room in found if room["using_unit"] and room["status"] == "in-service"]


def a_plan_of_many_states(bureau: Bureau, title: str) -> str:
    """With a line that goes, one that contradicts it, and one that is refused; somebody else is a member."""
    api = bureau.office.client
    plan = str(api.post("/v1/plans", json={"title": title, "note": "先腾退，再分配", "mandate": MANDATE}).json()["id"])
    room = used_rooms(api)[0]
    unit = room["using_unit"]["id"]
    for line in (
        a_line("units.rename", unit, name="改革后的综合保障中心"),
        a_line("rooms.release", room["id"]),
        a_line("units.rename", unit, name="改革后的后勤服务中心"),
        a_line("rooms.assign", room["id"], unit="00000000-0000-4000-8000-000000000000"),
    ):
        body = {**line, "mandate": {**MANDATE, "effective": "2026-11-01"}}
        assert api.post(f"/v1/plans/{plan}/lines", json=body).status_code == 201
    assert api.put(f"/v1/plans/{plan}/members/lifang", json={"part": "owner"}).status_code == 200
    return plan


@pytest.mark.parametrize(
    ("language", "size", "look"),
    [("zh", WIDE, "light"), ("en", PHONE, "dark"), ("en", WIDE, "dark"), ("zh", PHONE, "light")],
    ids=["zh-wide", "en-phone-dark", "en-wide-dark", "zh-phone"],
)
def test_a_plan_is_read_at_any_width_in_either_language(
    bureau: Bureau, open_page: Open, pictures: Path, language: str, size: tuple[int, int], look: str
) -> None:
    plan = a_plan_of_many_states(bureau, "机构改革办公用房和车辆整体调整（第一批）")
    page = open_page(language=language, size=size, color_scheme=look)
    for name, address in (("plans", "/plans"), ("new", "/plans/new"), ("plan", f"/plans/{plan}")):
        page.goto(address)
        picture(page, pictures / f"{name}.png")
        assert accessible(page) == []
        assert fits(page), address


def test_a_plan_is_made_put_in_order_talked_about_and_applied(bureau: Bureau, open_page: Open) -> None:
    page = open_page()
    page.goto("/plans/new")
    page.get_by_label("标题").fill("一号楼调整")
    page.get_by_label("事由").fill("机构改革")
    page.get_by_role("button", name="建立方案").click()
    expect(page.get_by_role("heading", name="一号楼调整")).to_be_visible()
    plan = page.url.rpartition("/")[2].partition("#")[0]
    as_them = bureau_as(bureau, page)
    for room in used_rooms(bureau.office.client)[:2]:
        body = a_line("rooms.release", room["id"])
        added = httpx.post(f"{bureau.address}/v1/plans/{plan}/lines", json=body, timeout=60, **as_them)
        assert added.status_code == 201, added.text
    page.reload()
    first = page.locator("li.event").first.inner_text()
    page.get_by_role("button", name="下移第 1 行").click()
    expect(page.get_by_text("已调整顺序。")).to_be_visible()
    assert page.locator("li.event").first.inner_text() != first
    page.get_by_label("关于整个方案").fill("请先通知使用单位")
    page.get_by_role("button", name="留言", exact=True).last.click()
    expect(page.get_by_text("请先通知使用单位").first).to_be_visible()
    page.get_by_role("button", name="全部办理").click()
    expect(page.get_by_text("方案已全部办理。")).to_be_visible()
    expect(page.get_by_text(re.compile("记为第"))).to_be_visible()
    assert accessible(page) == []


def test_a_filled_in_form_is_added_to_a_plan_and_not_carried_out(bureau: Bureau, open_page: Open) -> None:
    plan = a_plan_of_many_states(bureau, "表单加入")
    room = used_rooms(bureau.office.client)[-1]
    head = bureau.office.head()
    page = open_page(java_script_enabled=False)
    page.goto(f"/rooms/do/renumber?id={room['id']}")
    page.locator('[name="number"]').fill("新编 909")
    page.get_by_label("方案", exact=True).select_option(plan)
    page.get_by_role("button", name="加入方案").click()
    expect(page.get_by_text("已加入方案，尚未办理。")).to_be_visible()
    expect(page.locator("li.event").last).to_contain_text("909")
    assert bureau.office.head() == head


def test_a_login_that_nobody_has_is_told_on_the_plan(bureau: Bureau, open_page: Open) -> None:
    plan = a_plan_of_many_states(bureau, "成员")
    page = open_page()
    page.goto(f"/plans/{plan}")
    page.get_by_label("登录名").fill("nobody-such")
    page.get_by_role("button", name="加入或调整").click()
    expect(page.get_by_role("alert")).to_contain_text("没有登录名为“nobody-such”的可用账号")


def bureau_as(bureau: Bureau, page: Page) -> dict[str, Any]:
    """What makes a request that of the person who looks at the page."""
    cookies = {str(one["name"]): str(one["value"]) for one in page.context.cookies() if one["name"] == COOKIE}
    session = httpx.get(f"{bureau.address}/v1/session", cookies=cookies, timeout=60).json()
    return {"cookies": cookies, "headers": {"X-CSRF-Token": session["csrf"]}}
