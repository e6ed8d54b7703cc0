"""The samples cover every event of the context, and each survives being stored."""

import msgspec
import pytest

from domain.kernel.commands import commands_of
from domain.kernel.events import EVENTS, Event, revive
from domain.premises.building import Building
from domain.premises.compound import Compound
from domain.premises.room import Room
from tests.domain.premises.samples import SAMPLES


def test_there_is_one_sample_of_every_event_of_the_context() -> None:
    ours = {topic for topic in EVENTS if topic.startswith("premises.")}
    assert sorted(sample.topic for sample in SAMPLES) == sorted(ours)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.topic)
def test_a_sample_is_the_same_after_it_was_stored(sample: Event) -> None:
    stored = msgspec.json.decode(msgspec.json.encode(sample))
    assert revive(sample.topic, sample.class_version, stored) == sample


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.topic)
def test_a_sample_is_filled_in_full(sample: Event) -> None:
    assert all(getattr(sample, field) not in (None, "", ()) for field in sample.__struct_fields__)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.topic)
def test_every_event_states_something_from_when_it_takes_effect(sample: Event) -> None:
    facts = list(sample.facts())
    assert facts
    assert {fact.start for fact in facts} == {sample.effective}


def test_every_command_of_the_context_has_a_name_of_its_own() -> None:
    names = [command.key for command in commands_of(Compound, Building, Room)]
    assert len(names) == len(set(names))
    for command in commands_of(Compound, Building, Room):
        assert command.zh
        assert command.en
