"""Places: what goes in comes out where it belongs, and what cannot be right is refused by name."""

from __future__ import annotations

import json
from decimal import Decimal
from math import inf, nan
from typing import TYPE_CHECKING

import msgspec
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from domain.kernel import place_refusals as refused
from domain.kernel.datums import CoordinateSystem, from_cgcs2000, gauss_krueger_zone, to_cgcs2000
from domain.kernel.places import (
    MAX_VERTICES,
    DeclaredPoint,
    DeclaredPolygon,
    Outline,
    Point,
    area_m2,
    contains,
)

if TYPE_CHECKING:
    from domain.kernel.errors import InvalidValue

Ring = tuple[tuple[float, float], ...]

GK = CoordinateSystem.GK_105E
EAST, NORTH = 604_825.0, 4_252_580.0  # in Yinchuan


def a_square(side: float, *, east: float = 0, north: float = 0) -> Ring:
    x, y = EAST + east, NORTH + north
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y))


def a_ring(*corners: tuple[float, float]) -> Ring:
    return tuple((EAST + x, NORTH + y) for x, y in corners)


def an_outline(*rings: Ring, system: CoordinateSystem = GK) -> Outline:
    return Outline.declared(DeclaredPolygon(system=system, coordinates=rings))


def a_point(x: float, y: float, system: CoordinateSystem = CoordinateSystem.CGCS2000) -> Point:
    return Point.declared(DeclaredPoint(system=system, x=x, y=y))


def the_refusal(rule: type[InvalidValue], *rings: Ring, system: CoordinateSystem = GK) -> InvalidValue:
    with pytest.raises(rule) as caught:
        an_outline(*rings, system=system)
    return caught.value


# Conversion


def test_gcj02_moves_the_published_check_point_to_its_published_place() -> None:
    assert from_cgcs2000(CoordinateSystem.GCJ02, 120.596931, 31.280844) == pytest.approx(
        (120.601100, 31.278649), abs=1e-6
    )


def test_the_published_check_point_comes_back_from_gcj02() -> None:
    point = a_point(120.601100, 31.278649, CoordinateSystem.GCJ02)
    assert (point.longitude, point.latitude) == pytest.approx((120.596931, 31.280844), abs=1e-6)


def test_gcj02_moves_yinchuan_as_far_as_surveyors_say() -> None:
    at, moved = (106.23, 38.487), from_cgcs2000(CoordinateSystem.GCJ02, 106.23, 38.487)
    (east, north), (moved_east, moved_north) = from_cgcs2000(GK, *at), from_cgcs2000(GK, *moved)
    assert (moved_east - east, moved_north - north) == pytest.approx((382, 51), abs=20)


def test_gcj02_leaves_places_outside_china_alone() -> None:
    assert from_cgcs2000(CoordinateSystem.GCJ02, -0.1276, 51.5072) == (-0.1276, 51.5072)
    assert to_cgcs2000(CoordinateSystem.GCJ02, -0.1276, 51.5072) == (-0.1276, 51.5072)


def test_gcj02_and_bd09_agree_with_the_values_every_public_converter_gives_for_tiananmen() -> None:
    gcj = from_cgcs2000(CoordinateSystem.GCJ02, 116.404, 39.915)
    baidu = from_cgcs2000(CoordinateSystem.BD09, 116.404, 39.915)
    assert gcj == pytest.approx((116.41024449916938, 39.91640428150164), rel=0, abs=1e-12)
    assert baidu == pytest.approx((116.41662724378733, 39.922699552216216), rel=0, abs=1e-12)


def test_the_central_meridian_of_a_zone_has_an_easting_of_500_km() -> None:
    assert from_cgcs2000(CoordinateSystem.GK_105E, 105.0, 38.0)[0] == pytest.approx(500_000)
    assert from_cgcs2000(CoordinateSystem.GK_108E, 108.0, 38.0)[0] == pytest.approx(500_000)


@pytest.mark.parametrize("number", range(4534, 4555))
def test_every_zone_lies_about_the_meridian_its_name_says(number: int) -> None:
    system = CoordinateSystem(f"EPSG:{number}")
    meridian = float(system.name.removeprefix("GK_").removesuffix("E"))
    assert to_cgcs2000(system, 500_000.0, 4_000_000.0)[0] == pytest.approx(meridian)
    assert gauss_krueger_zone(meridian) is system


@pytest.mark.parametrize(
    ("longitude", "number"),
    [(106.2, 4544), (106.49, 4544), (106.5, 4545), (107.6, 4545), (73.0, 4534), (135.9, 4554)],
)
def test_a_longitude_falls_in_the_zone_of_its_nearest_meridian(longitude: float, number: int) -> None:
    assert gauss_krueger_zone(longitude) == f"EPSG:{number}"


