"""Geofences: drawn in one of three ways, in force for a time, for some or for all of a unit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.areas import DeclaredCircle, DeclaredCorridor, DeclaredLine, LineHasNoLength
from domain.kernel.commands import AlreadyExists
from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing
from domain.kernel.place_refusals import AxesSwapped, PolygonCrossesItself
from domain.kernel.places import CoordinateSystem, DeclaredPoint, DeclaredPolygon, area_m2
from domain.organisations.unit import UnitNotActive
from domain.vehicles import fence_events as happened
from domain.vehicles import fence_refusals as refused
from domain.vehicles.fence import Fence
from domain.vehicles.fence_facets import FENCE_STATUS, FENCE_UNIT, MANAGING_UNIT, OUTLINE
from domain.vehicles.refusals import PeriodBackwards
from domain.vehicles.terms import FencePurpose, FenceStatus
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import an_id, day, given, mandate
from tests.domain.vehicles.situations import CENTRE, EDUCATION, WATER, an_ended_unit, registered

GCJ, LONG_LAT = CoordinateSystem.GCJ02, CoordinateSystem.CGCS2000
SQUARE = ((106.07, 38.02), (106.08, 38.02), (106.08, 38.03), (106.07, 38.03), (106.07, 38.02))
HOLE = ((106.073, 38.023), (106.077, 38.023), (106.077, 38.027), (106.073, 38.027), (106.073, 38.023))
TOWN = DeclaredPolygon(system=LONG_LAT, coordinates=(SQUARE,))
YARD = DeclaredCircle(center=DeclaredPoint(system=LONG_LAT, x=106.075, y=38.025), radius=Decimal("100.00"))
ROAD = DeclaredCorridor(
    line=DeclaredLine(system=LONG_LAT, coordinates=((106.07, 38.02), (106.08, 38.02))), width=Decimal("30.00")
)


def drawn(since: str = "2026-01-01", **changes: Any) -> Callable[[Fence], None]:
    said: dict[str, Any] = {
        "name": "市区四至范围",
        "purpose": FencePurpose.NO_DISPATCH,
        "managing_unit": CENTRE,
        "polygon": TOWN,
    }
    return lambda fence: fence.draw(mandate(since), **(said | changes))


def a_fence(*steps: Callable[[Fence], None], **changes: Any) -> Fence:
    fence = Fence(an_id("四至范围"))
    for step in (drawn(**changes), *steps):
        step(fence)
    fence.collect_events()
    return fence


def a_car(name: str = "宁C12345", **changes: Any) -> Vehicle:
    car = Vehicle(an_id(name))
    registered(**changes)(car)
    car.collect_events()
    return car


def status(fence: Fence, when: str) -> FenceStatus | None:
    return fence.at(FENCE_STATUS, day(when))


def test_a_polygon_keeps_its_holes() -> None:
    fence = a_fence(polygon=DeclaredPolygon(system=LONG_LAT, coordinates=(SQUARE, HOLE)))
    outline = fence.at(OUTLINE, day("2026-02-01"))
    assert outline is not None
    assert len(outline.shape().interiors) == 1


def test_a_circle_is_kept_as_it_was_drawn_and_as_the_outline_made_from_it() -> None:
    fence = Fence(an_id("f"))
    given(fence).when(drawn(polygon=None, circle=YARD)).then(
        (happened.FenceDrawn, {"radius": Decimal("100.00"), "polygon": None, "line": None})
    )
    outline = fence.at(OUTLINE, day("2026-02-01"))
    assert outline is not None
    assert outline.raw == '{"type":"Point","coordinates":[106.075,38.025],"radius":"100.00"}'
    assert area_m2(outline) == pytest.approx(Decimal("31415.93"), rel=Decimal("0.005"))


def test_a_corridor_is_as_wide_as_it_was_said_to_be() -> None:
    fence = a_fence(polygon=None, corridor=ROAD)
    outline = fence.at(OUTLINE, day("2026-02-01"))
    assert outline is not None
    length = Decimal("877.9")  # of a hundredth of a degree at 38° N
    assert area_m2(outline) == pytest.approx(length * 30 + Decimal("706.9"), rel=Decimal("0.005"))


def test_a_circle_in_shifted_coordinates_lies_where_it_was_meant() -> None:
    shifted = DeclaredCircle(center=DeclaredPoint(system=GCJ, x=106.075, y=38.025), radius=Decimal("100.00"))
    outline = a_fence(polygon=None, circle=shifted).at(OUTLINE, day("2026-02-01"))
    assert outline is not None
    assert 0.003 < 106.075 - outline.shape().centroid.x < 0.006


@pytest.mark.parametrize("ways", [{"polygon": None}, {"circle": YARD}, {"circle": YARD, "corridor": ROAD}])
def test_a_fence_is_drawn_in_one_way(ways: dict[str, Any]) -> None:
    given(Fence(an_id("f"))).refused(refused.DrawnInOneWay, drawn(**ways))


def test_a_wrong_drawing_is_refused_at_its_place() -> None:
    bowtie = DeclaredPolygon(
        system=LONG_LAT, coordinates=(((106.0, 38.0), (106.1, 38.1), (106.1, 38.0), (106.0, 38.1), (106.0, 38.0)),)
    )
    given(Fence(an_id("f"))).refused(PolygonCrossesItself, drawn(polygon=bowtie))
    swapped = DeclaredCircle(center=DeclaredPoint(system=LONG_LAT, x=38.0, y=106.0), radius=Decimal(10))
    found = given(Fence(an_id("f"))).refused(AxesSwapped, drawn(polygon=None, circle=swapped))
    assert found.field == "circle.center"
    still = DeclaredCorridor(
        line=DeclaredLine(system=LONG_LAT, coordinates=((106.0, 38.0), (106.0, 38.0))), width=Decimal(10)
    )
    given(Fence(an_id("f"))).refused(LineHasNoLength, drawn(polygon=None, corridor=still))


def test_a_fence_is_drawn_once_on_a_document_for_a_unit_that_is_there() -> None:
    given(a_fence()).refused(AlreadyExists, drawn())
    given(Fence(an_id("f"))).refused(UnitNotActive, drawn(managing_unit=an_ended_unit()))
    bare = mandate("2026-01-01", documents=())
    given(Fence(an_id("f"))).refused(
        DocumentMissing,
        lambda f: f.draw(bare, name="x", purpose=FencePurpose.PARKING, managing_unit=CENTRE, polygon=TOWN),
    )


def test_a_fence_is_in_force_until_its_day_and_dormant_after_it() -> None:
    fence = a_fence(until=day("2026-02-01"))
    assert [fence.is_in_force(day(when)) for when in ("2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01")] == [
        False, True, True, False,
    ]  # fmt: skip
    given(Fence(an_id("f"))).refused(PeriodBackwards, drawn(until=day("2026-01-01")))


def in_force(since: str, until: str | None = None) -> Callable[[Fence], None]:
    return lambda fence: fence.put_in_force(mandate(since), until=None if until is None else day(until))


def lifted(since: str) -> Callable[[Fence], None]:
    return lambda fence: fence.lift(mandate(since))


def test_a_holiday_sealing_is_put_in_force_for_each_holiday() -> None:
    fence = a_fence(purpose=FencePurpose.SEALING, until=day("2026-02-01"))
    given(fence).when(in_force("2026-10-01", "2026-10-08")).then(happened.FencePutInForce)
    assert [fence.is_in_force(day(when)) for when in ("2026-09-30", "2026-10-01", "2026-10-08")] == [False, True, False]


def test_a_fence_is_put_in_force_for_longer_but_not_for_shorter() -> None:
    fence = a_fence(until=day("2026-06-01"))
    given(fence).when(in_force("2026-02-01", "2026-09-01")).then(happened.FencePutInForce)
    assert fence.is_in_force(day("2026-08-01"))
    given(a_fence()).refused(refused.FenceInForceLonger, in_force("2026-02-01", "2026-03-01"))


def test_a_fence_is_lifted_and_put_in_force_again() -> None:
    fence = a_fence(lifted("2026-03-01"), in_force("2026-05-01"))
    assert [status(fence, when) for when in ("2026-02-01", "2026-04-01", "2026-06-01")] == [
        FenceStatus.IN_FORCE, FenceStatus.DORMANT, FenceStatus.IN_FORCE,
    ]  # fmt: skip
    given(fence).refused(refused.FenceNotInForce, lifted("2026-04-01"))


def test_a_wrong_outline_is_corrected() -> None:
    fence = a_fence()
    given(fence).correcting(1, drawn(polygon=None, circle=YARD)).then((FactCorrected, {"of": 1}))
    outline = fence.at(OUTLINE, day("2026-02-01"))
    assert outline is not None
    assert "radius" in outline.raw


def test_a_fence_is_redrawn_renamed_and_handed_over() -> None:
    fence = a_fence()
    given(fence).when(lambda f: f.redraw(mandate("2026-02-01"), circle=YARD)).then(happened.FenceRedrawn)
    given(fence).when(lambda f: f.rename(mandate("2026-02-01"), name="新四至范围")).then(happened.FenceRenamed)
    given(fence).when(lambda f: f.hand_over(mandate("2026-02-01"), to=WATER)).then(happened.FenceHandedOver)
    assert fence.at(MANAGING_UNIT, day("2026-03-01")) == WATER.id
    assert fence.holders() == {CENTRE.id: day("2026-02-01"), WATER.id: None}


def imposed(since: str, *units: Any, vehicles: tuple[Vehicle, ...] = ()) -> Callable[[Fence], None]:
    return lambda fence: fence.impose(mandate(since), for_units=units, for_vehicles=vehicles)


def exempted(since: str, *units: Any, vehicles: tuple[Vehicle, ...] = ()) -> Callable[[Fence], None]:
    return lambda fence: fence.exempt(mandate(since), for_units=units, for_vehicles=vehicles)


def test_a_fence_holds_for_those_whom_it_names() -> None:
    car = a_car()
    fence = a_fence(imposed("2026-02-01", WATER, vehicles=(car,)), for_units=(EDUCATION,))
    assert fence.named_at(day("2026-03-01")) == {str(one.id) for one in (EDUCATION, WATER, car)}
    given(fence).when(exempted("2026-04-01", WATER)).then(happened.FenceExempted)
    assert fence.named_at(day("2026-05-01")) == {str(EDUCATION.id), str(car.id)}


def test_whom_it_names_must_make_a_difference() -> None:
    given(a_fence()).refused(refused.NobodyNamed, imposed("2026-02-01"))
    given(a_fence(for_units=(WATER,))).refused(refused.HoldsAlready, imposed("2026-02-01", WATER))
    given(a_fence(for_units=(WATER,))).refused(refused.HoldsNot, exempted("2026-02-01", EDUCATION))


def test_a_fence_that_names_somebody_never_comes_to_hold_for_everybody_by_an_exemption() -> None:
    given(a_fence(for_units=(WATER,))).refused(refused.LastOneExempted, exempted("2026-02-01", WATER))


def test_a_secret_work_vehicle_gets_no_fence_of_its_own() -> None:
    secret = a_car(unmarked=True)
    given(Fence(an_id("f"))).refused(refused.SecretWorkNamed, drawn(for_vehicles=(secret,)))
    given(a_fence()).refused(refused.SecretWorkNamed, imposed("2026-02-01", vehicles=(secret,)))


def retired(since: str) -> Callable[[Fence], None]:
    return lambda fence: fence.retire(mandate(since))


def test_a_retired_fence_is_nobodys_and_nothing_more_is_said_of_it() -> None:
    fence = a_fence(retired("2026-06-01"), for_units=(WATER,))
    assert status(fence, "2026-07-01") is FenceStatus.RETIRED
    assert fence.members(FENCE_UNIT, day("2026-07-01")) == {}
    assert fence.holders() == {CENTRE.id: day("2026-06-01")}
    given(fence).refused(refused.FenceNotOnBooks, lambda f: f.rename(mandate("2026-07-01"), name="x"))
    given(fence).refused(refused.FenceNotOnBooks, in_force("2026-07-01"))


def test_a_retirement_told_late_comes_after_all_that_was_told() -> None:
    given(a_fence(lifted("2026-08-01"))).refused(refused.LaterThanRetired, retired("2026-06-01"))
