"""Answers to costly questions, kept for whoever asks the same: a map asks for the same counts tile by tile, and after each step again.

A generation is a function of its position, so an answer holds as long as generation, position, moment, sight and question are the
same. Who looks at now asks of another moment each time, and what was recorded for a later day comes true without any event: of
now an answer is good for some seconds, and no longer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from projections.queries.memory import Key, Memory
from projections.queries.view import View

T = TypeVar("T")

GOOD_SECONDS: Final = 10.0
"""Of an answer about now, or to somebody who sees a part."""


@dataclass(frozen=True, slots=True)
class Recall:
    """A memory, asked by one caller in one view. `is_now`: no moment was asked for."""

    memory: Memory
    view: View
    is_now: bool

    def of(self, question: Any, make: Callable[[], T]) -> T:
        return self.memory.recalled(self._key(question), self._is_good, make)

    def holds(self, question: Any) -> bool:
        return self.memory.holds(self._key(question), self._is_good)

    def _is_good(self, _: Any, age: float) -> bool:
        # Where things belong, and so who may see them, is decided as of now, whatever moment is looked at.
        return age < GOOD_SECONDS or (self.view.sight.everything and not self.is_now)

    def _key(self, question: Any) -> Key:
        view = self.view
        known = view.position if view.known is None else view.known
        return view.schema, known, None if self.is_now else view.at, repr(view.sight), repr(question)
