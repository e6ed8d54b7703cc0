"""The guide: every page has its chapter, every chapter its twin and its pictures, and what it explains still opens.

`ZHANGTU_GUIDE_PICTURES=1` takes the pictures anew into `docs/guide/pictures`; look at them before you commit.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import Final

import psycopg
import pytest
from PIL import Image
from playwright.sync_api import Page

from api.console.guide.chapters import CHAPTERS, chapter_of
from api.console.guide.written import FOLDER, PICTURES
from api.demo.step import VERGE, ref
from api.notices import matters
from api.page_names import PAGES
from domain.access.principal import Grant
from domain.access.roles import Role
from infra.access import accounts as kept_accounts
from tests import accounts
from tests.browser.conftest import LANGUAGES, PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture

TAKES_PICTURES: Final = os.environ.get("ZHANGTU_GUIDE_PICTURES") == "1"
SIZE: Final = (1180, 720)
LARGEST: Final = (1180, 834)
MOST_BYTES: Final = 3_000_000
NEAR: Final = "look=38.4862,106.2325"
SHEET: Final = "bbox=106.2285,38.4842,106.2352,38.4885&colour=buildings.title&storey=1&heading=%E6%9D%83%E5%B1%9E%E5%88%86%E5%B8%83%E5%9B%BE"
NAMED: Final = re.compile(r"\(\.\./pictures/([^)]+)\)")


def shots(bureau: Bureau) -> dict[str, tuple[str, str]]:
    """By chapter: what its picture shows, and to whom."""
    building = bureau.office.get("/v1/buildings?limit=1").json()["rows"][0]["id"]
    room = bureau.office.get("/v1/rooms?limit=1").json()["rows"][0]["id"]
    return {
        "start": ("lifang", "/search?q=办公"),
        "home": ("lifang", "/"),
        "lists": ("lifang", "/rooms"),
        "things": ("lifang", f"/buildings/{building}"),
        "recording": ("lifang", f"/rooms/do/assign?id={room}"),
        "approvals": ("lifang", "/inbox"),
        "plans": ("lifang", "/plans/new"),
        "tables": ("lifang", "/imports/new/rooms.register"),
        "notices": ("lifang", "/notices"),
        "statistics": ("lifang", "/statistics/premises?by=category"),
        "map": ("lifang", "/map"),
        "map-two-days": ("lifang", f"/map?{NEAR},16&layers=compounds,buildings,fences&at=2024-11-01&beside=2021-06-01"),
        "map-fences": ("lifang", f"/map?{NEAR},13&at=2024-10-03&thing=fences/{ref(VERGE)}"),
        "map-sheet": ("lifang", f"/map.png?{SHEET}"),
        "phone": ("the-dispatcher", "/"),
        "investigating": ("lifang", f"/buildings/{building}?at=2024-07-01"),
        "administrators": ("the-security-administrator", "/administration/accounts"),
    }


def test_every_page_is_explained_by_a_chapter() -> None:
    assert sorted(page for page in PAGES if chapter_of(page) is None) == []


def test_every_chapter_is_written_in_both_languages_with_the_same_pictures_and_headings() -> None:
    for language in LANGUAGES:
        assert {path.stem for path in (FOLDER / language).iterdir()} == {one.name for one in CHAPTERS}, language
    for one in CHAPTERS:
        zh, en = ((FOLDER / language / f"{one.name}.md").read_text() for language in ("zh", "en"))
        assert zh.startswith(f"# {one.zh}\n")
        assert en.startswith(f"# {one.en}\n")
        assert [name.replace(".zh.", ".en.") for name in NAMED.findall(zh)] == NAMED.findall(en), one.name
        assert len(re.findall("^## ", zh, re.MULTILINE)) == len(re.findall("^## ", en, re.MULTILINE)), one.name


def test_every_picture_that_is_named_is_there_and_they_are_small() -> None:
    named = {name for path in FOLDER.glob("*/*.md") for name in NAMED.findall(path.read_text())}
    assert {path.name for path in PICTURES.iterdir()} == named
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < MOST_BYTES


@pytest.fixture(scope="module", autouse=True)
def _people(bureau: Bureau) -> None:
    owner = bureau.office.urls.owner
    for role in (Role.DISPATCHER, Role.SECURITY_ADMINISTRATOR):
        accounts.an_account(owner, f"the-{role}", [Grant(role=role)])
    with psycopg.connect(owner) as connection:
        lifang = kept_accounts.named(connection, "lifang")
        assert lifang is not None
        for matter in ("import-done", "plan-applied", "proposal-handed-on"):
            matters.tell(connection, [lifang.id], matter, "/history", count=1200)


def test_what_the_guide_explains_opens_and_leads_back_to_it(bureau: Bureau, open_page: Open) -> None:
    pages: dict[str, Page] = {}
    for name, (login, address) in shots(bureau).items():
        page = pages.setdefault(login, open_page(login=login))
        answer = page.request.get(address)
        assert answer.ok, (name, answer.status)
        led_to = {"phone": "home", "investigating": "things"}.get(name, name.partition("-")[0])
        assert address.startswith("/map.png") or f'href="/guide/{led_to}"' in answer.text(), name


@pytest.mark.parametrize(("language", "size"), [("zh", WIDE), ("en", PHONE)], ids=["zh-wide", "en-phone"])
def test_the_guide_is_read_by_everybody_also_before_coming_in(
    open_page: Open, pictures: Path, language: str, size: tuple[int, int]
) -> None:
    page = open_page(language=language, size=size)
    page.goto("/rooms")
    page.locator('a[href="/guide/lists"]').click()
    assert page.locator("main h1").inner_text() == ("列表和筛选" if language == "zh" else "Lists and filters")
    for address in ("/guide", "/guide/administrators"):
        page.goto(address)
        picture(page, pictures / f"{address.strip('/').replace('/', '-')}.png")
        assert accessible(page) == [], address
        assert fits(page), address
    assert page.evaluate("[...document.images].every(one => one.loading === 'lazy' || one.naturalWidth > 0)")
    page.context.clear_cookies()
    assert page.goto("/guide/start").ok  # type: ignore[union-attr]  # an address is answered
    assert page.request.get("/guide/nothing").status == 404
    assert page.request.get("/guide/pictures/..%2Fzh%2Fstart.md").status == 404


def shot(page: Page, address: str, language: str) -> bytes:
    if address.startswith("/map.png"):
        return page.request.get(f"{address}&lang={language}").body()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2500 if address.startswith("/map") else 200)
    if "beside=" in address:
        page.locator(".map-differs summary").click()
    return page.screenshot()


if TAKES_PICTURES:

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_pictures_are_taken(bureau: Bureau, open_page: Open, language: str) -> None:
        for name, (login, address) in shots(bureau).items():
            page = open_page(login=login, language=language, size=PHONE if name == "phone" else SIZE)
            taken = Image.open(io.BytesIO(shot(page, address, language)))
            taken.thumbnail(LARGEST)
            reduced = taken.convert("RGB").quantize(160 if name.startswith("map") else 64, dither=Image.Dither.NONE)
            reduced.save(PICTURES / f"{name}.{language}.png", optimize=True)
