"""Signing in and out, and what a session is good for: never longer than its person wants, and never for a page elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
import pytest

from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import sessions
from infra.access.console import console
from tests import accounts
from tests.api.conftest import Office

PASSWORD = "quiet river under seven bridges"
ELSEWHERE = {"Origin": "https://elsewhere.example"}


@contextmanager
def a_browser(office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office.client.base_url, timeout=60) as client:
        yield client


def somebody(office: Office, login: str, *given: Grant) -> None:
    accounts.an_account(office.urls.owner, login, given)
    accounts.a_password(office.urls.owner, login, PASSWORD)


def sign_in(browser: httpx.Client, login: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return browser.post("/v1/session", json={"login": login, "password": password, **more})


@pytest.fixture
def browser(office: Office) -> Iterator[httpx.Client]:
    with a_browser(office) as found:
        yield found


def proof(answer: httpx.Response) -> dict[str, str]:
    return {"X-CSRF-Token": answer.json()["csrf"]}


def test_who_signs_in_is_known_by_a_cookie_that_no_script_reads(office: Office, browser: httpx.Client) -> None:
    somebody(office, "zhao", Grant(role=Role.LEADER))
    answer = sign_in(browser, "zhao")
    assert (answer.status_code, answer.json()["login"]) == (200, "zhao")
    kept = answer.headers["set-cookie"].lower()
    assert "httponly" in kept
    assert "samesite=lax" in kept
    assert browser.get("/v1/session").json()["grants"] == [{"role": "leader", "division": None, "unit": None}]


def test_a_stranger_learns_nothing_of_which_logins_there_are(office: Office, browser: httpx.Client) -> None:
    somebody(office, "qian")
    told = [sign_in(browser, login, password).content for login, password in
            (("qian", "wrong"), ("nobody-at-all", PASSWORD), ("\u2014", PASSWORD))]  # fmt: skip
    assert len(set(told)) == 1
    assert b"sign-in-refused" in told[0]


def test_a_session_is_never_one_that_was_there_before(office: Office, browser: httpx.Client) -> None:
    somebody(office, "sun")
    browser.cookies.set("zhangtu-session", "zs_planted-by-somebody-else")
    sign_in(browser, "sun")
    first = browser.cookies.get("zhangtu-session", domain="127.0.0.1")
    sign_in(browser, "sun")
    second = browser.cookies.get("zhangtu-session", domain="127.0.0.1")
    assert len({first, second, "zs_planted-by-somebody-else"}) == 3
    with a_browser(office) as other:
        assert other.get("/v1/session", headers={"Cookie": f"zhangtu-session={first}"}).status_code == 401


@pytest.mark.parametrize("headers", [{}, {"X-CSRF-Token": "x"}, ELSEWHERE, {"Sec-Fetch-Site": "cross-site"}])
def test_a_page_elsewhere_changes_nothing_with_my_cookie(
    office: Office, browser: httpx.Client, headers: dict[str, str]
) -> None:
    somebody(office, "zhou")
    answer = sign_in(browser, "zhou")
    # Where it comes from is looked at even when the proof is right.
    right = proof(answer) if "Origin" in headers or "Sec-Fetch-Site" in headers else {}
    assert browser.delete("/v1/sessions", headers=right | headers).status_code == 403
    assert browser.get("/v1/session").status_code == 200


def test_a_page_elsewhere_signs_nobody_in(office: Office, browser: httpx.Client) -> None:
    somebody(office, "wu")
    said = {"login": "wu", "password": PASSWORD}
    answer = browser.post("/v1/session", json=said, headers=ELSEWHERE)
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


def test_signing_out_is_at_once_and_everywhere_means_everywhere(office: Office, browser: httpx.Client) -> None:
    somebody(office, "zheng")
    with a_browser(office) as other:
        sign_in(other, "zheng")
        answer = sign_in(browser, "zheng")
        assert len(browser.get("/v1/sessions").json()["sessions"]) == 2
        assert browser.delete("/v1/sessions", headers=proof(answer)).json() == {"ended": 2}
        assert browser.get("/v1/session").status_code == 401


def test_a_password_from_somebody_else_opens_only_its_own_change(office: Office, browser: httpx.Client) -> None:
    account = accounts.an_account(office.urls.owner, "feng", [Grant(role=Role.LEADER)])
    with psycopg.connect(office.urls.owner) as owner, console(owner, "tests") as by:
        given = sessions.set_one_time(owner, by, account)
    answer = sign_in(browser, "feng", given)
    assert answer.json()["must_change"]
    refused = browser.get("/v1/commands")
    assert (refused.status_code, refused.json()["code"]) == (403, "password-must-change")
    changed = browser.post("/v1/me/password", json={"old": given, "new": PASSWORD}, headers=proof(answer))
    assert (changed.status_code, changed.json()["must_change"]) == (200, False)
    assert browser.get("/v1/commands").status_code == 200


def test_guessing_at_one_login_stops_even_the_right_password(office: Office, browser: httpx.Client) -> None:
    somebody(office, "chen")
    for _ in range(5):
        assert sign_in(browser, "chen", "not it at all, friend").status_code == 401
    assert sign_in(browser, "chen").json()["code"] == "sign-in-refused"


def test_a_token_makes_no_token_and_changes_nothing_about_access(office: Office) -> None:
    made = office.post("/v1/access/tokens", {"name": "more", "days": 1})
    assert (made.status_code, made.json()["code"]) == (403, "session-needed")


@pytest.mark.parametrize("path", ["/v1/sessions", "/v1/access/tokens"])
def test_a_token_is_not_told_by_which_other_ways_its_account_comes_in(office: Office, path: str) -> None:
    assert office.get(path).json()["code"] == "session-needed"


def test_a_token_is_not_taken_as_a_session_nor_a_session_as_a_token(office: Office, browser: httpx.Client) -> None:
    somebody(office, "chu")
    sign_in(browser, "chu")
    session = browser.cookies.get("zhangtu-session")
    token = office.client.headers["authorization"].removeprefix("Bearer ")
    with a_browser(office) as other:
        assert other.get("/v1/session", headers={"Authorization": f"Bearer {session}"}).status_code == 401
        assert other.get("/v1/session", headers={"Cookie": f"zhangtu-session={token}"}).status_code == 401
