"""A thing as a whole on two axes of time: the versions of all the columns that a list shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from projections.shown import Members, Shape, value_of, with_more
from projections.stream import Move, Part, Step, Stream
from projections.tiling import FIRST, FOREVER, Tiling, Version, Window
from projections.timeline import Lines


class Whole(Tiling, Part):
    """The versions of several columns together; the content of a version is the list of their values."""

    __slots__ = ("_settled", "shape")

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self._settled = FIRST
        """Nothing that was said begins or ends after this moment."""

    def take(self, step: Step, stream: Stream) -> None:
        """Takes in what an event moved. The usual event states something, and moves everything in one window.

        What a correction moves is not even: where something is taken back, much may come to light, or nothing.
        """
        by_facet = self.shape.by_facet
        mine = [move for move in step.moves if move[0] in by_facet]
        if not mine:
            return
        by, lines, window = step.record.position, stream.lines, step.window
        if window is None:
            self._take_windows(lines, mine, by, corrects=step.corrects is not None)
            return
        (start, end), made, last = window, self._made(mine), self.now[-1] if self.now else None
        if last is not None and last.start <= start and end <= last.end and not (made and start < self._settled):
            # The usual case: one piece is there throughout.
            content = self._with(last.content, mine, made, lines, start)
            if content != last.content:
                self.put(content, start, end, by)
        else:
            self._change(lines, window, mine, by)
        self._settle(window)

    def _take_windows(self, lines: Lines, moves: Iterable[Move], by: int, *, corrects: bool) -> None:
        windows: dict[Window, list[Move]] = {}
        for move in moves:
            windows.setdefault(move[2], []).append(move)
        changed = [self._columns(mine) for mine in windows.values()]
        columns = set().union(*changed)
        if corrects:
            # Where what is taken back was all that was said, the thing itself comes to an end: any facet may decide that.
            self._redo(lines, _hull(windows), columns, by, corrects=True)
        elif len(columns) < sum(map(len, changed)):
            self._redo(lines, _hull(windows), columns, by)
        else:  # each changes columns of its own
            for window, mine in windows.items():
                self._change(lines, window, mine, by)
        for window in windows:
            self._settle(window)

    def _columns(self, moves: Iterable[Move]) -> set[int]:
        return {index for move in moves for index in self.shape.by_facet[move[0]]}

    def _settle(self, window: Window) -> None:
        last = window[0] if window[1] is FOREVER else window[1]
        self._settled = max(self._settled, last)

    def _change(self, lines: Lines, window: Window, moves: Sequence[Move], by: int) -> None:
        """Nothing but what these moves say changed, and each holds throughout the window."""
        start, end = window
        if not self.now:  # nothing was said before: what is said now is even within its window
            blank: list[Any] = [None] * len(self.shape.columns)
            self.put(self._with(blank, moves, self.shape.made, lines, start), start, end, by)
            return
        pieces, made = self.within(start, end), self._made(moves)
        if not _is_covered(window, pieces) or (made and start < self._settled):
            # What is made of many members is even in its value only: one of them may change without a difference to it.
            self._redo(lines, window, self._columns(moves), by)
            return
        contents = [self._with(piece.content, moves, made, lines, start) for piece in pieces]
        changed = [
            Version(content, max(start, piece.start), min(end, piece.end), by)
            for piece, content in zip(pieces, contents, strict=True)
            if content != piece.content
        ]
        if len(changed) == len(pieces) > 1:
            self.put_all(changed)
        else:
            for new in changed:
                self.put(new.content, new.start, new.end, by)

    def _made(self, moves: Iterable[Move]) -> Iterable[int]:
        """The columns to be made anew."""
        made_by = self.shape.made_by
        return {index for move in moves if move[0] in made_by for index in made_by[move[0]]} if made_by else ()

    def _with(
        self, content: list[Any], moves: Iterable[Move], made: Iterable[int], lines: Lines, moment: datetime
    ) -> list[Any]:
        content, by_facet = content.copy(), self.shape.by_facet
        for facet, member, _, value in moves:
            if not member:
                for index in by_facet[facet]:
                    content[index] = value
        if made:
            members = Members(lines, moment)
            for index in made:
                column, value = self.shape.columns[index], None
                if column.more:
                    value = with_more(column, content[index], moves, members)
                content[index] = self.shape.made[index](members) if value is None else value
        return content

    def _facets_of(self, columns: Iterable[int]) -> set[str]:
        return {facet.name for index in columns for facet in self.shape.columns[index].facets}

    def _redo(self, lines: Lines, window: Window, columns: Iterable[int], by: int, *, corrects: bool = False) -> None:
        """Makes these columns of a window anew: between all moments at which anything changes in it."""
        start, end = window
        facets: Iterable[str] = self.shape.by_facet if corrects else self._facets_of(columns)
        held = [lines[name] for name in facets if name in lines]
        tilings: list[Tiling] = [self, *(timeline for members in held for timeline in members.values())]
        pieces = (piece for tiling in tilings for piece in tiling.within(start, end))
        moments = {start, end, *(m for piece in pieces for m in (piece.start, piece.end) if start < m < end)}
        ordered = sorted(moments)
        self._settle((start, ordered[-2] if ordered[-1] is FOREVER else ordered[-1]))
        for since, until in pairwise(ordered):
            self._lay(lines, (since, until), columns, by, corrects=corrects)

    def _lay(self, lines: Lines, window: Window, columns: Iterable[int], by: int, *, corrects: bool) -> None:
        start, end = window
        piece = self.at(start)
        # What is there already can only come to an end where something is taken back.
        if (piece is None or corrects) and not self._exists(lines, start):
            if piece is not None:
                self.clear(start, end, by)
            return
        content = [None] * len(self.shape.columns) if piece is None else piece.content.copy()
        members = Members(lines, start)
        for index in range(len(content)) if piece is None else columns:
            content[index] = value_of(lines, members, self.shape.columns[index], start)
        if piece is None or piece.content != content:
            self.put(content, start, end, by)

    def _exists(self, lines: Lines, moment: datetime) -> bool:
        """A thing is there from the first moment of which anything is said."""
        held = (lines[name] for name in self.shape.by_facet if name in lines)
        return any(timeline.at(moment) is not None for members in held for timeline in members.values())


def _is_covered(window: Window, pieces: Sequence[Version]) -> bool:
    """Whether these pieces leave no gap in it."""
    reached, end = window
    for piece in pieces:
        if piece.start > reached:
            return False
        reached = piece.end
    return reached >= end


def _hull(windows: Iterable[Window]) -> Window:
    ordered = list(windows)
    return min(start for start, _ in ordered), max(end for _, end in ordered)
