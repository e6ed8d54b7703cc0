"""What compounds, buildings and rooms share: a beginning, an end, and periods that run forwards."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import InvalidValue, Refusal
from domain.kernel.facts import Facet, Known

V = TypeVar("V")


class Premise(Aggregate):
    """A piece of property whose history has a beginning and may have an end."""

    def check(self) -> None:
        super().check()
        self.require_beginning_first()

    def require_nothing_after(self, moment: datetime) -> None:
        """Rule: an end told late does not contradict what is recorded after it."""
        later = [f.start for facts in self._facts.values() for f in facts if f.withdrawn is None and f.start > moment]
        if later:
            raise LaterFactsStand(zh=self.zh, at=moment.isoformat(), later=max(later).isoformat())

    def told(self, facet: Facet[V]) -> list[Known[V]]:
        """Every fact that stands about a facet, in order of time and, within one moment, as recorded.

        Unlike stretches it keeps the steps of one and the same day.
        """
        facts = [fact for fact in self._facts.get((facet.name, ""), ()) if fact.withdrawn is None]
        return sorted(facts, key=lambda fact: (fact.start, fact.place))

    def ever(self, facet: Facet[V]) -> set[V]:
        """Every value that a facet, of whichever member, has at some moment."""
        return {s.value for m in self.all_members(facet) for s in self.stretches(facet, m) if s.value is not None}

    def turns(self, *facets: Facet[Any]) -> list[datetime]:
        """The moments at which any of these facets may change: what holds at each of them holds always."""
        return sorted({s.start for f in facets for m in self.all_members(f) for s in self.stretches(f, m)})


def require_period(since: datetime, until: datetime | None) -> None:
    """Rule: a period ends after it begins."""
    if until is not None and until <= since:
        raise PeriodBackwards(since=since.isoformat(), until=until.isoformat())


def end_of(stretches: Iterable[Known[Any]], moment: datetime) -> datetime | None:
    """When what prevails at the moment ends, however many statements renew it; None: no end known."""
    end: datetime | None = moment
    value = None
    for stretch in stretches:
        if stretch.covers(moment):
            end, value = stretch.end, stretch.value
        elif end is not None and stretch.start == end and end > moment and stretch.value == value:
            end = stretch.end
    return end


class LaterFactsStand(Refusal):
    code = "later-facts-stand"
    zh = "{zh}不能在 {at} 终止：之后还有记录（最晚自 {later} 起）。请核对日期，或先更正、撤回那些记录。"
    en = (
        "It cannot end at {at}: something is recorded after that, up to {later}. Check the date, or correct or withdraw "
        "those records first."
    )
    field = "mandate.effective"


class PeriodBackwards(InvalidValue):
    code = "period-backwards"
    zh = "结束时间 {until} 不晚于开始时间 {since}。请核对期限。"
    en = "The period ends at {until}, not after its beginning at {since}. Check the dates."
    field = "until"
