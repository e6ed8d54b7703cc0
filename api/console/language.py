"""Which language a page speaks. Every text stands in both, side by side, so that none can lack one."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

from fastapi import Request

COOKIE: Final = "zhangtu-language"
Language: TypeAlias = Literal["zh", "en"]


def language_of(request: Request) -> Language:
    """As chosen here before; else as the browser wishes; else Chinese."""
    chosen = request.cookies.get(COOKIE)
    if chosen is not None:
        return "en" if chosen == "en" else "zh"
    wished = request.headers.get("accept-language", "zh").lower()
    return "en" if "en" in wished and "zh" not in wished else "zh"


def said(told: Any, language: Language) -> str:
    """The text of what has `zh` and `en`, as answers of the API do."""
    return str((told or {}).get(language) or "")
