"""Tiles of a base map, fetched by the server: the key stays here, and no browser talks to anybody else.

Only the configured host is asked; it may neither lead elsewhere nor answer with anything but a small image, in a few seconds.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

import urllib3

from infra.bases import Base

SECONDS: Final = 5.0
LARGEST_TILE: Final = 1024 * 1024
LARGEST_CACHE: Final = 64 * 1024 * 1024
TYPES: Final = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
_OK: Final = 200


class BaseAway(Exception):
    """The host did not answer with a tile; `why` says what it did, without its address, which holds the key."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Picture:
    type: str
    content: bytes


@dataclass
class Fetcher:
    """Keeps what was fetched lately, by base and tile."""

    _pool: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(maxsize=16, timeout=SECONDS, retries=False)
    )
    _kept: OrderedDict[tuple[str, int, int, int], Picture] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def tile(self, base: Base, z: int, x: int, y: int) -> Picture:
        key = (base.name, z, x, y)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = self._fetched(base.address(z, x, y))
        with self._lock:
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, int, int, int], found: Picture) -> None:
        before = self._kept.pop(key, None)
        self._size += len(found.content) - (0 if before is None else len(before.content))
        self._kept[key] = found
        while self._size > LARGEST_CACHE:
            _, oldest = self._kept.popitem(last=False)
            self._size -= len(oldest.content)

    def _fetched(self, address: str) -> Picture:
        try:
            answer = self._pool.request("GET", address, redirect=False, preload_content=False)
        except urllib3.exceptions.HTTPError as error:
            raise BaseAway(type(error).__name__) from None
        try:
            return _picture(answer)
        except urllib3.exceptions.HTTPError as error:
            raise BaseAway(type(error).__name__) from None
        finally:
            answer.drain_conn() if answer.length_remaining == 0 else answer.close()

    def close(self) -> None:
        self._pool.clear()


def _picture(answer: urllib3.BaseHTTPResponse) -> Picture:
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if answer.status != _OK:
        raise BaseAway(f"HTTP {answer.status}")
    if kind not in TYPES:
        raise BaseAway(kind or "?")
    content = answer.read(LARGEST_TILE + 1)
    if len(content) > LARGEST_TILE:
        raise BaseAway(f"> {LARGEST_TILE} B")
    return Picture(kind, content)
