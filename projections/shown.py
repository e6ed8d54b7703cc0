"""The columns that a list shows of a thing: each the value of one facet, or made of the many members of some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.kernel.facts import Facet, Known
from projections.stream import Move
from projections.timeline import Lines, Timeline


class Members:
    """The facts of the many-valued facets that columns are made from, as they prevail at a moment."""

    __slots__ = ("_found", "_lines", "_moment")

    def __init__(self, lines: Lines, moment: datetime) -> None:
        self._lines, self._moment = lines, moment
        self._found: dict[str, list[tuple[str, Known[Any]]]] = {}

    def is_new(self, facet: str, member: str) -> bool:
        """Whether nothing but one statement was ever made of the member."""
        timeline = self._lines[facet][member]
        return len(timeline.now) == 1 and not timeline.past

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
    more: Mapping[str, Callable[[Any, Any], Any]] = field(default_factory=dict, hash=False)
    """By facet: what the value of one more member makes of the column's, where not all need be looked at again."""


def value_of(lines: Lines, members: Members, column: Shown, moment: datetime) -> Any:
    if column.made is not None:
        return column.made(members)
    timeline = lines.get(column.facets[0].name, {}).get("") if column.facets else None
    fact = None if timeline is None else timeline.fact_at(moment)
    return None if fact is None else fact.value


def with_more(column: Shown, before: Any, moves: Iterable[Move], members: Members) -> Any:
    """The column's value if all that these moves say of it is said of new members; None where it must be made anew."""
    names = {facet.name for facet in column.facets}
    value = before
    for facet, member, _, said in moves:
        if facet in names:
            if facet not in column.more or value is None or said is None or not members.is_new(facet, member):
                return None
            value = column.more[facet](value, said)
    return value


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a kind, which of them each facet decides, and which are made of many members: found out once."""

    columns: tuple[Shown, ...]
    by_facet: Mapping[str, tuple[int, ...]]
    made: Mapping[int, Callable[[Members], Any]]
    made_by: Mapping[str, tuple[int, ...]]
    """The same by the facets that they are made from."""

    @classmethod
    def of(cls, columns: tuple[Shown, ...]) -> Shape:
        made = {index: column.made for index, column in enumerate(columns) if column.made is not None}
        return cls(columns, _by_facet(columns, range(len(columns))), made, _by_facet(columns, made))


def _by_facet(columns: Sequence[Shown], indexes: Iterable[int]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for index in indexes:
        for facet in columns[index].facets:
            found[facet.name] = (*found.get(facet.name, ()), index)
    return found
