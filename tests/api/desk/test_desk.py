"""What people keep while they work: each their own, in versions, so much and no more, and not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.desk import MOST_OF_A_SORT, Sort
from tests import accounts
from tests.api.conftest import Office


@contextmanager
def at_work(office: Office, login: str = "lifang") -> Iterator[httpx.Client]:
    """A browser of somebody who signed in, with the proof that pages send along."""
    secret = accounts.a_session(office.urls.owner, login, [Grant(role=Role.KEEPER)])
    with httpx.Client(base_url=office.client.base_url, cookies={"zhangtu-session": secret}, timeout=60) as browser:
        browser.headers["X-CSRF-Token"] = browser.get("/v1/session").json()["csrf"]
        yield browser


@pytest.fixture
def browser(office: Office) -> Iterator[httpx.Client]:
    with psycopg.connect(office.urls.owner) as owner:
        owner.execute("DELETE FROM desk.papers")
    with at_work(office) as found:
        yield found


def test_what_is_kept_comes_back_as_it_was(browser: httpx.Client) -> None:
    content = {"columns": ["号牌", "plate"], "deep": {"a": [1, None, True, "0.10", "\0"]}}
    kept = browser.put("/v1/desk/view/我的车", json=content)
    assert (kept.status_code, kept.headers["etag"]) == (200, '"1"')
    found = browser.get("/v1/desk/view/我的车")
    assert found.json() == kept.json()
    assert found.json()["content"] == content
    assert [one["name"] for one in browser.get("/v1/desk/view").json()["papers"]] == ["我的车"]
    assert browser.get("/v1/desk/draft").json()["papers"] == []


def test_another_account_sees_changes_and_removes_none_of_it(office: Office, browser: httpx.Client) -> None:
    browser.put("/v1/desk/draft/rooms.assign", json={"reason": "秘密"})
    with at_work(office, "other") as other:
        assert other.get("/v1/desk/draft").json()["papers"] == []
        assert other.get("/v1/desk/draft/rooms.assign").status_code == 404
        assert other.delete("/v1/desk/draft/rooms.assign").json() == {"dropped": 0}
        assert other.put("/v1/desk/draft/rooms.assign", json={"reason": "theirs"}).json()["version"] == 1
    assert browser.get("/v1/desk/draft/rooms.assign").json()["content"] == {"reason": "秘密"}


def test_a_token_and_a_stranger_have_no_desk(office: Office, browser: httpx.Client) -> None:
    for method, address in (("GET", "/v1/desk/draft"), ("PUT", "/v1/desk/draft/x"), ("DELETE", "/v1/desk/draft/x")):
        assert office.client.request(method, address, json={}).json()["code"] == "session-needed"
        assert httpx.request(method, f"{browser.base_url}{address}", json={}).status_code == 401


def test_a_page_elsewhere_keeps_and_removes_nothing(browser: httpx.Client) -> None:
    browser.put("/v1/desk/setting/home", json={})
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert browser.put("/v1/desk/setting/home", json={"a": 1}, headers=elsewhere).status_code == 403
    del browser.headers["X-CSRF-Token"]
    assert browser.delete("/v1/desk/setting/home").status_code == 403
    assert browser.get("/v1/desk/setting/home").json()["content"] == {}


def test_two_windows_do_not_overwrite_each_other(browser: httpx.Client) -> None:
    def put(text: str, version: str | None) -> httpx.Response:
        headers = {} if version is None else {"If-Match": version}
        return browser.put("/v1/desk/draft/x", json={"text": text}, headers=headers)

    assert put("nothing to be over", '"1"').status_code == 412
    assert put("first", '"0"').json()["version"] == 1
    assert put("there already", '"0"').status_code == 412
    assert put("second", '"1"').json()["version"] == 2
    late = put("late", '"1"')
    assert (late.status_code, late.json()["code"], late.json()["field"]) == (412, "version-conflict", "If-Match")
    assert put("whatever there is", None).json()["version"] == 3
    assert browser.delete("/v1/desk/draft/x", headers={"If-Match": '"2"'}).status_code == 412
    assert browser.delete("/v1/desk/draft/x", headers={"If-Match": '"3"'}).json() == {"dropped": 1}
    assert browser.get("/v1/desk/draft/x").status_code == 404


def test_so_much_and_no_more(browser: httpx.Client) -> None:
    for number in range(MOST_OF_A_SORT):
        assert browser.put(f"/v1/desk/columns/{number}", json={}).status_code == 200
    full = browser.put("/v1/desk/columns/more", json={})
    assert (full.status_code, full.json()["code"]) == (409, "desk-full")
    assert browser.put("/v1/desk/columns/0", json={"changed": True}).status_code == 200
    assert len(browser.get("/v1/desk/columns").json()["papers"]) == MOST_OF_A_SORT
    assert browser.put("/v1/desk/view/large", json={"text": "长" * 100_000}).status_code == 413


@pytest.mark.parametrize("content", [b"[]", b"7", b"null", b"{", b'{"a": 1, "a": 2}'])
def test_what_is_no_object_is_refused(browser: httpx.Client, content: bytes) -> None:
    refused = browser.put("/v1/desk/view/x", content=content, headers={"Content-Type": "application/json"})
    assert refused.status_code in (400, 422), refused.text
    assert refused.json()["detail_en"]


def test_the_sorts_are_a_closed_list(browser: httpx.Client) -> None:
    assert browser.put("/v1/desk/diary/x", json={}).status_code == 422
    assert {browser.get(f"/v1/desk/{sort}").status_code for sort in Sort} == {200}


def test_a_draft_that_nobody_sent_is_forgotten_after_a_month(office: Office, browser: httpx.Client) -> None:
    for sort in ("draft", "view"):
        browser.put(f"/v1/desk/{sort}/old", json={})
    with psycopg.connect(office.urls.owner) as owner:
        owner.execute("UPDATE desk.papers SET kept_at = kept_at - interval '31 days'")
    browser.put("/v1/desk/draft/new", json={})
    assert [one["name"] for one in browser.get("/v1/desk/draft").json()["papers"]] == ["new"]
    assert [one["name"] for one in browser.get("/v1/desk/view").json()["papers"]] == ["old"]
