"""Pages in a real Chromium: the demonstration served as it is to people, and a window of any width in either language."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from domain.access.roles import Role
from infra.access import grants
from infra.cluster import Urls
from tests import accounts
from tests.api.conftest import Office
from tests.api.conftest import bases_file as bases_file  # noqa: PLC0414 -- fixtures of this folder as well
from tests.api.conftest import demonstrated as demonstrated  # noqa: PLC0414 -- as above
from tests.api.conftest import demonstration as demonstration  # noqa: PLC0414 -- as above
from tests.api.conftest import host as host  # noqa: PLC0414 -- as above
from tests.api.conftest import office as office  # noqa: PLC0414 -- as above
from tests.api.conftest import viewed as viewed  # noqa: PLC0414 -- as above
from tests.api.feeding import following

WIDE, PHONE = (1440, 900), (360, 780)
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
COOKIE = "zhangtu-session"
_OURS = ("http://127.0.0.1:", "data:", "blob:")

_GIVEN_UP = ("htmx:afterRequest", "htmx:sendAbort")
"""All that htmx says of a request that it ended itself; of one that failed it says more."""

_ONCE_MORE = ("[wide-en]", "[phone-zh]", "[zh-phone]", "[en-wide-dark]", "[en-phone-dark]")
"""Looks that are left to `./dev test -m long`: both languages, both widths and the dark are seen without them."""

Open: TypeAlias = Callable[..., Page]
"""`open_page(login="lifang", language="zh", size=WIDE)`: a window of somebody who has signed in."""


@dataclass(frozen=True)
class Bureau:
    """The demonstration, served, and who works there."""

    office: Office
    address: str


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.name.endswith(_ONCE_MORE):
            item.add_marker(pytest.mark.long)


@pytest.fixture(scope="module")
def module_database(demonstration: Urls) -> Urls:
    return demonstration


@pytest.fixture(scope="module")
def bureau(office: Office) -> Iterator[Bureau]:
    """`lifang` may do everything that is not an administrator's, everywhere."""
    accounts.an_account(office.urls.owner, "lifang", grants.everywhere([Role.PREMISES_OFFICER]))
    with following(office.urls):
        assert office.get(f"/v1/units?after={office.head()}&limit=1").status_code == 200
        yield Bureau(office=office, address=str(office.client.base_url))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(bureau: Bureau, chromium: Browser) -> Iterator[Open]:
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def a_window(login: str = "lifang", language: str = "zh", size: tuple[int, int] = WIDE, **more: object) -> Page:
        context = chromium.new_context(
            base_url=bureau.address,
            locale=LANGUAGES[language],
            timezone_id="Asia/Shanghai",
            viewport={"width": size[0], "height": size[1]},
            **more,  # type: ignore[arg-type]  # what the caller asks of the library
        )
        opened.append(context)
        secret = accounts.a_session(bureau.office.urls.owner, login)
        context.add_cookies([{"name": COOKIE, "value": secret, "url": bureau.address}])
        return _watched(context, wrong)

    yield a_window
    for context in opened:
        context.close()
    assert wrong == []


def _watched(context: BrowserContext, wrong: list[str]) -> Page:
    """A page on which every error of a script, every broken policy and every request that leaves the machine is noted."""
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("console", lambda said: wrong.append(f"{page.url}: {said.text}") if _is_wrong(said) else None)
    page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(_OURS) else None)
    return page


def _is_wrong(said: ConsoleMessage) -> bool:
    """A refusal is an answer like any other: Chromium alone takes a 4xx for an error. Nor is it ours that a host of tiles is away,
    and a question may be given up for a later one.
    """
    is_theirs = "/bases/" in said.location.get("url", "")
    is_refusal = "the server responded with a status of 4" in said.text
    return said.type == "error" and not (is_theirs or is_refusal or said.text.startswith(_GIVEN_UP))


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path:
    """Where a test leaves its screenshots, to be looked at: under var/, by the name of the test."""
    folder: Path = Path(__file__).parents[2] / "var" / "pictures" / request.node.name.replace("/", "-")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
