"""The web, served until the process is told to stop. Loaded late: it is most of the program."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

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


def served(settings: Settings) -> FastAPI:
    """The application, made once in a process and there until its end.

    What it is made of are hundreds of thousands of objects. They are not looked through any more for what could be given back:
    again and again all requests would wait for that, in vain.
    """
    app = create_app(settings)
    gc.collect()
    gc.freeze()
    return app


def serve(settings: Settings, sock: socket.socket, ready: Callable[[], None]) -> None:
    config = uvicorn.Config(
        served(settings),
        log_level="warning" if settings.log_level == "info" else settings.log_level,
        access_log=settings.log_level == "debug",
        server_header=False,
        proxy_headers=False,  # it would believe whoever comes from this machine; the settings name whom to believe
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    _Server(config, ready).run(sockets=[sock])
