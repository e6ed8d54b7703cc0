"""The history of one facet on two axes of time: which value held when, as known when.

Versions are rectangles: an interval of effective time by an interval of positions of the log. Together they tile what was ever
said of the facet, without overlap. They follow from the facts by the rule of facts (`domain/kernel/facts.py`) and are kept up
one statement at a time, in the order of the log, because a vehicle has thousands of odometer readings.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from domain.kernel.facts import Known, rank

FOREVER = datetime.max.replace(tzinfo=UTC)
"""An open end while comparing; outside it is None."""


class Version(Struct, frozen=True):
    """One rectangle: `fact` held from `start` until `end`, as known from position `since` until position `until`."""

    fact: Known[Any]
    start: datetime
    end: datetime | None
    since: int
    until: int | None


class _Piece(Struct):
    """A stretch of effective time in which one fact prevails, by what is known now."""

    fact: Known[Any]
    start: datetime
    end: datetime
    since: int


class Timeline:
    """All that was ever known of one facet of one thing."""

    def __init__(self) -> None:
        self._facts: list[Known[Any]] = []
        self._now: list[_Piece] = []
        self._past: list[Version] = []

    def state(self, fact: Known[Any]) -> None:
        """Takes in a statement recorded at `fact.order`."""
        self._facts.append(fact)
        end = fact.end or FOREVER
        if fact.start < end:
            self._lay_last(_Piece(fact, fact.start, end, fact.order))

    def withdraw(self, order: int, by: int) -> None:
        """Takes back what was recorded at `order`; what it had covered comes to light again."""
        self._facts = [fact for fact in self._facts if fact.order != order]
        bare = [piece for piece in self._now if piece.fact.order == order]
        self._now = [piece for piece in self._now if piece.fact.order != order]
        for piece in bare:
            self._end(piece, by)
            for fact in sorted(self._facts, key=rank):
                start, end = max(fact.start, piece.start), min(fact.end or FOREVER, piece.end)
                if start < end:
                    self._lay(_Piece(fact, start, end, by))

    def versions(self) -> Iterator[Version]:
        """Every rectangle, those that are known no longer included."""
        yield from self._past
        for piece in self._now:
            yield _version(piece, None)

    def _lay_last(self, new: _Piece) -> None:
        """The usual case, by far: the first piece, or one that only cuts the last one short, or follows it."""
        last = self._now[-1] if self._now else None
        if last is None or last.end <= new.start:
            self._now.append(new)
        elif last.start < new.start and last.end <= new.end:
            self._end(last, new.since)
            self._now[-1:] = [_Piece(last.fact, last.start, new.start, new.since), new]
        else:
            self._lay(new)

    def _lay(self, new: _Piece) -> None:
        """Lays a piece over those that are there: it covers what it outranks and runs under what outranks it."""
        first = max(bisect_right(self._now, new.start, key=lambda piece: piece.start) - 1, 0)
        last, laid, at = first, [], new.start
        while last < len(self._now) and self._now[last].start < new.end:
            laid += self._meet(self._now[last], new, at)
            at = max(at, min(self._now[last].end, new.end))
            last += 1
        if at < new.end:
            laid.append(_Piece(new.fact, at, new.end, new.since))
        self._now[first:last] = _joined(laid)

    def _meet(self, old: _Piece, new: _Piece, at: datetime) -> list[_Piece]:
        """What lies between `at` and the end of an old piece once the new one has been laid."""
        gap = [_Piece(new.fact, at, old.start, new.since)] if at < old.start else []
        start, end = max(old.start, new.start), min(old.end, new.end)
        if start >= end or rank(new.fact) < rank(old.fact):
            return [*gap, old]
        self._end(old, new.since)
        before = [_Piece(old.fact, old.start, start, new.since)] if old.start < start else []
        after = [_Piece(old.fact, end, old.end, new.since)] if end < old.end else []
        return [*gap, *before, _Piece(new.fact, start, end, new.since), *after]

    def _end(self, piece: _Piece, at: int) -> None:
        if piece.since < at:
            self._past.append(_version(piece, at))


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Neighbours that say the same thing since the same position are one."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.fact is piece.fact and last.end == piece.start and last.since == piece.since:
            last.end = piece.end
        else:
            joined.append(piece)
    return joined


def _version(piece: _Piece, until: int | None) -> Version:
    return Version(piece.fact, piece.start, None if piece.end == FOREVER else piece.end, piece.since, until)
