"""Invented drives: a vehicle is where it would have driven, and `./dev drive` reports them like any device."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from api.composition import opened
from api.positions.driving import drive
from maps.positions.drives import CENTRE, moving
from tests.api.conftest import settings_for
from tests.api.positions.conftest import Yard


def test_a_drive_goes_on_where_it_was_and_comes_home() -> None:
    begin = datetime(2026, 3, 1, tzinfo=UTC)
    way = [moving("one", CENTRE, begin + timedelta(seconds=10 * n)) for n in range(720)]
    for one, other in pairwise(way):
        assert abs(one.longitude - other.longitude) + abs(one.latitude - other.latitude) < 0.003
    assert {here.speed > 0 for here in way} == {True, False}
    assert (CENTRE[0], CENTRE[1]) in {(here.longitude, here.latitude) for here in way}


def test_the_vehicles_that_there_are_drive(yard: Yard, tmp_path: Path) -> None:
    with opened(settings_for(yard.desk.urls, tmp_path)) as services:
        drive(services, 3, 0)
    assert [name for name in ("car", "van", "bus", "jeep") if yard.last(name)] == ["car", "van", "bus"]
