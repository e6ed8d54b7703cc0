"""A small PMTiles file, version 3: one archive of tiles, as others make them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_HEADER = 127
MAKERS = "<a href='https://example.org'>&copy; Makers</a>"
_GZIP, _NONE, MVT, PNG = 2, 1, 1, 2


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def tile_id(z: int, x: int, y: int) -> int:
    """Along the Hilbert curve, after all tiles of the zooms before."""
    before, number, side = ((1 << 2 * z) - 1) // 3, 0, (1 << z) // 2
    while side:
        right, below = int(bool(x & side)), int(bool(y & side))
        number += side * side * ((3 * right) ^ below)
        if not below:
            if right:
                x, y = side - 1 - x & (2 * side - 1), side - 1 - y & (2 * side - 1)
            x, y = y, x
        side //= 2
    return before + number


@dataclass
class _Entry:
    id: int
    offset: int
    length: int
    run: int = 1


def archive(
    tiles: Mapping[tuple[int, int, int], bytes], zooms: tuple[int, int], *, form: int = MVT, leaves: int = 0
) -> bytes:
    """Tiles by zoom, column and row; those alike that follow each other once. `leaves`: so many entries in each directory below the first."""
    entries, data, packed = _laid(tiles, form)
    below = [entries[first : first + leaves] for first in range(0, len(entries), leaves)] if leaves else []
    leaf, tops = b"", []
    for one in below:
        pack = gzip.compress(_directory(one))
        tops.append(_Entry(one[0].id, len(leaf), len(pack), 0))
        leaf += pack
    directory = gzip.compress(_directory(tops or entries))
    about = gzip.compress(json.dumps({"vector_layers": [], "name": "test", "attribution": MAKERS}).encode())
    sizes = [len(directory), len(about), len(leaf), len(data)]
    starts = accumulate(sizes[:-1], initial=_HEADER)
    offsets = [number for pair in zip(starts, sizes, strict=True) for number in pair]
    kinds = bytes([1, _GZIP, packed, form, *zooms])
    box = b"".join(round(side * 1e7).to_bytes(4, "little", signed=True) for side in (-180, -85, 180, 85))
    middle = bytes([zooms[0]]) + bytes(8)
    numbers = [*offsets, len(tiles), len(entries), len(entries)]
    header = b"PMTiles\x03" + b"".join(one.to_bytes(8, "little") for one in numbers) + kinds + box + middle
    assert len(header) == _HEADER
    return header + directory + about + leaf + data


def _laid(tiles: Mapping[tuple[int, int, int], bytes], form: int) -> tuple[list[_Entry], bytes, int]:
    packed = _NONE if form == PNG else _GZIP
    entries: list[_Entry] = []
    data = b""
    for id, content in sorted((tile_id(*place), content) for place, content in tiles.items()):
        found = content if packed == _NONE else gzip.compress(content, mtime=0)
        last = entries[-1] if entries else None
        if last and last.id + last.run == id and data[last.offset :] == found:
            last.run += 1
        else:
            entries.append(_Entry(id, len(data), len(found)))
            data += found
    return entries, data, packed


def _directory(entries: Sequence[_Entry]) -> bytes:
    """Ids by their distance, runs, lengths, and offsets by one."""
    apart = [entries[0].id, *(later.id - one.id for one, later in pairwise(entries))]
    parts = [*(one.run for one in entries), *(one.length for one in entries), *(one.offset + 1 for one in entries)]
    return b"".join(map(_varint, [len(entries), *apart, *parts]))


def water(extent: int = 4096, place: str = "") -> bytes:
    """A vector tile with a layer `water` of the base map's schema, one square in its middle; and a `place` there, if it has a name."""
    a, side = extent // 20, extent * 18 // 20
    drawn = [9, _zigzag(a), _zigzag(a), 3 << 3 | 2, _zigzag(side), 0, 0, _zigzag(side), _zigzag(-side), 0, 15]
    lake = _layer("water", {"kind": "lake"}, 3, drawn, extent)
    middle = [9, _zigzag(extent // 2), _zigzag(extent // 2)]
    named = {"kind": "locality", "name": place, "name:en": f"{place} (en)"}
    return lake + (_layer("places", named, 1, middle, extent) if place else b"")


def _layer(name: str, said: Mapping[str, str], form: int, drawn: Sequence[int], extent: int) -> bytes:
    tags = b"".join(_varint(number) * 2 for number in range(len(said)))
    geometry = b"".join(_varint(one & 0xFFFFFFFF) for one in drawn)
    feature = _field(2, tags) + _varint(3 << 3) + _varint(form) + _field(4, geometry)
    words = b"".join(_field(3, key.encode()) for key in said)
    words += b"".join(_field(4, _field(1, value.encode())) for value in said.values())
    content = _field(1, name.encode()) + _field(2, feature) + words
    return _field(3, content + _varint(5 << 3) + _varint(extent) + _varint(15 << 3) + _varint(2))


def _zigzag(number: int) -> int:
    return number << 1 ^ number >> 63


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content
