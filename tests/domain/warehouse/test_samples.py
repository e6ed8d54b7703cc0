"""Every event type of this context has a sample, loads from its stored form, and states facts that can be stored."""

from __future__ import annotations

import msgspec
import pytest

from domain.kernel.commands import commands_of
from domain.kernel.events import EVENTS, Event, revive
from domain.warehouse.facets import ITEM_STATUS
from domain.warehouse.item import Item
from domain.warehouse.lot import Lot
from domain.warehouse.states import STATES, TAKEN, WORDS
from domain.warehouse.terms import ItemStatus
from domain.warehouse.warehouse import Warehouse
from tests.domain.warehouse.samples import SAMPLES


def test_every_topic_has_one_sample() -> None:
    topics = sorted(topic for topic in EVENTS if topic.startswith("warehouse."))
    assert sorted(sample.topic for sample in SAMPLES) == topics


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.topic)
def test_a_stored_event_loads_as_it_was(sample: Event) -> None:
    stored = msgspec.json.decode(msgspec.json.encode(sample))
    revived = revive(sample.topic, sample.class_version, stored)
    assert revived == sample
    assert list(revived.facts()) == list(sample.facts())
    assert all(fact.start >= sample.effective for fact in sample.facts())


def test_every_event_that_states_an_item_status_is_a_step_with_its_place_in_the_table() -> None:
    stating = {type(one) for one in SAMPLES if any(fact.facet == ITEM_STATUS.name for fact in one.facts())}
    assert stating == set(TAKEN)


def test_every_state_can_be_reached_and_is_described() -> None:
    assert {status for step in TAKEN.values() for status in step.to} == set(ItemStatus) == set(STATES)
    assert {facet.name for holds in STATES.values() for facet in (*holds.has, *holds.lacks)} <= set(WORDS)


def test_every_command_speaks_both_languages() -> None:
    commands = list(commands_of(Warehouse, Item, Lot))
    assert len({command.key for command in commands}) == len(commands)
    assert all(command.zh and command.en for command in commands)
