"""Answers to costly questions, kept for whoever asks the same: a map asks for the same counts tile by tile, and after each step again.

A generation is a function of its position, so an answer holds as long as generation, position, moment, sight and question are the
same. Who looks at now asks of another moment each time, and what was recorded for a later day comes true without any event: of
now an answer is good for some seconds, and no longer.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, TypeVar, cast

from projections.queries.view import View

T = TypeVar("T")
_Key: TypeAlias = tuple[Any, ...]

MOST: Final = 200
"""Answers, each of some megabytes at most."""
GOOD_SECONDS: Final = 10.0
"""Of an answer about now, or to somebody who sees a part."""


@dataclass
class _Kept:
    """`since`: None as long as it is being found out."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    since: float | None = None
    answer: Any = None


@dataclass
class Memory:
    """Used by many threads; what several ask for at once is found out once, and the others wait."""

    most: int = MOST
    _kept: OrderedDict[_Key, _Kept] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def recalled(self, key: _Key, good_for: float | None, make: Callable[[], T]) -> T:
        kept = self._at(key)
        with kept.lock:
            if kept.since is None or (good_for is not None and time.monotonic() - kept.since >= good_for):
                begun = time.monotonic()
                kept.answer = make()
                kept.since = begun
            return cast("T", kept.answer)

    def holds(self, key: _Key, good_for: float | None) -> bool:
        with self._lock:
            kept = self._kept.get(key)
        return (
            kept is not None
            and kept.since is not None
            and (good_for is None or time.monotonic() - kept.since < good_for)
        )

    def _at(self, key: _Key) -> _Kept:
        with self._lock:
            found = self._kept.setdefault(key, _Kept())
            self._kept.move_to_end(key)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
            return found


@dataclass(frozen=True, slots=True)
class Recall:
    """A memory, asked by one caller in one view. `is_now`: no moment was asked for."""

    memory: Memory
    view: View
    is_now: bool

    def of(self, question: Any, make: Callable[[], T]) -> T:
        return self.memory.recalled(self._key(question), self._good_for, make)

    def holds(self, question: Any) -> bool:
        return self.memory.holds(self._key(question), self._good_for)

    @property
    def _good_for(self) -> float | None:
        # Where things belong, and so who may see them, is decided as of now, whatever moment is looked at.
        return GOOD_SECONDS if self.is_now or not self.view.sight.everything else None

    def _key(self, question: Any) -> _Key:
        view = self.view
        known = view.position if view.known is None else view.known
        return view.schema, known, None if self.is_now else view.at, repr(view.sight), repr(question)
