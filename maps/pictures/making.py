"""SVG as PNG or PDF. Nothing is fetched for it: what a drawing does not hold itself is not drawn."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

Form: TypeAlias = Literal["png", "pdf"]
TYPES: Final[dict[Form, str]] = {"png": "image/png", "pdf": "application/pdf"}
SHARPNESS: Final = 2
"""Pixels of a PNG in each unit of the paper."""


def made(svg: str, form: Form) -> bytes:
    import cairosvg  # noqa: PLC0415 -- it wants the system's cairo, which nothing else does

    content = svg.encode()
    return bytes(cairosvg.svg2pdf(content) if form == "pdf" else cairosvg.svg2png(content, scale=SHARPNESS))
