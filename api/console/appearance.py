"""Light, dark, or as the system is: kept in a cookie, and so known before anything is drawn."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from fastapi import Request

COOKIE: Final = "zhangtu-appearance"
Appearance: TypeAlias = Literal["auto", "light", "dark"]
CHOICES: Final[tuple[tuple[Appearance, str, str], ...]] = (
    ("auto", "自动", "Auto"),
    ("light", "浅色", "Light"),
    ("dark", "深色", "Dark"),
)


def appearance_of(request: Request) -> Appearance:
    return appearance(request.cookies.get(COOKIE))


def appearance(text: str | None) -> Appearance:
    """What is none of the choices is as the system is."""
    return next((name for name, _, _ in CHOICES if name == text), "auto")
