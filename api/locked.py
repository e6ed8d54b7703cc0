"""First start: until the first passwords are changed, nobody but this machine is answered.

Three one-time passwords stood on a terminal. As long as one of them is still good, an answer to anybody else would be an
invitation to guess it, or to use what somebody read over a shoulder.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.door_refusals import FirstStart
from api.errors import UNREACHABLE, answer
from api.refusals import Unavailable
from domain.kernel.errors import Refusal

FORWARDING = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""What a proxy adds. One that runs on this machine comes from it, whomever it speaks for."""

OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


class OnlyThisMachine:
    """`locked` asks the database; once it says no it is not asked again, because first passwords are changed once."""

    def __init__(self, app: ASGIApp, locked: Callable[[Scope], bool]) -> None:
        self._app = app
        self._locked = locked
        self._open = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._open or scope["type"] != "http" or is_local(scope):
            await self._app(scope, receive, send)
            return
        try:
            refusal: Refusal | None = FirstStart() if await run_in_threadpool(self._locked, scope) else None
        except UNREACHABLE:
            refusal = Unavailable()
        if refusal is not None:
            await answer(refusal)(scope, receive, send)
            return
        self._open = True
        await self._app(scope, receive, send)


def is_local(scope: Scope) -> bool:
    """Whether the request was made on this machine, and for it: nothing between, and under no name but its own."""
    headers = Headers(scope=scope)
    # An old proxy that adds nothing speaks the old protocol; no browser and no client of today does.
    direct = scope["http_version"] != "1.0" and not any(name in headers for name in FORWARDING)
    return direct and _is_loopback((scope.get("client") or ("",))[0]) and _name(headers.get("host", "")) in OWN_NAMES


def _is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_loopback


def _name(host: str) -> str:
    """Of a Host header, without its port. A page elsewhere can give its own name this machine's address."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()
