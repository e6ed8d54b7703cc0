"""List pages as tests read them: rows, headings, chips; and forms of theirs, sent with proof."""

from __future__ import annotations

import html
import re

import httpx


def rows(page: str) -> list[str]:
    """The first cells of the rows of a page."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = re.findall(r'<th scope="row">(.*?)</th>', body, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells]


def headings(page: str) -> list[str]:
    head = page.partition("<thead")[2].partition("</thead>")[0]
    return re.findall(r'id="by-([a-z_]+)"', head)


def chosen(page: str) -> list[str]:
    """The chips of a page, as text."""
    return [
        html.unescape(re.sub(r"<[^>]+>", "", one).split("×")[0])
        for one in re.findall(r'class="chip"[^>]*>(.*?)</a>', page, re.DOTALL)
    ]


def proof(page: str) -> str:
    return str(re.findall(r'name="csrf" value="([^"]+)"', page)[0])


def sends(browser: httpx.Client, address: str, **said: object) -> httpx.Response:
    token = proof(browser.get("/rooms?view=-").text)
    return browser.post(address, data={"csrf": token, **said})
