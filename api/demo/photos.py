"""Photos of what is lent in the demonstration: drawn, because nothing of it is real."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from typing import Final

from PIL import Image, ImageDraw

_SIZE: Final = (480, 360)
_WALL, _FLOOR, _THING, _EDGE, _LIGHT = "#e9edf2", "#c9d1db", "#5b6b7f", "#33404f", "#9fd3ff"

Box = tuple[int, int, int, int]
_DRAWN: Final[dict[str, tuple[tuple[Box, str], ...]]] = {
    "projector": (((120, 190, 360, 280), _THING), ((290, 205, 345, 260), _LIGHT), ((140, 280, 165, 296), _EDGE)),
    "panels": (((60, 60, 170, 300), _THING), ((185, 60, 295, 300), _THING), ((310, 60, 420, 300), _THING)),
    "screen": (((70, 60, 410, 250), _EDGE), ((82, 72, 398, 238), _LIGHT), ((225, 250, 255, 305), _THING)),
}


@cache
def photo(of: str) -> bytes:
    picture = Image.new("RGB", _SIZE, _WALL)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 290, *_SIZE), fill=_FLOOR)
    for box, colour in _DRAWN[of]:
        draw.rectangle(box, fill=colour, outline=_EDGE, width=3)
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()


def digest(of: str) -> str:
    return hashlib.sha256(photo(of)).hexdigest()
