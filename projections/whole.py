"""A thing as a whole on two axes of time: the versions of all the columns that a list shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, TypeAlias

from domain.kernel.facts import Facet, Known
from projections.stream import Move, Part, Step, Stream
from projections.tiling import FIRST, FOREVER, Tiling, Version, Window
from projections.timeline import Lines, Timeline

Line: TypeAlias = tuple[str, str]
"""A facet's name, and the member that tells apart the many values of a facet that has many."""


class Members:
    """The facts of the many-valued facets that columns are made from, as they prevail at a moment."""

    __slots__ = ("_found", "_lines", "_moment")

    def __init__(self, lines: Lines, moment: datetime) -> None:
        self._lines, self._moment = lines, moment
        self._found: dict[str, list[tuple[str, Known[Any]]]] = {}

    def facts(self, facet: Facet[Any]) -> Sequence[tuple[str, Known[Any]]]:
        """Each member with the fact that prevails; those whose value is None are gone."""
        name = facet.name
        if name not in self._found:  # several columns are made from the same members
            self._found[name] = list(_holding(self._lines.get(name, {}), self._moment))
        return self._found[name]


def _holding(members: Mapping[str, Timeline], moment: datetime) -> Iterator[tuple[str, Known[Any]]]:
    for member, timeline in members.items():
        now = timeline.now
        # Most things are told in the order in which they happen: the last piece is the one.
        piece = now[-1] if now and now[-1].start <= moment < now[-1].end else timeline.at(moment)
        if piece is not None and piece.content.value is not None:
            yield member, piece.content


@dataclass(frozen=True, slots=True)
class Shown:
    """A column: the value of one facet, or what `made` makes of several."""

    name: str
    type: str
    facets: tuple[Facet[Any], ...]
    made: Callable[[Members], Any] | None = None
    zh: str = ""
    en: str = ""


def _value(lines: Lines, members: Members, column: Shown, moment: datetime) -> Any:
    if column.made is not None:
        return column.made(members)
    timeline = lines.get(column.facets[0].name, {}).get("") if column.facets else None
    fact = None if timeline is None else timeline.fact_at(moment)
    return None if fact is None else fact.value


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a kind, which of them each facet decides, and which are made of many members: found out once."""

    columns: tuple[Shown, ...]
    by_facet: Mapping[str, tuple[int, ...]]
    made: Mapping[int, Callable[[Members], Any]]
    made_from: frozenset[str]
    """The facets that something is made from."""

    @classmethod
    def of(cls, columns: tuple[Shown, ...]) -> Shape:
        by_facet: dict[str, tuple[int, ...]] = {}
        for index, column in enumerate(columns):
            for facet in column.facets:
                by_facet[facet.name] = (*by_facet.get(facet.name, ()), index)
        made = {index: column.made for index, column in enumerate(columns) if column.made is not None}
        return cls(columns, by_facet, made, frozenset(facet.name for i in made for facet in columns[i].facets))


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
        if step.window is None:
            self._take_windows(stream.lines, mine, step.record.position, corrects=step.corrects is not None)
        else:
            self._change(stream.lines, step.window, mine, step.record.position)
            self._settle(step.window)

    def _take_windows(self, lines: Lines, moves: Iterable[Move], by: int, *, corrects: bool) -> None:
        windows: dict[Window, list[Move]] = {}
        for move in moves:
            windows.setdefault(move[2], []).append(move)
        changed = [self._columns(mine) for mine in windows.values()]
        columns = set().union(*changed)
        if corrects:
            # Where what is taken back was all that was said, the thing itself comes to an end: any facet may decide that.
            self._redo(lines, _hull(windows), columns, by, corrects=True)
        elif len(columns) < sum(map(len, changed)) or not all(map(self._is_even, windows)):
            self._redo(lines, _hull(windows), columns, by)
        else:  # each changes columns of its own
            for window, mine in windows.items():
                self._change(lines, window, mine, by)
        for window in windows:
            self._settle(window)

    def _columns(self, moves: Iterable[Move]) -> set[int]:
        return {index for move in moves for index in self.shape.by_facet[move[0]]}

    def _settle(self, window: Window) -> None:
        start, end = window
        last = start if end is FOREVER else end
        self._settled = max(self._settled, last)

    def _is_even(self, window: Window) -> bool:
        piece = self.at(window[0])
        return piece is not None and piece.end >= window[1]

    def _change(self, lines: Lines, window: Window, moves: Sequence[Move], by: int) -> None:
        """Nothing but what these moves say changed, and each holds throughout the window."""
        start, end = window
        if not self.now:  # nothing was said before: what is said now is even within its window
            blank: list[Any] = [None] * len(self.shape.columns)
            self.put(self._with(blank, moves, self.shape.made, Members(lines, start)), start, end, by)
            return
        last = self.now[-1]
        pieces = [last] if last.start <= start else self.within(start, end)
        made = self._made(moves)
        if not _is_covered(window, pieces) or (made and start < self._settled):
            # What is made of many members is even in its value only: one of them may change without a difference to it.
            self._redo(lines, window, self._columns(moves), by)
            return
        contents = [self._with(piece.content, moves, made, Members(lines, start)) for piece in pieces]
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
        made_from = self.shape.made_from
        facets = [move[0] for move in moves if move[0] in made_from] if made_from else ()
        return {i for facet in facets for i in self.shape.by_facet[facet] if i in self.shape.made} if facets else ()

    def _with(self, content: list[Any], moves: Iterable[Move], made: Iterable[int], members: Members) -> list[Any]:
        content, shape = content.copy(), self.shape
        for facet, member, _, value in moves:
            if not member:
                for index in shape.by_facet[facet]:
                    content[index] = value
        for index in made:
            content[index] = shape.made[index](members)
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
            content[index] = _value(lines, members, self.shape.columns[index], start)
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
