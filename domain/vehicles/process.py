"""Processes: steps that follow each other in one order only, also when they are told late or corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.facts import Facet, Known
from domain.kernel.labels import Term

T = TypeVar("T", bound=Term)
V = TypeVar("V")

Steps = Mapping[T | None, frozenset[T]]


class StepsOutOfOrder(Refusal):
    code = "steps-out-of-order"
    zh = "“{after_zh}”（{at}）不能排在“{before_zh}”之后。请核对各步骤的生效时间；同一天办理的，请填写时刻。"
    en = (
        "The step {after_en!r} ({at}) cannot follow {before_en!r}. Check the times; give the hour for steps of one day."
    )
    field = "mandate.effective"


class Staged(Aggregate):
    """An aggregate with processes in it."""

    def told(self, facet: Facet[V], member: object = "") -> list[Known[V]]:
        """Every fact of a facet that still stands, by its start.

        Unlike `stretches` it keeps what is hidden by a fact of the same moment, and stays fast with thousands of facts.
        """
        known = self._facts.get((facet.name, str(member)), ())
        return sorted((f for f in known if f.withdrawn is None), key=lambda f: (f.start, f.place))

    def last_told(self, facet: Facet[V], member: object = "") -> V | None:
        told = self.told(facet, member)
        return told[-1].value if told else None

    def is_at_step(self, facet: Facet[T], moment: datetime, wanted: Iterable[T], member: object = "") -> bool:
        """Whether the process stands at such a step at the moment, with no later step told already.

        A correction may of course have later steps after it; `check` sees to their order.
        """
        steps = frozenset(wanted)
        now = self.at(facet, moment, member)
        last = now if self.correcting else self.last_told(facet, member)
        return now is not None and last is not None and {now, last} <= steps

    def require_order(self, facet: Facet[T], steps: Steps[T], member: object = "") -> None:
        """Rule: the steps of a process follow each other in their order."""
        before: T | None = None
        for fact in self.told(facet, member):
            if fact.value not in steps.get(before, frozenset()):
                raise StepsOutOfOrder(
                    before_zh=before.zh if before else "（无）",
                    before_en=before.en if before else "(nothing)",
                    after_zh=fact.value.zh,
                    after_en=fact.value.en,
                    at=fact.start.isoformat(),
                )
            before = fact.value
