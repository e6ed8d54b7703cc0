"""A folium figure that can be put into a page of ours: every address in it is one that we serve, and its script has a nonce's place.

folium links to scripts and styles on other people's servers. Here each of these addresses is exchanged for ours when the figure
is made; one that has none, or that hides in a text, raises. So a map that would ask the internet for something is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from branca.element import CssLink, Figure, JavascriptLink

_OUTSIDE: Final = re.compile(r"\b(?:https?|wss?|ftp)://[^\s\"'`<>)\\]+|(?<=[\"'(=])//[^\s\"'`<>)\\]+", re.IGNORECASE)


class AddressUnknown(Exception):
    """An address in a figure that is not one of ours."""

    def __init__(self, address: str) -> None:
        super().__init__(f"the map would ask for {address}: serve it from here, or leave it out")
        self.address = address


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page takes over: the addresses of styles and scripts in their order, the element of the map, and what sets it going."""

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    html: str
    script: str


class OwnFigure(Figure):
    """`served`: the address of ours for each of theirs."""

    def __init__(self, served: Mapping[str, str]) -> None:
        super().__init__()
        self._served = served
        self.header._children.clear()  # noqa: SLF001 -- the page has its own head; folium offers no other way

    def parts(self) -> Parts:
        """Everything in it, rendered. Raises `AddressUnknown`, or `TypeError` for what could not be given a nonce."""
        for child in self._children.values():
            child.render()
        head = tuple(self.header._children.values())  # noqa: SLF001 -- as above
        for one in head:
            if not isinstance(one, CssLink | JavascriptLink):
                raise TypeError(f"{type(one).__name__} puts its own text into the head of the page")
        return Parts(
            styles=tuple(self._ours(one.url) for one in head if isinstance(one, CssLink)),
            scripts=tuple(self._ours(one.url) for one in head if isinstance(one, JavascriptLink)),
            html=_without_addresses(self.html.render()),
            script=_without_addresses(self.script.render()),
        )

    def _ours(self, address: str) -> str:
        found = self._served.get(address)
        if found is None:
            raise AddressUnknown(address)
        return found


def _without_addresses(text: str) -> str:
    found = _OUTSIDE.search(text)
    if found is not None:
        raise AddressUnknown(found[0])
    return text
