"""Real receivers on this machine: they check signatures as Standard Webhooks has it, and answer as a test wishes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOLERANCE_SECONDS = 300


@dataclass
class Receiver:
    """`answers`: to the next deliveries, a status each; afterwards all are taken. `headers` go with every answer."""

    url: str = ""
    secret: str = ""
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    received: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    on_arrival: Callable[[], object] = lambda: None
    on_answered: Callable[[], object] = lambda: None

    @property
    def origin(self) -> str:
        return self.url.partition("/in")[0]

    def begin_anew(self) -> None:
        for one in (self.answers, self.headers, self.received, self.ids, self.wrong):
            one.clear()
        self.on_arrival = self.on_answered = lambda: None

    @property
    def positions(self) -> list[int]:
        return [int(one["id"]) for one in self.received]

    def take(self, headers: dict[str, str], body: bytes) -> int:
        if not verified(self.secret, headers, body):
            self.wrong.append(headers.get("webhook-id", ""))
        self.on_arrival()
        status = self.answers.pop(0) if self.answers else 204
        if status == 204:
            self.received.append(json.loads(body))
            self.ids.append(headers["webhook-id"])
        return status


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Written from the convention, not from what signs (docs/webhooks.md shows the same)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
    is_fresh = abs(time.time() - int(headers["webhook-timestamp"])) < TOLERANCE_SECONDS
    given = [one.removeprefix("v1,") for one in headers["webhook-signature"].split(" ") if one.startswith("v1,")]
    return is_fresh and any(hmac.compare_digest(expected, one) for one in given)


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status = receiver.take({name.lower(): value for name, value in self.headers.items()}, body)
            self.send_response(status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()
            self.wfile.flush()
            receiver.on_answered()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        receiver.url = f"http://127.0.0.1:{server.server_address[1]}/in?of=zhangtu"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
