"""Stored events are for ever: every type has a golden sample, and every sample ever shipped still loads."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent

from domain.kernel.events import EVENTS, Event
from tests.golden import FOLDER, MAPPER, SAMPLES, path_of

FILES = sorted(FOLDER.glob("*.json"))


def load(path: Path) -> object:
    topic, _ = path.stem.rsplit(".v", 1)
    state = path.read_bytes()
    said = msgspec.json.decode(state)
    return MAPPER.to_domain_event(StoredEvent(UUID(said["originator_id"]), said["originator_version"], topic, state))


def test_every_event_type_has_a_golden_sample_of_its_current_version() -> None:
    missing = [topic for topic, cls in EVENTS.items() if not path_of(topic, cls.class_version).exists()]
    assert not missing, f"add a sample to the context's samples.py, then run: python -m tests.golden ({missing})"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_sample_still_loads(path: Path) -> None:
    topic, version = path.stem.rsplit(".v", 1)
    event = load(path)
    assert type(event) is EVENTS[topic]
    assert int(version) <= EVENTS[topic].class_version


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: event.topic)
def test_a_sample_reads_as_it_was_stored(event: Event) -> None:
    assert load(path_of(event.topic, event.class_version)) == event
