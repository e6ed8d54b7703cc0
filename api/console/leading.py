"""From an address of the API to the page that shows it: what answers lead to, pages lead to as well."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from api.console.moment import KEPT, Moment


def lead(moment: Moment, address: str, **more: Any) -> str:
    """The page of an address such as a figure's `drill`, at the moment that is looked at, asked for `more` besides."""
    split = urlsplit(address)
    asked: dict[str, list[str]] = {}
    for name, value in parse_qsl(split.query):
        if name not in KEPT:
            asked.setdefault(name, []).append(value)
    return moment.link(split.path.removeprefix("/v1"), {**asked, **more})
