"""A generated world: the same every time, made of histories that the aggregates accept, and open to further commands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import msgspec
import pytest

from api.cli import main
from api.world.batch import Batch
from api.world.places import outline, point
from api.world.population import populated
from domain.approvals.proposal import Proposal
from domain.catalogue import AGGREGATES, BIRTHS
from domain.kernel.aggregate import Aggregate
from domain.kernel.events import Event, FactCorrected, FactWithdrawn
from domain.kernel.facts import stretches
from domain.kernel.places import CoordinateSystem, DeclaredPoint, DeclaredPolygon, Outline, Point
from domain.registry import projector
from domain.vehicles.fence import Fence
from infra.eventstore.mapper import encode

EVENTS = 20_000
TOLD_APART = {"moved", "issued"}
"""Facets with a member a movement: late among all of them."""


def _world(events: int, seed: int = 1) -> list[Batch]:
    return list(populated(events, seed).batches())


@pytest.fixture(scope="module")
def batches() -> list[Batch]:
    return _world(EVENTS)


@pytest.fixture(scope="module")
def histories(batches: list[Batch]) -> dict[UUID, list[Event]]:
    found: dict[UUID, list[Event]] = defaultdict(list)
    for batch in batches:
        for event in batch.events:
            found[event.originator_id].append(event)
    return found


@pytest.fixture(scope="module")
def aggregates(histories: dict[UUID, list[Event]]) -> list[Aggregate]:
    return [_replayed(events) for events in histories.values()]


def _replayed(events: list[Event]) -> Aggregate:
    aggregate = projector(BIRTHS[type(events[0])])(None, events)
    assert aggregate is not None
    return aggregate


def _lines(batches: list[Batch]) -> Iterator[tuple[str, bytes, bytes]]:
    for batch in batches:
        for event in batch.events:
            mandate = batch.mandates[event.originator_id, event.originator_version]
            yield event.topic, encode(event), msgspec.json.encode(mandate)


def test_there_are_exactly_as_many_events_as_were_asked_for() -> None:
    for events in (1_000, 2_345, EVENTS):
        assert sum(len(batch.events) for batch in _world(events)) == events


def test_the_same_seed_tells_the_same_world_byte_for_byte(batches: list[Batch]) -> None:
    again = _world(EVENTS)
    assert list(_lines(again)) == list(_lines(batches))
    assert [batch.conditions() for batch in again] == [batch.conditions() for batch in batches]


def test_another_seed_or_size_tells_another_world(batches: list[Batch]) -> None:
    first = batches[0].events[0].originator_id
    assert first not in {_world(EVENTS, seed=2)[0].events[0].originator_id, _world(2_000)[0].events[0].originator_id}


def test_every_stream_counts_its_versions_from_one_without_a_gap(histories: dict[UUID, list[Event]]) -> None:
    for events in histories.values():
        assert [event.originator_version for event in events] == list(range(1, len(events) + 1))


def test_every_stream_is_a_history_that_its_aggregate_accepts(aggregates: list[Aggregate]) -> None:
    told_elsewhere = {Proposal, Fence}
    assert {type(aggregate) for aggregate in aggregates} == set(AGGREGATES) - told_elsewhere
    for aggregate in aggregates:
        aggregate.check()
        for facet in aggregate.facets():
            found = list(stretches(aggregate._facts[facet]))
            assert all(one.end is not None and one.end <= two.start for one, two in pairwise(found))


def test_the_log_keeps_the_claims_and_holdings_that_the_aggregates_say(
    batches: list[Batch], aggregates: list[Aggregate]
) -> None:
    claims: dict[tuple[str, str], UUID] = {}
    holdings: dict[tuple[UUID, UUID], datetime | None] = {}
    emptied: dict[UUID, datetime] = {}
    for batch in batches:
        for value, holder in batch.releases.items():
            assert claims.pop(value) == holder
        assert not claims.keys() & batch.claims.keys()
        claims |= batch.claims
        holdings |= batch.holdings
        emptied |= batch.emptied
    assert claims == {claim: one.id for one in aggregates for claim in one.claims()}
    assert holdings == {(holder, one.id): until for one in aggregates for holder, until in one.holders().items()}
    assert emptied == {one.id: one.emptied_from for one in aggregates if one.emptied_from is not None}


def test_late_facts_and_corrections_have_their_shares(histories: dict[UUID, list[Event]]) -> None:
    late = sum(_late_ones(events) for events in histories.values())
    kinds = Counter(type(event) for events in histories.values() for event in events)
    assert 0.04 <= late / EVENTS <= 0.06
    assert 0.005 <= kinds[FactCorrected] / EVENTS <= 0.015
    assert 0.0005 <= kinds[FactWithdrawn] / EVENTS <= 0.005


def test_all_kinds_have_their_shares(histories: dict[UUID, list[Event]]) -> None:
    told: Counter[str] = Counter()
    for events in histories.values():
        told[BIRTHS[type(events[0])].kind] += len(events)
    least = {
        "units": 1, "people": 1, "compounds": 0.05, "buildings": 5, "rooms": 20, "vehicles": 5, "drivers": 2,
        "journeys": 5, "warehouses": 0.05, "items": 12, "lots": 3,
    }  # fmt: skip
    assert set(told) == set(least)
    for kind, percent in least.items():
        assert told[kind] * 100 / EVENTS >= percent, kind


def test_a_world_lasts_about_ten_years_and_has_facts_of_the_future(batches: list[Batch]) -> None:
    said = [mandate for batch in batches for mandate in batch.mandates.values()]
    begun, ended = min(one.received for one in said), max(one.received for one in said)
    assert timedelta(days=8 * 365) < ended - begun < timedelta(days=10 * 365 + 3)
    assert sum(one.effective > one.received for one in said) > EVENTS * 0.01
    assert sum(event.effective != event.effective.replace(microsecond=0) for b in batches for event in b.events) == 0


def test_outlines_and_points_are_stored_as_declared_ones_would_be() -> None:
    system = CoordinateSystem.CGCS2000
    box = (106.23, 38.4921, 0.004, 0.003)
    ring = ((106.23, 38.4921), (106.234, 38.4921), (106.234, 38.4951), (106.23, 38.4951), (106.23, 38.4921))
    assert outline(box) == Outline.declared(DeclaredPolygon(system=system, coordinates=(ring,)))
    assert point(106.23, 38.49) == Point.declared(DeclaredPoint(system=system, x=106.23, y=38.49))


def test_a_database_of_the_users_own_is_left_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHANGTU_DATABASE_URL", "postgresql://u@127.0.0.1:1/registry")
    assert main(["world", "--events", "1000"]) == 1
    said = capsys.readouterr().err
    assert "您自己的数据库" in said
    assert "database of your own" in said


def _late_ones(events: list[Event]) -> int:
    """Those that state, of a facet, something that was so well before what the log knew of it already."""
    newest: dict[tuple[str, str], datetime] = {}
    late = 0
    for event in events:
        if isinstance(event, FactCorrected | FactWithdrawn):
            continue
        facts = [((fact.facet, "" if fact.facet in TOLD_APART else fact.member), fact.start) for fact in event.facts()]
        late += any(start + timedelta(days=5) < newest.get(key, start) for key, start in facts)
        for key, start in facts:
            newest[key] = max(newest.get(key, start), start)
    return late
