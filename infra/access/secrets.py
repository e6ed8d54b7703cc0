"""Secrets that open something: shown once, and kept as digests."""

from __future__ import annotations

import hashlib
import secrets

TOKEN = "zt_"  # noqa: S105  what the secret of a token begins with, not one
SESSION = "zs_"


def new(prefix: str) -> str:
    """256 random bits. The prefix tells people, and programs that look for leaked secrets, what they found."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """Secrets are long and random, so a plain hash is enough; a slow one would only slow every request."""
    return hashlib.sha256(secret.encode()).digest()