china = st.tuples(st.floats(73.6, 134.7), st.floats(18.2, 53.5))
ningxia = st.tuples(st.floats(104.2, 107.7), st.floats(35.2, 39.4))


@pytest.mark.parametrize("system", [CoordinateSystem.GCJ02, CoordinateSystem.BD09, CoordinateSystem.WEB_MERCATOR])
@given(place=china)
def test_any_place_in_china_survives_the_way_there_and_back(
    system: CoordinateSystem, place: tuple[float, float]
) -> None:
    assert to_cgcs2000(system, *from_cgcs2000(system, *place)) == pytest.approx(place, rel=0, abs=1e-9)


@pytest.mark.parametrize("system", [CoordinateSystem.GK_105E, CoordinateSystem.GK_108E])
@given(place=ningxia)
def test_any_place_in_ningxia_survives_either_of_its_zones(
    system: CoordinateSystem, place: tuple[float, float]
) -> None:
    assert to_cgcs2000(system, *from_cgcs2000(system, *place)) == pytest.approx(place, rel=0, abs=1e-9)


# What is stored


@given(place=china, system=st.sampled_from([CoordinateSystem.CGCS2000, CoordinateSystem.WGS84]))
def test_degrees_in_wgs84_or_cgcs2000_are_stored_bit_for_bit(
    place: tuple[float, float], system: CoordinateSystem
) -> None:
    point = a_point(*place, system)
    assert (point.longitude, point.latitude) == place


def test_a_stored_point_is_ewkb_with_its_reference_system_and_what_was_declared() -> None:
    point = a_point(106.2, 38.4)
    assert point.ewkb == "01010000208A110000CDCCCCCCCC8C5A403333333333334340"
    assert shapely.get_srid(point.shape()) == 4490
    assert point.raw == '{"type":"Point","coordinates":[106.2,38.4]}'


def test_a_point_from_a_survey_keeps_the_surveyed_numbers() -> None:
    point = a_point(EAST, NORTH, GK)
    assert (point.system, json.loads(point.raw)["coordinates"]) == (GK, [EAST, NORTH])
    assert (point.longitude, point.latitude) == pytest.approx((106.2, 38.4), abs=1e-4)


def test_a_stored_outline_keeps_its_courtyard_and_what_was_declared() -> None:
    rings = (a_square(10), a_square(4, east=3, north=3))
    outline = an_outline(*rings)
    assert len(outline.shape().interiors) == 1
    assert shapely.get_srid(outline.shape()) == 4490
    declared = {"type": "Polygon", "coordinates": [[list(place) for place in ring] for ring in rings]}
    assert json.loads(outline.raw) == declared


@pytest.mark.parametrize("stored", [a_point(106.2, 38.4), an_outline(a_square(10))])
def test_a_stored_place_survives_the_log(stored: Point | Outline) -> None:
    assert msgspec.json.decode(msgspec.json.encode(stored), type=type(stored)) == stored


def test_a_client_may_send_places_as_plain_json() -> None:
    sent = b'{"system": "GCJ-02", "coordinates": [[[106.2, 38.4], [106.3, 38.4], [106.3, 38.5], [106.2, 38.4]]]}'
    polygon = TypeAdapter(DeclaredPolygon).validate_json(sent)
    assert Outline.declared(polygon).system is CoordinateSystem.GCJ02


# Measuring


def test_a_courtyard_is_not_part_of_the_area() -> None:
    assert area_m2(an_outline(a_square(10), a_square(4, east=3, north=3))) == Decimal("84.00")


def test_an_area_is_measured_in_the_zone_of_its_middle_whatever_zone_it_was_declared_in() -> None:
    corners = [to_cgcs2000(GK, *corner) for corner in a_square(100)]
    neighbour = tuple(from_cgcs2000(CoordinateSystem.GK_108E, *corner) for corner in corners)
    assert area_m2(an_outline(neighbour, system=CoordinateSystem.GK_108E)) == Decimal("10000.00")


def test_a_room_lies_in_its_footprint() -> None:
    assert contains(an_outline(a_square(10)), an_outline(a_square(10)))
    assert not contains(an_outline(a_square(10)), an_outline(a_square(10, east=5)))


def test_a_room_may_stand_out_by_the_tolerance_and_no_more() -> None:
    footprint = an_outline(a_square(10))
    assert contains(footprint, an_outline(a_square(10, east=0.09)))
    assert not contains(footprint, an_outline(a_square(10, east=0.11)))
    assert contains(footprint, an_outline(a_square(10, east=0.4)), tolerance_m=Decimal("0.5"))


def test_a_room_in_the_courtyard_is_not_in_the_footprint() -> None:
    footprint = an_outline(a_square(30), a_square(20, east=5, north=5))
    assert not contains(footprint, an_outline(a_square(5, east=10, north=10)))


# Refusals


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
