"""Every cost that an event tells is an entry, known from the position that told it until the one that took it back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from types import NoneType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.events import EVENTS, Event
from domain.vehicles.journey_events import JourneyClosed
from projections import models
from projections.stream import Record
from projections.upkeep import entries_of
from tests.golden import SAMPLES
from tests.projections.brute import Told, stated
from tests.projections.histories import histories
from tests.projections.test_models import bounded, each_kind, folded

COSTS = ("cost", "premium", "loss")

NOT_COSTS = {
    "income": "what comes in: a vehicle's is an entry of its own kind, an item's a column; a building's stands in its event",
    "price": "what a thing was bought for: its value",
    "value": "what a thing is worth in the books",
    "unit_price": "what one of a lot is worth",
    "estimate": "what a repair may cost, before it is approved; the bill comes with RepairDone",
    "amount": "what was approved for a repair",
    "budget": "what may be spent on a repair",
}
"""Amounts of money that events tell and that are no cost, with the reason."""

NOT_MONEY = {
    *("area", "remaining", "extension_area", "gross_area", "net_area", "land_area"),
    *("litres", "kilowatt_hours", "quantity", "expected", "found"),
}


def amounts(event: Event) -> Iterator[Decimal]:
    """What an event costs, by the names of its fields."""
    yield from (getattr(event, name) for name in event.__struct_fields__ if name in COSTS)
    if isinstance(event, JourneyClosed):
        yield from (cost.amount for cost in event.costs)
    if event.topic == "vehicles.VehicleDisposed":
        yield -getattr(event, "income", Decimal(0))


@each_kind
@given(data=st.data())
@bounded
def test_what_a_thing_cost_is_known_from_when_it_was_told_until_it_was_taken_back(
    kind: str, data: st.DataObject
) -> None:
    records = data.draw(histories(kind))
    told = Told(records)
    gone = {told.corrected_by(record): record.position for record in records}
    expected = [
        (record.position, line, amount, said.effective, gone.get(record.position))
        for record in records
        if (said := stated(record.event)) is not None
        for line, amount in enumerate(amounts(said))
    ]
    assert sorted(entered(records), key=lambda one: one[:2]) == expected


def entered(records: list[Record]) -> list[tuple[Any, ...]]:
    names = [column.name for column in models.table("upkeep").columns]
    rows = [dict(zip(names, row, strict=True)) for row in models.rows(folded(records)).get("upkeep", [])]
    assert all(row["since"] == row["position"] for row in rows)
    return [(row["position"], row["line"], row["amount"], row["happened"], row["until"]) for row in rows]


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: event.topic)
def test_every_event_that_costs_something_gives_its_entries(event: Event) -> None:
    assert [entry.amount for entry in entries_of(event, None)] == list(amounts(event))


def test_no_amount_that_an_event_tells_was_forgotten() -> None:
    named = {
        name
        for cls in EVENTS.values()
        for name, type in get_type_hints(cls).items()
        if type is Decimal or get_args(type) == (Decimal, NoneType)
    }
    assert named == {*COSTS, *NOT_COSTS, *NOT_MONEY}
