"""Figures at any moment, as known at any position: equal to what the aggregates themselves say, and to the rows behind them."""

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
from domain.kernel.facts import Facet
from domain.organisations.events import MEMBER_OF, PARENT, STAFF_TYPE, VEHICLE_ESTABLISHMENT
from domain.organisations.terms import StaffType
from domain.organisations.unit import Unit
from domain.premises import facets as premises
from domain.premises.terms import BuildingStatus, RoomStatus
from domain.vehicles import facets as vehicles
from domain.vehicles.terms import VehicleStatus
from infra.cluster import Urls
from projections.queries import statistics
from projections.queries.idle import idle_since
from projections.queries.statistics import Page, Which
from projections.queries.statistics_subjects import DIMENSIONS, SUBJECTS
from projections.queries.view import View
from tests.projections.viewing import Generation, a_region, generation_of

EVENTS = 6_000
MOMENTS = 12
random = Random(7)  # noqa: S311 -- repeatable, not secret


@pytest.fixture(scope="module")
def region(module_database: Urls) -> Iterator[Generation]:
    with generation_of(module_database, a_region(EVENTS)) as generation:
        yield generation


def moments(region: Generation) -> Iterator[View]:
    """Past days, as known now and as known then."""
    for _ in range(MOMENTS):
        at = datetime(2016, 6, 1, tzinfo=UTC) + timedelta(days=random.randrange(3_700))
        yield region.view(at, random.choice([None, random.randrange(1, region.position)]))


def things(region: Generation, view: View) -> dict[str, list[Aggregate]]:
    """Every aggregate, from the events that were recorded by then."""
    found: dict[str, list[Aggregate]] = defaultdict(list)
    for id, records in region.streams.items():
        known = [record.event for record in records if view.known is None or record.position <= view.known]
        if known:
            thing = BIRTHS[type(known[0])](id)
            for event in known:
                thing.apply(event)
            found[thing.kind].append(thing)
    return found


def figures(view: View, subject: str, *by: str, **chosen: Any) -> dict[Any, dict[str, Any]]:
    return dict(statistics.figures(view, Which(subject=SUBJECTS[subject], **chosen), by))


def totals(view: View, subject: str, **chosen: Any) -> dict[str, Any]:
    return figures(view, subject, **chosen)[()]


def members(thing: Aggregate, facet: Any, at: datetime) -> dict[str, Any]:
    said = {member: thing.at(facet, at, member) for name, member in thing.facets() if name == facet.name}
    return {member: value for member, value in said.items() if value is not None}


def area(things: list[Aggregate], facet: Facet[Decimal], at: datetime) -> Decimal:
    return sum((thing.at(facet, at) or Decimal(0) for thing in things), Decimal(0))


def test_rooms_are_what_the_rooms_themselves_say(region: Generation) -> None:
    for view in moments(region):
        rooms = [
            r for r in things(region, view)["rooms"] if r.at(premises.ROOM_STATUS, view.at) is RoomStatus.IN_SERVICE
        ]
        idle = [room for room in rooms if room.at(premises.USING_UNIT, view.at) is None]
        found = totals(view, "premises")
        assert found["rooms"] == len(rooms)
        assert found["net_area"] == area(rooms, premises.NET_AREA, view.at)
        assert found["idle_rooms"] == len(idle)
        assert found["idle_area"] == area(idle, premises.NET_AREA, view.at)


def test_both_headcounts_stand_side_by_side_and_somebody_with_two_rooms_is_one_person(region: Generation) -> None:
    for view in moments(region):
        all = things(region, view)
        statutory = {p.id for p in all["people"] if p.at(STAFF_TYPE, view.at) is StaffType.ESTABLISHED}
        rooms = [room for room in all["rooms"] if room.at(premises.ROOM_STATUS, view.at) is RoomStatus.IN_SERVICE]
        seated = {UUID(person) for room in rooms for person in members(room, premises.OCCUPANT, view.at)}
        for subject in ("premises", "people"):
            found = totals(view, subject)
            assert (found["occupants"], found["statutory_occupants"]) == (len(seated), len(seated & statutory))
        staff = {person.id for person in all["people"] if person.at(MEMBER_OF, view.at) is not None}
        assert (totals(view, "people")["actual"], totals(view, "people")["statutory"]) == (
            len(staff),
            len(staff & statutory),
        )


def test_buildings_and_what_units_have_of_them(region: Generation) -> None:
    for view in moments(region):
        buildings = things(region, view)["buildings"]
        standing = [b for b in buildings if b.at(premises.BUILDING_STATUS, view.at) is BuildingStatus.STANDING]
        found = totals(view, "premises")
        assert found["gross_area"] == area(standing, premises.GROSS_AREA, view.at)
        shares = [share for b in buildings for share in members(b, premises.ALLOCATED_AREA, view.at).values()]
        assert found["allocated_area"] == sum(shares)


