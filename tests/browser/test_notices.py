"""The bell, the page of notices and its settings in a browser: both languages, wide and on a phone, full and empty."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from api.notices import matters
from infra.access import accounts as kept_accounts
from infra.access import grants
from infra.notices import kept, watches
from infra.notices.kept import Notice, Why
from tests import accounts
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture
from tests.stores import rows

SHOWN: tuple[tuple[Why, int], ...] = (("watched", 0), ("decided", 0), ("waits", 1199))


def fill(bureau: Bureau, login: str) -> None:
    """Notices of every kind, as the notifier makes them."""
    urls = bureau.office.urls
    found = bureau.office.get("/v1/history?limit=4").json()["events"]
    rooms = [row["id"] for row in bureau.office.get("/v1/rooms?limit=3").json()["rows"]]
    with psycopg.connect(urls.owner) as owner:
        account = kept_accounts.named(owner, login)
        assert account is not None
        for (why, more), event in zip(SHOWN, found, strict=False):
            [(command,)] = rows(urls.owner, f"SELECT command_id FROM log.events WHERE position = {event['position']}")  # noqa: S608 -- a number
            kept.add(
                owner, [Notice(account=account.id, why=why, position=event["position"], command=command, more=more)]
            )
        due = Notice(
            account=account.id,
            why="due",
            matter="vacating-due-ended",
            things=rooms,
            link="/rooms",
            figures={"count": 3},
        )
        kept.add(owner, [due])
        matters.tell(owner, [account.id], "import-done", "/history", count=1200)
        unit = bureau.office.get("/v1/units?limit=1").json()["rows"][0]["id"]
        watches.make(owner, account.id, thing=rooms[0], unit=None, topic=None)
        watches.make(owner, account.id, thing=None, unit=unit, topic="premises.RoomVacated")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_notices_are_seen_followed_and_settled(
    bureau: Bureau, open_page: Open, pictures: Path, size: tuple[int, int], language: str
) -> None:
    login = f"reader-{language}-{size[0]}"
    accounts.an_account(bureau.office.urls.owner, login, grants.everywhere())
    page = open_page(login=login, language=language, size=size)
    wrong: dict[str, list[str]] = {}

    def look(name: str) -> None:
        picture(page, pictures / f"{name}.png")
        wrong[name] = accessible(page) + ["wider than the window"] * (not fits(page))

    page.goto("/notices")
    look("empty")
    page.goto("/account/notices")
    look("settings-empty")
    fill(bureau, login)
    page.goto("/notices")
    look("full")
    assert page.locator(".bell .many").inner_text() == "5"
    page.locator("ol.notices h2 a").first.click()
    assert page.url.endswith("/history")
    assert page.locator(".bell .many").inner_text() == "4"
    page.goto("/account/notices")
    page.locator("input[value=at-once]").check()
    page.get_by_role("button", name="保存" if language == "zh" else "Save").click()
    look("settings-wrong")
    assert page.get_by_role("alert").is_visible()
    assert page.locator("input[value=at-once]").is_checked()
    page.locator("input[name=address]").fill("wang@bureau.example")
    page.get_by_role("button", name="保存" if language == "zh" else "Save").click()
    look("settings")
    page.goto("/notices")
    page.locator(".head button").click()
    assert page.locator(".bell .many").count() == 0
    assert {name: found for name, found in wrong.items() if found} == {}
