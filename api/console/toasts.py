"""What was just done, told on the page that comes next, and only there: `leave` it on the answer that leads to it."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final, Literal

import msgspec
from fastapi import Request
from fastapi.responses import Response

COOKIE: Final = "zhangtu-toast"
A_MINUTE: Final = 60
LONGEST: Final = 500
"""Characters in each language; a cookie holds about 4,000 bytes."""


class Toast(msgspec.Struct, frozen=True):
    """It is shown as text, whatever it says: a browser could send anything."""

    zh: str
    en: str
    tone: Literal["good", "past", "wrong"] = "good"


def leave(answer: Response, toast: Toast) -> None:
    kept = Toast(toast.zh[:LONGEST], toast.en[:LONGEST], toast.tone)
    told = urlsafe_b64encode(msgspec.json.encode(kept)).decode()
    answer.set_cookie(COOKIE, told, max_age=A_MINUTE, samesite="lax", httponly=True)


def left(request: Request) -> Toast | None:
    told = request.cookies.get(COOKIE)
    try:
        return None if told is None else msgspec.json.decode(urlsafe_b64decode(told), type=Toast)
    except ValueError:  # also what is no JSON, no base64 and no toast
        return None
