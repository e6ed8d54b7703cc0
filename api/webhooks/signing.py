"""How a delivery is signed, by the convention of Standard Webhooks: the receiver can check who sent it, when, and that it is whole."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from typing import Final

PREFIX: Final = "whsec_"
_BYTES: Final = 32


def new_secret() -> bytes:
    return os.urandom(_BYTES)


def shown(secret: bytes) -> str:
    """As the receiver is given it."""
    return PREFIX + base64.b64encode(secret).decode()


def headers(secret: bytes, id: str, moment: int, body: bytes) -> dict[str, str]:
    """`id` is that of the event to this receiver, the same at every attempt; `moment`: of this attempt, in Unix seconds."""
    said = b".".join([id.encode(), str(moment).encode(), body])
    signature = base64.b64encode(hmac.new(secret, said, hashlib.sha256).digest()).decode()
    return {"webhook-id": id, "webhook-timestamp": str(moment), "webhook-signature": f"v1,{signature}"}
