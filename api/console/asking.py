"""How pages find out: they ask the API, as whoever looks at them, and know nothing that it does not tell."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.types import Message, Scope

_CARRIED: Final = frozenset({b"cookie", b"host", b"user-agent", b"origin", b"sec-fetch-site", b"x-csrf-token"})
"""Who asks, and that a page of ours did: the API decides by these, as if the browser had asked it."""

Parameters = Mapping[str, str | Sequence[str] | None]


def cursor(answer: Mapping[str, Any]) -> str:
    """Where the page after this one goes on; nothing at the end."""
    return str(answer["next"] or "").rpartition("cursor=")[2]


class Refused(Exception):
    """The API said no; `problem` says why, in both languages."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(problem.get("code"))
        self.status = status
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API said, and the cookies that it sent with it."""

    status: int
    body: Any
    cookies: tuple[str, ...] = ()


class Api:
    """The API of this very application, asked without a network in between."""

    def __init__(self, request: Request) -> None:
        self._request = request

    async def get(self, path: str, **parameters: str | Sequence[str] | None) -> Any:
        return (await self.ask("GET", path, parameters)).body

    async def send(
        self, method: str, path: str, body: Any, *, proof: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """`proof`: the session's `csrf`, of a page that was looked at in it. A body of bytes goes as it is."""
        told = b"" if body is None else body if isinstance(body, bytes) else msgspec.json.encode(body)
        return await self.ask(method, path, {}, told, {"x-csrf-token": proof, **(headers or {})})

    async def ask(
        self,
        method: str,
        path: str,
        parameters: Parameters,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer, or `Refused`."""
        given = {name: value for name, value in parameters.items() if value not in (None, "", [])}
        caught = _Caught(body)
        said = {**({"content-type": "application/json"} if body else {}), **(headers or {})}
        more = {name: value for name, value in said.items() if value}
        scope = self._scope(method, path, urlencode(given, doseq=True), more)
        await self._request.app(scope, caught.receive, caught.send)
        told = msgspec.json.decode(bytes(caught.sent)) if caught.sent else None
        if caught.status >= HTTPStatus.BAD_REQUEST:
            raise Refused(caught.status, told or {})
        return Answer(caught.status, told, tuple(caught.cookies))

    def _scope(self, method: str, path: str, query: str, more: Mapping[str, str]) -> Scope:
        outer = self._request.scope
        kept = ("type", "asgi", "http_version", "server", "client", "scheme", "root_path", "extensions")
        headers = [pair for pair in outer["headers"] if pair[0] in _CARRIED and pair[0].decode() not in more]
        headers += [(name.encode(), value.encode()) for name, value in more.items()]
        return {
            **{name: outer[name] for name in kept if name in outer},
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": headers,
            "state": dict(outer.get("state", {})),
        }


class _Caught:
    """The other end of the connection: sends the body, keeps the answer."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._asked = False
        self.status = 500
        self.cookies: list[str] = []
        self.sent = bytearray()

    async def receive(self) -> Message:
        if self._asked:  # an answer that is streamed listens for whether anybody is still there: somebody is
            await asyncio.Event().wait()
        self._asked = True
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.cookies = [value.decode() for name, value in message["headers"] if name.lower() == b"set-cookie"]
        else:
            self.sent += message.get("body", b"")
