"""Random histories of every kind of thing: late, future and bounded facts, equal beginnings, corrections of corrections.

The events are made from the golden samples, with other moments and other values; no aggregate has judged them, so a history
may also tell what no command would. `choose` answers with a number below the one it is given: hypothesis or chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import EnumType
from functools import cache
from types import NoneType
from typing import Any, TypeAlias, get_args, get_type_hints
from uuid import UUID

from hypothesis import strategies as st
from msgspec.structs import replace

from domain.catalogue import AGGREGATES, BIRTHS
from domain.kernel.events import Event, FactCorrected, FactWithdrawn, Stamp, Statement
from domain.kernel.places import Outline, Point
from projections.stream import Record
from tests.domain.scenario import an_id
from tests.golden import SAMPLES

Choose: TypeAlias = Callable[[int], int]

KINDS = [cls.kind for cls in AGGREGATES]
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 10
FIRST_POSITION, STRIDE = 1000, 7
"""Where a history stands in a log that holds others too."""

NASTY = 'a,"b"\\ \\n\n\t\'{null}, 中文😀\u2028]\n[\\.'
"""Everything that quoting can get wrong."""

_IDS = tuple(an_id(name) for name in ("甲", "乙", "丙"))
_STAMP = frozenset(Stamp.__annotations__)


def kind_of(sample: Event) -> str | None:
    """The kind of thing in whose stream this sample stands; None for corrections, which stand in all."""
    if isinstance(sample, FactCorrected | FactWithdrawn):
        return None
    if type(sample) in BIRTHS:
        return BIRTHS[type(sample)].kind
    if sample.topic.startswith("organisations."):  # the samples of units and people are about one id
        return "people" if sample.topic.startswith("organisations.Person") else "units"
    if sample.topic == "vehicles.VehicleCharged":  # the electric car of the samples was never registered
        return "vehicles"
    return next(BIRTHS[type(e)].kind for e in SAMPLES if e.originator_id == sample.originator_id and type(e) in BIRTHS)


TEMPLATES: dict[str, list[Event]] = {kind: [e for e in SAMPLES if kind_of(e) == kind] for kind in KINDS}


@st.composite
def histories(draw: st.DrawFn, kind: str, most: int = 12) -> list[Record]:
    def choose(below: int) -> int:
        return draw(st.integers(0, below - 1))

    return recorded(history(kind, an_id(kind), choose, 1 + choose(most)))


def recorded(events: Iterable[Event]) -> list[Record]:
    """The events as a log with other streams between them would hold them."""
    return [
        Record(FIRST_POSITION + STRIDE * n, BEGIN + timedelta(days=100, seconds=n), event)
        for n, event in enumerate(events)
    ]


def history(kind: str, id: UUID, choose: Choose, length: int) -> list[Event]:
    """A thing's events in the order of the log; corrections and withdrawals name events that still stand."""
    return list(_told(kind, id, choose, length))


def _told(kind: str, id: UUID, choose: Choose, length: int) -> Iterator[Event]:
    births = [event for event in TEMPLATES[kind] if type(event) in BIRTHS]
    others = [event for event in TEMPLATES[kind] if type(event) not in BIRTHS]
    standing: dict[int, Event] = {}
    birth = 1
    for version in range(1, length + 1):
        stamp = Stamp(originator_id=id, originator_version=version, effective=_moment(choose))
        able = [of for of, said in standing.items() if said.correctable]
        action = choose(6)
        if not standing:
            standing[version] = event = _varied(births[choose(len(births))], stamp, choose)
        elif action == 0 and able:
            of = able[choose(len(able))]
            standing[version] = said = _varied(standing.pop(of), stamp, choose)
            birth = version if of == birth else birth
            event = FactCorrected(**stamp, of=of, statement=Statement.of(said))
        elif action == 1 and set(able) - {birth}:
            of = sorted(set(able) - {birth})[choose(len(set(able) - {birth}))]
            del standing[of]
            event = FactWithdrawn(**stamp, of=of)
        else:
            standing[version] = event = _varied(others[choose(len(others))], stamp, choose)
        yield event


def _moment(choose: Choose) -> datetime:
    """Near each other and often the same: papers carry dates."""
    return BEGIN + timedelta(days=choose(DAYS), hours=12 * (choose(4) // 3))


def _varied(event: Event, stamp: Stamp, choose: Choose) -> Event:
    """The same kind of event, another day, with some of its values changed."""
    turn = choose(64)
    changed = {}
    for number, (name, types) in enumerate(_fields(type(event))):
        values = [value for type in types for value in _values(type, stamp["effective"])]
        which = (turn * 31 + number * 17) % (2 * len(values) + 1)
        if which < len(values):
            changed[name] = values[which]
    return replace(event, **stamp, **changed)


@cache
def _fields(cls: type[Event]) -> tuple[tuple[str, tuple[type, ...]], ...]:
    hints = get_type_hints(cls)
    return tuple(
        (name, get_args(hints[name]) if NoneType in get_args(hints[name]) else (hints[name],))
        for name in cls.__struct_fields__
        if name not in _STAMP
    )


def _values(type: Any, effective: datetime) -> tuple[Any, ...]:
    if isinstance(type, EnumType):
        return tuple(type)
    if type is datetime:
        return tuple(effective + timedelta(days=days) for days in (1, 3, 8))
    return _VALUES.get(type, ())


_VALUES: dict[Any, tuple[Any, ...]] = {
    NoneType: (None,),
    bool: (True, False),
    int: (1, 2, 70_000),
    str: ("甲", "旧 名", NASTY, ""),
    Decimal: (Decimal("0.50"), Decimal(3), Decimal("12000.00")),
    UUID: _IDS,
    date: (date(2026, 3, 1), date(2026, 3, 2)),
    tuple[str, ...]: ((), ("甲", NASTY)),
    **{
        cls: tuple(
            dict.fromkeys(v for e in SAMPLES for name in e.__struct_fields__ if isinstance(v := getattr(e, name), cls))
        )
        for cls in (Outline, Point)
    },
}
