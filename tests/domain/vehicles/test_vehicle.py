"""A vehicle: registered, transferred, assigned, revalued, and over when it is disposed of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.codes import PlateInvalid, VinCheckDigitWrong
from domain.kernel.commands import AlreadyExists
from domain.kernel.events import FactCorrected
from domain.kernel.mandate import DocumentMissing
from domain.organisations.unit import UnitNotActive
from domain.vehicles import refusals as refused
from domain.vehicles import vehicle_events as happened
from domain.vehicles.facets import CATEGORY, OWNER, PLATE, USING_UNIT
from domain.vehicles.terms import Body, Energy, VehicleCategory
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import an_id, day, given, mandate
from tests.domain.vehicles.posting import posted
from tests.domain.vehicles.situations import CENTRE, EDUCATION, VIN, WATER, a_unit, a_vehicle, an_ended_unit, registered


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
