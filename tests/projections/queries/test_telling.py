"""What an event says beyond its facts is told, and what its facts tell is not told twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.kernel.events import Event, FactCorrected, FactWithdrawn
from domain.warehouse.lot_events import LotIssued
from projections.queries.telling import beyond_facts, event_words, fields, ids_of_changes, ids_of_fields
from tests.golden import SAMPLES

OWN = [event for event in SAMPLES if not isinstance(event, FactCorrected | FactWithdrawn)]


def sample(name: str) -> Event:
    return next(event for event in SAMPLES if type(event).__name__ == name)


def told(name: str) -> list[tuple[str, str]]:
    return [(field["zh"], field["said"]["zh"]) for field in fields(sample(name), beyond_facts(sample(name)), {})]


@pytest.mark.parametrize("event", OWN, ids=lambda event: event.topic)
def test_every_value_of_an_event_is_a_fact_or_is_told_beside(event: Event) -> None:
    beside = {name for name, _ in beyond_facts(event)}
    facts = list(event.facts())
    texts = {str(one) for fact in facts for one in (fact.value, fact.start, fact.end, fact.member, fact.facet)}
    for name in set(type(event).__struct_fields__) - set(Event.__struct_fields__) - beside:
        given: Any = getattr(event, name)
        values = given if isinstance(given, tuple) else (given,)
        if not isinstance(given, bool) and given not in (None, "", ()):
            assert all(any(str(one) in text for text in texts) for one in values), name


def test_costs_are_told_one_by_one() -> None:
    assert ("费用", "过路过桥费，¥70.00，京藏高速；停车费，¥12.50") in told("JourneyClosed")


def test_what_the_facts_tell_is_not_told_twice() -> None:
    for name in ("RoomSplit", "RoomAssigned", "BuildingRegistered", "LotShelved", "OccupantMovedIn"):
        assert told(name) == []
    assert [zh for zh, _ in told("LotIssued")] == ["领用人", "说明"]


def test_a_persons_name_is_sealed_and_called_what_a_persons_name_is_called() -> None:
    assert told("PersonContactChanged")[0] == ("姓名", "（密封）")


def test_a_correction_says_what_it_says_anew() -> None:
    assert event_words("registry.FactCorrected", "premises.RoomAssigned") == (
        "更正：分配给单位",
        "Corrected: Assigned to a unit",
    )
    assert event_words("registry.FactWithdrawn", None)[0] == "撤回错误记录"


def test_everything_that_is_named_can_be_looked_up() -> None:
    issued = sample("LotIssued")
    assert isinstance(issued, LotIssued)
    assert set(ids_of_fields(beyond_facts(issued))) == {issued.receiver}
    unit, person = str(UUID(int=1)), str(UUID(int=2))
    changes = [
        ["using_unit", "", None, unit, "", None],
        ["occupant", person, person, None, "", None],
        ["net_area", "", "24.00", "30.00", "", None],
    ]
    assert set(ids_of_changes("rooms", changes)) == {unit, person}
    assert set(ids_of_changes("lots", [["issued", f"{unit}/7", None, "3", "", None]])) == {unit}
