"""The live fleet and replay in a browser: vehicles move as positions come in, a click opens the card, a day runs again."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from api.demo.step import CAR, VAN, ref
from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture
from tests.browser.mapping import drawn, opened

HOME = (106.2312, 38.4865)


def reports(bureau: Bureau, *positions: dict[str, Any]) -> None:
    secret = accounts.a_token(bureau.office.urls.owner, "gateway", given=[Grant(role=Role.DEVICE)])
    body = {"system": "EPSG:4326", "positions": positions}
    headers = {"Authorization": f"Bearer {secret}"}
    answer = httpx.post(f"{bureau.address}/v1/positions", json=body, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text


def position(car: str, at: datetime, metres: float = 0.0, **more: Any) -> dict[str, Any]:
    """So far north of the compound."""
    place = {"x": HOME[0], "y": HOME[1] + metres / 111_195}
    return {"vehicle": ref(car), "at": at.isoformat(), **place, **more}


def count(page: Page, state: str) -> Any:
    return page.locator(f"[data-fleet={state}]")


def test_vehicles_move_as_positions_come_in_and_a_click_opens_the_card(open_page: Open, bureau: Bureau) -> None:
    now = datetime.now(UTC)
    reports(
        bureau,
        position(CAR, now - timedelta(seconds=20), 300, speed=30, heading=0),
        position(VAN, now - timedelta(hours=1), 900),
    )
    page = opened(open_page(), "/map?look=38.487,106.2312,15")
    expect(count(page, "moving")).to_have_text("1")
    expect(count(page, "silent")).to_have_text("1")
    reports(bureau, position(VAN, now, 500, speed=0))
    expect(count(page, "standing")).to_have_text("1")
    page.click(".fleet-list > summary")
    expect(page.locator(".fleet-list li")).to_have_count(2)
    expect(page.locator(".fleet-list li").first).to_contain_text(VAN)
    page.wait_for_timeout(1500)  # until it has come to where it was heard of
    latitude = HOME[1] + 500 / 111_195
    point = page.evaluate("([lng, lat]) => zhangtu.map.sheet.latLngToContainerPoint([lat, lng])", [HOME[0], latitude])
    page.locator(".folium-map").click(position={"x": point["x"], "y": point["y"]})
    expect(page.locator(".map-card h2")).to_have_text(VAN)
    expect(page.locator(".map-card .fleet-now")).to_contain_text("静止")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_day_runs_again_with_stops_and_the_journeys_order(
    open_page: Open, bureau: Bureau, pictures: Path, language: str
) -> None:
    # The journey of the demonstration, from its departure on.
    begin = datetime(2025, 4, 9, 0, 10, tzinfo=UTC)
    way = [position(CAR, begin + timedelta(minutes=n), n * 400, speed=24, heading=0) for n in range(60)]
    rests = [position(CAR, begin + timedelta(minutes=59 + n), 59 * 400, speed=0) for n in range(1, 11)]
    reports(bureau, *way, *rests, position(CAR, begin + timedelta(minutes=30, seconds=20), 90_000))
    page = opened(open_page(language=language))
    page.click(".map-replay-part > summary")
    page.fill("[name=replay-day]", "2025-04-09")
    page.click(".map-replay [value=load]")
    expect(page.locator("[name=replay-vehicle] option")).to_have_count(2)
    expect(page.locator(".replay-controls")).to_be_visible()
    page.select_option("[name=replay-vehicle]", label=CAR)
    expect(page.locator(".replay-facts")).to_contain_text("23.6 km")
    expect(page.locator(".map-replay [role=status]")).to_contain_text("71")
    page.click(".replay-journeys button")
    expect(page.locator(".replay-facts")).to_contain_text("中卫市")
    assert accessible(page) == []
    page.click(".replay-stops > summary")
    page.click(".replay-stops li button")
    expect(page.locator(".replay-controls output")).to_have_text("09:09:00")
    page.select_option("[name=replay-speed]", "900")
    page.locator(".replay-controls input").fill("29400")
    page.click(".replay-controls [value=play]")
    expect(page.locator(".replay-controls output")).to_have_text(re.compile("08:[1-9]"))
    drawn(page)
    picture(page, pictures / "replay.png")
    page.click(".map-replay [value=close]")
    expect(page.locator(".replay-controls")).to_be_hidden()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_live_fleet_fits_every_window(
    open_page: Open, bureau: Bureau, pictures: Path, size: tuple[int, int]
) -> None:
    now = datetime.now(UTC)
    reports(bureau, position(CAR, now, 200, speed=30, heading=45))
    page = opened(open_page(size=size))
    if size == PHONE:
        page.click(".map-drawer > summary")
    expect(count(page, "moving")).to_have_text("1")
    assert fits(page)
    assert accessible(page) == []
    picture(page, pictures / "fleet.png")
