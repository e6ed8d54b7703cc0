"""Stored bytes that are not such an event are refused; those of former versions are brought up to today."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent

from domain.kernel.events import Event, FactCorrected, Statement
from domain.organisations.events import PersonJoined
from infra.eventstore.mapper import UnreadableRecord
from tests.infra.eventstore.mapped import Everything, Grown, a_correction, as_it_came_back, everything, stored
from tests.stores import MANDATE, Store, established, renamed

pytestmark = pytest.mark.usefixtures("temporary_types")


def _changed(store: Store, event: Event, **changes: Any) -> StoredEvent:
    state = msgspec.json.decode(store.mapper.to_stored_event(event).state)
    return stored(event, msgspec.json.encode({**state, **changes}))


UNREADABLE: dict[str, dict[str, Any]] = {
    "unknown field": {"surprise": 1},
    "text for number": {"number": "1"},
    "number for text": {"text": 1},
    "no tuple": {"ids": "x"},
    "no moment": {"effective": "yesterday"},
    "unknown term": {"colour": "blue"},
    "no id": {"originator_id": "x"},
    "a version of a type that has one only": {"class_version": 2},
}


@pytest.mark.parametrize("changes", UNREADABLE.values(), ids=UNREADABLE)
def test_stored_bytes_that_are_not_such_an_event_are_refused(store: Store, changes: dict[str, Any]) -> None:
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(_changed(store, everything(), **changes))


@pytest.mark.parametrize("state", [b"", b"{", b"[]", b"null", b"1", b"\xff", b'{"a": NaN}', b"{}"])
@pytest.mark.parametrize("kind", [Everything, Grown, FactCorrected, PersonJoined])
def test_stored_bytes_that_are_no_event_at_all_are_refused(store: Store, kind: type[Event], state: bytes) -> None:
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(StoredEvent(uuid4(), 1, kind.topic, state))


def test_an_event_type_that_nobody_knows_is_refused(store: Store) -> None:
    event = everything()
    state = store.mapper.to_stored_event(event).state
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(StoredEvent(event.originator_id, 1, "test.Forgotten", state))


def test_a_missing_field_is_refused(store: Store) -> None:
    unit = renamed(uuid4(), 2)
    state = msgspec.json.decode(store.mapper.to_stored_event(unit).state)
    del state["name"]
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(stored(unit, msgspec.json.encode(state)))


def test_a_state_moved_to_another_stream_or_version_is_refused(store: Store) -> None:
    event = everything()
    state = store.mapper.to_stored_event(event).state
    for place in ((uuid4(), 1), (event.originator_id, 2)):
        with pytest.raises(UnreadableRecord):
            store.mapper.to_domain_event(StoredEvent(*place, event.topic, state))


def test_a_state_moved_to_another_type_is_refused(store: Store) -> None:
    event = everything()
    state = store.mapper.to_stored_event(event).state
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(StoredEvent(event.originator_id, 1, "organisations.UnitRenamed", state))


def _grown() -> Grown:
    return Grown(originator_id=uuid4(), originator_version=1, effective=MANDATE.effective, name="东楼", floors=6)


def _first_version(event: Grown, **more: Any) -> bytes:
    stamp = {"originator_id": event.originator_id, "originator_version": 1, "effective": event.effective}
    return msgspec.json.encode({**stamp, "title": "东楼", **more})


def test_a_type_that_has_grown_says_its_version_and_comes_back(store: Store) -> None:
    event = _grown()
    assert msgspec.json.decode(store.mapper.to_stored_event(event).state)["class_version"] == 2
    assert as_it_came_back(store, event) == event


def test_a_record_of_the_first_version_is_brought_up_to_today(store: Store) -> None:
    event = _grown()
    loaded = store.mapper.to_domain_event(stored(event, _first_version(event)))
    assert loaded == msgspec.structs.replace(event, floors=1)


@pytest.mark.parametrize("version", [0, -1, 3, 99, "2", None])
def test_a_version_that_this_program_does_not_know_is_refused(store: Store, version: object) -> None:
    event = _grown()
    state = msgspec.json.encode({**msgspec.to_builtins(event), "class_version": version})
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(stored(event, state))


def test_an_old_record_that_is_damaged_is_refused_and_not_guessed(store: Store) -> None:
    event = _grown()
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(stored(event, _first_version(event, surprise=1)))
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(stored(event, _first_version(event).replace(b"title", b"name!")))


def test_a_correction_comes_back_with_what_it_says_instead(store: Store) -> None:
    event = established(name="区资产二科")
    correction = a_correction(event)
    returned = as_it_came_back(store, correction)
    assert returned == correction
    assert isinstance(returned, FactCorrected)
    assert returned.statement.event() == event
    assert list(returned.facts()) == list(event.facts())


def test_a_correction_of_an_old_version_is_brought_up_to_today() -> None:
    event = _grown()
    statement = Statement(topic="test.Grown", class_version=1, state=msgspec.json.decode(_first_version(event)))
    assert statement.event() == msgspec.structs.replace(event, floors=1)
