"""The bell, the page of notices, and how one wishes to be told, as a browser gets them without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from api.notices import matters
from infra.access import accounts as kept_accounts
from tests import accounts
from tests.api.conftest import Office
from tests.api.feeding import following
from tests.browser.conftest import COOKIE


@pytest.fixture(scope="module", autouse=True)
def _views(office: Office) -> Iterator[None]:
    """What notices are about is asked of the live view."""
    with following(office.urls):
        yield


@pytest.fixture
def browser(office: Office) -> Iterator[httpx.Client]:
    secret = accounts.a_session(office.urls.owner, "wang")
    cookies = {COOKIE: secret}
    with httpx.Client(base_url=office.client.base_url, timeout=60, follow_redirects=True, cookies=cookies) as client:
        yield client


def tell(office: Office, matter: str = "import-done", link: str = "/history", **figures: int) -> None:
    with psycopg.connect(office.urls.owner) as owner:
        found = kept_accounts.named(owner, "wang")
        assert found is not None
        matters.tell(owner, [found.id], matter, link, **figures)


def proof(page: httpx.Response) -> str:
    return str(re.findall(r'name="csrf" value="([^"]+)"', page.text)[0])


def test_a_notice_is_counted_followed_and_read(office: Office, browser: httpx.Client) -> None:
    assert 'class="many"' not in browser.get("/").text
    tell(office, count=1200)
    page = browser.get("/notices")
    assert 'class="many">1<' in page.text
    assert "共 1200 项" in page.text
    [link] = re.findall(r'href="(/notices/[0-9]+[^"]*)"', page.text)
    assert browser.get(link).url.path == "/history"
    assert 'class="many"' not in browser.get("/").text
    assert "没有未读的通知" in browser.get("/notices?unread=true").text


def test_all_are_marked_as_read_at_once(office: Office, browser: httpx.Client) -> None:
    for _ in range(3):
        tell(office, count=1)
    page = browser.get("/notices")
    up_to = re.findall(r'name="up_to" value="([0-9]+)"', page.text)[0]
    assert 'class="many"' in page.text
    assert browser.post("/notices", data={"csrf": "guessed", "up_to": up_to}).status_code == 403
    assert 'class="many"' not in browser.post("/notices", data={"csrf": proof(page), "up_to": up_to}).text


def test_nobody_is_led_elsewhere_by_a_notice(browser: httpx.Client) -> None:
    browser.follow_redirects = False
    assert browser.get("/notices/1?to=https://elsewhere.example").headers["location"] == "/"


def test_a_wrong_address_is_shown_again_with_what_is_wrong(browser: httpx.Client) -> None:
    said = {"csrf": proof(browser.get("/account/notices")), "mail": "daily", "language": "en"}
    for address in ("", "no address", "<script>@example"):
        answer = browser.post("/account/notices", data=said | {"address": address})
        assert answer.status_code in (409, 422), address
        assert 'role="alert"' in answer.text
        assert 'value="daily" checked' in answer.text
        assert "<script>@" not in answer.text
    kept = browser.post("/account/notices", data=said | {"address": "wang@example.cn"})
    assert "已保存" in kept.text
    assert 'value="wang@example.cn"' in kept.text
    assert "还没有设置发信服务器" in kept.text


def test_matters_that_nobody_wrote_words_for_are_not_told(office: Office) -> None:
    with pytest.raises(ValueError, match="no matter is called"):
        tell(office, "anything")
    with pytest.raises(KeyError, match="count"):
        tell(office)
    with pytest.raises(psycopg.errors.CheckViolation):
        tell(office, link="//elsewhere.example", count=1)
