"""What keeps a vehicle on the road: readings, fuel, insurance, inspection, repairs, seals."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from domain.kernel.events import FactCorrected
from domain.kernel.places import CoordinateSystem, DeclaredPoint
from domain.vehicles import refusals as refused
from domain.vehicles import upkeep_events as happened
from domain.vehicles.facets import FUEL_CARD, INSPECTED, INSURED, ODOMETER, REPAIR, SERVICED
from domain.vehicles.process import StepsOutOfOrder
from domain.vehicles.terms import CostKind, Insurance, Liability, RepairState, ServiceKind
from domain.vehicles.vehicle import Vehicle
from tests.domain.scenario import day, given, mandate
from tests.domain.vehicles.situations import a_vehicle, called, inspected, insured


def read(when: str, odometer: int) -> Callable[[Vehicle], None]:
    return lambda v: v.note_odometer(mandate(when), odometer=odometer)


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


SLIP = "XL-2026-015"


def asked(when: str = "2026-01-01", slip: str = SLIP) -> Callable[[Vehicle], None]:
    return lambda v: v.request_repair(mandate(when), slip=slip, fault="变速箱异响", odometer=60_000)


def judged(when: str = "2026-01-02") -> Callable[[Vehicle], None]:
    return lambda v: v.judge_repair(mandate(when), slip=SLIP, judgement="更换离合器总成", estimate=Decimal("2900.00"))


def approved(
    when: str = "2026-01-03", amount: str = "3000.00", minutes: str | None = None
) -> Callable[[Vehicle], None]:
    return lambda v: v.approve_repair(
        mandate(when), slip=SLIP, amount=Decimal(amount), garage="定点维修厂", minutes=minutes
    )


def finished(when: str = "2026-01-08", cost: str = "2850.00") -> Callable[[Vehicle], None]:
    return lambda v: v.finish_repair(mandate(when), slip=SLIP, cost=Decimal(cost), odometer=60_010)


def refused_repair(when: str = "2026-01-03") -> Callable[[Vehicle], None]:
    return lambda v: v.refuse_repair(mandate(when), slip=SLIP)


def test_a_repair_is_requested_judged_approved_and_done() -> None:
    scenario = given(a_vehicle()).when(asked()).when(judged()).when(approved()).when(finished())
    scenario.then(
        (happened.RepairRequested, {"slip": SLIP}),
        (happened.RepairJudged, {"estimate": Decimal("2900.00")}),
        (happened.RepairApproved, {"amount": Decimal("3000.00"), "minutes": None}),
        (happened.RepairDone, {"cost": Decimal("2850.00")}),
    )
    assert scenario.aggregate.at(REPAIR, day("2026-01-02"), SLIP) is RepairState.JUDGED


def test_a_slip_is_used_once() -> None:
    given(a_vehicle("v", asked())).refused(refused.RepairSlipTaken, asked("2026-02-01"))


@pytest.mark.parametrize("step", [judged(), approved(), finished(), refused_repair()], ids=called)
def test_a_repair_that_nobody_requested_goes_no_further(step: Callable[[Vehicle], None]) -> None:
    given(a_vehicle()).refused(refused.RepairNotAtStep, step)


@pytest.mark.parametrize("step", [approved(), finished()], ids=called)
def test_a_repair_is_judged_before_it_is_approved_or_done(step: Callable[[Vehicle], None]) -> None:
    given(a_vehicle("v", asked())).refused(refused.RepairNotAtStep, step)


def test_a_step_is_not_earlier_than_the_step_before_it() -> None:
    given(a_vehicle("v", asked())).refused(refused.RepairNotAtStep, judged("2025-12-31"))


def test_a_repair_is_refused_and_stays_so() -> None:
    scenario = given(a_vehicle("v", asked(), judged())).when(refused_repair())
    scenario.then((happened.RepairRefused, {"slip": SLIP}))
    given(scenario.aggregate).refused(refused.RepairNotAtStep, approved("2026-01-04"))


def test_a_dear_repair_needs_the_minutes_of_a_meeting() -> None:
    vehicle = a_vehicle("v", asked(), judged())
    given(vehicle).refused(refused.RepairNeedsMeeting, approved(amount="3000.01"))
    given(vehicle).when(approved(amount="3000.01", minutes="青机管会纪〔2026〕2号")).then(
        (happened.RepairApproved, {"minutes": "青机管会纪〔2026〕2号"})
    )


def test_a_repair_costs_no_more_than_was_approved() -> None:
    vehicle = a_vehicle("v", asked(), judged(), approved())
    given(vehicle).refused(refused.RepairCostsMore, finished(cost="3000.01"))
    given(vehicle).when(finished(cost="3000.00")).then(happened.RepairDone)


def test_a_finished_repair_cannot_turn_the_odometer_back() -> None:
    vehicle = a_vehicle("v", asked(), judged(), approved(), read("2026-01-05", 60_011))
    given(vehicle).refused(refused.OdometerBackwards, finished())


def test_an_approval_is_not_corrected_below_the_cost() -> None:
    vehicle = a_vehicle("v", asked(), judged(), approved(), finished())
    vehicle.begin_correction(4)
    with pytest.raises(refused.RepairCostsMore):
        approved(amount="2849.99")(vehicle)


def test_an_approval_on_which_a_repair_stands_is_not_withdrawn() -> None:
    vehicle = a_vehicle("v", asked(), judged(), approved(), finished())
    with pytest.raises(StepsOutOfOrder) as caught:
        vehicle.withdraw(mandate(), of=4)
    assert "<" not in caught.value.message_zh + caught.value.message_en


def test_a_wrong_cost_is_corrected() -> None:
    vehicle = a_vehicle("v", asked(), judged(), approved(), finished())
    given(vehicle).correcting(5, finished(cost="2580.00")).then((FactCorrected, {"of": 5}))


def test_a_request_is_corrected_without_losing_the_steps_after_it() -> None:
    vehicle = a_vehicle("v", asked(), judged())
    given(vehicle).correcting(2, asked("2025-12-30")).then((FactCorrected, {"of": 2}))
    assert vehicle.at(REPAIR, day("2026-01-02"), SLIP) is RepairState.JUDGED
