"""A small PMTiles file, version 3: one archive of vector tiles, as others make them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from itertools import pairwise

_HEADER = 127
_GZIP, _NONE, _MVT = 2, 1, 1


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


def archive(tiles: Mapping[tuple[int, int, int], bytes], zooms: tuple[int, int]) -> bytes:
    """Every tile by itself, by zoom, column and row."""
    entries = sorted((tile_id(*place), gzip.compress(content)) for place, content in tiles.items())
    data = b"".join(content for _, content in entries)
    directory = gzip.compress(_directory([(id, len(content)) for id, content in entries]))
    about = gzip.compress(json.dumps({"vector_layers": [], "name": "test"}).encode())
    offsets = [_HEADER, len(directory), _HEADER + len(directory), len(about), 0, 0]
    offsets += [_HEADER + len(directory) + len(about), len(data), len(entries), len(entries), len(entries)]
    kinds = bytes([1, _GZIP, _GZIP, _MVT, *zooms])
    box = b"".join(round(side * 1e7).to_bytes(4, "little", signed=True) for side in (-180, -85, 180, 85))
    middle = bytes([zooms[0]]) + bytes(8)
    header = b"PMTiles\x03" + b"".join(one.to_bytes(8, "little") for one in offsets) + kinds + box + middle
    assert len(header) == _HEADER
    return header + directory + about + data


def _directory(entries: Sequence[tuple[int, int]]) -> bytes:
    """Ids by their distance, runs of one, lengths, and offsets: 0 is right after the one before."""
    ids = [id for id, _ in entries]
    apart = [ids[0], *(later - one for one, later in pairwise(ids))]
    parts = [len(entries), *apart, *[1] * len(entries), *(size for _, size in entries), 1, *[0] * (len(entries) - 1)]
    return b"".join(map(_varint, parts))


def water(extent: int = 4096) -> bytes:
    """A vector tile with a layer `water` of the base map's schema: one square in its middle."""
    a, b = extent // 20, extent * 19 // 20

    def zigzag(number: int) -> int:
        return number << 1 ^ number >> 63

    side = b - a
    drawn = [9, zigzag(a), zigzag(a), 3 << 3 | 2, zigzag(side), 0, 0, zigzag(side), zigzag(-side), 0, 15]
    geometry = b"".join(_varint(one & 0xFFFFFFFF) for one in drawn)

    def field(number: int, content: bytes) -> bytes:
        return _varint(number << 3 | 2) + _varint(len(content)) + content

    value = field(1, b"lake")
    feature = field(2, _varint(0) + _varint(0)) + _varint(3 << 3) + _varint(3) + field(4, geometry)
    layer = field(1, b"water") + field(2, feature) + field(3, b"kind") + field(4, value)
    return field(3, layer + _varint(5 << 3) + _varint(extent) + _varint(15 << 3) + _varint(2))
