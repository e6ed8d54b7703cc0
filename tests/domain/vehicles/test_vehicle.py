"""Vehicles as property: registered, held, posted, parked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.codes import PlateInvalid, VinCheckDigitWrong
from domain.kernel.commands import AlreadyExists
from domain.kernel.events import FactCorrected, FactWithdrawn
from domain.kernel.mandate import DocumentMissing, EffectiveInFuture
from domain.kernel.places import CoordinateSystem, DeclaredPoint
from domain.organisations.unit import UnitNotActive
from domain.vehicles import refusals as refused
from domain.vehicles import vehicle_events as happened
from domain.vehicles.facets import (
    CATEGORY,
    ODOMETER,
    OWNER,
    PARKING,
    PARKING_NAME,
    PLATE,
    POSTED_TO,
    USING_UNIT,
    VALUE,
)
from domain.vehicles.terms import (
    Body,
    CostKind,
    DisposalMode,
    Energy,
    Insurance,
    Liability,
    SealReason,
    ServiceKind,
    VehicleCategory,
)
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import an_id, day, given, mandate
from tests.domain.vehicles.situations import (
    CENTRE,
    EDUCATION,
    VIN,
    WATER,
    a_dispatched_trip,
    a_disposed_vehicle,
    a_person,
    a_unit,
    a_vehicle,
    an_ended_unit,
    called,
    registered,
)


def test_a_vehicle_is_registered_with_its_plate_as_kept() -> None:
    given(Vehicle(an_id("v"))).when(registered()).then(
        (happened.VehicleRegistered, {"plate": "宁C12345", "vin": VIN, "using_unit": CENTRE.id, "odometer": 10})
    )


def test_a_vehicle_is_registered_once() -> None:
    given(a_vehicle()).refused(AlreadyExists, registered())


def test_a_registration_stands_on_a_document() -> None:
    vehicle = Vehicle(an_id("v"))
    said: dict[str, Any] = {"plate": "宁C12345", "vin": VIN, "model": "捷达", "price": Decimal(90000), "owner": CENTRE}
    given(vehicle).refused(
        DocumentMissing,
        lambda v: v.register(
            mandate(documents=()), **said, category=VehicleCategory.OTHER, body=Body.CAR, energy=Energy.PETROL
        ),
    )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"plate": "宁C1234"}, PlateInvalid),
        ({"vin": "1M8GDM9A1KP042788"}, VinCheckDigitWrong),
        ({"owner": an_ended_unit()}, UnitNotActive),
        ({"using_unit": an_ended_unit()}, UnitNotActive),
        ({"first_used": day("2020-01-02")}, refused.FirstUsedLater),
    ],
    ids=["plate", "vin", "owner", "using unit", "first used"],
)
def test_a_wrong_plate_vin_unit_or_first_use_is_not_registered(changes: dict[str, Any], refusal: type) -> None:
    given(Vehicle(an_id("v"))).refused(refusal, registered(**changes))


def test_a_dear_vehicle_is_registered_with_a_warning_that_cites_the_rule() -> None:
    vehicle = Vehicle(an_id("v"))
    registered(price=Decimal("180000.01"))(vehicle)
    (notice,) = vehicle.notices
    assert isinstance(notice, refused.OverStandard)
    assert "中办发〔2017〕71号" in notice.message_zh
    assert "<" not in notice.message_zh + notice.message_en


def test_a_vehicle_within_the_standard_raises_no_warning() -> None:
    vehicle = Vehicle(an_id("v"))
    registered(price=Decimal("180000.00"))(vehicle)
    assert not vehicle.notices


def test_a_vehicle_claims_its_plate_and_vin() -> None:
    assert a_vehicle().claims() == {("plate", "宁C12345"), ("vin", VIN)}


def test_a_new_plate_takes_the_place_of_the_old_one() -> None:
    scenario = given(a_vehicle()).when(lambda v: v.change_plate(mandate("2024-05-01"), plate="宁CD12345"))
    scenario.then((happened.PlateChanged, {"plate": "宁CD12345"}))
    assert scenario.aggregate.at(PLATE, day("2024-04-30")) == "宁C12345"
    assert ("plate", "宁CD12345") in scenario.aggregate.claims()
    assert ("plate", "宁C12345") not in scenario.aggregate.claims()


def test_a_wrong_new_plate_is_refused() -> None:
    given(a_vehicle()).refused(PlateInvalid, lambda v: v.change_plate(mandate(), plate="12345"))


def test_a_wrong_registration_is_corrected_and_later_facts_stay() -> None:
    vehicle = a_vehicle("v", lambda v: v.change_plate(mandate("2024-05-01"), plate="宁C66666"))
    given(vehicle).correcting(1, registered(plate="宁C54321")).then((FactCorrected, {"of": 1}))
    assert vehicle.at(PLATE, day("2023-01-01")) == "宁C54321"
    assert vehicle.at(PLATE, day("2025-01-01")) == "宁C66666"


def test_a_registration_cannot_be_moved_behind_what_happened_since() -> None:
    vehicle = a_vehicle("v", lambda v: v.note_odometer(mandate("2021-01-01"), odometer=5_000))
    vehicle.begin_correction(1)
    given(vehicle).refused(refused.EarlierRecords, registered("2022-01-01"))


def test_a_vehicle_changes_its_category() -> None:
    scenario = given(a_vehicle()).when(
        lambda v: v.change_category(mandate("2023-01-01"), category=VehicleCategory.EMERGENCY)
    )
    scenario.then((happened.CategoryChanged, {"category": VehicleCategory.EMERGENCY}))
    assert scenario.aggregate.at(CATEGORY, day("2022-12-31")) is VehicleCategory.OTHER


def test_a_transferred_vehicle_belongs_to_and_is_used_by_the_new_owner() -> None:
    scenario = given(a_vehicle()).when(lambda v: v.transfer(mandate("2024-01-01"), to=WATER))
    scenario.then((happened.VehicleTransferred, {"owner": WATER.id}))
    vehicle = scenario.aggregate
    assert vehicle.at(OWNER, day("2023-12-31")) == CENTRE.id
    assert vehicle.at(USING_UNIT, day("2024-01-01")) == WATER.id
    assert vehicle.holders() == {CENTRE.id: day("2024-01-01"), WATER.id: None}


def test_a_late_transfer_slides_under_a_newer_one() -> None:
    vehicle = a_vehicle("v", lambda v: v.transfer(mandate("2024-01-01"), to=WATER))
    vehicle.transfer(mandate("2022-01-01"), to=EDUCATION)
    assert vehicle.at(OWNER, day("2023-01-01")) == EDUCATION.id
    assert vehicle.at(OWNER, day("2025-01-01")) == WATER.id


def test_a_vehicle_is_not_transferred_to_its_owner() -> None:
    given(a_vehicle()).refused(refused.SameUnitAlready, lambda v: v.transfer(mandate(), to=CENTRE))


def test_a_vehicle_is_not_transferred_to_a_unit_that_has_ended() -> None:
    given(a_vehicle()).refused(UnitNotActive, lambda v: v.transfer(mandate(), to=an_ended_unit()))


def test_a_posted_vehicle_is_recalled_before_it_is_transferred() -> None:
    vehicle = a_vehicle("v", posted("2026-01-01", "2026-12-01"))
    given(vehicle).refused(refused.VehiclePostedAlready, lambda v: v.transfer(mandate("2026-06-01"), to=WATER))


def test_a_using_unit_is_assigned_for_a_day_to_come() -> None:
    scenario = given(a_vehicle()).when(lambda v: v.assign(mandate("2027-01-01"), to=EDUCATION))
    scenario.then((happened.VehicleAssigned, {"using_unit": EDUCATION.id}))
    assert scenario.aggregate.at(USING_UNIT, day("2026-12-31")) == CENTRE.id
    assert scenario.aggregate.at(USING_UNIT, day("2027-01-01")) == EDUCATION.id


def test_the_unit_that_uses_a_vehicle_is_not_assigned_again() -> None:
    given(a_vehicle()).refused(refused.SameUnitAlready, lambda v: v.assign(mandate(), to=CENTRE))


def test_a_vehicle_is_not_assigned_to_a_unit_that_does_not_exist_yet() -> None:
    later = a_unit("数据局", "2025-01-01")
    given(a_vehicle()).refused(UnitNotActive, lambda v: v.assign(mandate("2024-01-01"), to=later))


def posted(since: str, until: str) -> Callable[[Vehicle], None]:
    return lambda v: v.post(mandate(since), to=EDUCATION, until=day(until))


def test_a_posting_ends_by_itself() -> None:
    scenario = given(a_vehicle()).when(posted("2026-01-01", "2027-01-01"))
    scenario.then((happened.VehiclePosted, {"to": EDUCATION.id, "until": day("2027-01-01")}))
    assert scenario.aggregate.at(POSTED_TO, day("2026-12-31")) == EDUCATION.id
    assert scenario.aggregate.at(POSTED_TO, day("2027-01-01")) is None
    assert scenario.aggregate.holders()[EDUCATION.id] == day("2027-01-01")


def test_a_posting_ends_after_it_begins() -> None:
    given(a_vehicle()).refused(refused.PeriodBackwards, posted("2026-01-01", "2026-01-01"))


def test_postings_do_not_overlap() -> None:
    vehicle = a_vehicle("v", posted("2026-03-01", "2026-06-01"))
    given(vehicle).refused(refused.VehiclePostedAlready, posted("2026-05-01", "2026-09-01"))
    given(vehicle).refused(refused.VehiclePostedAlready, posted("2026-01-01", "2026-03-02"))
    given(vehicle).when(posted("2026-06-01", "2026-09-01")).then(happened.VehiclePosted)


def test_a_posting_gives_way_to_a_journey_of_others_that_is_planned() -> None:
    trip = a_dispatched_trip(planned_from=day("2026-12-01"), planned_until=day("2026-12-03"))
    given(trip.vehicle).refused(
        refused.Taken, lambda v: v.post(mandate("2026-11-25"), to=WATER, until=day("2027-01-01"))
    )
    given(trip.vehicle).when(posted("2026-11-25", "2027-01-01")).then(happened.VehiclePosted)


def test_a_vehicle_is_not_posted_to_a_unit_that_has_ended() -> None:
    given(a_vehicle()).refused(UnitNotActive, lambda v: v.post(mandate(), to=an_ended_unit(), until=day("2027-01-01")))


def test_a_posting_is_recalled_early_and_the_next_one_stays() -> None:
    vehicle = a_vehicle("v", posted("2026-03-01", "2026-06-01"), posted("2026-07-01", "2026-09-01"))
    given(vehicle).when(lambda v: v.recall(mandate("2026-04-01"))).then(happened.PostingRecalled)
    assert vehicle.at(POSTED_TO, day("2026-03-15")) == EDUCATION.id
    assert vehicle.at(POSTED_TO, day("2026-05-01")) is None
    assert vehicle.at(POSTED_TO, day("2026-08-01")) == EDUCATION.id


def test_a_vehicle_that_is_not_posted_cannot_be_recalled() -> None:
    given(a_vehicle()).refused(refused.VehicleNotPosted, lambda v: v.recall(mandate()))


def test_a_wrong_posting_is_corrected() -> None:
    vehicle = a_vehicle("v", posted("2026-03-01", "2026-06-01"))
    given(vehicle).correcting(2, posted("2026-03-01", "2026-05-01")).then((FactCorrected, {"of": 2}))
    assert vehicle.at(POSTED_TO, day("2026-05-15")) is None


def test_a_posting_that_never_was_is_withdrawn() -> None:
    vehicle = a_vehicle("v", posted("2026-03-01", "2026-06-01"))
    given(vehicle).when(lambda v: v.withdraw(mandate(), of=2)).then(FactWithdrawn)
    assert vehicle.at(POSTED_TO, day("2026-04-01")) is None


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
