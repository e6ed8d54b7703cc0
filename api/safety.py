"""What every answer tells a browser: run nothing of it, frame it nowhere, keep it for nobody else."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The policy of what is no page: it loads, runs, sends and is framed by nothing."""

HEADERS = {
    "Content-Security-Policy": NOTHING,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # What one person was shown is not kept for the next one at the same browser.
    "Cache-Control": "no-store",
}
"""Unless the answer says otherwise itself."""

ASKER = ("Authorization", "Cookie")
"""Every answer depends on who asks, so that a cache that may keep it asks anew for somebody else."""

STAY_ENCRYPTED = "max-age=31536000; includeSubDomains"


class SafeAnswers:
    """Around everything, the answers to mistakes of ours included. `encrypted`: people come in by https."""

    def __init__(self, app: ASGIApp, *, encrypted: bool) -> None:
        self._app = app
        self._headers = HEADERS | ({"Strict-Transport-Security": STAY_ENCRYPTED} if encrypted else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._complete(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_safely if scope["type"] == "http" else send)

    def _complete(self, headers: MutableHeaders) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        for name in ASKER:
            headers.add_vary_header(name)
