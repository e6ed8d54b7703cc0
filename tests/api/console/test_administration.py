"""What administrators do on pages, from the right side and from the wrong one; and what the pages ask for, of the API itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import psycopg
import pytest

from api.access import words as access_words
from domain.access.principal import Grant
from domain.access.roles import ADMINISTRATORS, Role
from infra.access import accounts as kept_accounts
from infra.access.console import console
from tests import accounts
from tests.api.conftest import Office
from tests.api.exports.exported import Book
from tests.api.feeding import following
from tests.browser.conftest import COOKIE

SQL = Path(__file__).parents[3] / "infra" / "migrations" / "sql"


@pytest.fixture(scope="module", autouse=True)
def _views(office: Office) -> Iterator[None]:
    with following(office.urls):
        yield


@contextmanager
def come_in(office: Office, role: Role) -> Iterator[httpx.Client]:
    secret = accounts.a_session(office.urls.owner, f"a-{role}", [Grant(role=role)])
    base = office.client.base_url
    with httpx.Client(base_url=base, timeout=60, follow_redirects=True, cookies={COOKIE: secret}) as client:
        yield client


def proof(browser: httpx.Client, address: str) -> dict[str, str]:
    return {"csrf": re.findall(r'name="csrf" value="([^"]+)"', browser.get(address).text)[0]}


def test_an_account_is_made_given_a_role_in_a_unit_and_reviewed_by_three_people(office: Office) -> None:
    unit = office.establish("同心县档案馆")
    with come_in(office, Role.SYSTEM_ADMINISTRATOR) as system:
        csrf = proof(system, "/administration/accounts")
        made = system.post("/administration/accounts", data={**csrf, "login": "ding", "name": "丁", "unit": "档案馆"})
        at = made.url.path
        given = system.post(f"{at}/reset-password", data=csrf).text
        assert re.findall(r'class="mono secret">([^<]{8,})<', given)
        assert "授予角色" not in given
        again = system.post("/administration/accounts", data={**csrf, "login": "ding", "name": "<丁>", "unit": "x"})
        assert (again.status_code, "&lt;丁&gt;" in again.text, 'role="alert"' in again.text) == (409, True, True)
    with come_in(office, Role.SECURITY_ADMINISTRATOR) as security:
        csrf = proof(security, at)
        said = {**csrf, "role": "unit-clerk", "place": "unit"}
        unclear = security.post(f"{at}/grants", data={**said, "unit": "同心县"})
        assert (unclear.status_code, "同心县档案馆" in unclear.text) == (422, True)
        assert "同心县档案馆" in security.get("/administration/units?unit=同心").text
        given = security.post(f"{at}/grants", data={**said, "unit": "同心县档案馆"}).text
        assert "使用单位管理员" in given
        assert "同心县档案馆及下级单位" in given
        assert "本人还没有登录改过" in security.get(at).text
        accounts.a_password(office.urls.owner, "ding", "quiet river under seven bridges")
        assert "已确认" in security.post(f"{at}/confirm", data=csrf).text
        [taking] = re.findall(r'action="([^"]+/take)"', given)
        assert "还没有角色" in security.post(taking, data=csrf).text
    assert unit in str(office.get("/v1/units").json())
    with come_in(office, Role.AUDIT_ADMINISTRATOR) as audit:
        page = audit.get("/administration/records?what=role-given").text
        assert "账号：ding；角色：使用单位管理员" in page
        assert "发给一次性口令" in audit.get(f"/administration/records?subject={at.rpartition('/')[2]}").text
        book = audit.get("/v1/access/records.xlsx?what=role-given&lang=zh").content
        _, *rows = Book(book).rows()
        assert any("使用单位管理员" in row[-1] for row in rows)
        [told] = audit.get("/v1/access/records?limit=1&what=role-given").json()["records"]
        days = datetime.fromisoformat(told["at"]) - datetime(1899, 12, 30, tzinfo=UTC) + timedelta(hours=8)
        assert rows[0][1] == pytest.approx(days / timedelta(days=1), abs=2e-5), "in Beijing time"
        newest = audit.get("/v1/access/records?limit=1").json()["records"][0]["number"]
        csrf = proof(audit, "/administration/records")
        audit.post("/administration/records", data={**csrf, "up_to": str(newest), "remark": "看过"})
        assert audit.get("/v1/access/records?limit=1").json()["reviewed"] == newest


def test_many_accounts_are_turned_over_page_by_page_and_found_by_their_logins(office: Office) -> None:
    with psycopg.connect(office.urls.owner) as owner, console(owner, "tests") as asker:
        for number in range(60):
            kept_accounts.make(owner, asker, login=f"many{number:02}", name="多", unit="档案馆")
    with come_in(office, Role.SYSTEM_ADMINISTRATOR) as system:
        first = system.get("/administration/accounts?q=many").text
        [more] = re.findall(r'href="([^"]+)" rel="next"', first)
        second = system.get(html.unescape(more)).text
        logins = [re.findall(r">(many[0-9]{2})</a>", text) for text in (first, second)]
        assert list(map(len, logins)) == [50, 10]
        assert logins[0] + logins[1] == [f"many{number:02}" for number in range(60)]
        assert '<option value="many07">' in system.get("/administration/logins?holder=many07").text
        said = {
            **proof(system, "/administration/accounts"),
            "login": "pays",
            "name": "支付",
            "unit": "x",
            "service": "true",
        }
        refused = system.post("/administration/accounts", data={**said, "holder": "nobody-here"})
        assert (refused.status_code, "没有这个登录名" in refused.text) == (422, True)
        made = system.post("/administration/accounts", data={**said, "holder": "many07"}).text
        assert re.search(r'name="holder"[^>]*value="many07"', made)
    with come_in(office, Role.AUDIT_ADMINISTRATOR) as audit:
        assert "pays" in audit.get("/administration/records?subject=pays").text
        assert audit.get("/administration/records?account=nobody-here").status_code == 422


MAY = {
    "/administration/accounts": ADMINISTRATORS,
    "/administration/records": {Role.AUDIT_ADMINISTRATOR},
    "/administration/system": {Role.SYSTEM_ADMINISTRATOR},
    "/v1/access/units?q=局": {Role.SECURITY_ADMINISTRATOR},
    "/v1/access/records.xlsx": {Role.AUDIT_ADMINISTRATOR},
    "/v1/generations": {Role.SYSTEM_ADMINISTRATOR},
}


def test_each_page_opens_to_those_whose_work_it_is_and_the_menu_leads_there_alone(office: Office) -> None:
    for role in (*ADMINISTRATORS, Role.LEADER):
        with come_in(office, role) as browser:
            home = browser.get("/").text
            for address, roles in MAY.items():
                assert browser.get(address).status_code == (200 if role in roles else 403), (role, address)
                if address.startswith("/administration"):
                    assert (f'href="{address}"' in home) == (role in roles), (role, address)


def test_how_the_system_runs_is_told_by_the_generations(office: Office) -> None:
    with come_in(office, Role.SYSTEM_ADMINISTRATOR) as system:
        [live] = [one for one in system.get("/v1/generations").json()["generations"] if one["role"] == "live"]
        page = system.get("/administration/system").text
    assert (live["state"], live["parked"]) == ("ready", [])
    assert live["schema"] in page
    assert "没有搁置的对象" in page


def test_what_was_asked_is_told_as_it_was_typed() -> None:
    told = access_words.told("used", {"right": "log", "asked": "GET /v1/search?q=%E5%8A%9E%E5%85%AC"})
    assert "GET /v1/search?q=办公" in told["detail_zh"]


def test_everything_that_is_recorded_has_words() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SQL.glob("*.sql")]
    named = {what for text in texts for what in re.findall(r"access\.record\(asker, '([a-z-]+)'", text)}
    assert len(named) > 15
    assert named <= access_words.WHAT.keys()


def test_who_may_follow_the_feed_is_led_to_webhooks_and_who_may_not_is_told_who_makes_them(office: Office) -> None:
    with come_in(office, Role.AUDITOR) as auditor:
        assert 'href="/webhooks"' in auditor.get("/").text
        assert 'action="/webhooks"' in auditor.get("/webhooks").text
    with come_in(office, Role.SYSTEM_ADMINISTRATOR) as system:
        page = system.get("/webhooks").text
        assert 'action="/webhooks"' not in page
        assert "可以订阅事件的账号" in page
    with come_in(office, Role.UNIT_CLERK) as clerk:
        assert 'href="/webhooks"' not in clerk.get("/").text