def test_vehicles_stand_against_the_establishment_of_their_unit_and_category(region: Generation) -> None:
    for view in moments(region):
        all = things(region, view)
        expected: dict[tuple[UUID | None, str], Decimal] = defaultdict(Decimal)
        for vehicle in all["vehicles"]:
            status = vehicle.at(vehicles.VEHICLE_STATUS, view.at)
            if status not in (None, VehicleStatus.DISPOSED):
                expected[vehicle.at(vehicles.USING_UNIT, view.at), str(vehicle.at(vehicles.CATEGORY, view.at))] += 1
        for unit in all["units"]:
            for category, posts in members(unit, VEHICLE_ESTABLISHMENT, view.at).items():
                expected[unit.id, category] -= posts
        assert {
            group: told["over"] for group, told in figures(view, "vehicles", "unit", "category").items()
        } == expected


def test_a_unit_with_all_below_it_has_what_they_have_together(region: Generation) -> None:
    for view in moments(region):
        units = {unit.id: unit for unit in things(region, view)["units"] if isinstance(unit, Unit)}
        own = figures(view, "items", "unit")
        expected: dict[UUID, Decimal] = defaultdict(Decimal)
        for (unit,), told in own.items():
            place = unit
            while place is not None:
                expected[place] += told["items"]
                place = units[place].at(PARENT, view.at)
        branches = figures(view, "items", "branch")
        assert {unit: told["items"] for (unit,), told in branches.items() if unit is not None} == expected


def test_choosing_a_unit_with_all_below_it_gives_its_branch(region: Generation) -> None:
    view = region.view(datetime(2024, 1, 1, tzinfo=UTC))
    for subject in ("premises", "people", "vehicles", "items"):
        branches = figures(view, subject, "branch")
        for unit in random.sample(sorted(unit for (unit,) in branches if unit), 5):
            assert totals(view, subject, values={"unit": [unit]}, subtree=True) == branches[unit,]


@pytest.mark.parametrize("name", SUBJECTS)
def test_the_rows_behind_a_figure_add_up_to_it(region: Generation, name: str) -> None:
    subject = SUBJECTS[name]
    for view in moments(region):
        by = random.sample([one for one in subject.dimensions if one != "branch"], 2)
        groups = figures(view, name, *by)
        for group in random.sample(list(groups), min(3, len(groups))):
            which = Which(
                subject=subject,
                values={one: [value] for one, value in zip(by, group, strict=True) if value is not None},
                none=frozenset(one for one, value in zip(by, group, strict=True) if value is None),
            )
            for measure in subject.measures:
                assert behind(view, which, measure) == groups[group][measure], (by, group, measure)


def behind(view: View, which: Which, measure: str) -> Decimal | int:
    """What the rows of a drill-down add up to, page by page."""
    found = list(all_rows(view, which, measure))
    assert len({(row["kind"], row["asset"], row["line"]) for row in found}) == len(found)
    if which.subject.measures[measure].each:
        return len({row["person"] for row in found})
    return sum((row["amount"] for row in found), Decimal(0))


def all_rows(view: View, which: Which, measure: str | None, limit: int = 50) -> Iterator[dict[str, Any]]:
    after = None
    while page := statistics.rows(view, which, measure, Page(after, limit)).rows():
        yield from page
        after = page[-1]["kind"], page[-1]["asset"], page[-1]["line"]


def test_every_subject_can_be_broken_down_by_each_of_its_dimensions(region: Generation) -> None:
    view = region.view(datetime(2024, 1, 1, tzinfo=UTC))
    for name, subject in SUBJECTS.items():
        whole = totals(view, name)
        for dimension in subject.dimensions:
            assert dimension in DIMENSIONS
            groups = figures(view, name, dimension)
            assert statistics.broken_down(view, Which(subject=subject), (dimension,)) == (whole, groups)
            for measure, one in subject.measures.items():
                if not one.each and dimension != "branch":
                    assert sum(told[measure] for told in groups.values()) == whole[measure]


def test_a_division_counts_all_that_begins_with_it(region: Generation) -> None:
    view = region.view(datetime(2024, 1, 1, tzinfo=UTC))
    prefectures = figures(view, "premises", "prefecture")
    for (code,), told in prefectures.items():
        assert totals(view, "premises", values={"division": [code[:4]]}) == told
        assert totals(view, "premises", values={"prefecture": [code]}) == told


def test_what_has_lain_idle_since_a_moment_is_what_has_lain_idle_for_so_long(region: Generation) -> None:
    """A row that has not changed since then is taken at its word; of the others it is looked up."""
    found = 0
    for view in moments(region):
        for name in ("premises", "items"):
            told = statistics.rows(view, Which(subject=SUBJECTS[name]), None, Page()).rows()
            since = idle_since(view, [(row["kind"], row["asset"]) for row in told if row["idle"]])
            moment = view.at - timedelta(days=random.randrange(1, 900))
            long = Which(subject=SUBJECTS[name], idle_before=moment)
            kept = [
                row for row in statistics.rows(view, long, None, Page()).rows() if row["kind"] in ("rooms", "items")
            ]
            assert {row["asset"] for row in kept} == {id for id, day in since.items() if day <= moment}
            found += len(kept)
    assert found > MOMENTS
