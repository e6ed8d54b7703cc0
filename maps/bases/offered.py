"""A base map as it can be had: from where to where it reaches, who made it, and its pictures, of a host or out of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from infra.bases import Base
from maps.bases.fetching import BaseAway, Fetcher, Picture
from maps.bases.pmtiles import MVT, Archive, ArchiveBroken, archive

NOTHING: Final = Picture(
    "image/png",
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000b49444154789c6360000200000500017a5eab3f0000000049454e44ae426082"
    ),
)
"""A pixel that cannot be seen, where a file has no tile: a browser takes anything else for a fault."""


@dataclass(frozen=True, slots=True)
class Offered:
    """`zooms`: from where to where both the settings and the file have it. `file`: None where it has none that can be read."""

    base: Base
    file: Archive | None
    zooms: tuple[int, int]
    attribution: str

    @property
    def is_of_pictures(self) -> bool:
        return self.base.pmtiles is None or (self.file is not None and self.file.is_of_pictures)

    @property
    def is_of_vectors(self) -> bool:
        return self.file is not None and self.file.type == MVT

    def picture(self, fetcher: Fetcher, z: int, x: int, y: int) -> Picture:
        if self.file is None:
            return fetcher.tile(self.base, z, x, y)
        content = self.content(z, x, y)
        return Picture(self.file.type, content) if content else NOTHING

    def content(self, z: int, x: int, y: int) -> bytes:
        """Of a tile in the file; empty where it has none."""
        if self.file is None:
            raise BaseAway("no file")
        try:
            return self.file.tile(z, x, y) or b""
        except ArchiveBroken as broken:
            raise BaseAway(broken.why) from None


def offered(base: Base) -> Offered:
    file = _file(base)
    if file is None:
        return Offered(base, None, (base.min_zoom, base.max_zoom), base.attribution)
    zooms = max(base.min_zoom, file.zooms[0]), min(base.max_zoom, file.zooms[1])
    return Offered(base, file, zooms, base.attribution or file.attribution)


def _file(base: Base) -> Archive | None:
    try:
        return None if base.pmtiles is None else archive(base.pmtiles)
    except ArchiveBroken:
        return None
