"""How well a device works, from what was received of it: how many positions, and how many of them are odd, by what is odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from infra.positions.terms import MISPLACED, Fix, Mark
from maps.positions.marks import beside

IMPOSSIBLE: Final = MISPLACED | {Mark.JUMP}
"""Where no vehicle was: in no place, in no country, ahead of time, or too far for the time."""


@dataclass(slots=True)
class Health:
    """`impossible`: those with a mark of `IMPOSSIBLE`, each once; `marks`: how often each."""

    received: int = 0
    late: int = 0
    doubled: int = 0
    impossible: int = 0
    marks: Counter[str] = field(default_factory=Counter)


def of_devices(received: Iterable[tuple[str, Fix]]) -> dict[tuple[str, str], Health]:
    """By vehicle and who sent it. In: by vehicle, in order of time; beside each other stand the positions of one sender."""
    found: dict[tuple[str, str], Health] = {}
    for vehicle, sent in groupby(received, lambda one: one[1].vehicle):
        senders: dict[str, list[Fix]] = {}
        for source, fix in sent:
            senders.setdefault(source, []).append(fix)
        for source, fixes in senders.items():
            found[vehicle, source] = _health(fixes)
    return found


def _health(fixes: list[Fix]) -> Health:
    health = Health(received=len(fixes))
    for marks in beside(fixes):
        health.marks.update(str(mark) for mark in marks)
        health.late += Mark.LATE in marks
        health.doubled += Mark.DOUBLED in marks
        health.impossible += not IMPOSSIBLE.isdisjoint(marks)
    return health
