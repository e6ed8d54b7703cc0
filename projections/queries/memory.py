"""What was found out is kept for whoever asks the same: a few answers, the oldest forgotten first, each as long as it is good."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, TypeVar, cast

T = TypeVar("T")
Key: TypeAlias = tuple[Any, ...]
Good: TypeAlias = Callable[[Any, float], bool]
"""Whether an answer of so many seconds ago may still be told."""

MOST: Final = 200
"""Answers, each of some megabytes at most."""


@dataclass
class _Kept:
    """`since`: None as long as it is being found out."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    since: float | None = None
    answer: Any = None

    def is_good(self, is_good: Good) -> bool:
        return self.since is not None and is_good(self.answer, time.monotonic() - self.since)


@dataclass
class Memory:
    """Used by many threads; what several ask for at once is found out once, and the others wait."""

    most: int = MOST
    _kept: OrderedDict[Key, _Kept] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def recalled(self, key: Key, is_good: Good, make: Callable[[], T]) -> T:
        kept = self._at(key)
        with kept.lock:
            if not kept.is_good(is_good):
                begun = time.monotonic()
                kept.answer = make()
                kept.since = begun
            return cast("T", kept.answer)

    def holds(self, key: Key, is_good: Good) -> bool:
        with self._lock:
            kept = self._kept.get(key)
        return kept is not None and kept.is_good(is_good)

    def _at(self, key: Key) -> _Kept:
        with self._lock:
            found = self._kept.setdefault(key, _Kept())
            self._kept.move_to_end(key)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
            return found
