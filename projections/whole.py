"""A thing as a whole on two axes of time: the versions of all the columns that a list shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, TypeAlias

from domain.kernel.facts import Facet, Known
from projections.tiling import FIRST, FOREVER, Tiling, Version, Window
from projections.timeline import Timeline

Line: TypeAlias = tuple[str, str]
"""A facet's name, and the member that tells apart the many values of a facet that has many."""

Move: TypeAlias = tuple[Line, Window]
"""Where an event changed what prevails."""

Lines: TypeAlias = Mapping[str, Mapping[str, Timeline]]
"""The timelines of a thing: by facet, then by member."""


@dataclass(frozen=True, slots=True)
class Members:
    """The facts of the many-valued facets that a column is made from, as they prevail at a moment."""

    lines: Lines
    moment: datetime

    def facts(self, facet: Facet[Any]) -> Iterator[tuple[str, Known[Any]]]:
        """Each member with the fact that prevails; those whose value is None are gone."""
        moment = self.moment
        for member, timeline in self.lines.get(facet.name, {}).items():
            piece = timeline.tiling.at(moment)
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


def value_of(lines: Lines, column: Shown, moment: datetime) -> Any:
    if column.made is not None:
        return column.made(Members(lines, moment))
    timeline = lines.get(column.facets[0].name, {}).get("")
    piece = None if timeline is None else timeline.tiling.at(moment)
    return None if piece is None else piece.content.value


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a kind, which of them each facet decides, and which are made of many members: found out once."""

    columns: tuple[Shown, ...]
    by_facet: Mapping[str, tuple[int, ...]]
    made: frozenset[int]

    @classmethod
    def of(cls, columns: tuple[Shown, ...]) -> Shape:
        by_facet: dict[str, tuple[int, ...]] = {}
        for index, column in enumerate(columns):
            for facet in column.facets:
                by_facet[facet.name] = (*by_facet.get(facet.name, ()), index)
        return cls(columns, by_facet, frozenset(i for i, column in enumerate(columns) if column.made is not None))


@dataclass(slots=True)
class Whole:
    """The versions of several columns together; the content of a version is the list of their values."""

    shape: Shape
    tiling: Tiling = field(default_factory=Tiling)
    _settled: datetime = FIRST
    """Nothing that was said begins or ends after this moment."""

    def follow(self, lines: Lines, moves: Iterable[Move], by: int, *, corrects: bool) -> None:
        """Takes in what an event moved. The usual event states something, and moves everything in one window.

        What a correction moves is not even: where something is taken back, much may come to light, or nothing.
        """
        window: Window | None = None
        columns: tuple[int, ...] = ()
        for (facet, _), moved in moves:
            found = self.shape.by_facet.get(facet)
            if found is not None:
                if corrects or (window is not None and moved != window):
                    self._follow_windows(lines, moves, by, corrects=corrects)
                    return
                window, columns = moved, columns + found
        if window is not None:
            self._change(lines, window, columns, by)
            self._settle(window)

    def _follow_windows(self, lines: Lines, moves: Iterable[Move], by: int, *, corrects: bool) -> None:
        windows: dict[Window, set[int]] = {}
        for (facet, _), window in moves:
            if facet in self.shape.by_facet:
                windows.setdefault(window, set()).update(self.shape.by_facet[facet])
        columns = set().union(*windows.values())
        if corrects:
            # Where what is taken back was all that was said, the thing itself comes to an end: any facet may decide that.
            self._redo(lines, _hull(windows), columns, by, corrects=True)
        elif len(columns) < sum(map(len, windows.values())) or not all(map(self._is_even, windows)):
            self._redo(lines, _hull(windows), columns, by)
        else:  # each changes columns of its own
            for window, changed in windows.items():
                self._change(lines, window, changed, by)
        for window in windows:
            self._settle(window)

    def _settle(self, window: Window) -> None:
        start, end = window
        self._settled = max(self._settled, start if end is FOREVER else end)

    def _is_even(self, window: Window) -> bool:
        piece = self.tiling.at(window[0])
        return piece is not None and piece.end >= window[1]

    def _change(self, lines: Lines, window: Window, columns: Iterable[int], by: int) -> None:
        start, end = window
        piece = self.tiling.at(start)
        if piece is None and not self.tiling.now:
            self._begin(lines, window, by)
            return
        if piece is None or piece.end < end or (start < self._settled and self.shape.made.intersection(columns)):
            # What is made of many members is even in its value only: one of them may change without a difference to it.
            self._redo(lines, window, columns, by)
            return
        # All columns are even within one piece, and the changed ones within the window: one new piece says it.
        content = list(piece.content)
        for index in columns:
            content[index] = value_of(lines, self.shape.columns[index], start)
        if content != piece.content:
            self.tiling.put(content, start, end, by)

    def _begin(self, lines: Lines, window: Window, by: int) -> None:
        """Nothing was said before: what is said now is even within its window."""
        self.tiling.put([value_of(lines, column, window[0]) for column in self.shape.columns], *window, by)

    def _facets_of(self, columns: Iterable[int]) -> set[str]:
        return {facet.name for index in columns for facet in self.shape.columns[index].facets}

    def _redo(self, lines: Lines, window: Window, columns: Iterable[int], by: int, *, corrects: bool = False) -> None:
        """Makes these columns of a window anew: between all moments at which anything changes in it."""
        start, end = window
        facets: Iterable[str] = self.shape.by_facet if corrects else self._facets_of(columns)
        held = [lines[name] for name in facets if name in lines]
        tilings = [self.tiling, *(timeline.tiling for members in held for timeline in members.values())]
        pieces = [piece for tiling in tilings for piece in tiling.within(start, end)]
        moments = {start, end, *(m for piece in pieces for m in (piece.start, piece.end) if start < m < end)}
        ordered = sorted(moments)
        self._settle((start, ordered[-2] if ordered[-1] is FOREVER else ordered[-1]))
        for since, until in pairwise(ordered):
            self._lay(lines, (since, until), columns, by, corrects=corrects)

    def _lay(self, lines: Lines, window: Window, columns: Iterable[int], by: int, *, corrects: bool) -> None:
        piece = self.tiling.at(window[0])
        content = [None] * len(self.shape.columns) if piece is None else list(piece.content)
        for index in range(len(content)) if piece is None else columns:
            content[index] = value_of(lines, self.shape.columns[index], window[0])
        # What is there already can only come to an end where something is taken back.
        if (piece is None or corrects) and not self._exists(lines, window[0]):
            if piece is not None:
                self.tiling.clear(*window, by)
        elif piece is None or piece.content != content:
            self.tiling.put(content, *window, by)

    def _exists(self, lines: Lines, moment: datetime) -> bool:
        """A thing is there from the first moment of which anything is said."""
        held = (lines[name] for name in self.shape.by_facet if name in lines)
        return any(timeline.at(moment) is not None for members in held for timeline in members.values())

    def versions(self, after: int = 0) -> Iterator[Version]:
        return self.tiling.versions(after)


def _hull(windows: Iterable[Window]) -> Window:
    ordered = list(windows)
    return min(start for start, _ in ordered), max(end for _, end in ordered)
