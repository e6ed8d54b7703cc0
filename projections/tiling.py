"""What held when, as known when: pieces that tile effective time now, and every version of them that was known once.

A version is kept in the shape of an L. What is recorded as it happens cuts the last piece short: until then it was thought to
go on. Kept as rectangles that would be two versions for every event; the L says both in one: known since `since`, it held
until `ended`, and since `cut` it is known to hold only until `end`. It is never deleted: later events only close it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

FOREVER = datetime.max.replace(tzinfo=UTC)
"""An open end."""
FIRST = datetime.min.replace(tzinfo=UTC)

Window = tuple[datetime, datetime]
"""A stretch of effective time: from, to (not included)."""

_start = attrgetter("start")


class Version(Struct, gc=False):
    """`content` held from `start` until `end`, as known from position `since` until position `until` (None: still)."""

    content: Any
    start: datetime
    end: datetime
    since: int
    until: int | None = None
    cut: int | None = None
    ended: datetime | None = None

    @property
    def touched(self) -> int:
        """The last position at which it came to be or was closed."""
        return max(self.since, self.cut or 0, self.until or 0)

    def rectangles(self) -> Iterator[Rectangle]:
        """The same, as intervals of effective time by intervals of positions."""
        if self.cut is None or self.ended is None:
            yield Rectangle(self.content, self.start, self.end, self.since, self.until, self.touched)
        else:
            yield Rectangle(self.content, self.start, self.ended, self.since, self.cut, self.cut)
            yield Rectangle(self.content, self.start, self.end, self.cut, self.until, self.touched)


class Rectangle(Struct, frozen=True, gc=False):
    content: Any
    start: datetime
    end: datetime
    since: int
    until: int | None
    touched: int


class Tiling:
    """Pieces that do not overlap, in order of effective time, and the versions that are known no longer."""

    __slots__ = ("now", "past")

    def __init__(self) -> None:
        self.now: list[Version] = []
        self.past: list[Version] = []

    def put(self, content: Any, start: datetime, end: datetime, by: int) -> None:
        """From position `by` on, `content` is known to hold from `start` to `end`, instead of what was there."""
        now = self.now
        new = Version(content, start, end, by)
        if not now:
            now.append(new)
            return
        last = now[-1]
        if last.start < start < last.end <= end and last.cut is None and last.since != by:  # the usual case, by far
            last.cut, last.ended, last.end = by, last.end, start
            now.append(new)
        elif last.end <= start:
            self._follow(new)
        elif last.start == start and last.end <= end:  # two events of one day
            self._close(now.pop(), by)
            self._follow(new)
        elif last.start < start and last.end <= end:
            now[-1] = self._cut(last, start, by)
            self._follow(new)
        else:
            self._splice(start, end, by, [new])

    def put_all(self, pieces: list[Version]) -> None:
        """The same of neighbours, in order, that one position puts there."""
        self._splice(pieces[0].start, pieces[-1].end, pieces[0].since, pieces)

    def clear(self, start: datetime, end: datetime, by: int) -> None:
        """From position `by` on, nothing is known to hold from `start` to `end`."""
        self._splice(start, end, by, [])

    def at(self, moment: datetime) -> Version | None:
        """The piece that holds at a moment, by all that is known."""
        now = self.now
        if now and now[-1].start <= moment:
            return now[-1] if moment < now[-1].end else None
        index = bisect_right(now, moment, key=_start) - 1
        return now[index] if index >= 0 and moment < now[index].end else None

    def within(self, start: datetime, end: datetime) -> list[Version]:
        """The pieces that hold at some time between."""
        first, last = self._between(start, end)
        return self.now[first:last]

    def _between(self, start: datetime, end: datetime) -> tuple[int, int]:
        """The place of the first of them, and the place after the last one."""
        now = self.now
        first = bisect_right(now, start, key=_start)
        last, there = first, len(now)
        while last < there and now[last].start < end:
            last += 1
        return (first - 1 if first and now[first - 1].end > start else first), last

    def versions(self, after: int = 0) -> list[Version]:
        """Every version that a position after this one made or closed."""
        versions = [*self.past, *self.now]
        return [version for version in versions if version.touched > after] if after else versions

    def _follow(self, new: Version) -> None:
        """Neighbours that say the same since the same position are one."""
        last = self.now[-1] if self.now else None
        if last and last.since == new.since and last.end == new.start and last.content == new.content:
            last.end = new.end
        else:
            self.now.append(new)

    def _splice(self, start: datetime, end: datetime, by: int, new: list[Version]) -> None:
        first, last = self._between(start, end)
        covered = self.now[first:last]
        if not covered:
            self._join(first, last, new)
            return
        head, tail = covered[0], covered[-1]
        rest = [Version(tail.content, end, tail.end, by)] if tail.end > end else []
        kept = [self._cut(head, start, by)] if head.start < start else []
        for piece in covered[len(kept) :]:
            self._close(piece, by)
        self._join(first, last, [*kept, *new, *rest])

    def _join(self, first: int, last: int, pieces: list[Version]) -> None:
        """Puts pieces in the place of those from `first` to `last`."""
        after = self.now[last:]
        del self.now[first:]
        for piece in [*pieces, *after[:1]]:
            self._follow(piece)
        self.now += after[1:]

    def _cut(self, piece: Version, at: datetime, by: int) -> Version:
        """The piece, ending at `at` by what is known from `by` on."""
        if by in (piece.since, piece.cut):
            piece.end = at
        elif piece.cut is None:
            piece.cut, piece.ended, piece.end = by, piece.end, at
        else:
            self._close(piece, by)
            return Version(piece.content, piece.start, at, by)
        return piece

    def _close(self, piece: Version, by: int) -> None:
        if piece.since == by:
            return
        if piece.cut == by:  # cut and closed by the same event: it was never known to be short
            piece = replace(piece, end=piece.ended, cut=None, ended=None)
        piece.until = by
        self.past.append(piece)
