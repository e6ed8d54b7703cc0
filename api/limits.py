"""How much one caller may ask: so that a program run wild, or someone trying keys, leaves room for the others."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from domain.kernel.errors import Refusal

MOST_REMEMBERED = 10_000
_ONE_SITE = 64
"""The first bits of an IPv6 address: whoever has one address has all that begin so."""


class TooManyRequests(Refusal):
    code = "too-many-requests"
    zh = "请求过于频繁，请在 {seconds} 秒后重试。"
    en = "Too many requests. Try again in {seconds} seconds."

    @property
    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.data["seconds"])}


class Limits:
    """So many a minute for each key, all at once or spread out. Of one process; used by many threads."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(a_minute)
        self._clock = clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: Hashable) -> None:
        """Count one, or refuse it; what is refused is not counted."""
        now = self._clock()
        with self._lock:
            left, since = self._left.pop(key, (self._most, now))
            left = min(self._most, left + (now - since) * self._most / 60)
            self._left[key] = (left - 1 if left >= 1 else left, now)
            # Whoever has not asked for longest has all of theirs again, or nearly.
            while len(self._left) > MOST_REMEMBERED:
                self._left.popitem(last=False)
        if left < 1:
            raise TooManyRequests(seconds=math.ceil((1 - left) * 60 / self._most))


def place(address: str | None) -> str:
    """Whose attempts are counted together: an IPv4 address, or an IPv6 network of one site."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "?"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.IPv6Network((found, _ONE_SITE), strict=False))
