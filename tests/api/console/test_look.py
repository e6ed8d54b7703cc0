"""How pages look: light or dark as chosen, what was done told once, and a colour for every state."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import Request
from starlette.responses import Response

from api import badges
from api.console import toasts
from api.console.pages import Page
from api.console.toasts import Toast
from projections.queries.listed import LISTED
from tests.api.conftest import Office


@pytest.fixture
def browser(office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office.client.base_url, follow_redirects=True) as client:
        yield client


def test_every_state_that_a_thing_can_be_in_has_a_colour_or_is_over() -> None:
    states = {
        str(term)
        for listed in LISTED.values()
        for name in badges.COLUMNS & listed.keys()
        for term in listed[name].term or ()
    }
    assert states - badges.TONES.keys() == set()


def test_light_or_dark_is_chosen_once_and_known_before_the_page_is_drawn(browser: httpx.Client) -> None:
    assert "data-look" not in browser.get("/sign-in").text
    chosen = browser.get("/appearance", params={"look": "dark", "to": "/sign-in"})
    assert chosen.url.path == "/sign-in"
    assert re.search(r'<html [^>]*data-look="dark"', chosen.text)
    assert '<meta name="color-scheme" content="dark">' in chosen.text
    assert "data-look" not in browser.get("/appearance", params={"look": "auto", "to": "/sign-in"}).text


@pytest.mark.parametrize("look", ["", "sepia", '"><script>'])
def test_an_appearance_that_there_is_none_of_is_as_the_system_is(browser: httpx.Client, look: str) -> None:
    assert "data-look" not in browser.get("/appearance", params={"look": look, "to": "/sign-in"}).text


def a_request(cookie: str) -> Request:
    return Request({"type": "http", "headers": [(b"cookie", f"{toasts.COOKIE}={cookie}".encode())]})


def test_what_was_done_is_told_in_both_languages_and_cut_where_a_cookie_would_overflow() -> None:
    answer = Response()
    toasts.leave(answer, Toast("已登记。" * 500, "Recorded.", "good"))
    [cookie] = [value.decode() for name, value in answer.raw_headers if name == b"set-cookie"]
    assert len(cookie) < 4096
    left = toasts.left(a_request(cookie.partition("=")[2].partition(";")[0]))
    assert left is not None
    assert (left.zh[:4], left.en) == ("已登记。", "Recorded.")


@pytest.mark.parametrize(
    ("language", "said"), [("zh", ["1 间", "2 间"]), ("en", ["1 room", "2 rooms"])], ids=["zh", "en"]
)
def test_one_of_a_thing_is_one_in_english(language: str, said: list[str]) -> None:
    page = Page(
        Request(
            {"type": "http", "query_string": b"", "path": "/", "headers": [(b"accept-language", language.encode())]}
        )
    )
    assert [f"{count}{page.say(' 间', ' rooms', one=' room', of=count)}" for count in (1, 2)] == said


@pytest.mark.parametrize("cookie", ["", "no base64", "bm8ganNvbg==", "eyJ6aCI6MX0="])
def test_a_cookie_that_is_no_toast_is_none(cookie: str) -> None:
    assert toasts.left(a_request(cookie)) is None


def test_what_was_done_is_told_on_the_next_page_only(browser: httpx.Client) -> None:
    answer = Response()
    toasts.leave(answer, Toast("<b>已登记</b>", "Recorded"))
    told = answer.headers["set-cookie"].partition("=")[2].partition(";")[0].strip('"')
    browser.cookies.set(toasts.COOKIE, told, domain="127.0.0.1")
    assert "&lt;b&gt;已登记" in browser.get("/sign-in").text
    assert "已登记" not in browser.get("/sign-in").text


def test_an_address_that_there_is_none_of_is_a_page_to_a_browser_and_a_problem_to_a_program(
    browser: httpx.Client,
) -> None:
    page = browser.get("/nowhere", headers={"Accept": "text/html,*/*"}, follow_redirects=False)
    assert (page.status_code, page.headers["content-type"][:9]) == (404, "text/html")
    assert "没有这一页" in page.text
    for address in ("/nowhere", "/v1/nowhere"):
        told = browser.get(address, headers={"Accept": "application/json" if address == "/nowhere" else "text/html"})
        assert (told.status_code, told.json()["code"]) == (404, "not-found")
