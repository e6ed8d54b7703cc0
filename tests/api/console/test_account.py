"""One's own account in the browser: the password, first of all where somebody else chose it; sessions, second factor, tokens."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from infra.access import sessions, totp
from infra.access.console import console
from tests import accounts
from tests.api.conftest import Office
from tests.api.feeding import eventually

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


def somebody(office: Office, browser: httpx.Client, login: str) -> str:
    """Signed in; the proof that forms of theirs carry."""
    accounts.an_account(office.urls.owner, login)
    accounts.a_password(office.urls.owner, login, PASSWORD)
    sign_in(browser, login, PASSWORD)
    return str(re.findall(r'name="csrf" value="([^"]+)"', browser.get("/account").text)[0])


def test_another_session_is_ended_from_the_page_and_then_all_of_them(office: Office, browser: httpx.Client) -> None:
    proof = somebody(office, browser, "lu")
    with httpx.Client(base_url=office.client.base_url, timeout=60, follow_redirects=True) as other:
        sign_in(other, "lu", PASSWORD)
        [end] = re.findall(r'action="(/account/sessions/[0-9a-f-]{36}/end)"', browser.get("/account").text)
        assert "已结束该处的登录" in browser.post(end, data={"csrf": proof}).text
        # Who came in is believed for some seconds without asking again.
        eventually(lambda: other.get("/").url.path == "/sign-in")
    assert browser.post("/account/sessions/end", data={"csrf": proof}).url.path == "/sign-in"


def test_a_second_factor_is_set_up_and_taken_away_on_the_page(office: Office, browser: httpx.Client) -> None:
    proof = {"csrf": somebody(office, browser, "qian")}
    begun = browser.post("/account/second-factor", data=proof).text
    [secret] = re.findall(r'name="secret" value="([A-Z2-7]+)"', begun)
    assert "二维码" in begun
    kept = {**proof, "secret": secret, "uri": "otpauth://totp/x"}
    wrong = browser.post("/account/second-factor/confirm", data={**kept, "code": "000000"})
    assert (wrong.status_code, secret in wrong.text, 'role="alert"' in wrong.text) == (409, True, True)
    code = totp.code(base64.b32decode(secret + "=" * (-len(secret) % 8)), int(time.time()) // totp.SECONDS)
    assert "已启用：" in browser.post("/account/second-factor/confirm", data={**kept, "code": code}).text
    refused = browser.post("/account/second-factor/remove", data={**proof, "password": "not the one it is"})
    assert refused.status_code == 409
    assert "未启用。" in browser.post("/account/second-factor/remove", data={**proof, "password": PASSWORD}).text


def test_a_token_is_shown_once_and_opens_until_it_is_revoked(office: Office, browser: httpx.Client) -> None:
    proof = {"csrf": somebody(office, browser, "sun")}
    made = browser.post("/account/tokens", data={**proof, "name": "报表程序", "days": "30"}).text
    [secret] = re.findall(r'class="mono secret">([^<]+)<', made)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert httpx.get(f"{office.client.base_url}/v1/commands", headers=bearer).status_code == 200
    page = browser.get("/account").text
    assert secret not in page
    [revoke] = re.findall(r'action="(/account/tokens/[0-9a-f-]{36}/revoke)"', page)
    assert "令牌已吊销" in browser.post(revoke, data=proof).text


def test_a_token_for_too_long_is_refused_and_what_was_typed_stays(office: Office, browser: httpx.Client) -> None:
    proof = {"csrf": somebody(office, browser, "zhou")}
    answer = browser.post("/account/tokens", data={**proof, "name": "报表程序", "days": "999"})
    assert answer.status_code == 422
    assert 'value="报表程序"' in answer.text


def test_nothing_of_an_account_is_changed_without_the_proof(office: Office, browser: httpx.Client) -> None:
    somebody(office, browser, "wu")
    for path in ("/account/sessions/end", "/account/second-factor", "/account/tokens"):
        assert browser.post(path, data={"csrf": "guessed", "name": "x", "days": "1"}).status_code == 403
    assert browser.get("/account").status_code == 200
