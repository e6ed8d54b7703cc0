"""The history of one facet on two axes of time: which value held when, as known when.

Its versions follow from the facts by the rule of facts (`domain/kernel/facts.py`) and are kept up one statement at a time, in
the order of the log. Together they tile what was ever said of the facet, without overlap.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from domain.kernel.facts import Known, rank
from projections.tiling import FOREVER, Tiling, Version, Window


class Timeline:
    """All that was ever known of one facet of one thing; the content of its versions are the facts."""

    def __init__(self) -> None:
        self._facts: list[Known[Any]] = []
        self.tiling = Tiling()

    def state(self, fact: Known[Any]) -> list[Window]:
        """Takes in a statement recorded at `fact.order`; returns where it prevails."""
        self._facts.append(fact)
        start, end = fact.start, fact.end or FOREVER
        if start >= end:
            return []
        now = self.tiling.now
        # The usual case, by far: nothing that holds later can outrank it.
        windows = [(start, end)] if not now or now[-1].start < start else self._free(fact, start, end)
        for window in windows:
            self.tiling.put(fact, *window, fact.order)
        return windows

    def withdraw(self, order: int, by: int) -> list[Window]:
        """Takes back what was recorded at `order`; what it had covered comes to light again."""
        left = [fact for fact in self._facts if fact.order != order]
        if len(left) == len(self._facts):
            return []
        self._facts = left
        bare = [(piece.start, piece.end) for piece in self.tiling.now if piece.content.order == order]
        for start, end in bare:
            self.tiling.clear(start, end, by)
            for fact in sorted(left, key=rank):
                since, until = max(fact.start, start), min(fact.end or FOREVER, end)
                if since < until:
                    self.tiling.put(fact, since, until, by)
        return bare

    def at(self, moment: datetime) -> Known[Any] | None:
        """The fact that prevails at a moment, by all that is known."""
        piece = self.tiling.at(moment)
        return None if piece is None else piece.content

    def said_at(self, order: int) -> list[Known[Any]]:
        """What was recorded at a position and has not been taken back."""
        return [fact for fact in self._facts if fact.order == order]

    def versions(self, after: int = 0) -> Iterator[Version]:
        return self.tiling.versions(after)

    def _free(self, fact: Known[Any], start: datetime, end: datetime) -> list[Window]:
        """Where between start and end nothing outranks the fact."""
        free, at = [], start
        for piece in self.tiling.within(start, end):
            if rank(piece.content) > rank(fact):
                if at < piece.start:
                    free.append((at, piece.start))
                at = max(at, piece.end)
        return [*free, (at, end)] if at < end else free
