"""A base map beneath a sheet: its tiles laid together into one picture, as they lie on the screen."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeAlias

from PIL import Image, UnidentifiedImageError

from maps.pictures.view import EARTH, Box, Frame

HALF: Final = math.pi * EARTH
SIDE: Final = 256
LARGEST_SIDE: Final = 1024
"""Of a tile, in pixels: a small file may hold a huge picture."""
MOST_TILES: Final = 200
_AT_ONCE: Final = 8

Fetch: TypeAlias = Callable[[int, int, int], bytes | None]
"""A tile by zoom, column and row; None: it could not be had."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A picture, and the box of web Mercator that it shows. `missing`: how many of its tiles could not be had."""

    png: bytes
    box: Box
    missing: int = 0

    def drawn(self, frame: Frame) -> Iterator[str]:
        west, south, east, north = self.box
        (left, top), (right, bottom) = frame.at(west, north), frame.at(east, south)
        content = base64.b64encode(self.png).decode()
        yield (
            f'<image x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{bottom - top:.2f}"'
            f' preserveAspectRatio="none" href="data:image/png;base64,{content}"/>'
        )


@dataclass(frozen=True, slots=True)
class Tiles:
    """Of one zoom, side by side."""

    z: int
    west: int
    north: int
    across: int
    down: int

    def each(self) -> Iterator[tuple[int, int]]:
        return (
            (x, y) for y in range(self.north, self.north + self.down) for x in range(self.west, self.west + self.across)
        )

    @property
    def box(self) -> Box:
        side = 2 * HALF / (1 << self.z)
        west, north = self.west * side - HALF, HALF - self.north * side
        return west, north - self.down * side, west + self.across * side, north


def laid(fetch: Fetch, frame: Frame, zooms: tuple[int, int]) -> Ground | None:
    """None where the base map has nothing at this distance, or no tile of it could be had."""
    tiles = covering(frame, zooms)
    if tiles is None:
        return None
    places = list(tiles.each())
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(lambda one: _opened(fetch(tiles.z, *one)), places))
    if not any(found):
        return None
    sheet = Image.new("RGB", (tiles.across * SIDE, tiles.down * SIDE), "#ffffff")
    for (x, y), tile in zip(places, found, strict=True):
        if tile is not None:
            sheet.paste(tile, ((x - tiles.west) * SIDE, (y - tiles.north) * SIDE), tile)
    return Ground(_png(sheet), tiles.box, found.count(None))


def covering(frame: Frame, zooms: tuple[int, int], units: int = SIDE) -> Tiles | None:
    """At the zoom at which a tile is so many units of the paper or a little less, so that what it says can be read."""
    least, most = zooms
    z = min(math.ceil(math.log2(2 * HALF / units / frame.unit)), most)
    if z < least:
        return None
    side = 2 * HALF / (1 << z)
    first, last = (math.floor((edge + HALF) / side) for edge in (frame.box[0], frame.box[2]))
    top, bottom = (math.floor((HALF - edge) / side) for edge in (frame.box[3], frame.box[1]))
    top, bottom = max(top, 0), min(bottom, (1 << z) - 1)
    first, last = max(first, 0), min(last, (1 << z) - 1)
    tiles = Tiles(z, first, top, last - first + 1, bottom - top + 1)
    return tiles if 0 < tiles.across * tiles.down <= MOST_TILES else None


def _opened(content: bytes | None) -> Image.Image | None:
    """What is no picture, or is larger than a tile, is not there."""
    if content is None:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP", "GIF")) as found:
            return found.convert("RGBA").resize((SIDE, SIDE)) if max(found.size) <= LARGEST_SIDE else None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):  # whatever a broken file makes of the reader
        return None


def _png(sheet: Image.Image) -> bytes:
    content = io.BytesIO()
    sheet.save(content, "PNG")
    return content.getvalue()
