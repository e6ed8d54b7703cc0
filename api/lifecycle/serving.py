"""The web, served until the process is told to stop. Loaded late: it is most of the program."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from api.app import create_app
from infra.settings import Settings

GRACE_SECONDS = 5


class _Server(uvicorn.Server):
    """uvicorn, saying when it is really ready."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def serve(settings: Settings, sock: socket.socket, ready: Callable[[], None]) -> None:
    config = uvicorn.Config(
        create_app(settings),
        log_level="warning" if settings.log_level == "info" else settings.log_level,
        access_log=settings.log_level == "debug",
        server_header=False,
        proxy_headers=False,  # it would believe whoever comes from this machine; the settings name whom to believe
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    _Server(config, ready).run(sockets=[sock])
