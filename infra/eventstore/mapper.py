"""Events to stored bytes and back: strict both ways.

What is stored is what will be read: every event is read back before it is handed to the log, so a value that JSON cannot
carry (NaN, a lone surrogate, a list where a tuple belongs) is refused now instead of found out in ten years.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, cast
from uuid import UUID

import msgspec
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.kernel.events import EVENTS, Event, FactCorrected, revive
from infra.vault import SealBroken, Vault

_encode = msgspec.json.Encoder().encode


class EventMapper(Mapper[UUID]):
    """The library's mapper over typed events. Personal fields pass through the vault."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(transcoder=JSONTranscoder())
        self._vault = vault

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        event = cast("Event", domain_event)
        state = encode(event)
        if _may_hold_personal(type(event)):
            state = self._sealed(event, state)
        return StoredEvent(event.originator_id, event.originator_version, event.topic, state)

    def to_domain_event(self, stored_event: StoredEvent) -> Event:
        try:
            event = self._decoded(stored_event)
        except (msgspec.MsgspecError, SealBroken, LookupError, ValueError, TypeError, AttributeError) as error:
            raise UnreadableRecord(_place(stored_event), str(error)) from error
        if (event.originator_id, event.originator_version) != (
            stored_event.originator_id,
            stored_event.originator_version,
        ):
            raise UnreadableRecord(_place(stored_event), "the state belongs to another place in the log")
        return event

    def sealing(self, events: Sequence[Event]) -> EventMapper:
        """The same for these events: keys of the people among them are made and read at once."""
        people = [event.originator_id for event in events if _is_personal(event)]
        return EventMapper(self._vault.for_many(people, make=True)) if people else self

    def unsealing(self, stored: Sequence[StoredEvent]) -> EventMapper:
        people = [cast("UUID", one.originator_id) for one in stored if _may_hold_personal(EVENTS[one.topic])]
        return EventMapper(self._vault.for_many(people, make=False)) if people else self

    def _decoded(self, stored: StoredEvent) -> Event:
        cls = EVENTS[stored.topic]
        if cls.class_version == 1 and not _may_hold_personal(cls):
            return _decoder(cls)(stored.state)
        state: dict[str, Any] = msgspec.json.decode(stored.state)
        self._walk(
            cls, state, lambda field, value: self._vault.unseal(cast("UUID", stored.originator_id), field, value)
        )
        return revive(stored.topic, state.pop("class_version", 1), state)

    def _sealed(self, event: Event, state: bytes) -> bytes:
        fields: dict[str, Any] = msgspec.json.decode(state)
        self._walk(type(event), fields, lambda field, value: self._vault.seal(event.originator_id, field, value))
        return _encode(fields)

    def _walk(self, cls: type[Event], state: dict[str, Any], change: Callable[[str, Any], Any]) -> None:
        """Changes every personal field in place, also within what a correction says instead."""
        if issubclass(cls, FactCorrected):
            said = state["statement"]
            self._walk(EVENTS[said["topic"]], said["state"], change)
        for field in cls.personal:
            if state.get(field) is not None:
                state[field] = change(f"{cls.topic}.{field}", state[field])


def encode(event: Event) -> bytes:
    """The stored form of an event, once it is sure that the same event comes back from it."""
    cls = type(event)
    try:
        state = _encode(event)
        returned: object = _decoder(cls)(state)
        if isinstance(event, FactCorrected):
            # What the correction says instead is kept as bare values: only as the event that it is can it be judged.
            encode(event.statement.event())
        is_same = bool(returned == event)
    except (msgspec.MsgspecError, UnicodeEncodeError, TypeError, ArithmeticError) as error:
        raise UnstorableValue(event.topic, str(error)) from error
    if not is_same:
        raise UnstorableValue(event.topic, "a value would not be read back as it was written")
    if cls.class_version > 1:
        return _encode({"class_version": cls.class_version, **msgspec.json.decode(state)})
    return state


@functools.cache
def _decoder(cls: type[Event]) -> Callable[[bytes], Event]:
    return msgspec.json.Decoder(cls).decode


@functools.cache
def _may_hold_personal(cls: type[Event]) -> bool:
    return bool(cls.personal) or issubclass(cls, FactCorrected)


def _is_personal(event: Event) -> bool:
    stated = EVENTS[event.statement.topic] if isinstance(event, FactCorrected) else type(event)
    return bool(stated.personal)


def _place(stored: StoredEvent) -> str:
    return f"{stored.topic} {stored.originator_id} v{stored.originator_version}"


class UnstorableValue(ValueError):
    """An event holds a value that the log cannot keep faithfully."""

    def __init__(self, topic: str, why: str) -> None:
        super().__init__(f"{topic} cannot be stored: {why}")


class UnreadableRecord(Exception):
    """A stored event no longer loads: the code is too old, or the record was altered."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"the record {place} cannot be read: {why}")
