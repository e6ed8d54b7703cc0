"""Coordinate systems: the published check points, and every place there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.datums import CoordinateSystem, from_cgcs2000, gauss_krueger_zone, to_cgcs2000
from tests.domain.kernel.shapes import GK, a_point


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


@given(place=china, system=st.sampled_from([CoordinateSystem.CGCS2000, CoordinateSystem.WGS84]))
def test_degrees_in_wgs84_or_cgcs2000_are_stored_bit_for_bit(
    place: tuple[float, float], system: CoordinateSystem
) -> None:
    point = a_point(*place, system)
    assert (point.longitude, point.latitude) == place
