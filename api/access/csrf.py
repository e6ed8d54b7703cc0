"""A browser sends its cookies whoever made it ask. What changes something must show that a page of ours did."""

from __future__ import annotations

import base64
import hmac

from fastapi import Request

from domain.kernel.errors import Refusal
from infra.settings import Settings

HEADER = "X-CSRF-Token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})


class FromElsewhere(Refusal):
    code = "from-elsewhere"
    zh = "这个请求不是从本系统的页面发出的，已拒绝。"
    en = "This request was not made by a page of this system and was refused."


class ProofMissing(Refusal):
    code = "csrf-token-needed"
    field = HEADER
    zh = "缺少请求头 X-CSRF-Token，或与会话不符：请使用登录答复或 GET /v1/session 中的 csrf。"
    en = "The header X-CSRF-Token is missing or not this session's: use csrf of the sign-in's answer or of GET /v1/session."


def token(secret: str) -> str:
    """Made from the session's secret, which no script can read: known to whoever was answered in this session, and to nobody else."""
    return base64.urlsafe_b64encode(hmac.digest(secret.encode(), b"csrf", "sha256")).rstrip(b"=").decode()


def require(request: Request, secret: str, settings: Settings) -> None:
    """Rule: with a cookie, only our own pages change anything."""
    if request.method in _SAFE:
        return
    require_own_page(request, settings)
    given = request.headers.get(HEADER, "")
    if not given.isascii() or not hmac.compare_digest(given, token(secret)):
        raise ProofMissing


def require_own_page(request: Request, settings: Settings) -> None:
    """Rule: what a browser says of where a request comes from must be here. Programs say nothing of it, and need a secret."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    own = settings.public_url or f"{request.url.scheme}://{request.headers.get('host', '')}"
    if (site is not None and site not in _OWN) or (origin is not None and origin != own):
        raise FromElsewhere
