"""Costs, trips and loans of any moment, as known at any position, against what the aggregates and their events say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest

from domain.catalogue import BIRTHS
from domain.kernel.aggregate import Aggregate
from domain.kernel.events import Event, FactCorrected, FactWithdrawn
from domain.vehicles.facets import DISTANCE, JOURNEY_STATUS, USING_UNIT, VEHICLE
from domain.vehicles.journey_events import JourneyClosed
from domain.vehicles.terms import JourneyStatus
from domain.vehicles.upkeep_events import VehicleCharged, VehicleInsured, VehicleRefuelled
from domain.warehouse.facets import ITEM_STATUS, LOAN_DUE, LOAN_UNIT
from domain.warehouse.terms import ItemStatus
from infra.cluster import Urls
from projections.queries import lists, loans, upkeep
from projections.queries.listed import LOANS
from projections.queries.lists import Wanted
from projections.queries.upkeep import Chosen, Period
from projections.queries.view import View
from tests.projections.viewing import Generation, a_region, generation_of

EVENTS = 6_000
DRIVEN: frozenset[JourneyStatus | None] = frozenset(
    [JourneyStatus.DEPARTED, JourneyStatus.RETURNED, JourneyStatus.CLOSED]
)
random = Random(11)  # noqa: S311 -- repeatable, not secret


@pytest.fixture(scope="module")
def region(module_database: Urls) -> Iterator[Generation]:
    with generation_of(module_database, a_region(EVENTS, 5)) as generation:
        yield generation


def moments(region: Generation) -> Iterator[View]:
    for _ in range(12):
        at = datetime(2016, 6, 1, tzinfo=UTC) + timedelta(days=random.randrange(3_700))
        yield region.view(at, random.choice([None, random.randrange(1, region.position)]))


def known_events(region: Generation, view: View) -> Iterator[list[Event]]:
    """Of each stream, what was recorded by then."""
    for records in region.streams.values():
        known = [record.event for record in records if view.known is None or record.position <= view.known]
        if known:
            yield known


def things(region: Generation, view: View, kind: str) -> list[Aggregate]:
    found = []
    for events in known_events(region, view):
        cls = BIRTHS[type(events[0])]
        if cls.kind == kind:
            thing = cls(events[0].originator_id)
            for event in events:
                thing.apply(event)
            found.append(thing)
    return found


def standing(events: list[Event]) -> list[Event]:
    """What is said of these events in the end: corrected ones by what was said instead, withdrawn ones by nothing."""
    said: dict[int, Event | None] = {}
    for event in events:
        if isinstance(event, FactCorrected | FactWithdrawn):
            said[event.of] = None
            said[event.originator_version] = event.statement.event() if isinstance(event, FactCorrected) else None
        else:
            said[event.originator_version] = event
    return [event for event in said.values() if event is not None]


def paid(region: Generation, view: View, kind: type[Any], field: str) -> dict[UUID | None, Decimal]:
    """What was paid for this by then, by the unit that used the vehicle when it was paid."""
    users = {thing.id: thing for thing in things(region, view, "vehicles")}
    found: dict[UUID | None, Decimal] = defaultdict(Decimal)
    for events in known_events(region, view):
        for event in standing(events):
            if isinstance(event, kind) and event.effective <= view.at:
                user = users[events[0].originator_id].at(USING_UNIT, event.effective)
                found[user] += getattr(event, field)
    return {unit: amount for unit, amount in found.items() if amount}


@pytest.mark.parametrize(
    ("kind", "field", "figure"), [(VehicleRefuelled, "cost", "fuel"), (VehicleInsured, "premium", "insurance")]
)
def test_a_cost_counts_to_the_unit_that_used_the_vehicle_then(
    region: Generation, kind: type[Any], field: str, figure: str
) -> None:
    for view in moments(region):
        rows = upkeep.summary(view, ["unit"], Chosen(), Period()).rows()
        told = {row["unit"]: row[figure] for row in rows if row[figure]}
        expected = paid(region, view, kind, field)
        if figure == "fuel":
            for unit, amount in charged(region, view).items():
                expected[unit] = expected.get(unit, Decimal(0)) + amount
        assert told == expected


def charged(region: Generation, view: View) -> dict[UUID | None, Decimal]:
    return paid(region, view, VehicleCharged, "cost")


def test_trips_are_the_journeys_whose_vehicle_has_left(region: Generation) -> None:
    for view in moments(region):
        journeys = [one for one in things(region, view, "journeys") if one.at(JOURNEY_STATUS, view.at) in DRIVEN]
        expected: dict[UUID | None, tuple[int, int]] = {}
        for journey in journeys:
            vehicle = journey.at(VEHICLE, view.at)
            trips, distance = expected.get(vehicle, (0, 0))
            expected[vehicle] = trips + 1, distance + (journey.at(DISTANCE, view.at) or 0)
        rows = upkeep.summary(view, ["vehicle"], Chosen(), Period()).rows()
        assert {row["vehicle"]: (row["trips"], row["distance"]) for row in rows if row["trips"]} == expected


def test_what_a_journey_cost_belongs_to_its_purpose(region: Generation) -> None:
    view = region.view(datetime(2026, 6, 1, tzinfo=UTC))
    told = sum(
        (cost.amount for events in known_events(region, view) for event in standing(events)
         if isinstance(event, JourneyClosed) for cost in event.costs), Decimal(0),
    )  # fmt: skip
    rows = upkeep.summary(view, ["purpose"], Chosen(), Period()).rows()
    assert sum(row["total"] for row in rows if row["purpose"]) == told > 0


def test_what_is_lent_is_what_the_items_themselves_say(region: Generation) -> None:
    for view in moments(region):
        lent = [item for item in things(region, view, "items") if item.at(ITEM_STATUS, view.at) is ItemStatus.LENT]
        rows = lists.question(view, Wanted(LOANS), 10_000).rows()
        assert {row["asset"]: (row["borrower"], row["due"]) for row in rows} == {
            item.id: (item.at(LOAN_UNIT, view.at), item.at(LOAN_DUE, view.at)) for item in lent
        }
        by_unit = {row["borrower"]: row["items"] for row in loans.borrowers(view, Wanted(LOANS))}
        assert sum(by_unit.values()) == len(lent)
