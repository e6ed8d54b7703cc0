"""Time-based one-time passwords (RFC 6238), as every authenticator app makes them: SHA-1, six digits, thirty seconds."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote, urlencode

SECONDS = 30
DIGITS = 6
ISSUER = "账图 Zhangtu"
_SECRET = 20
_DRIFT = 1
"""Steps that a clock may be ahead or behind."""


def new_secret() -> bytes:
    return secrets.token_bytes(_SECRET)


def code(secret: bytes, step: int) -> str:
    """RFC 4226: four bytes of the HMAC, from where its last half-byte says."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of(secret: bytes, given: str, moment: float) -> int | None:
    """The step whose code this is, around `moment` (seconds since 1970); None when it is none of them."""
    now = int(moment) // SECONDS
    told = given.strip().replace(" ", "").encode()
    matching = [
        step for step in range(now - _DRIFT, now + _DRIFT + 1) if hmac.compare_digest(code(secret, step).encode(), told)
    ]
    return max(matching, default=None)


def uri(secret: bytes, login: str) -> str:
    """What an app reads from a QR code; the secret can also be typed in."""
    label = quote(f"{ISSUER}:{login}", safe="")
    told = {"secret": typed(secret), "issuer": ISSUER, "algorithm": "SHA1", "digits": DIGITS, "period": SECONDS}
    return f"otpauth://totp/{label}?{urlencode(told, quote_via=quote)}"


def typed(secret: bytes) -> str:
    return base64.b32encode(secret).decode().rstrip("=")
