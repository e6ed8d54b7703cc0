"""The history of one facet on two axes of time: which value held when, as known when.

Its versions follow from the facts by the rule of facts (`domain/kernel/facts.py`) and are kept up one statement at a time, in
the order of the log. Together they tile what was ever said of the facet, without overlap.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from domain.kernel.facts import Known, rank
from projections.tiling import FOREVER, Tiling, Version, Window

Lines: TypeAlias = "dict[str, dict[str, Timeline]]"
"""The timelines of a thing: by facet, then by the member that tells apart the many values of a facet that has many."""


class Timeline(Tiling):
    """All that was ever known of one facet of one thing; the content of its versions are the facts."""

    __slots__ = ("_facts",)

    def __init__(self) -> None:
        self.now, self.past = [], []
        self._facts: list[Known[Any]] = []

    def state(self, fact: Known[Any]) -> tuple[Known[Any] | None, list[Window]]:
        """Takes in a statement recorded at `fact.order`; returns what prevailed at its start, and where it prevails now."""
        self._facts.append(fact)
        start, end, now = fact.start, fact.end or FOREVER, self.now
        if not now and start < end:  # nearly half of all facts are the first of their timeline
            now.append(Version(fact, start, end, fact.order))
            return None, [(start, end)]
        if (
            now and now[-1].start < start < end
        ):  # and most others come after all that is there: nothing can outrank them
            before = now[-1].content if start < now[-1].end else None
            self.put(fact, start, end, fact.order)
            return before, [(start, end)]
        before = self.fact_at(start)
        windows = self._free(fact, start, end)
        for since, until in windows:
            self.put(fact, since, until, fact.order)
        return before, windows

    def withdraw(self, order: int, by: int) -> list[Window]:
        """Takes back what was recorded at `order`; what it had covered comes to light again."""
        left = [fact for fact in self._facts if fact.order != order]
        if len(left) == len(self._facts):
            return []
        self._facts = left
        bare = [(piece.start, piece.end) for piece in self.now if piece.content.order == order]
        for start, end in bare:
            self.clear(start, end, by)
            self._uncover((start, end), by)
        return bare

    def _uncover(self, window: Window, by: int) -> None:
        """Where nothing holds any more, what had been outranked comes to light: the highest first, until all is covered."""
        gaps = [window]
        for fact in sorted(self._facts, key=rank, reverse=True):
            if not gaps:
                return
            left = []
            for start, end in gaps:
                since, until = max(fact.start, start), min(fact.end or FOREVER, end)
                if since < until:
                    self.put(fact, since, until, by)
                    left += [gap for gap in ((start, since), (until, end)) if gap[0] < gap[1]]
                else:
                    left.append((start, end))
            gaps = left

    def fact_at(self, moment: datetime) -> Known[Any] | None:
        """The fact that prevails at a moment, by all that is known."""
        piece = self.at(moment)
        return None if piece is None else piece.content

    def said_at(self, order: int) -> list[Known[Any]]:
        """What was recorded at a position and has not been taken back."""
        return [fact for fact in self._facts if fact.order == order]

    def _free(self, fact: Known[Any], start: datetime, end: datetime) -> list[Window]:
        """Where between start and end nothing outranks the fact."""
        free, at = [], start
        for piece in self.within(start, end):
            if rank(piece.content) > rank(fact):
                if at < piece.start:
                    free.append((at, piece.start))
                at = max(at, piece.end)
        return [*free, (at, end)] if at < end else free
