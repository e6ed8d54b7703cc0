"""A text as a picture that a phone reads, drawn here: a key that opens something goes to no other service to be drawn."""

from __future__ import annotations

from typing import Final

import segno
from markupsafe import Markup

LONGEST: Final = 500


def scanned(text: str) -> Markup:
    """As SVG, black on white whatever the page looks like; nothing for a text that is too long for a phone to read."""
    if len(text) > LONGEST:
        return Markup("")
    code = segno.make_qr(text, error="m")
    return Markup(code.svg_inline(scale=4, border=4, dark="#000", light="#fff"))  # noqa: S704 -- made of squares
