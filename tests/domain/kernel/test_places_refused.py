"""Places that cannot be: each is refused with where it is wrong and what to do."""

from __future__ import annotations

import json
from math import inf, nan

import pytest

from domain.kernel import place_refusals as refused
from domain.kernel.datums import CoordinateSystem
from domain.kernel.errors import InvalidValue
from domain.kernel.places import MAX_VERTICES
from tests.domain.kernel.shapes import EAST, GK, NORTH, Ring, a_point, a_square, an_outline


def a_ring(*corners: tuple[float, float]) -> Ring:
    return tuple((EAST + x, NORTH + y) for x, y in corners)


def the_refusal(rule: type[InvalidValue], *rings: Ring, system: CoordinateSystem = GK) -> InvalidValue:
    with pytest.raises(rule) as caught:
        an_outline(*rings, system=system)
    return caught.value


@pytest.mark.parametrize(("x", "y"), [(nan, 38.4), (106.2, inf), (-inf, nan)])
def test_a_number_that_is_not_finite_is_refused(x: float, y: float) -> None:
    with pytest.raises(refused.CoordinateNotFinite) as caught:
        a_point(x, y)
    json.dumps(caught.value.data, allow_nan=False)


@pytest.mark.parametrize(
    ("system", "x", "y"),
    [
        (CoordinateSystem.CGCS2000, 38.4, 106.2),
        (CoordinateSystem.GCJ02, 38.4, 106.2),
        (CoordinateSystem.GK_105E, NORTH, EAST),
        (CoordinateSystem.WEB_MERCATOR, 4_633_900.0, 11_822_130.0),
    ],
)
def test_swapped_axes_are_refused_with_a_hint(system: CoordinateSystem, x: float, y: float) -> None:
    with pytest.raises(refused.AxesSwapped) as caught:
        a_point(x, y, system)
    assert "经纬度是否颠倒" in caught.value.message_zh
    assert "swapped" in caught.value.message_en


@pytest.mark.parametrize(
    ("system", "x", "y"),
    [
        (CoordinateSystem.CGCS2000, 206.2, 38.4),
        (CoordinateSystem.WGS84, 106.2, 98.4),
        (CoordinateSystem.GK_105E, 35_604_825.0, NORTH),  # with the zone number in front
        (CoordinateSystem.WEB_MERCATOR, 106.2e6, 4.6e6),
    ],
)
def test_numbers_out_of_range_for_their_system_are_refused(system: CoordinateSystem, x: float, y: float) -> None:
    with pytest.raises(refused.CoordinateOutOfRange) as caught:
        a_point(x, y, system)
    assert caught.value.data["system"] == system


@pytest.mark.parametrize(
    ("system", "x", "y"),
    [
        (CoordinateSystem.CGCS2000, -0.1276, 51.5072),
        (CoordinateSystem.CGCS2000, 0.0, 0.0),
        (CoordinateSystem.BD09, 151.2, -33.9),
        (CoordinateSystem.WEB_MERCATOR, 106.2, 38.4),  # degrees called metres
        (CoordinateSystem.GK_105E, 500_000.0, 6_500_000.0),
    ],
)
def test_a_place_outside_china_is_refused(system: CoordinateSystem, x: float, y: float) -> None:
    with pytest.raises(refused.LocationOutsideChina):
        a_point(x, y, system)


def test_a_bad_position_in_an_outline_is_pointed_at() -> None:
    ring = (*a_square(10)[:3], (EAST, nan), a_square(10)[0])
    assert the_refusal(refused.CoordinateNotFinite, ring).field == "coordinates[0][3]"


def test_an_outline_without_rings_is_refused() -> None:
    assert the_refusal(refused.RingTooShort).data["positions"] == 0


def test_an_open_ring_is_refused_and_not_closed_for_the_sender() -> None:
    refusal = the_refusal(refused.RingNotClosed, a_square(10), a_square(4, east=3, north=3)[:-1])
    assert (refusal.field, refusal.data["ring"]) == ("coordinates[1]", 2)


def test_a_ring_of_three_positions_is_refused() -> None:
    refusal = the_refusal(refused.RingTooShort, a_ring((0, 0), (5, 5), (0, 0)))
    assert refusal.data == {"ring": 1, "positions": 3}


