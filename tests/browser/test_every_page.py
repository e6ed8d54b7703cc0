"""Every page in a browser, wide and on a phone, in both languages, light and dark: it loads, fits, and everybody can use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.console.kinds import KINDS
from tests.browser.conftest import PHONE, WIDE, Bureau, Open
from tests.browser.looking import accessible, fits, picture

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
    ("language", "size", "look"),
    [("zh", WIDE, "light"), ("en", PHONE, "light"), ("en", WIDE, "dark"), ("zh", PHONE, "dark")],
    ids=["zh-wide", "en-phone", "en-wide-dark", "zh-phone-dark"],
)
def test_every_page_loads_fits_and_can_be_used_by_everybody(
    bureau: Bureau, open_page: Open, pictures: Path, size: tuple[int, int], language: str, look: str
) -> None:
    page = open_page(language=language, size=size, color_scheme=look)
    wrong: dict[str, list[str]] = {}
    for name, address in addresses(bureau):
        answer = page.goto(address)
        assert answer is not None
        picture(page, pictures / f"{name}.png")
        wrong[address] = accessible(page)
        wrong[address] += ["wider than the window"] * (not fits(page)) + [str(answer.status)] * (not answer.ok)
    assert {address: found for address, found in wrong.items() if found} == {}
