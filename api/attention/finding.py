"""How something is looked for: as the rows of a list, or as the rows behind a figure; both can be asked for by an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol, TypeAlias
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from projections.queries import lists, overlays, statistics
from projections.queries.bound import Bound
from projections.queries.filters import Asks, Filter
from projections.queries.layers import LAYERS
from projections.queries.lists import Wanted
from projections.queries.overlays import Places
from projections.queries.statistics import Which
from projections.queries.statistics_subjects import SUBJECTS
from projections.queries.view import View

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")

When: TypeAlias = Callable[[datetime], datetime]
Filters: TypeAlias = Callable[[datetime], tuple[Filter, ...]]
"""Of the moment that is asked about, in Chinese time: what is overdue depends on the day."""


class Rows(Protocol):
    """What is found, counted (`counted`) as its own address lists it."""

    @property
    def kind(self) -> str: ...

    @property
    def is_figure(self) -> bool: ...

    def address(self, view: View) -> str: ...

    @property
    def places(self) -> Places | None:
        """Where they lie; None where such things have no place."""
        ...


@dataclass(frozen=True, slots=True)
class Listed:
    """The things of a list that meet some filters."""

    kind: str
    filters: Filters
    is_figure: bool = False

    def here(self, view: View) -> tuple[Filter, ...]:
        """At the moment of a view."""
        return self.filters(_local(view))

    @property
    def places(self) -> Places | None:
        return self._places if self.kind in LAYERS else None

    def _places(self, view: View, bound: Bound) -> str:
        return overlays.of_list(view, Wanted(self.kind, filters=self.here(view)), bound)

    def address(self, view: View) -> str:
        asked = [pair for one in self.here(view) for pair in _written(one)]
        return f"/v1/{self.kind}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class Idle:
    """What has lain idle since a moment at least."""

    kind: str
    subject: str
    measure: str
    since: When
    is_figure: bool = True

    def count(self, view: View) -> int:
        return statistics.many(view, self.which(view), self.measure)

    def address(self, view: View) -> str:
        asked = {"measure": self.measure, "idle_before": f"{self.since(_local(view)):%Y-%m-%d}"}
        return f"/v1/statistics/{self.subject}/rows?{urlencode(asked)}"

    @property
    def places(self) -> Places | None:
        return self._places

    def _places(self, view: View, bound: Bound) -> str:
        return overlays.of_figure(view, self.kind, self.which(view), self.measure, bound)

    def which(self, view: View) -> Which:
        return Which(subject=SUBJECTS[self.subject], idle_before=self.since(_local(view)))


@dataclass(frozen=True, slots=True)
class OverEstablishment:
    """Units with more vehicles than they may have."""

    kind: str = "vehicles"
    is_figure: bool = True

    def count(self, view: View) -> int:
        units = statistics.figures(view, Which(subject=SUBJECTS["vehicles"]), ("unit",), {"over"})
        return sum(1 for figures in units.values() if figures["over"] > 0)

    def address(self, _: View) -> str:
        return "/v1/statistics/vehicles?by=unit"

    @property
    def places(self) -> Places | None:
        return None  # units have none


def counted(view: View, wanted: Sequence[Rows]) -> list[int]:
    """How many each of these finds. Those of one list are counted in one look at it: there are a dozen of some."""
    listed: dict[str, list[Listed]] = {}
    found: dict[Rows, int] = {}
    for one in wanted:
        match one:
            case Listed():
                listed.setdefault(one.kind, []).append(one)
            case Idle() | OverEstablishment():
                found[one] = one.count(view)
    for kind, of in listed.items():
        found |= zip(of, lists.counts(view, kind, [one.here(view) for one in of]), strict=True)
    return [found[one] for one in wanted]


def _local(view: View) -> datetime:
    return view.at.astimezone(SHANGHAI)


def _written(one: Filter) -> Iterator[tuple[str, str]]:
    """A filter as a parameter of a list (`api/lists/parameters.py`)."""
    match one.test:
        case Asks.ANY:
            yield from ((one.column, _text(value)) for value in one.value)
        case _:
            yield f"{one.column}.{one.test.value}", _text(one.value)


def _text(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case datetime(hour=0, minute=0, second=0):
            return f"{value:%Y-%m-%d}"  # a day is its beginning in Chinese time, as these moments are
        case date():
            return value.isoformat()
        case _:
            return str(value)
