"""Places: what is stored of a point and an outline, and what lies in what."""

from __future__ import annotations

import json
from decimal import Decimal

import msgspec
import pytest
import shapely
from pydantic import TypeAdapter

from domain.kernel.datums import CoordinateSystem, from_cgcs2000, to_cgcs2000
from domain.kernel.places import DeclaredPolygon, Outline, Point, area_m2, contains
from tests.domain.kernel.shapes import EAST, GK, NORTH, a_point, a_square, an_outline


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
