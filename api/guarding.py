"""What stands around the application, from the outside in: whose address it is, safe answers, and the first start."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp, Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.composition import Services
from api.locked import OnlyThisMachine
from api.safety import SafeAnswers
from infra.access.first_start import is_pending
from infra.settings import Settings


class GuardedApp(FastAPI):
    """Also what answers mistakes of ours stands inside: middleware as the framework adds it would be left out there."""

    def __init__(self, settings: Settings, **named: Any) -> None:
        super().__init__(**named)
        self._settings = settings

    def build_middleware_stack(self) -> ASGIApp:
        inner = OnlyThisMachine(super().build_middleware_stack(), _is_locked)
        safe: ASGIApp = SafeAnswers(inner, encrypted=self._settings.is_encrypted)
        trusted = list(self._settings.trusted_proxies)
        # The server itself must not: it would believe whoever comes from this machine.
        return ProxyHeadersMiddleware(safe, trusted_hosts=trusted) if trusted else safe  # type: ignore[arg-type,return-value]  # the same protocol under another name


def _is_locked(scope: Scope) -> bool:
    services: Services = scope["app"].state.services
    with services.pool.connection() as connection:
        return is_pending(connection)
