"""Invented drives: a vehicle is where it would have driven by then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from maps.positions.drives import CENTRE, moving


def test_a_drive_goes_on_where_it_was_and_comes_home() -> None:
    begin = datetime(2026, 3, 1, tzinfo=UTC)
    way = [moving("one", CENTRE, begin + timedelta(seconds=10 * n)) for n in range(720)]
    for one, other in pairwise(way):
        assert abs(one.longitude - other.longitude) + abs(one.latitude - other.latitude) < 0.003
    assert {here.speed > 0 for here in way} == {True, False}
    assert (CENTRE[0], CENTRE[1]) in {(here.longitude, here.latitude) for here in way}
