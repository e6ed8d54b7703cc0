"""Pages as a browser gets them: who comes in, what is shown in both languages, and that nothing on them runs or leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

import httpx
import pytest

from api.console.kinds import KINDS
from api.console.things.tab import TABS, tabs_of
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import grants
from infra.cluster import Urls
from tests import accounts
from tests.api.conftest import Office, a_unit
from tests.api.feeding import following

PASSWORD = "quiet river under seven bridges"
CHINESE = re.compile(r"[一-鿿]")
HOSTILE = "<script>alert(1)</script>`${7*7}`\"'局"


@pytest.fixture(scope="module")
def module_database(demonstration: Urls) -> Urls:
    return demonstration


@pytest.fixture(scope="module")
def bureau(office: Office) -> Iterator[Office]:
    """With the demonstration in it, a unit of a hostile name, and somebody who may read everything."""
    office.post("/v1/units", a_unit(HOSTILE))
    accounts.an_account(office.urls.owner, "lifang", grants.everywhere([Role.PREMISES_OFFICER]))
    accounts.a_password(office.urls.owner, "lifang", PASSWORD)
    accounts.an_account(office.urls.owner, "keeper", [Grant(role=Role.KEEPER)])
    accounts.a_password(office.urls.owner, "keeper", PASSWORD)
    with following(office.urls):
        head = office.head()
        assert office.get(f"/v1/units?after={head}&limit=1").status_code == 200
        yield office


def a_browser(bureau: Office, language: str = "zh-CN") -> httpx.Client:
    headers = {"Accept-Language": language}
    return httpx.Client(base_url=bureau.client.base_url, headers=headers, timeout=60, follow_redirects=True)


@contextmanager
def signed_in(bureau: Office, login: str = "lifang", language: str = "zh-CN") -> Iterator[httpx.Client]:
    with a_browser(bureau, language) as browser:
        assert browser.post("/sign-in", data={"login": login, "password": PASSWORD, "to": "/"}).status_code == 200
        yield browser


def addresses(bureau: Office) -> Iterator[str]:
    yield from (
        "/",
        "/design",
        "/history",
        "/search?q=办公",
        "/search",
        "/events/1",
        "/documents",
        "/cases",
        "/loans",
        "/loans?by=borrower",
        "/devices",
        *(f"/{kind}" for kind in KINDS),
    )
    for kind in KINDS:
        thing = bureau.get(f"/v1/{kind}?limit=1").json()["rows"][0]["id"]
        yield from (f"/{kind}/{thing}" + (f"/{tab}" if tab else "") for tab in tabs_of(KINDS[kind]))


class Seen(HTMLParser):
    """What a reader sees of a page, and what a browser would do."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.wrong: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.wrong.append(f"{tag} {name}")
            if name in ("href", "src", "action"):
                self.links.append(value or "")
            if name in ("aria-label", "placeholder", "title"):
                self.text.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_who_has_not_signed_in_is_asked_to_and_comes_back_to_the_page(bureau: Office) -> None:
    with a_browser(bureau) as browser:
        asked = browser.get("/rooms?status=in-service&at=2024-01-01")
        assert asked.url.path == "/sign-in"
        sent = browser.post("/sign-in", data={"login": "lifang", "password": PASSWORD, "to": asked.url.params["to"]})
        assert (sent.url.path, sent.url.params["at"]) == ("/rooms", "2024-01-01")


def test_who_sent_a_form_without_a_session_comes_back_to_the_page_that_it_stood_on(bureau: Office) -> None:
    with a_browser(bureau) as browser:
        came = {"Referer": f"{bureau.client.base_url}/rooms/do/assign?id=1"}
        asked = browser.post("/proposals/propose", data={"title": "x"}, headers=came)
        assert (asked.url.path, asked.url.params["to"]) == ("/sign-in", "/rooms/do/assign?id=1")


@pytest.mark.parametrize(
    "to", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "javascript:x", "/\t/x"]
)
def test_nobody_is_sent_elsewhere(bureau: Office, to: str) -> None:
    with a_browser(bureau) as browser:
        browser.follow_redirects = False
        for answer in (
            browser.post("/sign-in", data={"login": "lifang", "password": PASSWORD, "to": to}),
            browser.get("/language", params={"to": to}),
            browser.get("/appearance", params={"to": to}),
        ):
            assert answer.headers["location"] == "/"


