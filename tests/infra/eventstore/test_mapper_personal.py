"""Personal fields are sealed in the log, and open only where they were sealed."""

from __future__ import annotations

from uuid import UUID, uuid4

import msgspec
import pytest

from domain.organisations.events import PersonContactChanged, PersonJoined
from domain.organisations.terms import Rank, StaffType
from infra.eventstore.mapper import UnreadableRecord
from tests.domain.scenario import day
from tests.infra.eventstore.mapped import a_correction, as_it_came_back, stored
from tests.stores import Store


def _joined(person: UUID) -> PersonJoined:
    return PersonJoined(
        originator_id=person,
        originator_version=1,
        effective=day("2026-03-01"),
        name="王小明",
        phone="13812345678",
        id_number=None,
        unit=uuid4(),
        staff_type=StaffType.ESTABLISHED,
        rank=Rank.STAFF,
    )


def test_personal_fields_are_sealed_in_the_log_and_come_back_open(store: Store) -> None:
    event = _joined(uuid4())
    stored = store.mapper.to_stored_event(event)
    for secret in ("王小明", "\\u738b", "13812345678"):
        assert secret.encode() not in stored.state
    assert msgspec.json.decode(stored.state)["id_number"] is None
    assert as_it_came_back(store, event) == event


def test_personal_fields_of_a_correction_are_sealed_too(store: Store) -> None:
    correction = a_correction(_joined(uuid4()))
    stored = store.mapper.to_stored_event(correction)
    assert "王小明".encode() not in stored.state
    assert b"13812345678" not in stored.state
    assert as_it_came_back(store, correction) == correction


def test_nothing_personal_reaches_any_column_of_the_log(store: Store) -> None:
    event = _joined(uuid4())
    store.append(event)
    row = store.recorder.events_of(event.originator_id)[0]
    assert b"13812345678" not in row.state + row.mandate


@pytest.mark.parametrize("change", ["another person", "another field", "another type", "bare", "altered"])
def test_a_sealed_field_opens_only_where_it_was_sealed(store: Store, change: str) -> None:
    event, other = _joined(uuid4()), _joined(uuid4())
    state = msgspec.json.decode(store.mapper.to_stored_event(event).state)
    foreign = msgspec.json.decode(store.mapper.to_stored_event(other).state)
    renaming = PersonContactChanged(
        originator_id=event.originator_id, originator_version=1, effective=event.effective, name="x", phone=None
    )
    elsewhere = msgspec.json.decode(store.mapper.to_stored_event(renaming).state)
    state["name"] = {
        "another person": foreign["name"],
        "another field": state["phone"],
        "another type": elsewhere["name"],
        "bare": "王小明",
        "altered": {"sealed": "A" + state["name"]["sealed"][1:][::-1]},
    }[change]
    with pytest.raises(UnreadableRecord):
        store.mapper.to_domain_event(stored(event, msgspec.json.encode(state)))
