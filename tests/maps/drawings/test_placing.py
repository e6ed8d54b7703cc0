"""Placed by points, a drawing keeps its shape and lies where the points say; compared, every room and outline is told once."""

from __future__ import annotations

from decimal import Decimal
from math import cos, radians, sin
from uuid import uuid4

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.datums import CoordinateSystem, from_cgcs2000
from maps.drawings.matching import Differs, Drawn, Kept, differences
from maps.drawings.placing import Control, PointsTooClose, by_points, flat

METRES = st.floats(-200, 200)
ZONE = CoordinateSystem.GK_105E
ORIGIN = from_cgcs2000(ZONE, 106.23, 38.48)


def there(x: float, y: float, turn: float, stretch: float) -> tuple[float, float]:
    angle = radians(turn)
    return (
        ORIGIN[0] + stretch * (x * cos(angle) - y * sin(angle)),
        ORIGIN[1] + stretch * (x * sin(angle) + y * cos(angle)),
    )


@given(st.lists(st.tuples(METRES, METRES), min_size=2, max_size=6), st.floats(-179, 179), st.floats(0.5, 2))
def test_points_that_agree_are_met_and_the_turn_and_stretch_are_found(
    drawn: list[tuple[float, float]], turn: float, stretch: float
) -> None:
    points = [Control(one, there(*one, turn, stretch)) for one in drawn]
    if shapely.MultiPoint(drawn).length < 5 and shapely.MultiPoint(drawn).envelope.length < 5:
        return
    placing = by_points(ZONE, points)
    assert placing.residual < 1e-3
    assert placing.stretch == pytest.approx(stretch, rel=1e-5)
    assert (placing.turn - turn + 180) % 360 - 180 == pytest.approx(0, abs=1e-3)


@given(st.floats(0.1, 3))
def test_a_point_that_is_off_shows_in_the_residual(off: float) -> None:
    corners = [(0.0, 0.0), (30.0, 0.0), (30.0, 16.0), (0.0, 16.0)]
    points = [Control(one, there(*one, 20, 1)) for one in corners]
    x, y = points[0].placed
    placing = by_points(ZONE, [Control(points[0].drawn, (x + off, y)), *points[1:]])
    assert off * 0.2 < placing.residual < off
    assert max(placing.misses) == placing.misses[0]


def test_points_at_one_place_place_nothing() -> None:
    here = Control((1, 1), there(1, 1, 0, 1))
    for points in ([here], [here, here], [here, Control((1.1, 1), there(40, 1, 0, 1))]):
        with pytest.raises(PointsTooClose):
            by_points(ZONE, points)


def test_the_other_chinese_systems_lead_to_the_same_place() -> None:
    corners = [(0.0, 0.0), (30.0, 0.0), (30.0, 16.0)]
    degrees = [(106.23, 38.48), (106.230343, 38.48), (106.230343, 38.480144)]
    shape = shapely.box(0, 0, 30, 16)
    told = [
        by_points(
            system, [Control(one, from_cgcs2000(system, *place)) for one, place in zip(corners, degrees, strict=True)]
        )
        for system in (
            CoordinateSystem.CGCS2000,
            CoordinateSystem.GCJ02,
            CoordinateSystem.BD09,
            CoordinateSystem.GK_105E,
        )
    ]
    first = told[0].onto(shape)
    assert all(one.onto(shape).hausdorff_distance(first) < 0.01 for one in told)


def test_a_shape_in_degrees_has_its_measure_in_metres() -> None:
    box = shapely.box(106.23, 38.48, 106.2303, 38.4801)
    assert flat(box, ZONE).area == pytest.approx(26.17 * 11.1, rel=0.01)


NUMBERS = st.one_of(st.none(), st.sampled_from(["301", "302", "303", "304", "A-1"]))


@given(
    st.lists(st.tuples(NUMBERS, st.integers(1, 3)), max_size=8),
    st.lists(st.tuples(st.sampled_from(["301", "302", "303", "398"]), st.integers(1, 3)), max_size=8),
)
def test_every_outline_and_every_room_of_its_floors_is_told_once(
    drawn: list[tuple[str | None, int]], kept: list[tuple[str, int]]
) -> None:
    outlines = [
        Drawn(f"{n}", floor, number, None, Decimal(20), shapely.box(n * 5, 0, n * 5 + 4, 5))
        for n, (number, floor) in enumerate(drawn)
    ]
    rooms = [Kept(uuid4(), floor, number, Decimal(20)) for number, floor in kept]
    told = differences(outlines, rooms)
    assert sorted(one.drawn.key for one in told if one.drawn) == sorted(one.key for one in outlines)
    found = [one.kept.id for one in told if one.kept]
    floors = {one.floor for one in outlines}
    assert len(found) == len(set(found))
    assert {room.id for room in rooms if room.floor in floors} <= set(found)


def test_a_room_under_another_number_is_known_by_its_place() -> None:
    shape = shapely.box(0, 0, 6, 7)
    drawn = [Drawn("a", 3, "305", None, Decimal(42), shape)]
    kept = [Kept(uuid4(), 3, "350", Decimal(42), shapely.box(0.2, 0, 6.2, 7), has_outline=True)]
    assert [one.kind for one in differences(drawn, kept)] == [Differs.RENUMBERED]


@pytest.mark.parametrize(("area", "differs"), [("42.40", False), ("43.00", True), ("10.30", False), ("400.00", False)])
def test_an_area_differs_by_more_than_how_one_measures(area: str, differs: bool) -> None:
    kept = {"42.40": "42", "43.00": "42", "10.30": "10", "400.00": "407"}[area]
    told = differences(
        [Drawn("a", 3, "305", None, Decimal(area), None)], [Kept(uuid4(), 3, "305室", Decimal(kept), has_outline=True)]
    )
    assert (told[0].kind is Differs.AREA) is differs
