"""Events that only tests record, and how they come back from the log."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid4

import msgspec
from eventsourcing.persistence import StoredEvent

from domain.kernel.events import Event, FactCorrected, Statement
from domain.kernel.labels import Term
from tests.stores import MANDATE, Store

MOMENT = datetime(2026, 3, 1, 8, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))


class Colour(Term):
    RED = "red", "红", "Red"


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    share: Decimal


class Everything(Event, frozen=True):
    """One field of every shape that events use."""

    text: str = ""
    number: int = 0
    ratio: float = 0.0
    money: Decimal = Decimal(0)
    moment: datetime = MOMENT
    day: date = date(2026, 3, 1)
    id: UUID = UUID(int=0)
    ids: tuple[UUID, ...] = ()
    pairs: tuple[tuple[str, int], ...] = ()
    parts: tuple[Part, ...] = ()
    colour: Colour | None = None
    flag: bool = False
    shape: dict[str, Any] = msgspec.field(default_factory=dict)


class Grown(Event, frozen=True):
    """Its first version had one field less and another name for the other."""

    class_version: ClassVar[int] = 2

    name: str
    floors: int

    @staticmethod
    def upcast_v1_v2(state: dict[str, Any]) -> None:
        state["name"] = state.pop("title")
        state["floors"] = 1


def everything(**said: Any) -> Everything:
    return Everything(originator_id=uuid4(), originator_version=1, effective=MANDATE.effective, **said)


def stored(event: Event, state: bytes) -> StoredEvent:
    return StoredEvent(event.originator_id, event.originator_version, event.topic, state)


def as_it_came_back(store: Store, event: Event) -> Event:
    """By way of the database, as every event comes back."""
    store.append(event)
    return store.mapper.to_domain_event(store.recorder.select_events(event.originator_id)[-1])


def a_correction(event: Event) -> FactCorrected:
    return FactCorrected(
        originator_id=event.originator_id,
        originator_version=1,
        effective=MANDATE.effective,
        of=1,
        statement=Statement.of(event),
    )
