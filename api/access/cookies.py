"""The cookie that carries a session, and the short one that a way to an identity provider leaves behind."""

from __future__ import annotations

from fastapi import Request, Response

from infra.access.openid import JOURNEY_SECONDS
from infra.settings import Settings

_SESSION = "zhangtu-session"
_JOURNEY = "zhangtu-journey"


def session_secret(request: Request, settings: Settings) -> str:
    """Empty when there is none."""
    return request.cookies.get(_name(_SESSION, settings), "")


def keep_session(response: Response, secret: str, settings: Settings) -> None:
    """Gone when the browser closes; how long it is good for at most, the database knows."""
    _keep(response, _SESSION, secret, settings)


def forget_session(response: Response, settings: Settings) -> None:
    """With all that the browser kept of what it was shown."""
    _keep(response, _SESSION, "", settings, seconds=0)
    response.headers["Clear-Site-Data"] = '"cache"'


def journey(request: Request, settings: Settings) -> str:
    return request.cookies.get(_name(_JOURNEY, settings), "")


def keep_journey(response: Response, value: str, settings: Settings) -> None:
    _keep(response, _JOURNEY, value, settings, seconds=JOURNEY_SECONDS)


def forget_journey(response: Response, settings: Settings) -> None:
    _keep(response, _JOURNEY, "", settings, seconds=0)


def _name(name: str, settings: Settings) -> str:
    """With the prefix a browser takes it only from this host, encrypted, for all of its addresses: no neighbour can plant one."""
    return f"__Host-{name}" if settings.is_encrypted else name


def _keep(response: Response, name: str, value: str, settings: Settings, seconds: int | None = None) -> None:
    # Lax: whoever follows a link to us is signed in when they arrive; what changes something asks for more (api/access/csrf.py).
    response.set_cookie(
        _name(name, settings),
        value,
        max_age=seconds,
        path="/",
        secure=settings.is_encrypted,
        httponly=True,
        samesite="lax",
    )
