"""What was typed when a session had ended, carried over the sign-in and put on the desk of whoever comes in."""

from __future__ import annotations

import msgspec

from api.console.asking import Answer, Refused
from api.console.pages import Page

LONGEST = 256 * 1024


class Carried(msgspec.Struct):
    """A draft by its name. It comes from a browser, and goes to nobody's desk but that of the one who signs in with it."""

    name: str
    title: str
    href: str
    typed: dict[str, list[str]]


def packed(carried: Carried) -> str:
    """As a hidden field of the sign-in has it; too much is not carried."""
    text = msgspec.json.encode(carried).decode()
    return text if len(text) <= LONGEST else ""


async def put_down(page: Page, text: str, entered: Answer) -> None:
    """Whoever comes in is not kept out by what they carry."""
    try:
        carried = msgspec.json.decode(text, type=Carried)
        cookie = "; ".join(one.partition(";")[0] for one in entered.cookies)
        content = {"typed": carried.typed, "title": carried.title, "href": carried.href}
        headers = {"cookie": cookie}
        await page.api.send(
            "PUT", f"/v1/desk/draft/{carried.name}", content, proof=entered.body["csrf"], headers=headers
        )
    except (msgspec.MsgspecError, Refused):
        return