def test_a_wrong_password_keeps_the_login_and_says_what_is_wrong(bureau: Office) -> None:
    with a_browser(bureau) as browser:
        answer = browser.post("/sign-in", data={"login": "li fang", "password": "wrong", "to": "/rooms"})
    assert answer.status_code == 401
    assert 'value="li fang"' in answer.text
    assert 'role="alert"' in answer.text


def test_a_form_from_elsewhere_signs_nobody_in_or_out(bureau: Office) -> None:
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    with signed_in(bureau) as browser:
        said = {"login": "lifang", "password": PASSWORD}
        assert browser.post("/sign-in", data=said, headers=elsewhere).status_code == 403
        assert browser.post("/sign-out", data={"csrf": ""}, headers=elsewhere).status_code == 403
        assert browser.post("/sign-out", data={"csrf": "guessed"}).status_code == 403
        assert browser.get("/").url.path == "/"


def test_signing_out_ends_the_session(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        [proof] = set(re.findall(r'name="csrf" value="([^"]+)"', browser.get("/").text))
        assert browser.post("/sign-out", data={"csrf": proof}).url.path == "/sign-in"
        assert browser.get("/").url.path == "/sign-in"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_is_shown_and_nothing_on_it_runs_or_leads_elsewhere(bureau: Office, language: str) -> None:
    with signed_in(bureau, language=language) as browser:
        for address in addresses(bureau):
            answer = browser.get(address)
            assert answer.status_code == 200, address
            assert "unsafe" not in answer.headers["content-security-policy"]
            seen = Seen(answer.text)
            assert seen.wrong == [], address
            assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in seen.links), address


def test_a_page_in_english_holds_chinese_only_where_something_is_called_so(bureau: Office) -> None:
    with signed_in(bureau, "keeper", "en") as browser:
        for address in ("/", "/warehouses", "/rooms", "/search", "/nowhere"):
            texts = {text.strip() for text in Seen(browser.get(address).text).text}
            names = {text for text in texts if CHINESE.search(text)}
            assert not {name for name in names if name in OURS}, address


OURS = (
    {kind.zh for kind in KINDS.values()} | {tab.zh for tab in TABS.values()} | {"首页", "退出", "查找", "筛选", "全部"}
)


def test_the_past_stays_in_every_link_of_the_page(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        page = browser.get("/rooms?at=2024-01-01").text
    assert "2024-01-01" in page
    inside = [link for link in Seen(page).links if link.startswith("/rooms/")]
    assert inside
    assert all("at=2024-01-01" in link for link in inside)


def test_a_hostile_name_is_text(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        page = browser.get("/units").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_menu_holds_what_one_may_read_and_the_rest_says_why_not(bureau: Office) -> None:
    with signed_in(bureau, "keeper") as browser:
        assert 'href="/rooms"' not in browser.get("/").text
        refused = browser.get("/rooms")
    assert refused.status_code == 403
    assert "打不开" in refused.text


def test_what_is_not_there_is_a_page_too(bureau: Office) -> None:
    with signed_in(bureau) as browser:
        answer = browser.get("/rooms/00000000-0000-0000-0000-000000000000")
    assert answer.status_code == 404
    assert "没有找到" in answer.text


def test_files_are_kept_by_browsers_and_change_their_address_with_their_content(bureau: Office) -> None:
    with a_browser(bureau) as browser:
        [style, *_] = re.findall(r'href="(/static/[^"]+\.css)"', browser.get("/sign-in").text)
        assert "immutable" in browser.get(style).headers["cache-control"]
        packed, plain = browser.get(style), browser.get(style, headers={"Accept-Encoding": "identity"})
        assert (packed.headers["content-encoding"], packed.content) == ("gzip", plain.content)
        assert "content-encoding" not in plain.headers
        assert browser.get(style.replace("/static/", "/static/0")).status_code == 404
        assert browser.get("/static/x/..%2f..%2fpages.py").status_code == 404
