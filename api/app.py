"""The composition root: everything that serves is put together here, from settings, and nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from infra.database import application_pool
from infra.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """Build the application; it connects when it starts serving, not before."""
    pool = application_pool(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        with pool:
            yield

    app = FastAPI(title="账图 Zhangtu", lifespan=lifespan)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        with pool.connection(timeout=5) as connection:
            connection.execute("SELECT 1")
        return {"status": "ok"}

    return app
