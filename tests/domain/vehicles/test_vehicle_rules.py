"""What holds for every record of a vehicle: on a document, not before it happens, nothing after its end."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.kernel.places import CoordinateSystem, DeclaredPoint
from domain.vehicles import refusals as refused
from domain.vehicles import vehicle_events as happened
from domain.vehicles.facets import ODOMETER, OWNER, PARKING, PARKING_NAME, VALUE
from domain.vehicles.terms import CostKind, DisposalMode, Insurance, Liability, SealReason, ServiceKind, VehicleCategory
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import day, given, mandate
from tests.domain.vehicles.situations import WATER, a_disposed_vehicle, a_person, a_vehicle, called


def test_a_parking_place_is_fixed_by_name_and_on_the_map() -> None:
    place = DeclaredPoint(system=CoordinateSystem.GCJ02, x=106.0752, y=38.0211)
    scenario = given(a_vehicle()).when(
        lambda v: v.fix_parking(mandate("2025-01-01"), name="市民中心地下停车场", place=place)
    )
    scenario.then((happened.ParkingPlaceFixed, {"name": "市民中心地下停车场"}))
    point = scenario.aggregate.at(PARKING, day("2025-02-01"))
    assert point is not None
    assert point.system is CoordinateSystem.GCJ02
    assert scenario.aggregate.at(PARKING_NAME, day("2024-12-31")) is None


def test_a_vehicle_is_revalued() -> None:
    scenario = given(a_vehicle()).when(lambda v: v.revalue(mandate("2025-01-01"), value=Decimal("60000.00")))
    scenario.then((happened.VehicleRevalued, {"value": Decimal("60000.00")}))
    assert scenario.aggregate.at(VALUE, day("2024-01-01")) == Decimal("175000.00")


@pytest.mark.parametrize(
    "decide",
    [
        lambda v: v.change_category(mandate(documents=()), category=VehicleCategory.EMERGENCY),
        lambda v: v.transfer(mandate(documents=()), to=WATER),
        lambda v: v.assign(mandate(documents=()), to=WATER),
        lambda v: v.post(mandate(documents=()), to=WATER, until=day("2027-01-01")),
        lambda v: v.revalue(mandate(documents=()), value=Decimal(1)),
        lambda v: v.approve_disposal(mandate(documents=()), mode=DisposalMode.SCRAP),
        lambda v: v.dispose(mandate(documents=()), income=Decimal(1)),
    ],
    ids=called,
)
def test_decisions_over_property_stand_on_a_document(decide: Callable[[Vehicle], None]) -> None:
    given(a_vehicle()).refused(DocumentMissing, decide)


@pytest.mark.parametrize(
    "decide",
    [
        lambda v: v.transfer(mandate("2027-01-01"), to=WATER),
        lambda v: v.note_odometer(mandate("2027-01-01"), odometer=20),
        lambda v: v.take_out_of_service(mandate("2027-01-01"), cause="发动机故障"),
        lambda v: v.pay(mandate("2027-01-01"), cost_kind=CostKind.TOLL, cost=Decimal(1)),
    ],
    ids=called,
)
def test_what_happened_is_not_told_before_it_happens(decide: Callable[[Vehicle], None]) -> None:
    given(a_vehicle()).refused(EffectiveInFuture, decide)


AFTER = "2026-04-01"
EVERYTHING: tuple[Callable[[Vehicle], None], ...] = (
    lambda v: v.change_plate(mandate(AFTER), plate="宁C66666"),
    lambda v: v.change_category(mandate(AFTER), category=VehicleCategory.EMERGENCY),
    lambda v: v.transfer(mandate(AFTER), to=WATER),
    lambda v: v.assign(mandate(AFTER), to=WATER),
    lambda v: v.post(mandate(AFTER), to=WATER, until=day("2027-01-01")),
    lambda v: v.recall(mandate(AFTER)),
    lambda v: v.fix_parking(mandate(AFTER), name="院内"),
    lambda v: v.revalue(mandate(AFTER), value=Decimal(1)),
    lambda v: v.take_out_of_service(mandate(AFTER), cause="故障"),
    lambda v: v.put_back_into_service(mandate(AFTER)),
    lambda v: v.seal(mandate(AFTER), why=SealReason.IDLE, key_keeper=a_person("李四")),
    lambda v: v.unseal(mandate(AFTER)),
    lambda v: v.note_odometer(mandate(AFTER), odometer=99_999),
    lambda v: v.service(mandate(AFTER), service=ServiceKind.SELF, odometer=99_999, cost=Decimal(1), by="自助"),
    lambda v: v.issue_fuel_card(mandate(AFTER), card="9001"),
    lambda v: v.return_fuel_card(mandate(AFTER)),
    lambda v: v.refuel(mandate(AFTER), card="9001", litres=Decimal(1), cost=Decimal(8), odometer=99_999),
    lambda v: v.charge(mandate(AFTER), kilowatt_hours=Decimal(1), cost=Decimal(1), odometer=99_999),
    lambda v: v.insure(
        mandate(AFTER), insurance=Insurance.OTHER, policy="p", insurer="i", until=day("2027-01-01"), premium=Decimal(1)
    ),
    lambda v: v.inspect(mandate(AFTER), valid_until=day("2027-01-01"), station="s", cost=Decimal(1)),
    lambda v: v.record_accident(
        mandate(AFTER), place_name="109 国道", liability=Liability.NONE, loss=Decimal(0), account="被追尾"
    ),
    lambda v: v.pay(mandate(AFTER), cost_kind=CostKind.TOLL, cost=Decimal(1)),
    lambda v: v.request_repair(mandate(AFTER), slip="XL-1", fault="异响"),
    lambda v: v.judge_repair(mandate(AFTER), slip="XL-1", judgement="更换", estimate=Decimal(1)),
    lambda v: v.approve_repair(mandate(AFTER), slip="XL-1", amount=Decimal(1), garage="定点厂"),
    lambda v: v.refuse_repair(mandate(AFTER), slip="XL-1"),
    lambda v: v.finish_repair(mandate(AFTER), slip="XL-1", cost=Decimal(1), odometer=99_999),
    lambda v: v.request_disposal(mandate(AFTER), mode=DisposalMode.SCRAP),
    lambda v: v.approve_disposal(mandate(AFTER), mode=DisposalMode.SCRAP),
    lambda v: v.refuse_disposal(mandate(AFTER)),
    lambda v: v.dispose(mandate(AFTER), income=Decimal(1)),
)


@pytest.mark.parametrize("decide", EVERYTHING, ids=called)
def test_a_disposed_vehicle_takes_nothing_effective_after(decide: Callable[[Vehicle], None]) -> None:
    given(a_disposed_vehicle()).refused(refused.VehicleDisposed, decide)


def test_what_happened_before_a_disposal_can_still_be_told() -> None:
    vehicle = a_disposed_vehicle()
    vehicle.note_odometer(mandate("2025-06-01"), odometer=80_000)
    vehicle.transfer(mandate("2025-06-01"), to=WATER)
    assert vehicle.at(ODOMETER, day("2025-07-01")) == 80_000
    assert vehicle.at(OWNER, day("2026-02-28")) == WATER.id
    assert vehicle.at(OWNER, day("2026-03-01")) is None
