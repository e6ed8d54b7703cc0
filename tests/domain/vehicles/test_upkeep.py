"""What keeps a vehicle on the road: readings, fuel, insurance, inspection, repairs, seals."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from domain.kernel.events import FactCorrected
from domain.kernel.places import CoordinateSystem, DeclaredPoint
from domain.vehicles import refusals as refused
from domain.vehicles import upkeep_events as happened
from domain.vehicles.facets import FUEL_CARD, INSPECTED, INSURED, ODOMETER, SERVICED
from domain.vehicles.terms import CostKind, Insurance, Liability, ServiceKind
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import day, given, mandate
from tests.domain.vehicles.situations import a_vehicle, inspected, insured, read


def test_the_odometer_is_read() -> None:
    scenario = given(a_vehicle()).when(read("2021-01-01", 9_000))
    scenario.then((happened.OdometerRead, {"odometer": 9_000}))
    assert scenario.aggregate.at(ODOMETER, day("2021-02-01")) == 9_000


def test_the_odometer_never_goes_backwards() -> None:
    vehicle = a_vehicle("v", read("2021-01-01", 9_000))
    given(vehicle).refused(refused.OdometerBackwards, read("2021-02-01", 8_999))
    given(vehicle).when(read("2021-02-01", 9_000)).then(happened.OdometerRead)


def test_a_late_reading_fits_between_those_around_it() -> None:
    vehicle = a_vehicle("v", read("2021-01-01", 9_000), read("2021-03-01", 12_000))
    given(vehicle).refused(refused.OdometerAhead, read("2021-02-01", 12_001))
    given(vehicle).when(read("2021-02-01", 10_000)).then(happened.OdometerRead)


def test_readings_of_one_moment_have_no_order() -> None:
    vehicle = a_vehicle("v", read("2021-01-01", 9_000), read("2021-01-01", 8_900))
    given(vehicle).refused(refused.OdometerBackwards, read("2021-01-02", 8_950))


def test_a_wrong_reading_is_judged_without_itself_when_it_is_corrected() -> None:
    vehicle = a_vehicle("v", read("2021-01-01", 90_000))
    given(vehicle).correcting(2, read("2021-01-01", 9_000)).then((FactCorrected, {"of": 2}))
    vehicle.begin_correction(3)
    given(vehicle).refused(refused.OdometerBackwards, read("2021-01-01", 9))


def test_an_implausible_leap_is_recorded_with_a_warning() -> None:
    vehicle = a_vehicle("v", read("2021-01-01T08:00", 9_000))
    read("2021-01-01T09:00", 9_241)(vehicle)
    (notice,) = vehicle.notices
    assert isinstance(notice, refused.OdometerImplausible)
    assert "<" not in notice.message_zh + notice.message_en


def test_a_plausible_distance_raises_no_warning() -> None:
    vehicle = a_vehicle("v", read("2021-01-01T08:00", 9_000))
    read("2021-01-01T09:00", 9_240)(vehicle)
    assert not vehicle.notices


def test_a_vehicle_is_serviced() -> None:
    scenario = given(a_vehicle()).when(
        lambda v: v.service(
            mandate("2021-01-01"), service=ServiceKind.PERIODIC, odometer=7_000, cost=Decimal("680.00"), by="定点维修厂"
        )
    )
    scenario.then((happened.VehicleServiced, {"service": ServiceKind.PERIODIC, "odometer": 7_000}))
    assert scenario.aggregate.at(SERVICED, day("2021-02-01"), ServiceKind.PERIODIC) == 7_000
    assert scenario.aggregate.at(ODOMETER, day("2021-02-01")) == 7_000


CARD = "9030640300001234"


def carded(when: str = "2020-02-01", card: str = CARD) -> Callable[[Vehicle], None]:
    return lambda v: v.issue_fuel_card(mandate(when), card=card)


def refuelled(when: str = "2021-01-01", card: str = CARD, odometer: int = 7_000) -> Callable[[Vehicle], None]:
    return lambda v: v.refuel(
        mandate(when), card=card, litres=Decimal("45.20"), cost=Decimal("345.33"), odometer=odometer
    )


def test_a_vehicle_has_one_fuel_card_and_claims_it() -> None:
    scenario = given(a_vehicle()).when(carded()).when(carded("2021-01-01", "9030"))
    scenario.then(happened.FuelCardIssued, happened.FuelCardIssued)
    assert ("fuel-card", "9030") in scenario.aggregate.claims()
    assert ("fuel-card", CARD) not in scenario.aggregate.claims()


def test_a_fuel_card_is_taken_back() -> None:
    scenario = given(a_vehicle("v", carded())).when(lambda v: v.return_fuel_card(mandate("2021-01-01")))
    scenario.then(happened.FuelCardReturned)
    assert scenario.aggregate.at(FUEL_CARD, day("2020-12-31")) == CARD
    assert scenario.aggregate.at(FUEL_CARD, day("2021-01-01")) is None


def test_without_a_fuel_card_none_is_taken_back() -> None:
    given(a_vehicle()).refused(refused.NoFuelCard, lambda v: v.return_fuel_card(mandate()))


def test_a_vehicle_is_refuelled_with_its_own_card() -> None:
    given(a_vehicle("v", carded())).when(refuelled()).then((happened.VehicleRefuelled, {"card": CARD}))


def test_a_vehicle_is_not_refuelled_with_another_card() -> None:
    given(a_vehicle("v", carded())).refused(refused.FuelCardOfAnother, refuelled(card="9030"))


def test_a_vehicle_without_a_card_is_not_refuelled() -> None:
    given(a_vehicle()).refused(refused.NoFuelCard, refuelled())


def test_the_card_of_the_day_counts() -> None:
    vehicle = a_vehicle("v", carded(), carded("2022-01-01", "9030"))
    given(vehicle).when(refuelled("2021-06-01")).then(happened.VehicleRefuelled)
    given(vehicle).refused(refused.FuelCardOfAnother, refuelled("2022-06-01"))


def test_a_refuelling_cannot_turn_the_odometer_back() -> None:
    vehicle = a_vehicle("v", carded(), refuelled("2021-01-01", odometer=7_000))
    given(vehicle).refused(refused.OdometerBackwards, refuelled("2021-02-01", odometer=6_000))


def test_an_electric_vehicle_is_charged() -> None:
    given(a_vehicle()).when(
        lambda v: v.charge(mandate("2021-01-01"), kilowatt_hours=Decimal("38.50"), cost=Decimal("42.35"), odometer=900)
    ).then((happened.VehicleCharged, {"odometer": 900}))


def test_a_vehicle_is_insured_for_a_period_that_may_begin_later() -> None:
    scenario = given(a_vehicle()).when(insured("2027-01-01", "2028-01-01"))
    scenario.then((happened.VehicleInsured, {"until": day("2028-01-01")}))
    assert scenario.aggregate.at(INSURED, day("2027-06-01"), Insurance.COMPULSORY) == "PDZA20206403"
    assert scenario.aggregate.at(INSURED, day("2028-01-01"), Insurance.COMPULSORY) is None


def test_insurance_ends_after_it_begins() -> None:
    given(a_vehicle()).refused(refused.PeriodBackwards, insured("2021-01-01", "2020-01-01"))


def test_an_inspection_is_valid_for_a_period() -> None:
    scenario = given(a_vehicle()).when(inspected("2025-01-01", "2026-01-01")).then(happened.VehicleInspected)
    assert scenario.aggregate.at(INSPECTED, day("2025-12-31")) == "青铜峡检测站"
    assert scenario.aggregate.at(INSPECTED, day("2026-01-01")) is None


def test_an_inspection_ends_after_it_begins() -> None:
    given(a_vehicle()).refused(refused.PeriodBackwards, inspected("2025-01-01", "2025-01-01"))


def test_an_accident_is_recorded_with_its_place() -> None:
    given(a_vehicle()).when(
        lambda v: v.record_accident(
            mandate("2025-01-01"),
            place_name="109 国道 1120 公里处",
            place=DeclaredPoint(system=CoordinateSystem.WGS84, x=106.07, y=38.02),
            liability=Liability.SECONDARY,
            loss=Decimal("3200.00"),
            account="雪天追尾",
        )
    ).then((happened.AccidentHappened, {"liability": Liability.SECONDARY, "loss": Decimal("3200.00")}))


def test_a_toll_is_paid() -> None:
    given(a_vehicle()).when(
        lambda v: v.pay(mandate("2025-01-01"), cost_kind=CostKind.TOLL, cost=Decimal("35.00"))
    ).then((happened.CostPaid, {"cost": Decimal("35.00")}))
