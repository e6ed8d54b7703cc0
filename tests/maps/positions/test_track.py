"""Marks, ways and digests, without a database."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from domain.kernel.datums import CoordinateSystem, from_cgcs2000, to_cgcs2000
from infra.positions.terms import Fix, Mark
from maps.positions import marks
from maps.positions.days import gathered, stretch
from maps.positions.track import digest, first_received, summary, track

BEGIN = datetime(2026, 3, 1, 1, tzinfo=UTC)
METRE = 1 / 111_195


def fix(seconds: float, metres: float = 0.0, *, late: float = 0.0, found: tuple[Mark, ...] = ()) -> Fix:
    """Northward from one place."""
    at = BEGIN + timedelta(seconds=seconds)
    y = 38.0 + metres * METRE
    return Fix(
        vehicle="v", at=at, received_at=at + timedelta(seconds=late), system="EPSG:4490", x=106.0, y=y, longitude=106.0,
        latitude=y, marks=found,
    )  # fmt: skip


@pytest.mark.parametrize("system", [CoordinateSystem.GCJ02, CoordinateSystem.BD09, CoordinateSystem.WEB_MERCATOR])
def test_every_declared_system_leads_back_to_the_place(system: CoordinateSystem) -> None:
    """Also one that no map maker shifts, among those that are."""
    places = [(106.23, 38.48), (105.2, 37.5), (151.2, -33.9), (121.4, 31.2)]
    sent = [from_cgcs2000(system, *place) for place in places]
    for found, place, one in zip(marks.located(system, sent), places, sent, strict=True):
        assert found == pytest.approx(place, abs=1e-8)
        assert found == pytest.approx(to_cgcs2000(system, *one), abs=1e-11)


def test_numbers_that_are_no_place_have_none() -> None:
    assert marks.located(CoordinateSystem.WGS84, [(190, 38), (106, 38)]) == [None, (106, 38)]
    assert marks.located(CoordinateSystem.GK_105E, [(5e6, 4e6)]) == [None]
    assert marks.located(CoordinateSystem.GCJ02, [(106, float("nan"))]) == [None]
    assert marks.located(CoordinateSystem.GCJ02, []) == []


def test_a_jump_is_what_cannot_be_reached_and_the_next_one_there_is_none() -> None:
    back = [fix(0), fix(60, 500), fix(120, 90_000), fix(180, 1500)]
    assert [Mark.JUMP in one for one in marks.beside(back)] == [False, False, True, False]
    stays = [fix(0), fix(60, 90_000), fix(120, 90_500), fix(180, 91_000)]
    assert [Mark.JUMP in one for one in marks.beside(stays)] == [False, True, False, False]


def test_a_late_position_may_explain_what_looked_like_a_jump() -> None:
    between = [fix(60 * step, 60_000 / 20 * step) for step in range(1, 20)]
    assert not any(marks.beside([fix(0), *between, fix(1200, 60_000)]))


def test_standing_is_a_stop_and_no_distance() -> None:
    moves = [fix(10 * step, 100 * step) for step in range(11)]
    stands = [fix(100 + 30 * step, 1000 + (step % 3) * 8) for step in range(1, 20)]
    found = track([*moves, *stands, fix(700, 1500)])
    assert found.metres == pytest.approx(1500, abs=2)
    (stop,) = found.stops
    assert (stop.since, stop.until) == (BEGIN + timedelta(seconds=100), BEGIN + timedelta(seconds=670))


def test_the_digest_is_of_what_was_sent_in_whatever_order_it_came() -> None:
    way = [fix(10 * step, 100 * step) for step in range(5)]
    assert digest(way) == digest(reversed(way))
    assert digest(way) != digest(way[:-1])
    assert summary(way).points == 5


def test_what_is_hashed_can_be_written_down_by_whoever_checks_it_elsewhere() -> None:
    line = "2026-03-01T01:00:00.000000+00:00\tEPSG:4490\t106.0\t38.0\n"
    assert digest([fix(0)]) == hashlib.sha256(line.encode()).hexdigest()


def test_what_comes_late_leaves_the_first_received_as_they_were() -> None:
    way = [fix(10 * step, 100 * step) for step in range(5)]
    late = fix(15, 150, late=3600)
    assert digest(first_received([*way, late], 5)) == digest(way)


def test_of_a_vehicle_that_stands_a_day_shows_the_first_and_the_last() -> None:
    samples = [("v", 60.0 * n, 106.0, 38.0 + max(0, n - 5) * 100 * METRE) for n in range(8)]
    assert [point[0] for point in gathered(samples)["v"]] == [0, 300, 360, 420]
    assert stretch(40) < stretch(5000)


def test_a_fleet_is_placed_at_once_as_exactly_as_one_by_one() -> None:
    """The whole country: wherever the shift is steepest, what is left is less than a ten-thousandth of a millimetre."""
    places = [(73.5 + east * 2.37, 4.1 + north * 1.93) for east in range(26) for north in range(26)]
    sent = [from_cgcs2000(CoordinateSystem.GCJ02, *place) for place in places]
    for found, place in zip(marks.located(CoordinateSystem.GCJ02, sent), places, strict=True):
        assert found == pytest.approx(place, abs=1e-12)
