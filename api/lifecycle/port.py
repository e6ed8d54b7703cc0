"""The port that people come to, taken before anything is started."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

from infra.problems import Problem
from infra.settings import Settings


class PortTaken(Problem):
    zh = "{host}:{port} 无法监听：{reason}。请停止占用它的程序，或换一个端口：ZHANGTU_PORT=8641 ./dev up"
    en = "Cannot listen on {host}:{port}: {reason}. Stop what uses it, or take another port: ZHANGTU_PORT=8641 ./dev up"


@contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """Take the port before anything is started: a taken one is the commonest mishap, and should cost nothing."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # The protocol is said outright: asyncio turns Nagle's algorithm off only for such sockets, and with it on every answer
    # on a kept connection waits 40 ms for the client's acknowledgement.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((settings.host, settings.port))
            sock.listen(2048)
        except OSError as error:
            raise PortTaken(host=settings.host, port=settings.port, reason=error.strerror) from None
        yield sock
