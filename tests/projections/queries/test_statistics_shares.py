"""What units have of a building: its parts as they were allocated, and the whole of it as it measures at the moment."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.events import Event
from domain.premises.building import Building
from infra.cluster import Urls
from projections import models, statistics
from projections.queries import statistics as figures
from projections.queries.statistics import Which
from projections.queries.statistics_subjects import SUBJECTS
from projections.stream import Record, read
from tests.domain.premises.builders import BUREAU, CULTURE, FINANCE, allocated, the_building
from tests.domain.scenario import NOW, an_id, day, mandate
from tests.projections.viewing import Generation, generation_of

DAYS = ("2009-01-01", "2010-06-01", "2012-06-01", "2014-06-01", "2016-06-01", "2030-01-01")


def what_happened() -> list[Event]:
    """Finance has the whole of it, which grows; hands it back; then two units have parts, and one allocation was wrong."""
    building = Building(an_id("1号办公楼"))
    building.register(mandate("2000-01-01"), building=the_building("1000"), owner=BUREAU)
    allocated("2010-01-01", FINANCE, None)(building)
    building.resurvey(mandate("2012-01-01"), gross_area=Decimal("1200.50"), floors_above=7)
    building.hand_back(mandate("2014-01-01"), unit=FINANCE)
    allocated("2015-01-01", CULTURE, "300", day("2029-01-01"))(building)
    allocated("2015-01-01", FINANCE, "400")(building)
    building.hand_back(mandate("2016-01-01"), unit=FINANCE, area=Decimal(150))
    building.begin_correction(5)
    allocated("2015-01-01", CULTURE, "320", day("2029-01-01"))(building)
    return list(building.pending)


@pytest.fixture(scope="module")
def told(module_database: Urls) -> Iterator[Generation]:
    with generation_of(module_database, what_happened()) as generation:
        yield generation


@pytest.mark.parametrize("moment", DAYS)
@pytest.mark.parametrize("known", range(1, 9))
def test_shares_are_what_the_building_itself_says(told: Generation, moment: str, known: int) -> None:
    building = Building(an_id("1号办公楼"))
    for event in what_happened()[:known]:
        building.apply(event)
    found = figures.figures(told.view(day(moment), known), Which(subject=SUBJECTS["premises"]), ("unit",))
    shares = {unit: told["allocated_area"] for (unit,), told in found.items() if unit is not None}
    assert shares == building.allocated_at(day(moment))


@pytest.mark.parametrize("before", range(1, 8))
def test_rows_that_follow_the_log_are_those_of_a_rebuild(before: int) -> None:
    records = [Record(position, NOW, event) for position, event in enumerate(what_happened(), 1)]
    stream = read(an_id("1号办公楼"), records[:before], models.parts_of)
    kept = {key(row): row for row in shares(stream, 0)}
    for record in records[before:]:
        stream.take(record)
    kept |= {key(row): row for row in shares(stream, before)}
    assert kept == {key(row): row for row in shares(read(stream.id, records, models.parts_of), 0)}


def shares(stream: Any, after: int) -> list[list[Any]]:
    return models.rows(stream, after).get("shares", [])


def key(row: list[Any]) -> tuple[str, ...]:
    table = statistics.MODEL.tables[0]
    return tuple(str(value) for column, value in zip(table.columns, row, strict=True) if column.name in table.key)
