"""A form as a browser without scripts holds it: what stands in its fields is what it sends."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import httpx

VOID = ("hidden", "text", "date", "time", "number", "search")


def open_form(browser: httpx.Client, address: str) -> Form:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return Form(answer, browser)


_browsers: dict[str, httpx.Client] = {}


class Form(HTMLParser):
    """Of one page. `wrong`: what is said at each field."""

    def __init__(self, answer: httpx.Response, browser: httpx.Client | None = None) -> None:
        super().__init__()
        self.address, self.text = str(answer.request.url), answer.text
        if browser is not None:
            _browsers[self.address] = browser
        self.browser = _browsers.get(self.address)
        self.fields: dict[str, list[str]] = {}
        self.wrong: dict[str, str] = {}
        self._select: str | None = None
        self._area: str | None = None
        self._at: str | None = None
        self.feed(answer.text)

    def value(self, name: str) -> str:
        return (self.fields.get(name) or [""])[0]

    def send(self, files: dict[str, Any] | None = None, /, **typed: str) -> httpx.Response:
        """As somebody does who types this into the fields and carries it out."""
        assert self.browser is not None
        data = {**self.fields, **{name: [value] for name, value in typed.items()}}
        parts = [(name, (None, value)) for name, values in data.items() for value in values]
        parts += [(name, given) for name, given in (files or {}).items()]
        return self.browser.post(self.address, files=parts)

    def step(self, act: str, /, **typed: str) -> Form:
        return Form(self.send(**{"_act": act, **typed}))

    def keep(self, **typed: str) -> httpx.Response:
        assert self.browser is not None
        path, _, query = self.address.partition("?")
        data = {**self.fields, **{name: [value] for name, value in typed.items()}}
        return self.browser.post(f"{path}/draft?{query}", data=data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind = given.get("name") or "", given.get("type") or "text"
        if tag == "input" and name and (kind in VOID or (kind in ("radio", "checkbox") and "checked" in given)):
            self.fields.setdefault(name, []).append(given.get("value") or "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.fields[self._select] = [given.get("value") or ""]
        elif tag == "textarea":
            self._area = name
            self.fields[name] = [""]
        elif tag == "small" and "--wrong" in (given.get("id") or ""):
            self._at = (given.get("id") or "").partition("--wrong")[0]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = None
        if tag == "textarea":
            self._area = None
        if tag == "small":
            self._at = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area][0] += data
        if self._at:
            self.wrong[self._at] = self.wrong.get(self._at, "") + data
