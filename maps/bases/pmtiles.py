"""PMTiles, version 3: one file with all tiles of a map, found by their numbers through directories that lie in it."""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

LARGEST: Final = 16 * 1024 * 1024
"""Of a directory or a tile when it is unpacked: a small file may unpack to one without end."""
DEEPEST_DIRECTORY: Final = 4
MVT: Final = "application/vnd.mapbox-vector-tile"
_HEADER: Final = struct.Struct("<7sB11Q6B")
_TYPES: Final = {1: MVT, 2: "image/png", 3: "image/jpeg", 4: "image/webp", 5: "image/avif"}
_PLAIN, _GZIP = 1, 2
_MORE: Final = 0x80


class ArchiveBroken(Exception):
    """This is no such file, or not one that can be read here; `why` says what it is instead."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class _Directory:
    """Entries in order: from which tile on, for how many tiles (0: a directory of more), and where its bytes lie."""

    ids: list[int]
    runs: list[int]
    lengths: list[int]
    offsets: list[int]


@dataclass(frozen=True)
class Archive:
    """`type`: of all its tiles; `zooms`: the least and the most; `attribution`: what its makers want to be said, as plain text."""

    path: Path
    type: str
    zooms: tuple[int, int]
    attribution: str
    _root: _Directory
    _leaves: int
    _data: int
    _packed: tuple[int, int]
    """How directories and tiles are packed."""

    @property
    def is_of_pictures(self) -> bool:
        return self.type.startswith("image/")

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """None: there is nothing at that place."""
        try:
            return self._found(number(z, x, y))
        except (OSError, zlib.error, IndexError) as error:
            raise ArchiveBroken(type(error).__name__) from None

    def _found(self, id: int) -> bytes | None:
        directory = self._root
        for _ in range(DEEPEST_DIRECTORY):
            place = bisect_right(directory.ids, id) - 1
            if place < 0:
                return None
            run, offset, length = directory.runs[place], directory.offsets[place], directory.lengths[place]
            if run:
                is_there = id < directory.ids[place] + run
                return _unpacked(_read(self.path, self._data + offset, length), self._packed[1]) if is_there else None
            directory = _leaf(self.path, _changed(self.path), self._leaves + offset, length, self._packed[0])
        raise ArchiveBroken("directories without end")


def number(z: int, x: int, y: int) -> int:
    """Of a tile: along the Hilbert curve of its zoom, after all tiles of the zooms before."""
    before, along, half = ((1 << 2 * z) - 1) // 3, 0, (1 << z) >> 1
    while half:
        right, below = int(x & half > 0), int(y & half > 0)
        along += half * half * ((3 * right) ^ below)
        if not below:
            if right:
                x, y = half - 1 - x, half - 1 - y
            x, y = y, x
        half >>= 1
    return before + along


def archive(path: Path) -> Archive:
    """As it is now: a file that was replaced is opened anew."""
    try:
        return _opened(path, _changed(path))
    except (OSError, zlib.error, IndexError, struct.error) as error:
        raise ArchiveBroken(type(error).__name__) from None


@lru_cache(maxsize=16)
def _opened(path: Path, changed: tuple[int, int]) -> Archive:
    del changed
    magic, version, *told = _HEADER.unpack(_read(path, 0, _HEADER.size))
    if (magic, version) != (b"PMTiles", 3):
        raise ArchiveBroken("no PMTiles of version 3")
    offsets, (_, packed, tiles_packed, type, least, most) = told[:11], told[11:]
    root = _directory(_unpacked(_read(path, *offsets[:2]), packed))
    said = _attribution(_unpacked(_read(path, *offsets[2:4]), packed))
    return Archive(
        path, _TYPES.get(type, "?"), (least, most), said, root, offsets[4], offsets[6], (packed, tiles_packed)
    )


@lru_cache(maxsize=64)
def _leaf(path: Path, changed: tuple[int, int], offset: int, length: int, packed: int) -> _Directory:
    del changed
    return _directory(_unpacked(_read(path, offset, length), packed))


def _changed(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _read(path: Path, offset: int, length: int) -> bytes:
    if length > LARGEST:
        raise ArchiveBroken(f"> {LARGEST} B")
    with path.open("rb") as file:
        found = os.pread(file.fileno(), length, offset)
    if len(found) < length:
        raise ArchiveBroken("cut short")
    return found


def _unpacked(content: bytes, packed: int) -> bytes:
    if packed == _PLAIN or not content:
        return content
    if packed != _GZIP:
        raise ArchiveBroken("not packed as gzip")
    reader = zlib.decompressobj(wbits=31)
    found = reader.decompress(content, LARGEST)
    if reader.unconsumed_tail:
        raise ArchiveBroken(f"> {LARGEST} B")
    return found


def _directory(content: bytes) -> _Directory:
    """Numbers by their distance, then runs, lengths, and offsets by one: 0 is right after what stands before."""
    numbers = varints(content)
    many = numbers[0]
    apart, runs, lengths, told = (numbers[1 + many * part : 1 + many * (part + 1)] for part in range(4))
    ids: list[int] = []
    offsets: list[int] = []
    for place in range(many):
        ids.append(apart[place] + (ids[-1] if ids else 0))
        follows = told[place] == 0 and place > 0
        offsets.append(offsets[-1] + lengths[place - 1] if follows else told[place] - 1)
    return _Directory(ids, runs, lengths, offsets)


def varints(content: bytes) -> list[int]:
    """Whole numbers in seven bits a byte, the lowest first."""
    found, value, shift = [], 0, 0
    for byte in content:
        value |= (byte & 0x7F) << shift
        if byte & _MORE:
            shift += 7
        else:
            found.append(value)
            value = shift = 0
    return found


def _attribution(metadata: bytes) -> str:
    """It is written as HTML: links are left out, what they say stays."""
    try:
        said = json.loads(metadata).get("attribution", "")
    except (ValueError, AttributeError):
        return ""
    return re.sub(r"<[^>]*>", "", said).replace("&copy;", "©").strip()[:300] if isinstance(said, str) else ""
