"""One's own account in the browser: the password, first of all where somebody else chose it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from infra.access import sessions
from infra.access.console import console
from tests import accounts
from tests.api.conftest import Office

PASSWORD = "quiet river under seven bridges"
NEW = "green tea beside nine windows"


@pytest.fixture
def browser(office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office.client.base_url, timeout=60, follow_redirects=True) as client:
        yield client


def a_newcomer(office: Office, login: str) -> str:
    """Somebody whose password was given to them; this password."""
    account = accounts.an_account(office.urls.owner, login)
    with psycopg.connect(office.urls.owner) as owner, console(owner, "tests") as by:
        return sessions.set_one_time(owner, by, account)


def sign_in(browser: httpx.Client, login: str, password: str, to: str = "/") -> httpx.Response:
    return browser.post("/sign-in", data={"login": login, "password": password, "to": to})


def change(browser: httpx.Client, old: str, new: str, again: str | None = None) -> httpx.Response:
    proof = re.findall(r'name="csrf" value="([^"]+)"', browser.get("/password").text)[0]
    said = {"csrf": proof, "old": old, "new": new, "again": new if again is None else again}
    return browser.post("/password", data=said)


def test_whoever_was_given_a_password_chooses_one_before_anything_else(office: Office, browser: httpx.Client) -> None:
    given = a_newcomer(office, "feng")
    assert sign_in(browser, "feng", given).url.path == "/password"
    assert browser.get("/history").url.path == "/password"
    assert change(browser, given, NEW).url.path == "/"
    assert browser.get("/").url.path == "/"


@pytest.mark.parametrize(
    ("old", "new", "again", "status"),
    [
        ("not the one it is", NEW, NEW, 409),
        (PASSWORD, "short", "short", 409),
        (PASSWORD, NEW, "something else altogether", 409),
        (PASSWORD, "x" * 300, "x" * 300, 422),
    ],
)
def test_a_refused_change_says_why_and_shows_no_password_again(
    office: Office, browser: httpx.Client, old: str, new: str, again: str, status: int
) -> None:
    accounts.an_account(office.urls.owner, "wei")
    accounts.a_password(office.urls.owner, "wei", PASSWORD)
    sign_in(browser, "wei", PASSWORD)
    answer = change(browser, old, new, again)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert not any(word in answer.text for word in (old, f'"{new}"', again))
    assert browser.get("/v1/session").status_code == 200


def test_a_password_is_changed_by_a_form_of_ours_only(office: Office, browser: httpx.Client) -> None:
    accounts.an_account(office.urls.owner, "he")
    accounts.a_password(office.urls.owner, "he", PASSWORD)
    sign_in(browser, "he", PASSWORD)
    said = {"old": PASSWORD, "new": NEW, "again": NEW}
    assert browser.post("/password", data=said | {"csrf": "guessed"}).status_code == 403
    assert sign_in(browser, "he", PASSWORD).url.path == "/"
