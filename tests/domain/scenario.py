"""Given events, when a command, then events: the way every domain test is written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid5

import msgspec
import pytest

from domain.kernel.aggregate import Aggregate
from domain.kernel.errors import Refusal
from domain.kernel.events import Event
from domain.kernel.mandate import Actor, Document, Mandate

A = TypeVar("A", bound=Aggregate)

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
STAMP = {"originator_id", "originator_version"}


def day(text: str) -> datetime:
    """A day, as its start in UTC: enough for tests that compare days."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def an_id(name: str) -> UUID:
    """The same name is the same id."""
    return uuid5(UUID(int=0), name)


def mandate(
    effective: str | datetime = NOW, *, documents: tuple[str, ...] = ("宁管发〔2026〕1号",), user: str = "li"
) -> Mandate:
    moment = day(effective) if isinstance(effective, str) else effective
    return Mandate(
        actor=Actor(user=user, unit="区机关事务管理局", role="premises-officer"),
        reason="年度调整",
        documents=tuple(Document(number=number) for number in documents),
        effective=moment,
        received=NOW,
    )


class Scenario(Generic[A]):
    """One aggregate with a past, and what a command did to it."""

    def __init__(self, aggregate: A) -> None:
        self.aggregate = aggregate
        aggregate.collect_events()

    def when(self, decide: Callable[[A], object]) -> Scenario[A]:
        decide(self.aggregate)
        return self

    def correcting(self, version: int, decide: Callable[[A], object]) -> Scenario[A]:
        self.aggregate.begin_correction(version)
        return self.when(decide)

    def then(self, *expected: tuple[type[Event], dict[str, Any]] | type[Event]) -> Scenario[A]:
        """The events are exactly these; of each, the given fields have these values. And a replay tells the same."""
        recorded = list(self.aggregate.pending)
        wanted = [one if isinstance(one, tuple) else (one, {}) for one in expected]
        assert [type(event) for event in recorded] == [kind for kind, _ in wanted]
        for event, (_, fields) in zip(recorded, wanted, strict=True):
            said = {name: getattr(event, name) for name in fields}
            assert said == fields
        return self

    def refused(self, refusal: type[Refusal], decide: Callable[[A], object]) -> Refusal:
        """The command is refused by this rule, in both languages, and nothing is recorded."""
        with pytest.raises(refusal) as caught:
            decide(self.aggregate)
        assert not self.aggregate.pending
        for message in (caught.value.message_zh, caught.value.message_en):
            assert message
            assert "<" not in message, f"a message lacks data: {message}"
        return caught.value


def given(aggregate: A, *commands: Callable[[A], object]) -> Scenario[A]:
    """An aggregate to which these commands were given before."""
    for decide in commands:
        decide(aggregate)
    return Scenario(aggregate)


def replayed(aggregate: A, events: list[Event]) -> A:
    """A new aggregate from the same events, by way of their stored form."""
    twin = type(aggregate)(aggregate.id)
    for event in events:
        twin.apply(msgspec.json.decode(msgspec.json.encode(event), type=type(event)))
    return twin
