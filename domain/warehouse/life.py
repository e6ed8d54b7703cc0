"""What warehouses, items and lots have in common: a life that begins once, and may end, with nothing stated outside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.facts import Facet, Known

CHINA: Final = timezone(timedelta(hours=8))
"""Days of contracts and due dates are days in China."""


def day_of(moment: datetime) -> date:
    """The day in China at a moment."""
    try:
        return moment.astimezone(CHINA).date()
    except OverflowError:  # the first and the last hours of the calendar have no day elsewhere
        return moment.date()


class Life(Aggregate):
    """Looks at all that was stated, over all time, for the rules that a late or a correcting fact could break."""

    def stated(self, *facets: Facet[Any]) -> Iterator[Known[Any]]:
        """Every fact in force, of these facets or of all, in order of time and of recording."""
        for _, fact in self.stated_by_member(*facets):
            yield fact

    def stated_by_member(self, *facets: Facet[Any]) -> Iterator[tuple[str, Known[Any]]]:
        """The same, each with the member of the facet that it is about."""
        names = {facet.name for facet in facets}
        facts = [
            (member, fact)
            for (name, member), known in self._facts.items()
            for fact in known
            if fact.withdrawn is None and (not names or name in names)
        ]
        yield from sorted(facts, key=lambda one: (one[1].start, one[1].place))

    def require_nothing_before_birth(self) -> None:
        """Rule: nothing is said of a time before the beginning (a corrected beginning may come later than before)."""
        first = next(self.stated(), None)
        if self.born is not None and first is not None and first.start < self.born:
            raise StatedBeforeBeginning(zh=self.zh, kind=self.kind, stated=_shown(first.start), born=_shown(self.born))

    def require_nothing_after(self, end: datetime) -> None:
        """Rule: nothing begins after the end; a late end does not cut off what is recorded as having happened later."""
        last = list(self.stated())[-1]
        if last.start > end:
            raise EndsBeforeLaterFacts(zh=self.zh, kind=self.kind, end=_shown(end), later=_shown(last.start))


def _shown(moment: datetime) -> str:
    return moment.isoformat()


class StatedBeforeBeginning(Refusal):
    code = "stated-before-beginning"
    zh = "该{zh}已有 {stated} 起的记录，早于起始时间 {born}。请先更正或撤回较早的记录。"
    en = (
        "There is a record from {stated}, before the beginning at {born}. Correct or withdraw the earlier record first."
    )
    field = "mandate.effective"


class EndsBeforeLaterFacts(Refusal):
    code = "ends-before-later-facts"
    zh = "该{zh}在终止时间 {end} 之后还有 {later} 起的记录。请核对时间；后来的记录有误的，先更正或撤回。"
    en = "Something is recorded from {later}, after this end at {end}. Check the time, or correct the later record first."
    field = "mandate.effective"
