"""Events: what happened, in the past tense, for ever.

Every event type has an explicit topic (`@recorded_as`), so that moving code never renames history, and a class version with
upcasters, so that old records keep loading. `EVENTS` is the index of everything that can ever happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, ClassVar, TypedDict, TypeVar
from uuid import UUID

import msgspec

from domain.kernel.facts import Fact

EVENTS: dict[str, type[Event]] = {}


class Stamp(TypedDict):
    """What an aggregate puts on each of its events."""

    originator_id: UUID
    originator_version: int
    effective: datetime


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A business fact in the stream of one aggregate, true from `effective`.

    `facts()` says what it states about which facet: aggregates and the timeline both fold these, nothing else.
    """

    topic: ClassVar[str]
    class_version: ClassVar[int] = 1
    personal: ClassVar[frozenset[str]] = frozenset()
    correctable: ClassVar[bool] = False

    originator_id: UUID
    originator_version: int
    effective: datetime

    def facts(self) -> Iterator[Fact[Any]]:
        """The facts that this event states."""
        yield from ()


E = TypeVar("E", bound=Event)


def recorded_as(
    topic: str, *, personal: tuple[str, ...] = (), correctable: bool = False
) -> Callable[[type[E]], type[E]]:
    """Gives an event type its permanent topic.

    `personal` names the fields that are sealed with the person's key before they reach the log; `correctable` says that
    a later event may correct what this one stated.
    """

    def register(cls: type[E]) -> type[E]:
        if topic in EVENTS:
            raise TypeError(f"two event types claim the topic {topic}: {EVENTS[topic].__name__} and {cls.__name__}")
        cls.topic, cls.personal, cls.correctable = topic, frozenset(personal), correctable
        EVENTS[topic] = cls
        return cls

    return register


def revive(topic: str, class_version: int, state: dict[str, Any]) -> Event:
    """The event that was stored, brought up to today's version of its type; refuses what it does not know."""
    cls = EVENTS[topic]
    if not 1 <= class_version <= cls.class_version:
        raise ValueError(f"version {class_version} of {topic} is unknown here, which knows {cls.class_version}")
    for version in range(class_version, cls.class_version):
        getattr(cls, f"upcast_v{version}_v{version + 1}")(state)
    return msgspec.convert(state, cls)


class Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a correction puts in the place of the event it corrects: an event of the same type, kept inside."""

    topic: str
    class_version: int
    state: dict[str, Any]

    @classmethod
    def of(cls, event: Event) -> Statement:
        return cls(
            topic=event.topic, class_version=event.class_version, state=msgspec.json.decode(msgspec.json.encode(event))
        )

    def event(self) -> Event:
        return revive(self.topic, self.class_version, dict(self.state))


@recorded_as("registry.FactCorrected")
class FactCorrected(Event, frozen=True):
    """The event recorded as version `of` of this stream was wrong; `statement` is what it should have said."""

    of: int
    statement: Statement

    def facts(self) -> Iterator[Fact[Any]]:
        yield from self.statement.event().facts()


@recorded_as("registry.FactWithdrawn")
class FactWithdrawn(Event, frozen=True):
    """The event recorded as version `of` of this stream never happened."""

    of: int
