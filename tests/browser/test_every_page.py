"""Every page in a browser, wide and on a phone, in both languages, light and dark: it loads, fits, and everybody can use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from playwright.sync_api import Page

from api.console.kinds import KINDS
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture

Look: TypeAlias = tuple[tuple[int, int], Literal["light", "dark"]]

ADDRESSES = (
    "/",
    "/design",
    "/history",
    "/search?q=办公",
    "/loans",
    "/loans?by=borrower",
    "/devices",
    *(f"/{kind}" for kind in KINDS),
)


def addresses(bureau: Bureau) -> Iterator[tuple[str, str]]:
    yield from ((address.strip("/").replace("?q=", "-") or "home", address) for address in ADDRESSES)
    room = bureau.office.get("/v1/rooms?limit=1").json()["rows"][0]["id"]
    yield from (
        (f"room{tab or '-facts'}", f"/rooms/{room}{tab}") for tab in ("", "/history", "/timeline", "/relations")
    )


@pytest.mark.parametrize(
    ("language", "looks"),
    [
        ("zh", [(WIDE, "light"), (PHONE, "dark")]),
        ("en", [(PHONE, "light")]),
        ("en", [(WIDE, "dark")]),
    ],
    ids=["zh", "en-phone", "en-wide-dark"],
)
def test_every_page_loads_fits_and_can_be_used_by_everybody(
    bureau: Bureau, open_page: Open, pictures: Path, language: str, looks: list[Look]
) -> None:
    """A page that is there is seen once more in another look: windows grow narrow, and evening comes."""
    page = open_page(language=language, size=looks[0][0], color_scheme=looks[0][1])
    wrong: dict[str, list[str]] = {}
    for name, address in addresses(bureau):
        turned(page, looks[0])
        answer = page.goto(address)
        assert answer is not None
        wrong[address] = [str(answer.status)] * (not answer.ok)
        for look in looks:
            turned(page, look)
            picture(page, pictures / f"{name}-{look[1]}.png")
            wrong[address] += accessible(page) + ["wider than the window"] * (not fits(page))
    assert {address: found for address, found in wrong.items() if found} == {}


def turned(page: Page, look: Look) -> None:
    size, scheme = look
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)
