"""The first page and the statistics: made of what somebody reads and settles; every figure and bar leads to its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from api.composition import opened
from api.world.loading import load
from domain.access.principal import Grant
from domain.access.roles import Role
from tests import accounts
from tests.api.conftest import Office, settings_for
from tests.api.feeding import following

PANELS = {"premises", "people", "vehicles", "stock", "items"}


@pytest.fixture(scope="module")
def bureau(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(settings_for(office.urls, Path(tmp_path_factory.mktemp("world")))) as services:
        load(services, 4_000, 1)
    with following(office.urls):
        assert office.get(f"/v1/units?after={office.head()}&limit=1").status_code == 200
        yield office


def somebody(bureau: Office, *roles: Role) -> httpx.Client:
    login = "-".join(roles)
    secret = accounts.a_session(bureau.urls.owner, login, [Grant(role=role) for role in roles])
    return httpx.Client(
        base_url=bureau.client.base_url, cookies={"zhangtu-session": secret}, timeout=60, follow_redirects=True
    )


def links(page: str, start: str) -> list[str]:
    return sorted({unescape(link) for link in re.findall(r'href="([^"]+)"', page) if link.startswith(start)})


@pytest.mark.parametrize(
    ("role", "panels"),
    [
        (Role.PREMISES_OFFICER, {"premises", "people"}),
        (Role.DISPATCHER, {"people", "vehicles"}),
        (Role.KEEPER, {"people", "stock", "items"}),
        (Role.LEADER, PANELS),
        (Role.UNIT_CLERK, PANELS),
        (Role.DRIVER, set[str]()),
    ],
)
def test_each_role_has_the_figures_of_what_it_reads(bureau: Office, role: Role, panels: set[str]) -> None:
    with somebody(bureau, role) as browser:
        page = browser.get("/").text
    assert {name for name in PANELS if f'id="panel-{name}"' in page} == panels


def test_what_waits_is_for_who_can_settle_it(bureau: Office) -> None:
    with somebody(bureau, Role.LEADER) as leader, somebody(bureau, Role.DISPATCHER) as dispatcher:
        assert "等您处理" not in leader.get("/").text
        assert "等您处理" in dispatcher.get("/").text


def test_administrators_are_led_to_their_own_work_and_told_nothing_of_assets(bureau: Office) -> None:
    with somebody(bureau, Role.AUDIT_ADMINISTRATOR) as browser:
        page = browser.get("/")
        assert page.status_code == 200
        assert 'class="doors"' in page.text
        assert not links(page.text, "/statistics/")
        assert browser.get("/statistics").status_code == 403


def test_every_figure_and_bar_of_the_first_page_leads_to_its_rows(bureau: Office) -> None:
    with somebody(bureau, Role.LEADER) as browser:
        found = links(browser.get("/").text, "/statistics/")
        assert len(found) > 20
        for link in found:
            assert browser.get(link).status_code == 200, link


def test_the_rows_behind_a_bar_are_as_many_as_it_says(bureau: Office) -> None:
    with somebody(bureau, Role.LEADER) as browser:
        page = browser.get("/statistics/premises", params={"by": "category", "measure": "idle_rooms"}).text
        told = re.findall(r'<a href="([^"]+measure=idle_rooms[^"]*)">(\d+)</a>', page)
        assert told
        for link, number in told:
            rows = browser.get(unescape(link)).text
            assert rows.count('<th scope="row">') == min(int(number), 100), link


def test_figures_begin_broken_down_and_are_totals_only_where_somebody_says_so(bureau: Office) -> None:
    with somebody(bureau, Role.LEADER) as browser:
        assert '<option value="category" selected>' in browser.get("/statistics/premises").text
        assert 'class="dense"' in browser.get("/statistics/premises").text
        assert 'class="dense"' not in browser.get("/statistics/premises?by=").text


@pytest.mark.parametrize("subject", sorted(PANELS))
def test_figures_can_be_broken_down_twice_narrowed_and_held_against_another_day(bureau: Office, subject: str) -> None:
    with somebody(bureau, Role.LEADER) as browser:
        for asked in (
            {"by": "division"},
            {"by": "prefecture", "then": "province"},
            {"by": "division", "against": "2022-01-01"},
        ):
            answer = browser.get(f"/statistics/{subject}", params=asked)
            assert answer.status_code == 200, asked
            assert "<tfoot>" in answer.text
            for link in links(answer.text, f"/statistics/{subject}/rows")[:5]:
                assert browser.get(link).status_code == 200, link


def test_figures_of_the_past_lead_to_rows_of_the_past(bureau: Office) -> None:
    with somebody(bureau, Role.LEADER) as browser:
        page = browser.get("/statistics/items", params={"by": "status", "at": "2022-01-01"}).text
        found = links(page, "/statistics/items/rows")
    assert found
    assert all("at=2022-01-01" in link for link in found)


def test_figures_that_there_are_none_of_or_that_are_not_for_this_role_are_not_found(bureau: Office) -> None:
    with somebody(bureau, Role.KEEPER) as keeper, somebody(bureau, Role.DRIVER) as driver:
        assert keeper.get("/statistics/nothing").status_code == 404
        assert keeper.get("/statistics/premises").status_code == 404
        assert keeper.get("/statistics/premises/rows?measure=rooms").status_code == 404
        assert 'href="/statistics"' not in driver.get("/").text
        assert driver.get("/statistics/vehicles").status_code == 403


def test_what_the_address_asks_amiss_falls_back_to_the_usual(bureau: Office) -> None:
    with somebody(bureau, Role.LEADER) as browser:
        answer = browser.get("/statistics/items", params={"by": "<script>", "measure": "nothing", "then": "status"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
