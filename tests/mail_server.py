"""A small real SMTP server: takes mails over a socket, or says no as a test wishes."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """`answers`: what it says to the end of the next mails, instead of taking them; `refuses`: to recipients."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)

    def taken(self, raw: bytes) -> str:
        if self.answers:
            return self.answers.pop(0)
        found = message_from_bytes(raw, policy=policy.default)
        self.mails.append(found)
        return "250 taken"


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: MailServer = self.server.told  # type: ignore[attr-defined]  # set where the server is made
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            match line.split()[0].upper():
                case "EHLO" | "HELO":
                    self._say("250-test\r\n250 8BITMIME")
                case "RCPT":
                    refused = any(address in line for address in server.refuses)
                    self._say("550 nobody of this name" if refused else "250 fine")
                case "DATA":
                    self._say("354 go on")
                    self._say(server.taken(self._data()))
                case "QUIT":
                    self._say("221 bye")
                    return
                case "STARTTLS":
                    self._say("502 not here")
                case _:
                    self._say("250 fine")

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        told = MailServer(port=server.server_address[1])
        server.told = told  # type: ignore[attr-defined]  # for the handler
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
