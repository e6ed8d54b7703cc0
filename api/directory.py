"""Which route a path leads to, without trying all of them."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send


class Directory(BaseRoute):
    """Stands before all routes, and leads to the first that is meant, found by how the path begins.

    The framework tries one after the other, hundreds of them, which a page with its dozen questions has to pay for a dozen times.
    What is not found here, or takes no such method, it still looks for in its own way.
    """

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._routes = [(_words(route.path_format), route) for route in routes if isinstance(route, APIRoute)]
        self._said = [{words[place] for words, _ in self._routes if place < len(words)} for place in range(_LOOKED_AT)]
        self._near: dict[tuple[str, ...], list[APIRoute]] = {}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if scope["type"] == "http":
            for route in self._that_begin(scope["path"]):
                match, child = route.matches(scope)
                if match is Match.FULL:
                    return match, child
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["route"].handle(scope, receive, send)

    def _that_begin(self, path: str) -> list[APIRoute]:
        """In their order. What no route says at a place is one word to all of them, so that there are not ever more."""
        words = tuple(word if word in self._said[place] else "" for place, word in enumerate(_words(path)))
        if words not in self._near:
            self._near[words] = [route for own, route in self._routes if _fit(own, words)]
        return self._near[words]


_LOOKED_AT = 2
"""So many words at the beginning of a path."""


def _words(path: str) -> tuple[str, ...]:
    return tuple(path.split("/")[1 : 1 + _LOOKED_AT])


def _fit(own: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether a route that begins so could be meant: where it has a parameter any word is."""
    return all("{" in one or one == word for one, word in zip(own, words, strict=False))
