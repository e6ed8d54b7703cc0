"""The rule of facts: which of several statements about one thing holds at a moment, as known at a moment.

Aggregates ask it in their guards and the timeline asks it for its rows, so that the two cannot disagree.

A fact states the value of one facet (title, using unit, net area, …) from `start` until `end` (open unless bounded). Among
the facts known at `known` whose interval covers `at`, the one with the latest start prevails; of two that start together
the later recorded one (a correction stands in the place of the fact it corrects, there too). So a late fact slides under a newer one, a bounded fact gives way to what was there before it, and a
future fact waits for its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

V = TypeVar("V")


class Fact(Struct, Generic[V], frozen=True):
    """What an event states about one facet; `member` tells apart the many values of a facet that has many (occupants)."""

    facet: str
    value: V
    start: datetime
    end: datetime | None
    member: str = ""


@dataclass(frozen=True)
class Facet(Generic[V]):
    """The name of a thing that facts are about, and the type of its values."""

    name: str

    def fact(self, value: V, *, since: datetime, until: datetime | None = None, member: object = "") -> Fact[V]:
        return Fact(self.name, value, since, until, member if type(member) is str else str(member))


class Known(Struct, Generic[V], frozen=True):
    """A fact as the log knows it: recorded at `order`, taken back by a correction at `withdrawn`, if ever.

    `order` and `withdrawn` are positions in the log, or versions in one stream: whatever is asked for as `known`. `place` is
    the order of the fact that a chain of corrections began with, and the fact's own order when it corrects nothing.
    """

    value: V
    start: datetime
    end: datetime | None
    order: int
    place: int
    withdrawn: int | None = None

    def covers(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)

    def is_known(self, known: int | None) -> bool:
        if known is None:
            return self.withdrawn is None
        return self.order <= known and (self.withdrawn is None or known < self.withdrawn)


def prevailing(facts: Iterable[Known[V]], at: datetime, known: int | None = None) -> Known[V] | None:
    """The one rule: of the known facts that cover the moment, the latest start; then the latest recorded."""
    best: Known[V] | None = None
    for fact in facts:
        if fact.covers(at) and fact.is_known(known) and (best is None or rank(fact) > rank(best)):
            best = fact
    return best


def stretches(facts: Iterable[Known[V]], known: int | None = None) -> Iterator[Known[V]]:
    """What prevailed when: consecutive stretches in order of time, each the prevailing fact cut to where it prevails."""
    said = [fact for fact in facts if fact.is_known(known)]
    moments = sorted({fact.start for fact in said} | {fact.end for fact in said if fact.end is not None})
    for index, moment in enumerate(moments):
        fact = prevailing(said, moment, known)
        if fact is not None:
            until = moments[index + 1] if index + 1 < len(moments) else None
            yield replace(fact, start=moment, end=until)


def withdraw(facts: Iterable[Known[Any]], order: int, by: int) -> list[Known[Any]]:
    """The same facts, those recorded at `order` taken back by the correction recorded at `by`."""
    return [replace(f, withdrawn=by) if f.order == order and f.withdrawn is None else f for f in facts]


def rank(fact: Known[Any]) -> tuple[datetime, int]:
    """What decides between facts that cover the same moment: the higher one prevails."""
    return fact.start, fact.place