def test_a_bow_tie_is_refused_with_the_place_where_it_crosses() -> None:
    bow_tie = a_ring((0, 0), (10, 10), (10, 0), (0, 10), (0, 0))
    refusal = the_refusal(refused.PolygonCrossesItself, bow_tie)
    assert (refusal.data["x"], refusal.data["y"]) == (EAST + 5, NORTH + 5)
    assert f"({EAST + 5}, {NORTH + 5})" in refusal.message_zh


def test_an_outline_that_touches_itself_in_a_point_is_refused() -> None:
    ring = a_ring((0, 0), (10, 0), (10, 10), (5, 0), (0, 10), (0, 0))
    assert the_refusal(refused.PolygonCrossesItself, ring).data["x"] == EAST + 5


def test_a_hole_that_crosses_the_edge_is_refused() -> None:
    the_refusal(refused.PolygonCrossesItself, a_square(10), a_square(5, east=8, north=2))


def test_a_crossing_that_only_the_conversion_brings_about_is_reported_in_the_senders_numbers() -> None:
    # The hole's corner lies exactly on a long straight edge; in degrees that edge passes on its other side.
    shell = a_ring((0, 0), (60_000, 0), (60_000, 60_000), (0, 60_000), (0, 0))
    hole = a_ring((30_000, 60_000), (29_000, 50_000), (31_000, 50_000), (30_000, 60_000))
    refusal = the_refusal(refused.PolygonCrossesItself, shell, hole)
    assert refusal.data["x"] == pytest.approx(EAST + 30_000, abs=1000)


def test_a_hole_outside_the_shell_is_refused() -> None:
    refusal = the_refusal(refused.HoleOutsideShell, a_square(10), a_square(2, east=20, north=20))
    assert (refusal.data["x"], refusal.data["y"]) == (EAST + 20, NORTH + 20)


def test_a_hole_within_a_hole_is_refused() -> None:
    the_refusal(refused.HolesNested, a_square(10), a_square(6, east=1, north=1), a_square(2, east=2, north=2))


def test_holes_that_cut_the_outline_apart_are_refused() -> None:
    system = CoordinateSystem.CGCS2000  # in which the corners still touch after conversion
    shell = ((106.0, 38.0), (106.5, 38.0), (106.5, 38.5), (106.0, 38.5), (106.0, 38.0))
    diamond = ((106.0, 38.25), (106.25, 38.0), (106.5, 38.25), (106.25, 38.5), (106.0, 38.25))
    the_refusal(refused.OutlineFallsApart, shell, diamond, system=system)


@pytest.mark.parametrize(
    "flat",
    [
        a_ring((0, 0), (5, 5), (9, 9), (0, 0)),
        a_ring((0, 0), (0, 0), (0, 0), (0, 0)),
        a_ring((0, 0), (0.01, 0), (0.01, 0.01), (0, 0)),  # half a square centimetre, 0.00 m² in the ledger
    ],
)
def test_an_outline_without_area_is_refused(flat: Ring) -> None:
    the_refusal(refused.OutlineHasNoArea, flat)


def test_a_hole_without_area_is_refused() -> None:
    refusal = the_refusal(refused.OutlineHasNoArea, a_square(10), a_ring((1, 1), (2, 2), (3, 3), (1, 1)))
    assert refusal.field == "coordinates[1]"


def test_an_outline_with_too_many_vertices_is_refused_before_any_work() -> None:
    refusal = the_refusal(refused.TooManyVertices, ((nan, nan),) * (MAX_VERTICES + 1))
    assert refusal.data == {"vertices": MAX_VERTICES + 1, "limit": MAX_VERTICES}


def every_refusal() -> list[type[refused.PlaceRefused]]:
    return refused.PlaceRefused.__subclasses__()


@pytest.mark.parametrize("rule", every_refusal())
def test_every_refusal_has_its_own_code_and_speaks_both_languages(rule: type[refused.PlaceRefused]) -> None:
    assert [other.code for other in every_refusal()].count(rule.code) == 1
    assert rule.zh != refused.PlaceRefused.zh
    assert rule.en != refused.PlaceRefused.en
